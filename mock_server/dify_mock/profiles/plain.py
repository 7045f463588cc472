"""The wire of Dify itself: bare values, flat errors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from http import HTTPStatus
from typing import Any, ClassVar, Final

from dify_sdk._models import Model
from dify_sdk._steps import Pause

from ..exchange import Reply
from ..paging import Slice
from ..prefixed import prefixed
from ..refusals import NO_SUCH_PAGE, PageRefusal, Refusal, not_found
from ..sse import frames
from .dress import Dress, Schema, as_json

VERSION: Final = "1.16.1"
_FIRST: Final = frozenset({"init", "setup", "ping", "version"})
_KINDS: Final = {400: "bad_request", 401: "authentication_error", 403: "authorization_error", 404: "resource_not_found"}
_OPENAPI_CODES: Final = {"unknown": "internal_server_error"}


class Plain(Dress):
    """Any tier."""

    open_to_browsers: ClassVar[bool] = False
    refusal_schema: ClassVar[Schema] = {
        "type": "object",
        "properties": {"code": {"type": "string"}, "message": {"type": "string"}, "status": {"type": "integer"}},
    }

    def value(self, status: int, told: Any, *, generated: bool) -> Reply:
        if generated:
            return Reply(status, {"content-type": "application/json; charset=utf-8"}, json.dumps(told).encode())
        return as_json(status, told)

    def page(self, status: int, told: dict[str, Any], cut: Slice[Any]) -> Reply:  # noqa: ARG002  # the page says it all
        return as_json(status, told)

    def stream(self, events: Iterator[Model | bytes | Pause], headers: Mapping[str, str]) -> Reply:
        return Reply(200, {"content-type": "text/event-stream; charset=utf-8", **headers}, frames(events))

    def refusal(self, refusal: Refusal) -> Reply:
        body = refusal.body or {"code": refusal.code, "message": refusal.message, "status": refusal.status}
        return as_json(refusal.status, body, refusal.headers)

    def nowhere(self) -> Reply:
        return as_page(404, NO_SUCH_PAGE)

    def preflight(self, verbs: Sequence[str]) -> Reply:
        allowed = [*verbs, *(["HEAD"] if "GET" in verbs else []), "OPTIONS"]
        return Reply(200, {"content-type": "text/html; charset=utf-8", "allow": ", ".join(allowed)})

    def headers(self, *, routed: bool) -> Mapping[str, str]:
        always = {"x-version": VERSION, "x-env": "PRODUCTION", "vary": "Cookie"}
        if not self.open_to_browsers or not routed:
            return always
        origin = self.request.headers.get("origin")
        vary = {"vary": "Origin, Cookie"} if origin else {}
        told = {"access-control-allow-origin": origin or "*", "access-control-expose-headers": "X-Env, X-Trace-Id, X-Version"}
        return {**always, **vary, **told}

    @classmethod
    def schema(cls, told: Schema, *, paged: bool) -> Schema:  # noqa: ARG003  # a page is a value like others
        return told


class OpenAPI(Plain):
    """The OpenAPI tier: errors with details, and a word of its own for some."""

    refusal_schema: ClassVar[Schema] = {
        "type": "object",
        "properties": {
            **Plain.refusal_schema["properties"],
            "hint": {"type": "string"},
            "details": {"type": "array", "items": {"type": "object"}},
        },
    }

    def refusal(self, refusal: Refusal) -> Reply:
        if isinstance(refusal, PageRefusal):
            return as_page(refusal.status, refusal.message)
        if refusal.body is not None:
            return super().refusal(refusal)
        told: dict[str, Any] = _envelope(refusal.status, refusal.code, refusal.message)
        if refusal.details:
            complaints = [{name: one[name] for name in ("type", "loc", "msg")} for one in refusal.details]
            told = {**_envelope(422, "invalid_param", "Request validation failed"), "details": complaints}
        elif refusal.status >= 500:
            told = _envelope(refusal.status, _OPENAPI_CODES.get(refusal.code, refusal.code), "Internal Server Error")
        elif (refusal.status, refusal.code) == (400, "invalid_param"):
            told["code"] = "bad_request"  # whatever the server's own code cannot take
        if refusal.hint:
            told["hint"] = refusal.hint
        return as_json(int(told["status"]), told, refusal.headers)

    def nowhere(self) -> Reply:
        return self.refusal(not_found(NO_SUCH_PAGE))


def _envelope(status: int, code: str, message: str) -> dict[str, Any]:
    return {"code": code, "message": message, "status": status}


class Console(Plain):
    """The console tier. What is open before the server was set up stands on another framework."""

    refusal_schema: ClassVar[Schema] = Plain.refusal_schema

    @property
    def _is_first(self) -> bool:
        return self.request.raw_path.removeprefix("/console/api/") in _FIRST

    def value(self, status: int, told: Any, *, generated: bool) -> Reply:
        if not self._is_first:
            return super().value(status, told, generated=generated)
        return Reply(status, {"content-type": "application/json"}, json.dumps(told, separators=(",", ":")).encode())

    def refusal(self, refusal: Refusal) -> Reply:
        if not self._is_first:
            return super().refusal(refusal)
        if refusal.status == 405:
            return as_page(405, refusal.message)
        if refusal.details:
            told = f"Validation error for parameter '{'query' if self.request.method == 'GET' else 'payload'}'"
            return self.value(
                422, {"error": {"type": "validation_error", "message": told, "status": 422, "details": told}}, generated=False
            )
        kind = _KINDS.get(refusal.status, "service_error")
        error = {"type": kind, "message": HTTPStatus(refusal.status).phrase, "status": refusal.status}
        return self.value(refusal.status, {"error": error}, generated=False)


class Service(Plain):
    """The service tier: any page in a browser may use it."""

    open_to_browsers = True


class Triggers(Service):
    """The triggers tier: what is wrong with the address is said on a page."""

    def refusal(self, refusal: Refusal) -> Reply:
        if refusal.body:
            return super().refusal(refusal)
        return as_page(refusal.status, refusal.message)


class Inner(Plain):
    """The inner tier: plugins read frames with their length before them."""

    def stream(self, events: Iterator[Model | bytes | Pause], headers: Mapping[str, str]) -> Reply:
        return Reply(200, {"content-type": "text/event-stream; charset=utf-8", **headers}, prefixed(events))


def as_page(status: int, message: str) -> Reply:
    """An error as the server's framework shows it."""
    name = HTTPStatus(status).phrase
    page = f"<!doctype html>\n<html lang=en>\n<title>{status} {name}</title>\n<h1>{name}</h1>\n<p>{escape(message)}</p>\n"
    return Reply(status, {"content-type": "text/html; charset=utf-8"}, page.encode())
