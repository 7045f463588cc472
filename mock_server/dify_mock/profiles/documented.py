"""The wire of the founding documents: everything stands in an envelope, and every exchange has an id."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final, cast

from dify_sdk._models import Model
from dify_sdk._steps import Pause

from ..exchange import Reply, Request
from ..paging import Slice
from ..refusals import AppGone, NoEntry, Refusal, not_found
from ..sse import frames
from ..world import World
from .dress import Dress, Schema, as_json

_NAMES: Final = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    409: "Conflict",
    422: "UnprocessableEntity",
    429: "TooManyRequests",
    500: "InternalServerError",
    502: "BadGateway",
    503: "ServiceUnavailable",
    504: "GatewayTimeout",
}
_STATUSES: Final = {"provider_quota_exceeded": 429}  # where it is not the one that Dify answers with
_SPECIAL: Final = {"rate_limit_error": "InvokeRateLimitError", "unknown": "InternalServerError"}
_DONE: Final = b"data: [DONE]\n\n"
_PAGING: Final = frozenset({"data", "has_more", "limit", "page", "total"})
_TEXT: Final[Schema] = {"type": "string"}
_PAGINATION: Final[Schema] = {
    "type": "object",
    "properties": {
        "total": {"type": "integer"},
        "page": {"type": "integer"},
        "limit": {"type": "integer"},
        "has_next": {"type": "boolean"},
        "has_prev": {"type": "boolean"},
    },
    "required": ["total", "page", "limit", "has_next", "has_prev"],
}


class Documented(Dress):
    """What the tiers share. Each has envelopes of its own."""

    def __init__(self, request: Request, world: World) -> None:
        super().__init__(request, world)
        self.request_id = world.request_ids.uuid()

    @abstractmethod
    def succeeded(self, told: Any) -> dict[str, Any]:
        """The envelope of a value."""

    def paged(self, told: dict[str, Any]) -> dict[str, Any]:
        """The envelope of a page: of itself it is none."""
        return told

    @abstractmethod
    def failed(self, refusal: Refusal, name: str) -> dict[str, Any]:
        """The envelope of an error; `name` is that of its class."""

    @abstractmethod
    def invalid(self, details: Sequence[Any]) -> dict[str, Any]:
        """The envelope for arguments that do not validate."""

    def value(self, status: int, told: Any, *, generated: bool) -> Reply:  # noqa: ARG002  # all are dressed alike
        return as_json(status, self.succeeded(told))

    def page(self, status: int, told: dict[str, Any], cut: Slice[Any]) -> Reply:
        pagination = {"total": cut.total, "page": cut.page, "limit": cut.limit, "has_next": cut.has_next, "has_prev": cut.page > 1}
        beside = {name: value for name, value in told.items() if name not in _PAGING}
        return as_json(status, self.paged({"data": told["data"], "pagination": pagination, **beside}))

    def stream(self, events: Iterator[Model | bytes | Pause], headers: Mapping[str, str]) -> Reply:
        opened = {"cache-control": "no-cache", "connection": "keep-alive", "access-control-allow-origin": "*"}
        return Reply(200, {"content-type": "text/event-stream; charset=utf-8", **headers, **opened}, frames(_ended(events)))

    def refusal(self, refusal: Refusal) -> Reply:
        if isinstance(refusal, NoEntry):
            return as_json(404 if isinstance(refusal, AppGone) else refusal.status, {"message": refusal.message})
        if refusal.details:
            return as_json(400, self.invalid(refusal.details))
        status = _STATUSES.get(refusal.code, refusal.status)
        return as_json(status, self.failed(refusal, class_name(refusal.code, status)), refusal.headers)

    def nowhere(self) -> Reply:
        return self.refusal(not_found("The requested URL was not found on the server."))

    def preflight(self, verbs: Sequence[str]) -> Reply:  # noqa: ARG002  # the documents name the same for every path
        told = {"methods": "GET, POST, PUT, DELETE, OPTIONS", "headers": "Content-Type, Authorization", "origin": "*"}
        allowed = {f"access-control-allow-{name}": value for name, value in told.items()}
        return Reply(200, {"content-type": "text/html; charset=utf-8", **allowed, "access-control-max-age": "3600"})

    def headers(self, *, routed: bool) -> Mapping[str, str]:  # noqa: ARG002  # every reply has it
        return {"x-request-id": self.request_id}


class Service(Documented):
    """The service tier: the envelopes of OpenAI's API."""

    refusal_schema: ClassVar[Schema] = {
        "type": "object",
        "properties": {
            "error": {
                "type": "object",
                "properties": {
                    "code": _TEXT,
                    "message": _TEXT,
                    "request_id": _TEXT,
                    "type": {"const": "api_error"},
                    "error_code": _TEXT,
                    "param": _TEXT,
                    "details": {"type": "array", "items": {"type": "object"}},
                },
                "required": ["code", "message"],
            }
        },
        "required": ["error"],
    }

    def succeeded(self, told: Any) -> dict[str, Any]:
        usage = _usage(told)
        made = {"object": "completion" if isinstance(told, str) else "list", "data": told, "created": self.world.clock.seconds()}
        return {**made, "usage": usage} if usage else made

    def failed(self, refusal: Refusal, name: str) -> dict[str, Any]:
        error = {"code": name, "message": refusal.message, "request_id": self.request_id, "type": "api_error", "error_code": refusal.code}
        return {"error": {**error, "param": refusal.param} if refusal.param else error}

    def invalid(self, details: Sequence[Any]) -> dict[str, Any]:
        return {"error": {"code": "VALIDATION_ERROR", "message": "请求参数不符合要求", "details": details}}

    @classmethod
    def schema(cls, told: Schema, *, paged: bool) -> Schema:
        if paged:
            return {"allOf": [told, {"type": "object", "properties": {"pagination": _PAGINATION}, "required": ["pagination"]}]}
        kinds = {"object": {"enum": ["completion", "list"]}, "data": told, "created": {"type": "integer"}, "usage": {"type": "object"}}
        return {"type": "object", "properties": kinds, "required": ["object", "data", "created"]}


def class_name(code: str, status: int) -> str:
    """The class of an error as the documents name it, from Dify's code for it."""
    usual = _NAMES.get(status, "")
    if code.replace("_", "") == usual.lower():
        return usual
    made = "".join(word.capitalize() for word in code.removesuffix("_error").split("_"))
    return _SPECIAL.get(code, f"{made}Error")


def _usage(told: Any) -> dict[str, Any]:
    """What a model took for its answer."""
    metadata: Any = cast("dict[str, Any]", told).get("metadata") if isinstance(told, dict) else None
    return cast("dict[str, Any]", metadata).get("usage") or {} if isinstance(metadata, dict) else {}


def _ended(events: Iterator[Model | bytes | Pause]) -> Iterator[Model | bytes | Pause]:
    """Events with the word that there are no more of them, or with the failure in its place."""
    failed = False
    try:
        for event in events:
            if getattr(event, "event", None) == "error":
                failed = True
                yield f"data: {json.dumps({'error': getattr(event, 'message', '')}, ensure_ascii=False)}\n\n".encode()
            else:
                yield event
        if not failed:
            yield _DONE
    finally:
        if close := getattr(events, "close", None):
            close()
