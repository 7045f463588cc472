"""Credentials: what a request is given to prove who sends it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from .errors import ConfigurationError

if TYPE_CHECKING:
    from ._steps import Middleware

Key: TypeAlias = Literal["app", "dataset", "none", "passport", "code", "known", "token", "session", "admin", "inner", "stranger"]
_PREFIXES: Final = {"app-": "app", "dataset-": "dataset", "ds-": "dataset"}


class Credentials(Protocol):
    """What a tier needs to know about who is calling."""

    @property
    def link(self) -> Middleware | None:
        """What renews credentials around an attempt, where they can be renewed."""
        ...

    def headers(self, key: Key) -> Mapping[str, str]:
        """The headers for an operation that takes a kind of key; a ConfigurationError where there is no such key."""
        ...


class NoCredentials:
    """For what is open to everybody."""

    link = None

    def headers(self, key: Key) -> Mapping[str, str]:  # noqa: ARG002  # there are none
        return {}


class APIKeys:
    """The keys of the service tier, by kind: the prefix tells, and a key without a known prefix serves both."""

    link = None

    def __init__(self, api_key: str | None, dataset_api_key: str | None) -> None:
        self._headers: dict[Key, Mapping[str, str]] = {"none": {}}
        api_key = checked(api_key, "api_key", "DIFY_API_KEY")
        dataset_api_key = checked(dataset_api_key, "dataset_api_key", "DIFY_DATASET_API_KEY")
        if dataset_api_key and _kind(dataset_api_key) == "app":
            msg = "dataset_api_key holds the key of an app (app-...); knowledge operations take a key that begins with dataset-"
            raise ConfigurationError(msg)
        if api_key and _kind(api_key) != "dataset":
            self._headers["app"] = {"Authorization": f"Bearer {api_key}"}
        if key := dataset_api_key or (api_key if api_key and _kind(api_key) != "app" else None):
            self._headers["dataset"] = {"Authorization": f"Bearer {key}"}

    def headers(self, key: Key) -> Mapping[str, str]:
        if (found := self._headers.get(key)) is not None:
            return found
        argument = "api_key (app-...)" if key == "app" else "dataset_api_key (dataset-...)"
        have = "it has a key of the other kind" if len(self._headers) > 1 else "it has no key"
        msg = f"this operation needs the client's {argument}; {have}"
        raise ConfigurationError(msg)


def _kind(key: str) -> str | None:
    return next((kind for prefix, kind in _PREFIXES.items() if key.startswith(prefix)), None)


def checked(given: str | None, argument: str, variable: str | None) -> str | None:
    """A key as it can travel; what is often pasted along with it is told apart from a real key."""
    key = given if given is not None or variable is None else os.environ.get(variable)
    source = argument if given is not None else variable
    if not key:
        if given is not None:
            msg = f"{argument} is empty"
            raise ConfigurationError(msg)
        return None
    for wrong, what in (
        (key != key.strip(), "has blanks around it"),
        (key.lower().startswith("bearer "), "begins with 'Bearer '; give the key alone"),
        (re.search(r"[{}<>]", key), "holds braces; put the real key in place of the placeholder"),
        (re.search(r"\s", key), "has a blank or a line break inside"),
        (not key.isascii() or not key.isprintable(), "holds characters that no key has"),
    ):
        if wrong:
            msg = f"{source} {what}"
            raise ConfigurationError(msg)
    return key
