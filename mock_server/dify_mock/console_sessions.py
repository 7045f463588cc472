"""Who is signed in to the console: its cookies, and the token that a request must show beside them."""

from __future__ import annotations

from typing import Final

from .accounts import BANNED, Account
from .cookies import cookie, gone, kept
from .exchange import Request
from .refreshing import SECONDS as REFRESH_SECONDS
from .tokens import issue, unauthorized, verify
from .visit import Visit
from .world import World

SECONDS: Final = 3600
_SUBJECT: Final = "Console API Passport"
_NAMES: Final = ("access_token", "refresh_token", "csrf_token")


def begin(visit: Visit, account: Account) -> None:
    """Sign somebody in: the reply gives the cookies of a session."""
    world, held = visit.world, tokens(visit, account)
    for name in _NAMES:
        seconds = REFRESH_SECONDS if name == "refresh_token" else SECONDS
        told = kept(
            spelled(world, name), held[name], world.clock.now(), seconds, hidden=name != "csrf_token", secure=world.settings.is_https
        )
        visit.cookies.append(told)


def tokens(visit: Visit, account: Account) -> dict[str, str]:
    """What proves that somebody has signed in just now, and what it is renewed with."""
    world = visit.world
    account.last_login_at, account.last_login_ip = world.clock.now(), visit.request.address
    return {**cookies(world, account), "refresh_token": world.refresh_tokens.issue(account)}


def end(visit: Visit) -> None:
    """Sign whoever it is out: the reply takes the cookies away. An access token that somebody has kept stays good."""
    world = visit.world
    token = cookie(visit.request, spelled(world, "access_token"))
    account = world.accounts.known.get(verify(world, token).get("user_id", "")) if token else None
    if account is not None:
        world.refresh_tokens.end(account)
    visit.cookies += farewell(world)


def farewell(world: World) -> list[str]:
    """What takes the cookies of a session away."""
    return [gone(spelled(world, name), hidden=name != "csrf_token", secure=world.settings.is_https) for name in _NAMES]


def cookies(world: World, account: Account) -> dict[str, str]:
    """What proves who somebody is, for an hour."""
    until = world.clock.seconds() + SECONDS
    return {
        "access_token": issue(world, {"user_id": account.id, "exp": until, "iss": "SELF_HOSTED", "sub": _SUBJECT}),
        "csrf_token": issue(world, {"exp": until, "sub": account.id}),
    }


def headers(world: World, account: Account) -> dict[str, str]:
    """The headers of a request by somebody who is signed in."""
    held = cookies(world, account)
    shown = "; ".join(f"{spelled(world, name)}={value}" for name, value in held.items())
    return {"Cookie": shown, "X-CSRF-Token": held["csrf_token"]}


def signed_in(world: World, request: Request) -> Account:
    """Who is signed in, or the server's word for somebody who is not."""
    token = cookie(request, spelled(world, "access_token")) or request.bearer
    if not token:
        raise unauthorized("Invalid Authorization token.")
    claims = verify(world, token)
    account = world.accounts.known.get(claims.get("user_id", ""))
    if account is None or claims.get("sub") != _SUBJECT:
        raise unauthorized("Invalid Authorization token.")
    if account.status == "banned":
        raise unauthorized(BANNED)
    _check_csrf(world, request, account)
    return account


def spelled(world: World, name: str) -> str:
    """A cookie's name, as this server spells it."""
    return f"__Host-{name}" if world.settings.is_https else name


def _check_csrf(world: World, request: Request, account: Account) -> None:
    shown = request.headers.get("x-csrf-token", "")
    if not shown or shown != cookie(request, spelled(world, "csrf_token")) or verify(world, shown).get("sub") != account.id:
        raise unauthorized("CSRF token is missing or invalid.")
