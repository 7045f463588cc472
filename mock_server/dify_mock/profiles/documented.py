"""The wire of the founding documents: everything stands in an envelope, and every exchange has an id."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final, cast

from dify_sdk._models import Model
from dify_sdk._plan import Parts
from dify_sdk._steps import Pause

from ..exchange import Reply, Request
from ..paging import Slice
from ..refusals import AppGone, NoEntry, QuotaReached, Refusal, WrongRole, not_found
from ..sse import frame, frames
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
_KIND_WORDS: Final = {  # for those who use a page, and cannot do anything about it
    "ProviderNotInitializeError": "AI模型服务未配置，请联系管理员",
    "ProviderQuotaExceededError": "AI模型调用配额已用完，请稍后重试",
    "InvokeRateLimitError": "请求过于频繁，请稍后重试",
    "ModelCurrentlyNotSupportError": "当前模型暂不支持该功能",
    "AppUnavailableError": "应用暂时不可用",
}
_GUARDS: Final = {  # who does not get as far as the operation of the console, by Dify's code for it
    "not_setup": (412, "系统未完成初始化设置"),
    "not_init_validated": (412, "系统未完成初始化设置"),
    "unauthorized": (401, "未登录或会话已过期"),
    "account_not_initialized": (400, "账户未完成初始化"),
    "unauthorized_and_force_logout": (403, "需要有效的企业许可证"),
}
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

    opened: ClassVar[Mapping[str, str]] = {"access-control-allow-origin": "*"}
    """Headers of a stream beside the usual ones."""

    def __init__(self, request: Request, world: World) -> None:
        super().__init__(request, world)
        self.request_id = world.request_ids.uuid()

    def parts(self, *, json_expected: bool, silently: bool) -> Parts:
        """The documents do not tell a query from a document: what Dify has in the query may stand in JSON."""
        parts = super().parts(json_expected=json_expected, silently=silently)
        if not json_expected and self.request.method != "GET":
            parts.query = [*parts.query, *((name, text) for name, text in self.asked().items() if isinstance(text, str))]
        return parts

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
        opened = {"cache-control": "no-cache", "connection": "keep-alive", **self.opened}
        told = {"content-type": "text/event-stream; charset=utf-8", **headers, **opened}
        return Reply(200, told, frames(_ended(events, self.chunk)))

    def chunk(self, event: Model | bytes) -> Model | bytes:
        """An event of a stream; bytes are a frame already."""
        return event

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
            return _page_schema(told)
        kinds = {"object": {"enum": ["completion", "list"]}, "data": told, "created": {"type": "integer"}, "usage": {"type": "object"}}
        return {"type": "object", "properties": kinds, "required": ["object", "data", "created"]}


class Web(Documented):
    """The web tier: envelopes for a page in a browser, in words for the one who reads it."""

    opened: ClassVar[Mapping[str, str]] = {"x-accel-buffering": "no"}
    refusal_schema: ClassVar[Schema] = {
        "type": "object",
        "properties": {
            "success": {"const": False},
            "message": _TEXT,
            "error_code": _TEXT,
            "request_id": _TEXT,
            "validation_errors": {"type": "array", "items": {"type": "object"}},
        },
        "required": ["message"],
    }

    def wants_stream(self) -> bool:
        """Either by its own flag or by Dify's; a page of the documents wants one unless it says otherwise."""
        told = self.asked()
        if "response_mode" in told or "streaming" not in told:
            return super().wants_stream() or ("response_mode" not in told and self.request.raw_path.startswith("/api/apps/"))
        return bool(told["streaming"])

    def succeeded(self, told: Any) -> dict[str, Any]:
        return {"success": True, "data": told, "timestamp": self.world.clock.now()}

    def failed(self, refusal: Refusal, name: str) -> dict[str, Any]:
        return {"success": False, "message": _KIND_WORDS.get(name, refusal.message), "error_code": name, "request_id": self.request_id}

    def invalid(self, details: Sequence[Any]) -> dict[str, Any]:
        return {"success": False, "message": "请求参数错误", "validation_errors": details}

    def chunk(self, event: Model | bytes) -> Model | bytes:
        written = event if isinstance(event, bytes) else frame(event)
        if not written.startswith(b"data: "):
            return written
        told = json.loads(written.removeprefix(b"data: "))
        chunk = {"event": told.pop("event"), "data": told, "timestamp": self.world.clock.now()}
        return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()

    @classmethod
    def schema(cls, told: Schema, *, paged: bool) -> Schema:
        if paged:
            return _page_schema(told)
        kinds: Schema = {"success": {"const": True}, "data": told, "timestamp": {"type": "number"}, "message": _TEXT}
        return {"type": "object", "properties": kinds, "required": ["success", "data", "timestamp"]}


