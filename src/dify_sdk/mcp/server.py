"""MCP: the one operation of the tier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._endpoint import POST, M, Resource
from .types import JSONRPCMessage


class Server(Resource[M], area="mcp.server", key="none"):
    """An app as a server of the Model Context Protocol."""

    @POST("/server/{server_code}/mcp", runs=True)
    def call(
        self, server_code: str, *, jsonrpc: str, method: str, params: Mapping[str, Any] | None = None, id: int | str | None = None
    ) -> JSONRPCMessage | None:
        """Send a message of the protocol. A notification, which has no id, is answered by None.

        Args:
            server_code: The server's code; whoever has it may call.
            jsonrpc: `2.0`.
            method: The method, as `tools/list`.
            params: Its arguments.
            id: What the answer is known by.

        Raises:
            MCPError: The protocol's own error.
            InternalServerError: There is no such server, or it is switched off.
        """
        ...
