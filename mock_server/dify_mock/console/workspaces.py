"""Handlers: the workspaces of an account, and all that there are."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.console.workspaces import MyWorkspace, WorkspaceList, WorkspaceOnServer, Workspaces, WorkspaceSwitch

from ..paging import numbered
from ..refusals import forbidden
from ..registry import handles
from ..visit import Visit
from .workspace import detail


@handles(Workspaces.list)
def list_workspaces(visit: Visit) -> WorkspaceList:
    account = visit.account
    mine = [
        MyWorkspace(
            id=one.id,
            name=one.name,
            plan="sandbox",
            status=one.status,
            created_at=int(one.created_at),
            last_opened_at=int(one.opened_at[account.id]) if account.id in one.opened_at else None,
            current=one is visit.workspace,
        )
        for one in visit.world.accounts.workspaces_of(account)
        if one.status == "normal"
    ]
    return WorkspaceList(workspaces=mine)


@handles(Workspaces.switch, payload="SwitchWorkspacePayload")
def switch(visit: Visit, *, tenant_id: str) -> WorkspaceSwitch:
    accounts = visit.world.accounts
    workspace = accounts.workspaces.get(tenant_id)
    if workspace is None or workspace.status != "normal" or visit.account.id not in workspace.roles:
        raise forbidden("Account not link tenant", "account_not_link_tenant")
    accounts.switch(visit.account, workspace)
    return WorkspaceSwitch(result="success", new_tenant=detail(visit, workspace))


@handles(Workspaces.list_all, payload="WorkspaceListQuery")
def list_all(visit: Visit, *, page: int = 1, limit: int = 20) -> Listing[WorkspaceOnServer]:
    every = [
        WorkspaceOnServer(id=one.id, name=one.name, status=one.status, created_at=int(one.created_at))
        for one in reversed(visit.world.accounts.workspaces.values())
    ]
    return numbered(every, page, limit)
