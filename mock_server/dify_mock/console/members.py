"""Handlers: the members of the current workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

from dify_sdk.console.members import (
    Member,
    MemberInvitation,
    MemberInvitations,
    MemberList,
    MemberRemoval,
    MemberRole,
    Members,
    RoleName,
)
from dify_sdk.shared.results import Result

from ..accounts import MANAGERS, Account, Objection
from ..attachments import avatar_url
from ..refusals import NO_SUCH_PAGE, Refusal, forbidden, invalid, not_found
from ..registry import handles
from ..visit import Visit

_WORDS: Final[dict[Objection, tuple[str, str]]] = {
    "no member": ("member-not-found", "Member not in tenant."),
    "oneself": ("cannot-operate-self", "Cannot operate self."),
    "no manager": ("forbidden", "No permission to {} member."),
    "the owner": ("forbidden", "No permission to {} member."),
}
_STATUSES: Final = {"member-not-found": 404, "cannot-operate-self": 400, "forbidden": 403}


@handles(Members.list)
def list_members(visit: Visit) -> MemberList:
    return MemberList(accounts=[_told(visit, visit.world.accounts.known[one]) for one in visit.workspace.roles])


@handles(Members.list_dataset_operators)
def list_dataset_operators(visit: Visit) -> MemberList:
    return MemberList(accounts=[one for one in list_members(visit).accounts if one.role == "dataset_operator"])


@handles(Members.invite, payload="MemberInvitePayload", by_hand=("role",))
def invite(visit: Visit, *, emails: Sequence[str], role: MemberRole, language: str | None = None) -> MemberInvitations:
    if role not in get_args(MemberRole):
        raise Refusal(400, "invalid_role", "Invalid role.")
    if visit.world.enterprise and not visit.world.enterprise.lets_members_invite:
        raise forbidden("Workspace policy prohibits member invitations")
    invited = dict.fromkeys(one.lower() for one in emails)
    if not visit.workspace.has_room(len(invited)):
        raise Refusal(400, "limit_exceeded", "Unable to add member because the maximum workspace's member limit was exceeded")
    told = [_invited(visit, email, role, language) for email in invited]
    return MemberInvitations(result="success", invitation_results=told, tenant_id=visit.workspace.id)


@handles(Members.update_role, payload="MemberRoleUpdatePayload", by_hand=("role",))
def update_role(visit: Visit, member_id: str, *, role: MemberRole) -> Result:
    if role not in get_args(MemberRole):
        raise _refusal(400, "invalid-role", "Invalid role")
    member, objection = _account(visit, member_id), visit.workspace.objection(visit.account, member_id)
    if objection:
        raise invalid(_WORDS[objection][1].format("update"))
    if visit.workspace.roles[member.id] == role:
        raise invalid("The provided role is already assigned to the member.")
    visit.workspace.roles[member.id] = role
    return Result(result="success")


@handles(Members.remove)
def remove(visit: Visit, member_id: str) -> MemberRemoval:
    member, objection = _account(visit, member_id), visit.workspace.objection(visit.account, member_id)
    if objection:
        code, message = _WORDS[objection]
        raise _refusal(_STATUSES[code], code, message.format("remove"))
    visit.world.accounts.leave(visit.workspace, member)
    return MemberRemoval(result="success", tenant_id=visit.workspace.id)


def _invited(visit: Visit, email: str, role: MemberRole, language: str | None) -> MemberInvitation:
    accounts, workspace = visit.world.accounts, visit.workspace
    if workspace.roles[visit.account.id] not in MANAGERS:
        return MemberInvitation(status="failed", email=email, message="No permission to add member.")
    account = accounts.by_email(email)
    if account is visit.account:
        return MemberInvitation(status="failed", email=email, message="Cannot operate self.")
    if account and account.id in workspace.roles and account.status != "pending":
        return MemberInvitation(status="already_member", email=email, message="Account already in tenant.")
    made = accounts.invite(workspace, email, role, language=language)
    return MemberInvitation(status="success", email=email, url=made.url(visit.request.base_url))


def _account(visit: Visit, account_id: str) -> Account:
    found = visit.world.accounts.known.get(account_id)
    if found is None:
        raise not_found(NO_SUCH_PAGE)
    return found


def _refusal(status: int, code: str, message: str) -> Refusal:
    """An answer that is outside the envelope: it does not repeat its status."""
    return Refusal(status, code, message, body={"code": code, "message": message})


def _told(visit: Visit, account: Account) -> Member:
    role = visit.workspace.roles[account.id]
    return Member(
        avatar=account.avatar,
        id=account.id,
        name=account.name,
        email=account.email,
        last_login_at=int(account.last_login_at) if account.last_login_at else None,
        last_active_at=int(account.last_active_at),
        created_at=int(account.created_at),
        role=role,
        roles=[RoleName(id=role, name=role)],
        status=account.status,
        avatar_url=avatar_url(visit.world, visit.request.base_url, account.avatar) if account.avatar else None,
    )
