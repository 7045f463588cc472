"""Handlers: signing in. Only an enterprise server has pages that are not open to everybody."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Literal

from dify_sdk.shared.results import Result
from dify_sdk.web import Web
from dify_sdk.web.signing_in import CodeSent, CodeVerified, EmailLogin, ForgotPassword, LoginStatus, LoginToken, SignedIn

from .. import passports
from ..accounts import Account
from ..enterprise import CODE_SECONDS, Enterprise, Letter
from ..refusals import NO_SUCH_PAGE, Refusal, invalid, not_found
from ..registry import handles
from ..tokens import unauthorized, verify
from ..visit import Visit


@handles(Web.login, payload="LoginPayload", decorated=True)
def login(visit: Visit, *, email: str, password: str) -> SignedIn:
    _enterprise(visit)
    given, member = _decoded(password), visit.world.accounts.by_email(email)
    if member is None or not given or member.password != given:
        raise _failed()
    return _signed_in(visit, member)


@handles(Web.login_status, payload="LoginStatusQuery", decorated=True)
def login_status(visit: Visit, *, app_code: str | None = None, user_id: str | None = None) -> LoginStatus:
    world, token = visit.world, passports.login_token(visit.request)
    if not app_code:
        return LoginStatus(logged_in=bool(token), app_logged_in=False)
    app = world.app_of(app_code)
    is_public = app is None or world.enterprise is None or world.enterprise.access_mode(app.id) == "public"
    return LoginStatus(
        logged_in=is_public or _holds(lambda: verify(world, token)),
        app_logged_in=_holds(lambda: passports.holder(world, visit.request, app_code, user_id)),
    )


@handles(Web.logout)
def logout(visit: Visit) -> Result:
    """The browser is to forget who it was; a token that somebody has kept stays good."""
    gone = "webapp_access_token=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Path=/; SameSite=None"
    visit.headers["set-cookie"] = gone
    return Result(result="success")


@handles(EmailLogin.send_code, payload="EmailCodeLoginSendPayload", decorated=True)
def send_code(visit: Visit, *, email: str, language: str | None = None) -> CodeSent:
    return _sent(visit, "sign-in", email)


@handles(EmailLogin.verify_code, payload="EmailCodeLoginVerifyPayload", decorated=True)
def verify_code(visit: Visit, *, email: str, code: str, token: str) -> SignedIn:
    enterprise, given = _enterprise(visit), _decoded(code)
    letter = enterprise.letter("sign-in", token, visit.world.clock.now())
    if letter is None:
        raise Refusal(500, "unknown", "Internal Server Error")  # the server trips over a token that it does not know
    _check(letter, email, given)
    enterprise.letters.remove(letter)
    member = visit.world.accounts.by_email(email)
    if member is None:
        raise _failed()
    return _signed_in(visit, member)


@handles(ForgotPassword.send_code, payload="ForgotPasswordSendPayload", decorated=True)
def send_reset_code(visit: Visit, *, email: str, language: str | None = None) -> CodeSent:
    return _sent(visit, "reset", email)


@handles(ForgotPassword.verify_code, payload="ForgotPasswordCheckPayload", decorated=True)
def verify_reset_code(visit: Visit, *, email: str, code: str, token: str) -> CodeVerified:
    letter = _reset_letter(visit, token)
    _check(letter, email, code)
    letter.token, letter.is_verified = visit.world.ids.uuid(), True
    return CodeVerified(is_valid=True, email=letter.email, token=letter.token)


@handles(ForgotPassword.reset, payload="ForgotPasswordResetPayload", decorated=True)
def reset(visit: Visit, *, token: str, new_password: str, password_confirm: str) -> Result:
    enterprise = _enterprise(visit)
    if new_password != password_confirm:
        raise Refusal(400, "password_mismatch", "The passwords do not match.")
    letter = _reset_letter(visit, token)
    if not letter.is_verified:
        raise _used_up()
    if len(new_password) < 8 or new_password.isalpha() or new_password.isdigit():
        raise invalid("Password must contain letters and numbers, and the length must be greater than 8.")
    enterprise.letters.remove(letter)
    member = visit.world.accounts.by_email(letter.email)
    if member is None:
        raise _failed()
    member.password = new_password
    return Result(result="success")


def _enterprise(visit: Visit) -> Enterprise:
    if visit.world.enterprise is None:
        raise not_found(NO_SUCH_PAGE)
    return visit.world.enterprise


def _signed_in(visit: Visit, member: Account) -> SignedIn:
    if member.status == "banned":
        raise Refusal(400, "account_banned", "Account is banned.")
    return SignedIn(result="success", data=LoginToken(access_token=passports.login(visit.world, member.id, member.email)))


def _sent(visit: Visit, about: Literal["sign-in", "reset"], email: str) -> CodeSent:
    enterprise, ids = _enterprise(visit), visit.world.ids
    member = visit.world.accounts.by_email(email)
    if member is None:
        raise _failed()
    code = f"{int(ids.hex(8), 16) % 1_000_000:06d}"
    enterprise.letters.append(Letter(about, member.email, code, ids.uuid(), visit.world.clock.now() + CODE_SECONDS))
    return CodeSent(result="success", data=enterprise.letters[-1].token)


def _reset_letter(visit: Visit, token: str) -> Letter:
    letter = _enterprise(visit).letter("reset", token, visit.world.clock.now())
    if letter is None:
        raise _used_up()
    return letter


def _check(letter: Letter, email: str, code: str) -> None:
    if letter.email != email.lower():
        raise Refusal(400, "invalid_email", "The email address is not valid.")
    if letter.code != code:
        raise Refusal(400, "email_code_error", "Email code is invalid or expired.")


def _decoded(text: str) -> str:
    """What the page has put into base64, so that it is not read in passing."""
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise _failed("Invalid encrypted data") from None


def _failed(message: str = "Invalid email or password.") -> Refusal:
    return unauthorized(message, "authentication_failed")


def _used_up() -> Refusal:
    return Refusal(400, "invalid_or_expired_token", "The token is invalid or has expired.")


def _holds(check: Callable[[], object]) -> bool:
    try:
        check()
    except Refusal:
        return False
    return True
