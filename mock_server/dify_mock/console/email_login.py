"""Handlers: signing in by a code that comes by e-mail."""

from __future__ import annotations

from dify_sdk.console.email_login import EmailLogin
from dify_sdk.console.signing_in import SignedIn
from dify_sdk.shared.codes import CodeSent

from ..refusals import Refusal
from ..registry import handles
from ..visit import Visit
from .root import BELONGS_NOWHERE, check_email, decoded, signed_in


@handles(EmailLogin.send_code, payload="EmailCodeSendPayload", decorated=True)
def send_code(visit: Visit, *, email: str, language: str | None = None, turnstile_token: str | None = None) -> CodeSent:
    check_email(email)
    visit.world.letters.check_sender()
    visit.world.accounts.check_thawed(email)
    if visit.world.accounts.by_email(email) is None and not visit.world.settings.registration_is_open:
        raise Refusal(400, "account_not_found", "Account not found.")
    return CodeSent(result="success", data=visit.world.letters.send("sign-in", email, language=language).token)


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
    letters, accounts = visit.world.letters, visit.world.accounts
    letters.use(letters.read("sign-in", token, email, decoded(code)))
    account = accounts.by_email(email)
    if account is None:
        accounts.check_thawed(email)
        account = accounts.register(email, language=language, timezone=timezone)
    if next(accounts.workspaces_of(account), None) is None:
        raise Refusal(400, "not_allowed_create_workspace", BELONGS_NOWHERE)
    return signed_in(visit, account)
