"""The cookies of requests, and of replies."""

from __future__ import annotations

from email.utils import formatdate
from http.cookies import CookieError, SimpleCookie

from .exchange import Request


def cookie(request: Request, name: str) -> str:
    """A cookie of the request; empty where there is none."""
    try:
        found = SimpleCookie(request.headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def kept(name: str, value: str, now: float, seconds: int, *, hidden: bool = True, secure: bool = False) -> str:
    """A cookie for a browser to keep for so long; hidden ones no script on a page can read."""
    until = formatdate(now + seconds, usegmt=True)
    return f"{name}={value}; Expires={until}; Max-Age={seconds};{_told(hidden=hidden, secure=secure)}"


def gone(name: str, *, hidden: bool = True, secure: bool = False) -> str:
    """A cookie that a browser is to forget."""
    return f"{name}=; Expires=Thu, 01 Jan 1970 00:00:00 GMT;{_told(hidden=hidden, secure=secure)}"


def _told(*, hidden: bool, secure: bool) -> str:
    return f"{' Secure;' if secure else ''}{' HttpOnly;' if hidden else ''} Path=/; SameSite=Lax"
