"""Handlers: another member becomes the owner, with a code that comes to the owner by e-mail."""

from __future__ import annotations

from typing import Final

from dify_sdk.console.members import CodeSent, CodeVerified, OwnershipTransfer
from dify_sdk.shared.results import Result

from ..letters import Letter, used_up
from ..refusals import NO_SUCH_PAGE, Refusal, forbidden, not_found
from ..registry import handles
from ..visit import Visit

_MOST_WRONG: Final = 5
_MINUTE: Final = 60.0
_DAY: Final = 86_400.0


@handles(OwnershipTransfer.send_code)
def send_code(visit: Visit, *, language: str | None = None) -> CodeSent:
    _check_owner(visit)
    world, email = visit.world, visit.account.email
    if not world.limits.admits(f"ownership codes for {email}", 1, _MINUTE):
        message = "Too many owner transfer emails have been sent. Please try again in 1 minutes."
        raise Refusal(429, "owner_transfer_rate_limit_exceeded", message)
    return CodeSent(result="success", data=world.letters.send("ownership", email).token)


@handles(OwnershipTransfer.verify_code)
def verify_code(visit: Visit, *, code: str, token: str) -> CodeVerified:
    _check_owner(visit)
    limits, wrong = visit.world.limits, f"wrong ownership codes of {visit.account.email}"
    if limits.lately(wrong, _DAY) > _MOST_WRONG:
        raise Refusal(429, "owner_transfer_limit", "Too many failed owner transfer attempts. Please try again in 24 hours.")
    letter = _letter(visit, token)
    if letter.code != code:
        limits.note(wrong)
    visit.world.letters.verify(letter, visit.account.email, code)
    limits.forget(wrong)
    return CodeVerified(is_valid=True, email=letter.email, token=letter.token)


@handles(OwnershipTransfer.complete)
def complete(visit: Visit, member_id: str, *, token: str) -> Result:
    _check_owner(visit)
    if member_id == visit.account.id:
        raise Refusal(400, "cannot_transfer_owner_to_self", "You cannot transfer ownership to yourself.")
    letter = _letter(visit, token)
    if not letter.is_verified:
        raise used_up()
    if letter.email != visit.account.email:
        raise Refusal(400, "invalid_email", "The email address is not valid.")
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


def _letter(visit: Visit, token: str) -> Letter:
    letter = visit.world.letters.find("ownership", token)
    if letter is None:
        raise used_up()
    return letter
