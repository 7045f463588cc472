"""What workspaces have at hand: their own apps, and those of others that they have installed."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .ids import Ids
from .refusals import bad_request
from .state import App


@dataclass
class InstalledApp:
    """An app that a workspace has at hand."""

    id: str
    app: App
    workspace_id: str
    is_pinned: bool = False
    last_used_at: int | None = None

    @property
    def place(self) -> tuple[bool, int, str]:
        """Where it stands among others: pinned ones first, then by their last use."""
        return not self.is_pinned, -(self.last_used_at or 0), self.id


class Installations:
    """All that is installed on a server. An app's own workspace always has it, and nobody has what is gone."""

    def __init__(self, apps: Mapping[str, App], workspace_of: Callable[[App], str], ids: Ids) -> None:
        self._apps, self._workspace_of, self._ids = apps, workspace_of, ids
        self._known: dict[tuple[str, str], InstalledApp] = {}

    def of(self, workspace_id: str) -> list[InstalledApp]:
        """What a workspace has, in its order."""
        for app in self._apps.values():
            if self._workspace_of(app) == workspace_id:
                self.install(app, workspace_id)
        mine = (one for one in self._known.values() if one.workspace_id == workspace_id)
        return sorted(mine, key=lambda one: one.place)

    def find(self, installed_app_id: str, workspace_id: str) -> InstalledApp | None:
        """What a workspace has, by its id."""
        return next((one for one in self.of(workspace_id) if one.id == installed_app_id), None)

    def install(self, app: App, workspace_id: str, last_used_at: int | None = None) -> None:
        """Let a workspace have an app; nothing happens where it has."""
        if (workspace_id, app.id) not in self._known:
            self._known[workspace_id, app.id] = InstalledApp(self._ids.uuid(), app, workspace_id, last_used_at=last_used_at)

    def uninstall(self, installed: InstalledApp) -> None:
        """Take one away."""
        del self._known[installed.workspace_id, installed.app.id]

    def forget(self, app_id: str) -> None:
        """An app is no more."""
        self._known = {key: one for key, one in self._known.items() if one.app.id != app_id}

    def is_own(self, installed: InstalledApp) -> bool:
        """Whether the app belongs to the workspace."""
        return self._workspace_of(installed.app) == installed.workspace_id


def page(rows: Sequence[InstalledApp], cursor: str | None, limit: int) -> tuple[Sequence[InstalledApp], str | None]:
    """The rows behind a cursor, and the cursor of what follows them."""
    begin = [] if cursor is None else _read(cursor)
    left = [one for one in rows if list[Any](one.place) > begin]
    return left[:limit], _written(left[limit - 1]) if limit < len(left) else None


def _written(last: InstalledApp) -> str:
    return base64.urlsafe_b64encode(json.dumps(last.place).encode()).decode().rstrip("=")


def _read(cursor: str) -> list[Any]:
    try:
        told = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        told = None
    match told:
        case [bool(), int(), str()]:
            return list[Any](told)  # pyright: ignore[reportUnknownArgumentType]  # any JSON, and these three
        case _:
            raise bad_request("Invalid cursor.")
