"""JSON Web Tokens as the server makes them: HS256, with the secret of the world."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final, cast

from .refusals import NoEntry
from .world import World

_HEADER: Final = {"alg": "HS256", "typ": "JWT"}


def issue(world: World, claims: Mapping[str, Any]) -> str:
    """A token that says so."""
    signed = f"{_part(_HEADER)}.{_part(claims)}"
    return f"{signed}.{_signature(world, signed)}"


def verify(world: World, token: str) -> dict[str, Any]:
    """What a token says, or the server's word for one that says nothing."""
    signed, _, signature = token.rpartition(".")
    try:
        header, claims = (_read(one) for one in signed.split("."))
    except (ValueError, TypeError):  # no base64, no JSON, or no object
        raise unauthorized("Invalid token.") from None
    if header.get("alg") != "HS256":
        raise unauthorized("Invalid token.")
    if not hmac.compare_digest(signature.encode(), _signature(world, signed).encode()):
        raise unauthorized("Invalid token signature.")
    if "exp" in claims and claims["exp"] <= world.clock.now():
        raise unauthorized("Token has expired.")
    return claims


def claims_of(world: World, token: str | None) -> dict[str, Any]:
    """What a token says; nothing where there is none, or one that was not made here."""
    try:
        return verify(world, token) if token else {}
    except NoEntry:
        return {}


def unauthorized(message: str, code: str = "unauthorized") -> NoEntry:
    """The server's word for somebody it does not know."""
    return NoEntry(401, code, message)


def _part(told: Mapping[str, Any]) -> str:
    return _written(json.dumps(told, separators=(",", ":")).encode())


def _read(part: str) -> dict[str, Any]:
    told: Any = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return cast("dict[str, Any]", dict(told))


def _signature(world: World, signed: str) -> str:
    return _written(hmac.new(world.secret.encode(), signed.encode(), hashlib.sha256).digest())


def _written(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
