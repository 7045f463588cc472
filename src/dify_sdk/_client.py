"""What every client of a tier can do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ._options import Options, timeout_of
from ._params import OMIT, Omit
from .errors import ConfigurationError

if TYPE_CHECKING:
    from typing import Self

    from ._auth import Credentials, Key
    from ._core import AsyncCore, Core, SyncCore
    from ._options import TimeoutTypes
    from ._steps import Middleware


class _Nobody:
    """Who calls an operation on the class of a client."""

    link = None

    def headers(self, key: Key) -> Mapping[str, str]:  # noqa: ARG002  # no kind of key will do
        msg = "operations are called on a client, not on its class"
        raise ConfigurationError(msg)


class _reflecting:
    """On the class, where there is no connection yet: a core whose methods can be looked at but not called."""

    def __init__(self, load: Callable[[], type[Core]]) -> None:
        self._load = load

    def __get__(self, obj: object, owner: type) -> Core:
        return self._load()(Options("http://localhost", _Nobody()), owner.__name__)


def _sync_core() -> type[SyncCore]:
    from ._core import SyncCore

    return SyncCore


def _async_core() -> type[AsyncCore]:
    from ._core import AsyncCore

    return AsyncCore


def options_of(
    url: str,
    credentials: Credentials,
    *,
    user: str | None,
    timeout: TimeoutTypes,
    max_retries: int,
    headers: Mapping[str, str] | None,
    middleware: Iterable[Middleware],
) -> Options:
    """The settings that all clients take."""
    return Options(url, credentials, user, timeout_of(timeout), max_retries, dict(headers or {}), tuple(middleware))


class _Client:
    """What both twins share."""

    if TYPE_CHECKING:
        _core: Core

    def with_options(
        self,
        *,
        user: str | Omit | None = OMIT,
        timeout: TimeoutTypes | Omit = OMIT,
        max_retries: int | Omit = OMIT,
        headers: Mapping[str, str] | Omit = OMIT,
        resume: bool | Omit = OMIT,
        max_event_bytes: int | Omit = OMIT,
    ) -> Self:
        """Make a copy with other settings on the same connections and the same session.

        Args:
            user: The end user that calls are made for.
            timeout: Seconds for every single wait, or a `Timeout`.
            max_retries: How often a failed request is sent again at most.
            headers: Headers to add to those there are.
            resume: Whether a stream of a workflow or chatflow that is cut is taken up again, a few times, by itself.
            max_event_bytes: The largest event of a stream, in bytes.
        """
        changes: dict[str, Any] = {"user": user, "max_retries": max_retries, "resume": resume, "max_event_bytes": max_event_bytes}
        if not isinstance(timeout, Omit):
            changes["timeout"] = timeout_of(timeout)
        if not isinstance(headers, Omit):
            changes["headers"] = {**self._core.options.headers, **headers}
        copy = object.__new__(type(self))
        copy._core = self._core.derived(**{name: value for name, value in changes.items() if value is not OMIT})
        return copy

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._core.options.url!r})"

    def __reduce__(self) -> Any:
        return self._core.__reduce__()


class SyncClient(_Client):
    """Open and close."""

    if not TYPE_CHECKING:
        _core = _reflecting(_sync_core)

    def close(self) -> None:
        """Close the connections, unless they were given to the client."""
        self._core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClient(_Client):
    """Open and close."""

    if not TYPE_CHECKING:
        _core = _reflecting(_async_core)

    async def aclose(self) -> None:
        """Close the connections, unless they were given to the client."""
        await self._core.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
