"""Handlers: signing in by a code that comes by e-mail."""

from __future__ import annotations

from dify_sdk.console.email_login import EmailLogin
from dify_sdk.console.signing_in import SignedIn
from dify_sdk.shared.codes import CodeSent

from ..letters import check, used_up
from ..refusals import Refusal
from ..registry import handles
from ..visit import Visit
from .root import check_email, decoded, signed_in

_MOST: int = 3
_SECONDS: float = 300.0


@handles(EmailLogin.send_code, payload="EmailCodeSendPayload", decorated=True)
def send_code(visit: Visit, *, email: str, language: str | None = None, turnstile_token: str | None = None) -> CodeSent:
    check_email(email)
    if visit.world.accounts.by_email(email) is None and not visit.world.settings.registration_is_open:
        raise Refusal(400, "account_not_found", "Account not found.")
    if not visit.world.limits.admits(f"sign-in codes for {email.lower()}", _MOST, _SECONDS):
        message = "Too many login emails have been sent. Please try again in 5 minutes."
        raise Refusal(429, "email_code_login_rate_limit_exceeded", message)
    return CodeSent(result="success", data=visit.world.letters.send("sign-in", email).token)


@handles(EmailLogin.verify_code, payload="EmailCodeLoginPayload", decorated=True)
def verify_code(
    visit: Visit,
    *,
    email: str,
    code: str,
    token: str,
    language: str | None = None,
    timezone: str | None = None,
    turnstile_token: str | None = None,
) -> SignedIn:
    check_email(email)
    given, letters, accounts = decoded(code), visit.world.letters, visit.world.accounts
    letter = letters.find("sign-in", token)
    if letter is None:
        raise used_up()
    check(letter, email, given)
    letters.use(letter)
    account = accounts.by_email(email)
    if account is None:
        account = accounts.register(email, language=language, timezone=timezone)
    return signed_in(visit, account)
