"""Handlers: the people an app serves."""

from __future__ import annotations

from dify_sdk.service.end_users import EndUser, EndUsers

from ..refusals import not_found
from ..registry import handles
from ..visit import Visit


@handles(EndUsers.get)
def get(visit: Visit, end_user_id: str) -> EndUser:
    found = visit.world.end_users.get(end_user_id)
    if found is None or found.app_id != visit.app.id or found.account_id:
        raise not_found("End user not found.", "end_user_not_found")
    return EndUser(
        id=found.id,
        tenant_id=visit.world.workspace_id,
        app_id=found.app_id,
        type=found.type,
        external_user_id=found.session_id,
        name=None,
        is_anonymous=found.is_anonymous,
        session_id=found.session_id,
        created_at=found.created_at,
        updated_at=found.created_at,
    )
