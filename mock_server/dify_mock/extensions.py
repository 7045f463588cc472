"""Extensions: services elsewhere that the apps of a workspace call, and those that a server was built with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from .clock import Clock
from .ids import Ids


@dataclass
class Extension:
    """A service elsewhere. It is called at one address, with a key."""

    id: str
    workspace_id: str
    name: str
    api_endpoint: str
    api_key: str = field(repr=False)
    created_at: int

    @property
    def masked_key(self) -> str:
        """The key as it is shown."""
        shown = 1 if len(self.api_key) <= 8 else 3
        return f"{self.api_key[:shown]}******{self.api_key[-shown:]}"


@dataclass(frozen=True)
class BuiltIn:
    """An extension that is a part of the server, and the form that sets it up."""

    name: str
    label: Mapping[str, str]
    form_schema: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])


class Extensions:
    """All extensions of a server."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._known: dict[str, Extension] = {}
        self.built_in: dict[str, list[BuiltIn]] = {"moderation": [], "external_data_tool": []}
        """By what they are for."""

    def add(self, workspace_id: str, name: str, api_endpoint: str, api_key: str) -> Extension:
        """Make a service known."""
        made = Extension(self._ids.uuid(), workspace_id, name, api_endpoint, api_key, self._clock.seconds())
        self._known[made.id] = made
        return made

    def of(self, workspace_id: str) -> list[Extension]:
        """The services of a workspace, the newest first."""
        return [one for one in reversed(self._known.values()) if one.workspace_id == workspace_id]

    def remove(self, extension: Extension) -> None:
        """Forget a service."""
        del self._known[extension.id]


def answers(api_endpoint: str) -> bool:
    """Whether a service answers there. Nothing is sent: a host in `.invalid` cannot be reached, all others can."""
    try:
        url = urlsplit(api_endpoint)
    except ValueError:
        return False
    return url.scheme in {"http", "https"} and bool(url.hostname) and not str(url.hostname).endswith(".invalid")
