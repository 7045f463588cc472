"""Handlers: another e-mail address for an account."""

from __future__ import annotations

from typing import Literal

from dify_sdk.console.account import Profile
from dify_sdk.console.account.email_change import EmailChange
from dify_sdk.shared.codes import CodeSent, CodeVerified
from dify_sdk.shared.results import Result

from ..letters import not_theirs, used_up
from ..refusals import Refusal, unfit
from ..registry import handles
from ..visit import Visit
from .account import profile
from .root import is_email


@handles(EmailChange.send_code, payload="ChangeEmailSendPayload")
def send_code(
    visit: Visit,
    *,
    email: str,
    language: str | None = None,
    phase: Literal["old_email", "new_email"] | str | None = None,
    token: str | None = None,
) -> CodeSent:
    _check_email("ChangeEmailSendPayload", email)
    visit.world.letters.check_sender()
    if phase == "new_email":
        _check_old(visit, token)
    elif (known := visit.world.accounts.by_email(email)) is not visit.account:
        raise Refusal(400, "account_not_found", "Account not found.") if known is None else not_theirs()
    letter = visit.world.letters.send("email-change", email, visit.account.id, language=language)
    return CodeSent(result="success", data=letter.token)


@handles(EmailChange.verify_code, payload="ChangeEmailValidityPayload")
def verify_code(visit: Visit, *, email: str, code: str, token: str) -> CodeVerified:
    _check_email("ChangeEmailValidityPayload", email)
    letter = visit.world.letters.verify("email-change", token, email, code, visit.account.id)
    return CodeVerified(is_valid=True, email=letter.email, token=letter.token)


@handles(EmailChange.complete, payload="ChangeEmailResetPayload")
def complete(visit: Visit, *, new_email: str, token: str) -> Profile:
    _check_email("ChangeEmailResetPayload", new_email, "new_email")
    world, account = visit.world, visit.account
    world.accounts.check_free(new_email)
    letter = world.letters.verified("email-change", token, account.id)
    if letter.email != new_email.lower():
        raise used_up()
    world.letters.use(letter)
    account.email = letter.email
    return profile(visit)


@handles(EmailChange.check_email_available, payload="CheckEmailUniquePayload")
def check_email_available(visit: Visit, *, email: str) -> Result:
    _check_email("CheckEmailUniquePayload", email)
    visit.world.accounts.check_free(email)
    return Result(result="success")


def _check_old(visit: Visit, token: str | None) -> None:
    """The code to the old address comes first."""
    if visit.world.letters.verified("email-change", token or "", visit.account.id).email != visit.account.email:
        raise not_theirs()


def _check_email(payload: str, email: str, at: str = "email") -> None:
    if not is_email(email):
        raise unfit(payload, f"{email} is not a valid email.", email, at)
