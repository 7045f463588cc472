"""How a reply or a refusal is dressed for a profile and a tier: the one place where envelopes are made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Protocol

from .exchange import Reply, Request
from .refusals import Refusal

VERSION: Final = "1.16.1"


class Dress(Protocol):
    """The envelopes and headers of one tier in one profile."""

    def success(self, status: int, value: Any, *, generated: bool) -> Reply:
        """A value; `generated` by a model or a workflow."""
        ...

    def refusal(self, refusal: Refusal) -> Reply:
        """A no."""
        ...

    def headers(self, request: Request, *, routed: bool) -> Mapping[str, str]:
        """The headers that every reply has; `routed` tells whether there is such a route."""
        ...


class Plain:
    """The wire of Dify itself."""

    def __init__(self, *, open_to_browsers: bool) -> None:
        self._open = open_to_browsers

    def success(self, status: int, value: Any, *, generated: bool) -> Reply:
        if generated:
            return Reply(status, {"content-type": "application/json; charset=utf-8"}, json.dumps(value).encode())
        return Reply(status, {"content-type": "application/json"}, json.dumps(value).encode() + b"\n")

    def refusal(self, refusal: Refusal) -> Reply:
        body = refusal.body or {"code": refusal.code, "message": refusal.message, "status": refusal.status}
        headers = {"content-type": "application/json", **refusal.headers}
        if refusal.status == 401:
            headers["www-authenticate"] = 'Bearer realm="api"'
        return Reply(refusal.status, headers, json.dumps(body).encode() + b"\n")

    def headers(self, request: Request, *, routed: bool) -> Mapping[str, str]:
        always = {"x-version": VERSION, "x-env": "PRODUCTION", "vary": "Cookie"}
        if not self._open or not routed:
            return always
        origin = request.headers.get("origin")
        vary = {"vary": "Origin, Cookie"} if origin else {}
        told = {"access-control-allow-origin": origin or "*", "access-control-expose-headers": "X-Env, X-Trace-Id, X-Version"}
        return {**always, **vary, **told}


def dress_of(profile: str, tier: str) -> Dress:
    """The dress of a tier in a profile."""
    if profile == "documented":
        raise ValueError("the profile 'documented' is not built yet: take 'dify'")
    if profile != "dify":
        raise ValueError(f"there is no profile {profile!r}: take 'dify'")
    return Plain(open_to_browsers=tier == "service")
