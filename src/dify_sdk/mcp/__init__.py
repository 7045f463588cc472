"""The MCP tier (`/mcp`): an app as a server of the Model Context Protocol, in JSON-RPC over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .._client import AsyncClient, SyncClient, options_of
from .._endpoint import Async, M, RawAsync, RawSync, Resource, Sync, area, flow
from .._models import Model
from .._options import follower_url
from .._steps import Steps
from ._session import Session
from .types import CallToolResult, InitializeResult, ListToolsResult

if TYPE_CHECKING:
    import httpx

    from .._options import Options, TimeoutTypes
    from .._steps import Middleware
    from .server import Server

PREFIX = "/mcp"


class MCP(Resource[M], area="mcp", key="none"):
    """The areas of the tier."""

    @area
    def server(self) -> Server[M]:
        """An app as a server of the protocol."""
        from .server import Server

        return Server(self._core)

    @flow
    def initialize(self) -> Steps[InitializeResult]:
        """Say who one is and hear what the server can do. The other methods do it by themselves, once.

        Raises:
            MCPError: The server refuses.
            InternalServerError: There is no such server, or it is switched off.
        """
        return _session(self).begin()

    @flow
    def list_tools(self) -> Steps[ListToolsResult]:
        """List the server's tools: one, its app.

        Raises:
            MCPError: The server refuses.
            InternalServerError: There is no such server, or it is switched off.
        """
        session = _session(self)
        yield from session.begin()
        return (yield from session.sent("tools/list", ListToolsResult))

    @flow
    def call_tool(self, name: str, arguments: Mapping[str, Any] | None = None) -> Steps[CallToolResult]:
        """Call a tool: run the app and wait for its answer.

        Args:
            name: The tool, from `list_tools`.
            arguments: Values of its inputs.

        Raises:
            MCPError: There is no such tool, an input is refused, or the run failed.
            InternalServerError: There is no such server, or it is switched off.
        """
        session = _session(self)
        yield from session.begin()
        return (yield from session.sent("tools/call", CallToolResult, {"name": name, "arguments": dict(arguments or {})}))

    @flow
    def ping(self) -> Steps[None]:
        """Hear whether the server is there.

        Raises:
            MCPError: The server refuses.
            InternalServerError: There is no such server, or it is switched off.
        """
        yield from _session(self).sent("ping", Model)


class MCPClient(SyncClient, MCP[Sync]):
    """The MCP tier, blocking."""

    def __init__(
        self,
        server_code: str,
        *,
        base_url: str | None = None,
        timeout: TimeoutTypes = None,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        middleware: Iterable[Middleware] = (),
        http_client: httpx.Client | None = None,
    ) -> None:
        """Make a client; nothing is sent yet.

        Args:
            server_code: The server's code: the part of its address before `/mcp`. Whoever has it may call.
            base_url: The server's root; `DIFY_MCP_URL`, or `DIFY_BASE_URL`, where it is not given.
            timeout: Seconds for every single wait, or a `Timeout`; see there for the defaults.
            max_retries: How often a failed request is sent again at most, where that does no harm.
            headers: Headers for every request.
            middleware: Generators around every attempt, the first one outermost.
            http_client: Your own `httpx.Client`; it stays yours to close.

        Raises:
            ConfigurationError: The code or the address cannot be right.
        """
        from .._core import SyncCore

        options = _options(server_code, base_url, timeout, max_retries, headers, middleware)
        super().__init__(SyncCore(options, type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> MCP[RawSync]:
        """The same operations, answering a `RawResponse`."""
        return MCP(self._core.derived(raw=True))


class AsyncMCPClient(AsyncClient, MCP[Async]):
    """The MCP tier, awaitable."""

    def __init__(
        self,
        server_code: str,
        *,
        base_url: str | None = None,
        timeout: TimeoutTypes = None,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        middleware: Iterable[Middleware] = (),
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        """Make a client; nothing is sent yet. The arguments are those of `MCPClient`, with an `httpx.AsyncClient`."""
        from .._core import AsyncCore

        options = _options(server_code, base_url, timeout, max_retries, headers, middleware)
        super().__init__(AsyncCore(options, type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> MCP[RawAsync]:
        """The same operations, answering a `RawResponse`."""
        return MCP(self._core.derived(raw=True))


def _options(
    server_code: str,
    base_url: str | None,
    timeout: TimeoutTypes,
    max_retries: int,
    headers: Mapping[str, str] | None,
    middleware: Iterable[Middleware],
) -> Options:
    url = follower_url(base_url, variable="DIFY_MCP_URL") + PREFIX
    return options_of(
        url, Session(server_code), user=None, timeout=timeout, max_retries=max_retries, headers=headers, middleware=middleware
    )


def _session(resource: Resource[Any]) -> Session:
    found = resource._core.options.credentials
    assert isinstance(found, Session)
    return found
