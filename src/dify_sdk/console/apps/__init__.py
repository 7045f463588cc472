"""Console: apps, and everything below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from ..._endpoint import DELETE, GET, POST, PUT, M, area
from ..._models import Listing
from ..._params import Within
from ..app_details import AppDetailWithSite, AppMode, AppSummary, CopiedApp, IconType, RecentApps
from .configuring import AppConfiguring
from .dsl import AppDsls

if TYPE_CHECKING:
    from .agent_config import AgentConfigs
    from .annotations import Annotations
    from .api_keys import AppApiKeys
    from .audio import Audio
    from .chat import Chat
    from .chatflows import Chatflows
    from .completion import Completion
    from .mcp_server import MCPServers
    from .messages import Messages
    from .site import AppSites
    from .statistics import Statistics
    from .tracing import Tracing
    from .triggers import Triggers
    from .workflows import Workflows


class Apps(AppDsls[M], AppConfiguring[M], area="console.apps", key="session"):
    """The apps of the workspace."""

    @area
    def agent_config(self) -> AgentConfigs[M]:
        """The configurations of the agents in workflows, with their files and skills."""
        from .agent_config import AgentConfigs

        return AgentConfigs(self._core)

    @area
    def annotations(self) -> Annotations[M]:
        """Ready answers to questions that are asked again and again."""
        from .annotations import Annotations

        return Annotations(self._core)

    @area
    def api_keys(self) -> AppApiKeys[M]:
        """The keys that open an app on the service tier."""
        from .api_keys import AppApiKeys

        return AppApiKeys(self._core)

    @area
    def audio(self) -> Audio[M]:
        """Speech to text and back."""
        from .audio import Audio

        return Audio(self._core)

    @area
    def chat(self) -> Chat[M]:
        """Try a chat or an agent out, and read what its users said."""
        from .chat import Chat

        return Chat(self._core)

    @area
    def chatflows(self) -> Chatflows[M]:
        """Chatflows."""
        from .chatflows import Chatflows

        return Chatflows(self._core)

    @area
    def completion(self) -> Completion[M]:
        """Try a completion app out, and read what it wrote."""
        from .completion import Completion

        return Completion(self._core)

    @area
    def mcp_server(self) -> MCPServers[M]:
        """An app as a server of the Model Context Protocol."""
        from .mcp_server import MCPServers

        return MCPServers(self._core)

    @area
    def messages(self) -> Messages[M]:
        """What was said in an app, whoever said it."""
        from .messages import Messages

        return Messages(self._core)

    @area
    def site(self) -> AppSites[M]:
        """An app's own page."""
        from .site import AppSites

        return AppSites(self._core)

    @area
    def statistics(self) -> Statistics[M]:
        """The numbers of an app, day by day."""
        from .statistics import Statistics

        return Statistics(self._core)

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

    @area
    def workflows(self) -> Workflows[M]:
        """The workflows of apps, and their versions."""
        from .workflows import Workflows

        return Workflows(self._core)

    @GET.pages("/apps")
    def list(
        self,
        *,
        page: Annotated[int, Within(1, 99999)] = 1,
        limit: Annotated[int, Within(1, 100)] = 20,
        mode: ListedMode | None = None,
        sort_by: AppOrder | None = None,
        name: str | None = None,
        tag_ids: Sequence[str] | None = None,
        creator_ids: Sequence[str] | None = None,
        is_created_by_me: bool | None = None,
    ) -> Listing[AppSummary]:
        """List the apps of the workspace.

        Args:
            page: The page, from 1.
            limit: How many on a page, 1 to 100.
            mode: Only apps of this mode; of all where it is not given.
            sort_by: What comes first; whatever was changed last where it is not given.
            name: A text in the name.
            tag_ids: Only apps with all of these labels.
            creator_ids: Only apps that one of these accounts has made.
            is_created_by_me: Only apps that the account itself has made.

        Raises:
            InvalidParamError: An argument does not fit.
        """
        ...

    @POST("/apps", status=201)
    def create(
        self,
        *,
        name: Annotated[str, Within(1)],
        mode: AppMode,
        description: Annotated[str | None, Within(most=400)] = None,
        icon_type: IconType | None = None,
        icon: str | None = None,
        icon_background: str | None = None,
    ) -> AppDetailWithSite:
        """Make an app. Those that chat or complete work at once, with the workspace's own model; others want a workflow.

        Args:
            name: Its name.
            mode: What it is.
            description: What it is for, up to 400 characters.
            icon_type: What `icon` is.
            icon: An emoji, the id of an uploaded image, or an address.
            icon_background: The colour behind it, as `#FFEAD5`.

        Raises:
            UnprocessableEntityError: An argument does not fit.
            PermissionDeniedError: The account may not, or the plan has no room for more.
        """
        ...

    @GET("/apps/recent", since="1.16")
    def list_recent(self, *, limit: Annotated[int, Within(1, 8)] = 8) -> RecentApps:
        """List the apps that were changed last.

        Args:
            limit: How many, 1 to 8.
        """
        ...

    @GET.pages("/apps/starred", since="1.16")
    def list_starred(
        self,
        *,
        page: Annotated[int, Within(1, 99999)] = 1,
        limit: Annotated[int, Within(1, 100)] = 20,
        mode: ListedMode | None = None,
        sort_by: AppOrder | None = None,
        name: str | None = None,
        tag_ids: Sequence[str] | None = None,
        creator_ids: Sequence[str] | None = None,
        is_created_by_me: bool | None = None,
    ) -> Listing[AppSummary]:
        """List the apps that the account has starred.

        Args:
            page: The page, from 1.
            limit: How many on a page, 1 to 100.
            mode: Only apps of this mode; of all where it is not given.
            sort_by: What comes first; whatever was changed last where it is not given.
            name: A text in the name.
            tag_ids: Only apps with all of these labels.
            creator_ids: Only apps that one of these accounts has made.
            is_created_by_me: Only apps that the account itself has made.
        """
        ...

    @GET("/apps/{app_id:uuid}")
    def get(self, app_id: str) -> AppDetailWithSite:
        """Read an app, with its configuration and its page.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
        """
        ...

    @PUT("/apps/{app_id:uuid}")
    def update(
        self,
        app_id: str,
        *,
        name: Annotated[str, Within(1)],
        description: Annotated[str | None, Within(most=400)] = None,
        icon_type: IconType | None = None,
        icon: str | None = None,
        icon_background: str | None = None,
        use_icon_as_answer_icon: bool | None = None,
        max_active_requests: int | None = None,
    ) -> AppDetailWithSite:
        """Change an app. What is not given is emptied, but for the kind of the icon.

        Args:
            app_id: The app.
            name: Its name.
            description: What it is for, up to 400 characters.
            icon_type: What `icon` is; as it was where it is not given.
            icon: An emoji, the id of an uploaded image, or an address.
            icon_background: The colour behind it, as `#FFEAD5`.
            use_icon_as_answer_icon: Whether answers are shown with the icon.
            max_active_requests: How many requests it works on at once; 0 is no limit.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @DELETE("/apps/{app_id:uuid}", status=204)
    def delete(self, app_id: str) -> None:
        """Delete an app, and everything that belongs to it.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/{app_id:uuid}/copy", status=201)
    def copy(
        self,
        app_id: str,
        *,
        name: str | None = None,
        description: Annotated[str | None, Within(most=400)] = None,
        icon_type: IconType | None = None,
        icon: str | None = None,
        icon_background: str | None = None,
    ) -> CopiedApp:
        """Make another app of an app. What is not given is as in the first.

        Args:
            app_id: The app.
            name: The new one's name.
            description: What it is for, up to 400 characters.
            icon_type: What `icon` is.
            icon: An emoji, the id of an uploaded image, or an address.
            icon_background: The colour behind it, as `#FFEAD5`.

        Raises:
            NotFoundError: No such app, or it has no workflow yet.
            PermissionDeniedError: The account may not.
            ResponseValidationError: The server wants it confirmed first: `confirm_import(error.body["id"])` makes the copy.
        """
        ...


ListedMode: TypeAlias = Literal["completion", "chat", "advanced-chat", "workflow", "agent-chat", "agent", "channel", "all"]
AppOrder: TypeAlias = Literal["last_modified", "recently_created", "earliest_created"]
