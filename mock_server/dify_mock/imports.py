"""Apps on their way into a workspace: what waits to be confirmed, and what was found to be needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from .clock import Clock

_SECONDS: Final = 600.0


@dataclass(frozen=True)
class Incoming:
    """An app as it is written down, and what is to be different about it."""

    definition: str = field(repr=False)
    workspace_id: str
    name: str | None = None
    description: str | None = None
    icon_type: str | None = None
    icon: str | None = None
    icon_background: str | None = None
    app_id: str | None = None
    """The app to change; a new one where it is None."""
    account_id: str | None = None
    """Who brings it in; the owner of the server's first workspace where it is None."""


class Imports:
    """Both are kept for ten minutes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: dict[str, tuple[float, Incoming]] = {}
        self._needs: dict[str, tuple[float, list[dict[str, Any]]]] = {}

    def wait(self, import_id: str, incoming: Incoming) -> None:
        """Keep an import until it is confirmed."""
        self._waiting[import_id] = (self._clock.now() + _SECONDS, incoming)

    def waiting(self, import_id: str) -> Incoming | None:
        """An import that waits, while it does."""
        until, incoming = self._waiting.get(import_id, (0.0, None))
        return incoming if until > self._clock.now() else None

    def confirmed(self, import_id: str) -> None:
        """An import waits no more."""
        del self._waiting[import_id]

    def need(self, app_id: str, plugins: list[dict[str, Any]]) -> None:
        """Note the plugins that an app needs."""
        self._needs[app_id] = (self._clock.now() + _SECONDS, plugins)

    def needed(self, app_id: str) -> Iterator[dict[str, Any]]:
        """The plugins that an app was found to need."""
        until, plugins = self._needs.get(app_id, (0.0, []))
        return iter(plugins if until > self._clock.now() else [])
