"""Who is signed in to the console: its cookies, and the token that a request must show beside them."""

from __future__ import annotations

from typing import Final

from .accounts import Account
from .cookies import cookie
from .exchange import Request
from .tokens import issue, unauthorized, verify
from .world import World

SECONDS: Final = 3600
_SUBJECT: Final = "Console API Passport"


def cookies(world: World, account: Account) -> dict[str, str]:
    """The cookies of somebody who signs in."""
    until = world.clock.seconds() + SECONDS
    return {
        "access_token": issue(world, {"user_id": account.id, "exp": until, "iss": "SELF_HOSTED", "sub": _SUBJECT}),
        "csrf_token": issue(world, {"exp": until, "sub": account.id}),
    }


def headers(world: World, account: Account) -> dict[str, str]:
    """The headers of a request by somebody who is signed in."""
    held = cookies(world, account)
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in held.items()), "X-CSRF-Token": held["csrf_token"]}


def signed_in(world: World, request: Request) -> Account:
    """Who is signed in, or the server's word for somebody who is not."""
    token = cookie(request, "access_token") or request.bearer
    if not token:
        raise unauthorized("Invalid Authorization token.")
    claims = verify(world, token)
    account = world.accounts.known.get(claims.get("user_id", ""))
    if account is None or claims.get("sub") != _SUBJECT:
        raise unauthorized("Invalid Authorization token.")
    _check_csrf(world, request, account)
    return account


def _check_csrf(world: World, request: Request, account: Account) -> None:
    shown = request.headers.get("x-csrf-token", "")
    if not shown or shown != cookie(request, "csrf_token") or verify(world, shown).get("sub") != account.id:
        raise unauthorized("CSRF token is missing or invalid.")
