"""Console: an app as a server of the Model Context Protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from pydantic import Field

from ..._endpoint import GET, POST, PUT, M, Resource
from ..._models import Model


class MCPServers(Resource[M], area="console.apps.mcp_server", key="session"):
    """An app as a server of the Model Context Protocol. Whoever has its code may call it: `MCPClient` does."""

    @GET("/apps/{app_id:uuid}/server")
    def get(self, app_id: str) -> MCPServer | NoMCPServer:
        """Look up the server that an app is.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
        """
        ...

    @POST("/apps/{app_id:uuid}/server", status=201)
    def create(self, app_id: str, *, parameters: Mapping[str, Any], description: str | None = None) -> MCPServer:
        """Make an app a server, which is switched on at once.

        Args:
            app_id: The app.
            parameters: What callers are told of the app's variables, by their names.
            description: What they are told of the app; its own description where it is not given.

        Raises:
            InternalServerError: The app is a server already.
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @PUT("/apps/{app_id:uuid}/server")
    def update(
        self,
        app_id: str,
        *,
        id: str,
        parameters: Mapping[str, Any],
        description: str | None = None,
        status: MCPServerStatus | None = None,
    ) -> MCPServer:
        """Change what callers are told, and whether they are let in.

        Args:
            app_id: The app.
            id: The server.
            parameters: What callers are told of the app's variables, by their names.
            description: What they are told of the app; its own description where it is not given.
            status: `active` lets callers in, anything else does not.

        Raises:
            InvalidParamError: There is no such status.
            NotFoundError: No such app, or it is not this server.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/{app_id:uuid}/server/refresh", since="1.16")
    def refresh(self, app_id: str) -> MCPServer:
        """Give a server a new code; the old one opens nothing from then on.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app, or it is no server.
            PermissionDeniedError: The account may not.
        """
        ...


MCPServerStatus: TypeAlias = Literal["normal", "active", "inactive"]


class MCPServer(Model):
    """The server that an app is. `server_code` is all that a caller needs, so it is a secret."""

    id: str
    name: str
    server_code: str = Field(repr=False)
    description: str
    status: MCPServerStatus | str
    parameters: dict[str, Any] | list[Any] | str
    created_at: int | None = None
    updated_at: int | None = None


class NoMCPServer(Model):
    """The app is no server: an empty object."""
