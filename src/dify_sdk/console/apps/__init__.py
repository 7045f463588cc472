"""Console: apps, and everything below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._endpoint import M, Resource, area

if TYPE_CHECKING:
    from .agent_config import AgentConfigs
    from .mcp_server import MCPServers
    from .tracing import Tracing
    from .triggers import Triggers


class Apps(Resource[M], area="console.apps", key="session"):
    """The apps of the workspace."""

    @area
    def agent_config(self) -> AgentConfigs[M]:
        """The configurations of the agents in workflows, with their files and skills."""
        from .agent_config import AgentConfigs

        return AgentConfigs(self._core)

    @area
    def mcp_server(self) -> MCPServers[M]:
        """An app as a server of the Model Context Protocol."""
        from .mcp_server import MCPServers

        return MCPServers(self._core)

    @area
    def tracing(self) -> Tracing[M]:
        """Where an app's runs are traced to."""
        from .tracing import Tracing

        return Tracing(self._core)

    @area
    def triggers(self) -> Triggers[M]:
        """What begins the runs of a published workflow."""
        from .triggers import Triggers

        return Triggers(self._core)
