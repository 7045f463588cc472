"""Handlers: a new password, by a code that comes by e-mail. Whoever has no account is not told so before they show the code."""

from __future__ import annotations

from dify_sdk.console.forgot_password import ForgotPassword, ResetCodeSent
from dify_sdk.shared.codes import CodeSent, CodeVerified
from dify_sdk.shared.results import Result

from ..refusals import Refusal
from ..registry import handles
from ..visit import Visit
from .root import check_chosen, check_email


@handles(ForgotPassword.send_code, payload="ForgotPasswordSendPayload", decorated=True)
def send_code(visit: Visit, *, email: str, language: str | None = None) -> ResetCodeSent:
    check_email(email)
    visit.world.letters.check_sender()
    return ResetCodeSent(result="success", data=visit.world.letters.send("reset", email, language=language).token)


@handles(ForgotPassword.send_reset_code, payload="EmailPayload", decorated=True)
def send_reset_code(visit: Visit, *, email: str, language: str | None = None) -> CodeSent:
    check_email(email)
    visit.world.accounts.check_thawed(email)
    return CodeSent(result="success", data=visit.world.letters.send("reset", email, language=language).token)


@handles(ForgotPassword.verify_code, payload="ForgotPasswordCheckPayload", decorated=True)
def verify_code(visit: Visit, *, email: str, code: str, token: str) -> CodeVerified:
    check_email(email)
    letter = visit.world.letters.verify("reset", token, email, code)
    return CodeVerified(is_valid=True, email=letter.email, token=letter.token)


@handles(ForgotPassword.reset, payload="ForgotPasswordResetPayload", decorated=True)
def reset(visit: Visit, *, token: str, new_password: str, password_confirm: str) -> Result:
    check_chosen(new_password, password_confirm)
    letter = visit.world.letters.verified("reset", token)
    visit.world.letters.use(letter)
    account = visit.world.accounts.by_email(letter.email)
    if account is None:
        raise Refusal(400, "account_not_found", "Account not found.")
    account.password = new_password
    return Result(result="success")
