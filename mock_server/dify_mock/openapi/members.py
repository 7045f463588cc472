"""Handlers: the members of a workspace."""

from __future__ import annotations

from typing import Final

from dify_sdk._models import Listing
from dify_sdk.openapi.workspaces import Invitation, Member, MemberChange, MemberRole, Members

from ..access import MANAGE_MEMBERS, READ_WORKSPACES
from ..accounts import Account, Objection
from ..paging import at
from ..refusals import Refusal, bad_request
from ..registry import handles
from ..visit import Visit

_REFUSALS: Final[dict[Objection, tuple[int, str, str]]] = {
    "no member": (404, "not_found", "member not found"),
    "oneself": (400, "bad_request", "Can not operate self."),
    "no manager": (403, "forbidden", "insufficient workspace role"),
    "the owner": (403, "forbidden", "No permission to change the owner."),
}


@handles(Members.list, access=READ_WORKSPACES)
def list_members(visit: Visit, workspace_id: str, *, page: int = 1, limit: int = 20) -> Listing[Member]:
    known, roles = visit.world.accounts.known, visit.workspace.roles
    cut = at([known[account_id] for account_id in roles], page, limit, most=200)
    rows = [Member(id=one.id, name=one.name, email=one.email, role=roles[one.id], status=one.status, avatar=one.avatar) for one in cut.rows]
    return cut.listing(rows, page=page, limit=limit, total=cut.total, has_more=cut.has_next)


@handles(Members.invite, access=MANAGE_MEMBERS)
def invite(visit: Visit, workspace_id: str, *, email: str, role: MemberRole) -> Invitation:
    accounts, workspace = visit.world.accounts, visit.workspace
    if not workspace.has_room():
        hint = "Remove a member, or take a plan with more seats."
        raise Refusal(403, "member_limit_exceeded", "The workspace has no more room for members.", hint=hint)
    account = accounts.by_email(email)
    if account and account.id in workspace.roles:
        raise bad_request("Account already in workspace.")
    made = accounts.invite(workspace, email, role)
    return Invitation(
        result="success",
        email=made.account.email,
        role=role,
        member_id=made.account.id,
        invite_url=made.url(visit.request.base_url),
        tenant_id=workspace.id,
    )


@handles(Members.remove, access=MANAGE_MEMBERS)
def remove(visit: Visit, workspace_id: str, member_id: str) -> MemberChange:
    visit.world.accounts.leave(visit.workspace, _other(visit, member_id))
    return MemberChange(result="success")


@handles(Members.update_role, access=MANAGE_MEMBERS)
def update_role(visit: Visit, workspace_id: str, member_id: str, *, role: MemberRole) -> MemberChange:
    member = _other(visit, member_id)
    if visit.workspace.roles[member.id] == role:
        raise bad_request("The provided role is already assigned to the member.")
    visit.workspace.roles[member.id] = role
    return MemberChange(result="success")


def _other(visit: Visit, member_id: str) -> Account:
    """A member who is neither the caller nor the owner."""
    objection = visit.workspace.objection(visit.account, member_id)
    if objection is not None:
        raise Refusal(*_REFUSALS[objection])
    return visit.world.accounts.known[member_id]
