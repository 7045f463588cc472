"""Handlers: an app as a server of the Model Context Protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from dify_sdk.console.apps.mcp_server import MCPServer, MCPServers, MCPServerStatus, NoMCPServer

from ...accounts import EDITORS
from ...mcp_servers import McpServer, Status, describe, recode, server_for, switch_on
from ...refusals import NO_SUCH_PAGE, Refusal, invalid, not_found
from ...registry import handles
from ...visit import Visit


@handles(MCPServers.get)
def get(visit: Visit, app_id: str) -> MCPServer | NoMCPServer:  # the visit has found the app by it
    server = server_for(visit.world, visit.app)
    return _told(server) if server else NoMCPServer()


@handles(MCPServers.create, payload="MCPServerCreatePayload", decorated=True, roles=EDITORS)
def create(visit: Visit, app_id: str, *, parameters: Mapping[str, Any], description: str | None = None) -> MCPServer:
    """A second one breaks the real server: only its database says no."""
    if server_for(visit.world, visit.app) is not None:
        raise Refusal(500, "unknown", "Internal Server Error")
    return _told(switch_on(visit.world, visit.app, description, parameters))


@handles(MCPServers.update, payload="MCPServerUpdatePayload", decorated=True, by_hand=("status",), roles=EDITORS)
def update(
    visit: Visit,
    app_id: str,
    *,
    id: str,
    parameters: Mapping[str, Any],
    description: str | None = None,
    status: MCPServerStatus | None = None,
) -> MCPServer:
    server = _of(visit)
    if server.id != id:
        raise not_found(NO_SUCH_PAGE)
    if status and status not in get_args(Status):
        raise invalid("Invalid status")
    describe(visit.world, visit.app, server, description, parameters)
    server.status = status or server.status
    return _told(server)


@handles(MCPServers.refresh, roles=EDITORS)
def refresh(visit: Visit, app_id: str) -> MCPServer:
    server = _of(visit)
    recode(visit.world, server)
    return _told(server)


def _of(visit: Visit) -> McpServer:
    server = server_for(visit.world, visit.app)
    if server is None:
        raise not_found(NO_SUCH_PAGE)
    return server


def _told(server: McpServer) -> MCPServer:
    return MCPServer(
        id=server.id,
        name=server.name,
        server_code=server.code,
        description=server.description,
        status=server.status,
        parameters=server.parameters,
        created_at=server.created_at,
        updated_at=server.updated_at,
    )
