"""Apps as servers of the Model Context Protocol: where each is switched on, and who calls it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .state import App, EndUser
from .world import World


@dataclass
class McpServer:
    """An app's server. Whoever has its code may call; all of them are one end user, made when the first says who it is."""

    id: str
    app_id: str
    code: str = field(repr=False)
    description: str = ""
    parameters: dict[str, str] = field(default_factory=dict[str, str])
    """What is said of the app's variables, by their names."""
    is_active: bool = True
    caller_id: str | None = None


def switch_on(world: World, app: App, description: str = "", parameters: Mapping[str, str] | None = None) -> McpServer:
    """Make an app a server."""
    server = McpServer(world.ids.uuid(), app.id, world.ids.token(16), description or app.description, dict(parameters or {}))
    world.mcp_servers[server.id] = server
    return server


def server_of(world: World, code: str) -> McpServer | None:
    """The server with this code."""
    return next((one for one in world.mcp_servers.values() if one.code == code), None)


def caller_of(world: World, server: McpServer) -> EndUser | None:
    """Whoever calls a server, once they have said who they are."""
    return world.end_users.get(server.caller_id) if server.caller_id else None


def introduce(world: World, server: McpServer) -> None:
    """Let a server know its caller."""
    if server.caller_id is None:
        caller = EndUser(world.ids.uuid(), server.app_id, server.id, "mcp", is_anonymous=True, created_at=world.clock.iso())
        world.end_users[caller.id] = caller
        server.caller_id = caller.id
