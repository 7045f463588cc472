"""Handlers: signing in. Only an enterprise server has pages that are not open to everybody."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable

from dify_sdk.shared.results import Result
from dify_sdk.web import Web
from dify_sdk.web.signing_in import CodeSent, CodeVerified, EmailLogin, ForgotPassword, LoginStatus, LoginToken, SignedIn

from .. import passports
from ..accounts import BANNED, Account
from ..letters import About
from ..passwords import is_strong
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
    visit.cookies.append(gone)
    return Result(result="success")


@handles(EmailLogin.send_code, payload="EmailCodeLoginSendPayload", decorated=True)
def send_code(visit: Visit, *, email: str, language: str | None = None) -> CodeSent:
    return _sent(visit, "sign-in", email, language)


@handles(EmailLogin.verify_code, payload="EmailCodeLoginVerifyPayload", decorated=True)
def verify_code(visit: Visit, *, email: str, code: str, token: str) -> SignedIn:
    _enterprise(visit)
    given, letters = _decoded(code), visit.world.letters
    if letters.find("sign-in", token) is None:
        raise Refusal(500, "unknown", "Internal Server Error")  # the server trips over a token that it does not know
    letters.use(letters.read("sign-in", token, email, given))
    member = visit.world.accounts.by_email(email)
    if member is None:
        raise _failed()
    return _signed_in(visit, member)


@handles(ForgotPassword.send_code, payload="ForgotPasswordSendPayload", decorated=True)
def send_reset_code(visit: Visit, *, email: str, language: str | None = None) -> CodeSent:
    return _sent(visit, "reset", email, language)


@handles(ForgotPassword.verify_code, payload="ForgotPasswordCheckPayload", decorated=True)
def verify_reset_code(visit: Visit, *, email: str, code: str, token: str) -> CodeVerified:
    _enterprise(visit)
    letter = visit.world.letters.verify("reset", token, email, code)
    return CodeVerified(is_valid=True, email=letter.email, token=letter.token)


@handles(ForgotPassword.reset, payload="ForgotPasswordResetPayload", decorated=True)
def reset(visit: Visit, *, token: str, new_password: str, password_confirm: str) -> Result:
    _enterprise(visit)
    if new_password != password_confirm:
        raise Refusal(400, "password_mismatch", "The passwords do not match.")
    letter = visit.world.letters.verified("reset", token)
    if not is_strong(new_password):
        raise invalid("Password must contain letters and numbers, and the length must be greater than 8.")
    visit.world.letters.use(letter)
    member = visit.world.accounts.by_email(letter.email)
    if member is None:
        raise _failed()
    member.password = new_password
    return Result(result="success")


def _enterprise(visit: Visit) -> None:
    """Refuse what only an enterprise server has."""
    if visit.world.enterprise is None:
        raise not_found(NO_SUCH_PAGE)


def _signed_in(visit: Visit, member: Account) -> SignedIn:
    if member.status == "banned":
        raise Refusal(400, "account_banned", BANNED)
    return SignedIn(result="success", data=LoginToken(access_token=passports.login(visit.world, member.id, member.email)))


def _sent(visit: Visit, about: About, email: str, language: str | None) -> CodeSent:
    _enterprise(visit)
    member = visit.world.accounts.by_email(email)
    if member is None:
        raise _failed()
    return CodeSent(result="success", data=visit.world.letters.send(about, member.email, language=language).token)


def _decoded(text: str) -> str:
    """What the page has put into base64, so that it is not read in passing."""
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise _failed("Invalid encrypted data") from None


def _failed(message: str = "Invalid email or password.") -> Refusal:
    return unauthorized(message, "authentication_failed")


def _holds(check: Callable[[], object]) -> bool:
    try:
        check()
    except Refusal:
        return False
    return True