class Console(Documented):
    """The console tier: envelopes with an id and a time, and guards that say only what is wrong."""

    refusal_schema: ClassVar[Schema] = {
        "type": "object",
        "properties": {
            "error": {
                "type": "object",
                "properties": {
                    "type": _TEXT,
                    "message": _TEXT,
                    "error_id": _TEXT,
                    "timestamp": {"type": "number"},
                    "details": {"type": ["array", "null"], "items": {"type": "object"}},
                },
                "required": ["type", "message"],
            }
        },
        "required": ["error"],
    }

    def succeeded(self, told: Any) -> dict[str, Any]:
        return {"success": True, "data": told, "timestamp": self.world.clock.now(), "request_id": self.request_id}

    def paged(self, told: dict[str, Any]) -> dict[str, Any]:
        return {"success": True, **told, "timestamp": self.world.clock.now()}

    def refusal(self, refusal: Refusal) -> Reply:
        if guard := _guard(refusal):
            return as_json(guard[0], {"message": guard[1]}, refusal.headers)
        return super().refusal(refusal)

    def failed(self, refusal: Refusal, name: str) -> dict[str, Any]:
        told = {"type": name, "message": refusal.message, "error_id": self.request_id, "timestamp": self.world.clock.now()}
        return {"error": {**told, "details": None}}

    def invalid(self, details: Sequence[Any]) -> dict[str, Any]:
        return {"error": {"type": "ValidationError", "message": "参数验证失败", "details": details}}

    @classmethod
    def schema(cls, told: Schema, *, paged: bool) -> Schema:
        kinds: Schema = {"success": {"const": True}, "timestamp": {"type": "number"}}
        if paged:
            around: Schema = {"type": "object", "properties": kinds, "required": ["success", "timestamp"]}
            return {"allOf": [_page_schema(told), around]}
        every: Schema = {**kinds, "data": told, "request_id": _TEXT}
        return {"type": "object", "properties": every, "required": ["success", "data", "timestamp", "request_id"]}


class Files(Web):
    """The files tier, of which the documents only say that it is there."""


def _guard(refusal: Refusal) -> tuple[int, str] | None:
    """The status and the words of what does not let somebody get as far as the operation. The documents know one role."""
    if isinstance(refusal, WrongRole):
        return 403, "需要管理员权限"
    if isinstance(refusal, QuotaReached):
        return 429, f"已达到{refusal.resource}资源配额限制"
    return _GUARDS.get(refusal.code)


def _page_schema(told: Schema) -> Schema:
    return {"allOf": [told, {"type": "object", "properties": {"pagination": _PAGINATION}, "required": ["pagination"]}]}


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


def _ended(events: Iterator[Model | bytes | Pause], chunk: Callable[[Model | bytes], Model | bytes]) -> Iterator[Model | bytes | Pause]:
    """Events with the word that there are no more of them, or with the failure in its place."""
    failed = False
    try:
        for event in events:
            if isinstance(event, Pause):
                yield event
            elif getattr(event, "event", None) == "error":
                failed = True
                yield f"data: {json.dumps({'error': getattr(event, 'message', '')}, ensure_ascii=False)}\n\n".encode()
            else:
                yield chunk(event)
        if not failed:
            yield _DONE
    finally:
        if close := getattr(events, "close", None):
            close()
