"""Signing in elsewhere: what the other place says of somebody, and the cookie by which they confirm a code afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .cookies import cookie
from .devices import Stranger
from .exchange import Request
from .refusals import NoEntry, PageRefusal
from .tokens import issue, verify
from .world import World

ISSUER: Final = "https://sso.example.com"
COOKIE: Final = "device_approval_grant"
SECONDS: Final = 300
_ASSERTION: Final = "sso assertion"


@dataclass(frozen=True)
class ApprovalGrant:
    """Somebody who came back, the code that they came for, and until when they may confirm it."""

    id: str
    stranger: Stranger
    user_code: str
    csrf_token: str
    until: int


def assertion(world: World, email: str, user_code: str) -> str:
    """What the other place says of somebody who has signed in there."""
    until = world.clock.seconds() + SECONDS
    return issue(world, {"sub": _ASSERTION, "iss": ISSUER, "email": email, "user_code": user_code, "exp": until})


def grant_of(world: World, said: str) -> str:
    """The cookie for somebody of whom the other place has said so."""
    claims = verify(world, said)
    if claims.get("sub") != _ASSERTION:
        raise NoEntry(401, "unauthorized", "invalid_assertion")
    ids = world.devices.ids
    told = {"iss": claims["iss"], "email": claims["email"], "user_code": claims["user_code"], "jti": ids.uuid(), "csrf": ids.token(32)}
    return issue(world, {"sub": COOKIE, "exp": world.clock.seconds() + SECONDS, **told})


def grant(world: World, request: Request) -> ApprovalGrant:
    """Whoever came back, by their cookie."""
    held = cookie(request, COOKIE)
    if not held:
        raise PageRefusal(401, "unauthorized", "no_session")
    try:
        claims = verify(world, held)
    except NoEntry:
        raise PageRefusal(401, "unauthorized", "invalid_session") from None
    if claims.get("sub") != COOKIE:
        raise PageRefusal(401, "unauthorized", "invalid_session")
    return ApprovalGrant(claims["jti"], Stranger(claims["email"], claims["iss"]), claims["user_code"], claims["csrf"], claims["exp"])
