"""Handlers: invitations, as whoever was invited sees them."""

from __future__ import annotations

from dify_sdk.console.invitations import InvitationCheck, InvitationDetail, Invitations
from dify_sdk.shared.results import Result

from ..accounts import Invitation
from ..console_sessions import signed_in, spelled
from ..cookies import cookie
from ..refusals import Refusal, forbidden
from ..registry import handles
from ..visit import Visit


@handles(Invitations.check, payload="ActivateCheckQuery")
def check(visit: Visit, *, token: str, workspace_id: str | None = None, email: str | None = None) -> InvitationCheck:
    found = _meant(visit, token, workspace_id, email)
    if found is None:
        return InvitationCheck(is_valid=False)
    told = InvitationDetail(
        workspace_name=found.workspace.name,
        workspace_id=found.workspace.id,
        email=found.account.email,
        account_status=found.account.status,
        requires_setup=found.account.status == "pending",
    )
    return InvitationCheck(is_valid=True, data=told)


@handles(Invitations.accept, payload="ActivatePayload")
def accept(
    visit: Visit,
    *,
    token: str,
    workspace_id: str | None = None,
    email: str | None = None,
    name: str | None = None,
    interface_language: str | None = None,
    timezone: str | None = None,
) -> Result:
    found = _meant(visit, token, workspace_id, email)
    if found is None:
        raise _used()
    if _is_somebody_else(visit, found):
        raise forbidden("This invitation was sent to another account.", "invitation_account_mismatch")
    visit.world.accounts.check_thawed(found.account.email)
    if found.account.status == "pending" and not (name and interface_language and timezone):
        raise _used()
    visit.world.accounts.accept(token, name=name or "", language=interface_language or "", timezone=timezone or "")
    return Result(result="success")


def _meant(visit: Visit, token: str, workspace_id: str | None, email: str | None) -> Invitation | None:
    """The invitation, unless it is for another workspace or address than the caller thinks."""
    found = visit.world.accounts.invitation(token)
    if found is None or workspace_id not in {None, found.workspace.id} or (email and email.lower() != found.account.email):
        return None
    return found


def _is_somebody_else(visit: Visit, found: Invitation) -> bool:
    """Whether another account is signed in where this was asked."""
    if not cookie(visit.request, spelled(visit.world, "access_token")):
        return False
    try:
        return signed_in(visit.world, visit.request) is not found.account
    except Refusal:  # a session that is over is none
        return False


def _used() -> Refusal:
    return forbidden("Auth Token is invalid or account already activated, please check again.", "already_activate")
