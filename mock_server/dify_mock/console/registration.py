"""Handlers: an account that somebody makes themselves."""

from __future__ import annotations

from dify_sdk.console.registration import Registered, Registration, Tokens
from dify_sdk.shared.codes import CodeSent, CodeVerified

from .. import console_sessions
from ..refusals import NO_PERMISSION, forbidden
from ..registry import handles
from ..visit import Visit
from .root import check_chosen, check_email


@handles(Registration.send_code, payload="EmailRegisterSendPayload", decorated=True)
def send_code(visit: Visit, *, email: str, language: str | None = None) -> CodeSent:
    _check_open(visit)
    check_email(email)
    visit.world.letters.check_sender()
    visit.world.accounts.check_thawed(email)
    return CodeSent(result="success", data=visit.world.letters.send("registration", email, language=language).token)


@handles(Registration.verify_code, payload="EmailRegisterValidityPayload", decorated=True)
def verify_code(visit: Visit, *, email: str, code: str, token: str) -> CodeVerified:
    _check_open(visit)
    check_email(email)
    letter = visit.world.letters.verify("registration", token, email, code)
    return CodeVerified(is_valid=True, email=letter.email, token=letter.token)


@handles(Registration.complete, payload="EmailRegisterResetPayload", decorated=True)
def complete(
    visit: Visit, *, token: str, new_password: str, password_confirm: str, language: str | None = None, timezone: str | None = None
) -> Registered:
    _check_open(visit)
    check_chosen(new_password, password_confirm)
    letter = visit.world.letters.verified("registration", token)
    visit.world.letters.use(letter)
    visit.world.accounts.check_free(letter.email)
    account = visit.world.accounts.register(letter.email, new_password, language=language, timezone=timezone)
    return Registered(result="success", data=Tokens(**console_sessions.tokens(visit, account)))


def _check_open(visit: Visit) -> None:
    if not visit.world.settings.registration_is_open:
        raise forbidden(NO_PERMISSION)
