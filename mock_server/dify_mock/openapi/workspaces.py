"""Handlers: the workspaces of an account."""

from __future__ import annotations

from typing import Any

from dify_sdk.openapi.workspaces import WorkspaceDetail, WorkspaceList, Workspaces, WorkspaceSummary

from ..access import READ_WORKSPACES
from ..accounts import Workspace
from ..registry import handles
from ..visit import Visit


@handles(Workspaces.list, access=READ_WORKSPACES)
def list_workspaces(visit: Visit) -> WorkspaceList:
    mine = visit.world.accounts.workspaces_of(visit.account)
    return WorkspaceList(workspaces=[WorkspaceSummary(**_facts(visit, one)) for one in mine])


@handles(Workspaces.get, access=READ_WORKSPACES)
def get(visit: Visit, workspace_id: str) -> WorkspaceDetail:
    return _detail(visit)


@handles(Workspaces.switch, access=READ_WORKSPACES)
def switch(visit: Visit, workspace_id: str) -> WorkspaceDetail:
    visit.world.accounts.switch(visit.account, visit.workspace)
    return _detail(visit)


def _detail(visit: Visit) -> WorkspaceDetail:
    return WorkspaceDetail(**_facts(visit, visit.workspace), created_at=visit.world.clock.zoned(visit.workspace.created_at))


def _facts(visit: Visit, workspace: Workspace) -> dict[str, Any]:
    return {
        "id": workspace.id,
        "name": workspace.name,
        "role": workspace.roles[visit.account.id],
        "status": workspace.status,
        "current": workspace.id == visit.account.current_workspace_id,
    }
