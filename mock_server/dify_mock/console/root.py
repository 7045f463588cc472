"""Handlers: signing in and out, and whether the server is there."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from dify_sdk.console import Console
from dify_sdk.console.signing_in import Pong, Release, SignedIn
from dify_sdk.shared.results import Result

from .. import console_sessions
from ..accounts import BANNED, Account, Invitation
from ..cookies import cookie
from ..letters import not_theirs
from ..passwords import WEAK, is_strong
from ..profiles.plain import VERSION
from ..refusals import Refusal, invalid, unprocessable
from ..registry import handles
from ..tokens import unauthorized
from ..visit import Visit

_MOST_FAILURES: Final = 5
_FAILURE_SECONDS: Final = 86_400.0
_NO_WORKSPACE: Final = "workspace not found, please contact system admin to invite you to join in a workspace"
BELONGS_NOWHERE: Final = "Workspace not found, please contact system admin to invite you to join in a workspace."
"""Of somebody who did not come with a password."""


@handles(Console.login, payload="LoginPayload", decorated=True)
def login(visit: Visit, *, email: str, password: str, remember_me: bool | None = None, invite_token: str | None = None) -> SignedIn:
    check_email(email)
    limits, attempts = visit.world.limits, f"failed passwords of {email.lower()}"
    if limits.lately(attempts, _FAILURE_SECONDS) > _MOST_FAILURES:
        raise Refusal(429, "email_code_login_limit", "Too many incorrect password attempts. Please try again later.")
    given, account = decoded(password), visit.world.accounts.by_email(email)
    invitation = visit.world.accounts.invitation(invite_token or "")
    if invitation is not None:
        _come(invitation, email, given)
    if account is None or not account.password or account.password != given:
        limits.note(attempts)
        raise failed()
    limits.forget(attempts)
    return signed_in(visit, account)


@handles(Console.logout)
def logout(visit: Visit) -> Result:
    console_sessions.end(visit)
    return Result(result="success")


@handles(Console.refresh_token)
def refresh_token(visit: Visit) -> Result:
    world = visit.world
    token = cookie(visit.request, console_sessions.spelled(world, "refresh_token"))
    if not token:
        raise _not_renewed("No refresh token provided")
    account_id = world.refresh_tokens.use(token)
    if account_id is None:
        raise _not_renewed("Invalid refresh token")
    if (account := world.accounts.known.get(account_id)) is None:
        raise _not_renewed("Invalid account")
    if account.status == "banned":
        raise _not_renewed(BANNED)
    console_sessions.begin(visit, account)
    return Result(result="success")


@handles(Console.ping)
def ping(visit: Visit) -> Pong:
    return Pong(result="pong")


@handles(Console.version)
def version(visit: Visit, *, current_version: str) -> Release:
    return Release(version=VERSION, release_notes="")


def signed_in(visit: Visit, account: Account) -> SignedIn:
    """Let somebody in who has shown who they are."""
    if account.status == "banned":
        raise Refusal(400, "account_banned", BANNED)
    if next(visit.world.accounts.workspaces_of(account), None) is None:
        return SignedIn(result="fail", data=_NO_WORKSPACE)
    console_sessions.begin(visit, account)
    return SignedIn(result="success")


def decoded(text: str) -> str:
    """What the console has put into base64, read as leniently as the server reads it."""
    try:
        return base64.b64decode(text).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise failed("Invalid encrypted data") from None


def failed(message: str = "Invalid email or password.") -> Refusal:
    """The server's word for somebody who has not shown who they are."""
    return unauthorized(message, "authentication_failed")


def check_email(email: str, at: str = "email") -> None:
    """Refuse what is no e-mail address."""
    if not is_email(email):
        raise unprocessable(f"{email} is not a valid email.", email, at)


def check_chosen(password: str, again: str) -> None:
    """Refuse a password that is too weak, or was not typed the same twice."""
    if not is_strong(password):
        raise unprocessable(WEAK, password, "new_password")
    if password != again:
        raise Refusal(400, "password_mismatch", "The passwords do not match.")


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address."""
    name, _, host = text.partition("@")
    return bool(name) and "." in host.strip(".") and " " not in text


def _come(invitation: Invitation, email: str, password: str) -> None:
    """Whoever was invited and has no password yet gives themselves one."""
    if invitation.account.email != email.lower():
        raise not_theirs()
    if not invitation.account.password:
        if not is_strong(password):
            raise invalid(WEAK)
        invitation.account.password = password


def _not_renewed(message: str) -> Refusal:
    return Refusal(401, "unauthorized", message, body={"result": "fail", "message": message})
