"""Apps as servers of the Model Context Protocol: where each is switched on, and who calls it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from .state import App, EndUser
from .world import World

Status: TypeAlias = Literal["normal", "active", "inactive"]


@dataclass
class McpServer:
    """An app's server. Whoever has its code may call; all of them are one end user, made when the first says who it is."""

    id: str
    app_id: str
    name: str
    code: str = field(repr=False)
    created_at: int
    updated_at: int
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict[str, Any])
    """What is said of the app's variables, by their names."""
    status: Status = "active"
    caller_id: str | None = None


def switch_on(world: World, app: App, description: str | None = None, parameters: Mapping[str, Any] | None = None) -> McpServer:
    """Make an app a server."""
    now = world.clock.seconds()
    server = McpServer(world.ids.uuid(), app.id, app.name, world.ids.token(16), now, now)
    describe(world, app, server, description, parameters or {})
    world.mcp_servers[server.id] = server
    return server


def describe(world: World, app: App, server: McpServer, description: str | None, parameters: Mapping[str, Any]) -> None:
    """Say anew what callers are told; the app's own words where there are no others."""
    server.name, server.description, server.parameters = app.name, description or app.description, dict(parameters)
    server.updated_at = world.clock.seconds()


def recode(world: World, server: McpServer) -> None:
    """Let nobody in who has the code of a server."""
    server.code, server.updated_at = world.ids.token(16), world.clock.seconds()


def server_for(world: World, app: App) -> McpServer | None:
    """The server that an app is."""
    return next((one for one in world.mcp_servers.values() if one.app_id == app.id), None)


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
