"""Handlers: another member becomes the owner, with a code that comes to the owner by e-mail."""

from __future__ import annotations

from dify_sdk.console.members import CodeSent, CodeVerified, OwnershipTransfer
from dify_sdk.shared.results import Result

from ..refusals import NO_SUCH_PAGE, Refusal, forbidden, not_found
from ..registry import handles
from ..visit import Visit


@handles(OwnershipTransfer.send_code, payload="OwnerTransferEmailPayload")
def send_code(visit: Visit, *, language: str | None = None) -> CodeSent:
    _check_owner(visit)
    letter = visit.world.letters.send("ownership", visit.account.email, visit.account.id, language=language)
    return CodeSent(result="success", data=letter.token)


@handles(OwnershipTransfer.verify_code, payload="OwnerTransferCheckPayload")
def verify_code(visit: Visit, *, code: str, token: str) -> CodeVerified:
    _check_owner(visit)
    letter = visit.world.letters.verify("ownership", token, visit.account.email, code, visit.account.id)
    return CodeVerified(is_valid=True, email=letter.email, token=letter.token)


@handles(OwnershipTransfer.complete, payload="OwnerTransferPayload")
def complete(visit: Visit, member_id: str, *, token: str) -> Result:
    _check_owner(visit)
    if member_id == visit.account.id:
        raise Refusal(400, "cannot_transfer_owner_to_self", "You cannot transfer ownership to yourself.")
    letter = visit.world.letters.verified("ownership", token, visit.account.id)
    visit.world.letters.use(letter)
    member = visit.world.accounts.known.get(member_id)
    if member is None:
        raise not_found(NO_SUCH_PAGE)
    if member.id not in visit.workspace.roles:
        raise Refusal(400, "member_not_in_tenant", "The member is not in the workspace.")
    visit.world.accounts.hand_over(visit.workspace, member)
    return Result(result="success")


def _check_owner(visit: Visit) -> None:
    """Refuse everybody but the owner; the owner too, where an enterprise's management forbids it."""
    if visit.world.enterprise and not visit.world.enterprise.lets_owners_transfer:
        raise forbidden("Workspace policy prohibits ownership transfers")
    if visit.workspace.roles[visit.account.id] != "owner":
        raise Refusal(400, "not_owner", "You are not the owner of the workspace.")
