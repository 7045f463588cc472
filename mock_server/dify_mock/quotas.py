"""What the plan of a workspace has room for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias

from .accounts import Workspace
from .refusals import QuotaReached
from .world import World

Resource: TypeAlias = Literal["apps", "documents"]


def check_quota(world: World, workspace: Workspace, resource: Resource) -> None:
    """Refuse one more where the plan of the workspace has no room for it."""
    most = workspace.quotas.get(resource)
    if most is not None and used(world, workspace, resource) >= most:
        raise QuotaReached(resource)


def used(world: World, workspace: Workspace, resource: Resource) -> int:
    """How much of it is taken."""
    return _USED[resource](world, workspace)


def _apps(world: World, workspace: Workspace) -> int:
    return len(world.apps_of(workspace.id))


def _documents(world: World, workspace: Workspace) -> int:
    """All knowledge is of the first workspace."""
    return sum(len(one.documents) for one in world.knowledge.datasets.values()) if workspace.id == world.workspace_id else 0


_USED: Final[Mapping[Resource, Callable[[World, Workspace], int]]] = {"apps": _apps, "documents": _documents}
