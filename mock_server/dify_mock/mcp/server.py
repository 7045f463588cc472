"""Handlers: an app as a server of the Model Context Protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dify_sdk._models import Model
from dify_sdk.mcp.server import Server
from dify_sdk.mcp.types import ErrorData, Implementation, InitializeResult, JSONRPCMessage, ListToolsResult

from ..mcp_servers import McpServer, caller_of, introduce, server_of
from ..profiles.plain import VERSION
from ..refusals import Refusal
from ..registry import handles
from ..visit import Caller, Visit
from . import tool

_PROTOCOLS: Final = ("2025-06-18", "2025-03-26", "2024-11-05")
_NEEDED: Final = {"initialize": {"protocolVersion", "capabilities", "clientInfo"}, "tools/call": {"name"}}
"""What the params of a request must have."""
_UNANSWERED: Final = {
    "completion/complete": "CompleteRequest",
    "logging/setLevel": "SetLevelRequest",
    "prompts/get": "GetPromptRequest",
    "prompts/list": "ListPromptsRequest",
    "resources/list": "ListResourcesRequest",
    "resources/read": "ReadResourceRequest",
    "resources/subscribe": "SubscribeRequest",
    "resources/unsubscribe": "UnsubscribeRequest",
}
"""Requests that the platform knows and does not answer, under its own names for them."""
_INVALID_REQUEST, _NO_METHOD, _INVALID_PARAMS, _INTERNAL = -32600, -32601, -32602, -32603


@dataclass(frozen=True)
class _Call:
    """A request of the protocol, for a server that is there."""

    visit: Visit
    server: McpServer
    params: Mapping[str, Any]


@handles(Server.call, generates=True, payload="MCPRequestPayload")
def call(
    visit: Visit, server_code: str, *, jsonrpc: str, method: str, params: Mapping[str, Any] | None = None, id: int | str | None = None
) -> JSONRPCMessage | None:
    """What is no request of the protocol, or for no server, breaks the platform: it has no word for it."""
    given = params or {}
    is_notice = method == "notifications/initialized"
    if not (is_notice or method in _METHODS or method in _UNANSWERED) or not _NEEDED.get(method, set()) <= given.keys():
        raise _broken()
    server = _open(visit, server_code)
    if is_notice:
        visit.status = 202
        return None
    if id is None:
        raise _broken()
    asked = visit.request.headers.get("mcp-protocol-version")
    if asked and asked not in _PROTOCOLS:
        return _error(id, _INVALID_REQUEST, f"Unsupported protocol version: {asked}")
    if method in _UNANSWERED:
        return _error(id, _NO_METHOD, f"Method not found: {_UNANSWERED[method]}")
    try:
        told = _METHODS[method](_Call(visit, server, given))
    except Refusal as refusal:
        if refusal.code == "invalid_param":
            return _error(id, _INVALID_PARAMS, refusal.message)
        return _error(id, _INTERNAL, f"Internal server error: {refusal.message}")
    return JSONRPCMessage(jsonrpc="2.0", id=id, result=told.model_dump(mode="json", exclude_unset=True))


def _initialize(asked: _Call) -> Model:
    introduce(asked.visit.world, asked.server)
    wanted = asked.params["protocolVersion"]
    return InitializeResult(
        protocolVersion=wanted if wanted in _PROTOCOLS else _PROTOCOLS[0],
        capabilities={"tools": {"listChanged": False}},
        serverInfo=Implementation(name="Dify", version=VERSION),
        instructions=asked.server.description,
    )


def _ping(_: _Call) -> Model:
    return Model()


def _list_tools(asked: _Call) -> Model:
    return ListToolsResult(tools=[tool.described(asked.visit.app, asked.server)])


def _call_tool(asked: _Call) -> Model:
    """The name is not looked at: there is one tool."""
    return tool.called(asked.visit, caller_of(asked.visit.world, asked.server), asked.params.get("arguments") or {})


_METHODS: Final[Mapping[str, Callable[[_Call], Model]]] = {
    "initialize": _initialize,
    "ping": _ping,
    "tools/list": _list_tools,
    "tools/call": _call_tool,
}


def _open(visit: Visit, code: str) -> McpServer:
    """A server that is switched on, and the visit as one to its app."""
    server = server_of(visit.world, code)
    app = visit.world.apps.get(server.app_id) if server else None
    if server is None or app is None or server.status != "active" or app.features is None:
        raise _broken()
    visit.caller = Caller(app)
    return server


def _error(id: int | str, code: int, message: str) -> JSONRPCMessage:
    return JSONRPCMessage(jsonrpc="2.0", id=id, error=ErrorData(code=code, message=message))


def _broken() -> Refusal:
    return Refusal(500, "unknown", "Internal Server Error")
