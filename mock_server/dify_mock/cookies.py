"""The cookies of a request."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from .exchange import Request


def cookie(request: Request, name: str) -> str:
    """A cookie; empty where there is none."""
    try:
        found = SimpleCookie(request.headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""
