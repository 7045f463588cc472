"""Labels, and what they are on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from .ids import Ids

TagType: TypeAlias = Literal["knowledge", "app", "snippet"]


@dataclass
class Tag:
    """A label, and the ids of what it is on."""

    id: str
    workspace_id: str
    name: str
    type: TagType
    targets: set[str] = field(default_factory=set[str])


class Tags:
    """The labels of all workspaces."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._known: dict[str, Tag] = {}

    def add(self, workspace_id: str, name: str, kind: TagType) -> Tag:
        """Make a label."""
        made = Tag(self._ids.uuid(), workspace_id, name, kind)
        self._known[made.id] = made
        return made

    def get(self, tag_id: str) -> Tag | None:
        """A label by its id."""
        return self._known.get(tag_id)

    def remove(self, tag: Tag) -> None:
        """Take a label away, from everything."""
        del self._known[tag.id]

    def of(self, workspace_id: str, kind: TagType) -> list[Tag]:
        """The labels of a kind in a workspace, the newest first."""
        return [one for one in reversed(self._known.values()) if (one.workspace_id, one.type) == (workspace_id, kind)]

    def on(self, target_id: str) -> list[Tag]:
        """The labels on something, the newest first."""
        return [one for one in reversed(self._known.values()) if target_id in one.targets]

    def are_on(self, target_id: str, tag_ids: Sequence[str]) -> bool:
        """Whether something has all of these labels."""
        return all(one in self._known and target_id in self._known[one].targets for one in tag_ids)

    def forget(self, target_id: str) -> None:
        """Something is no more: no label is on it."""
        for one in self._known.values():
            one.targets.discard(target_id)

    def is_taken(self, workspace_id: str, name: str, kind: TagType) -> bool:
        """Whether a label of the kind has this name there."""
        return any(one.name == name for one in self.of(workspace_id, kind))
