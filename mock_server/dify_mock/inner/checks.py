"""What the inner tier asks of every call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..refusals import Refusal, invalid
from ..state import App
from ..visit import Visit


def check_tenant(visit: Visit, tenant_id: str) -> None:
    """Refuse a workspace that there is not."""
    if tenant_id not in visit.world.accounts.workspaces:
        raise invalid("tenant not found")


def check_given(visit: Visit, given: Mapping[str, Any]) -> None:
    """The same, of whatever arguments; who calls may stand in a document of its own."""
    caller: Mapping[str, Any] = given.get("caller") or given
    if "tenant_id" in caller:
        check_tenant(visit, caller["tenant_id"])


def app_for(visit: Visit, tenant_id: str, app_id: str) -> App:
    """An app of a workspace."""
    check_tenant(visit, tenant_id)
    found = visit.world.apps.get(app_id)
    if found is None or visit.world.workspace_of(found) != tenant_id:
        raise invalid("app not found")
    return found


def failed(error: str) -> Refusal:
    """A plugin's request that went wrong: the status is good, and the answer says why."""
    return Refusal(200, "", error, body={"data": None, "error": error})


def unfit(refusal: Refusal) -> Refusal:
    """The word of agents' operations for arguments that do not fit."""
    return Refusal(400, "invalid_request", refusal.message, details=refusal.details)
