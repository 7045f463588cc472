"""Console: the apps that a workspace has at hand, its own and those that were recommended to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from ..._endpoint import DELETE, GET, PATCH, POST, M, Resource, area
from ..._models import Listing, Model
from ..._params import UpTo100, Within
from ...shared.apps import AppMeta as AppMeta, AppParameters as AppParameters
from ...shared.results import Result

if TYPE_CHECKING:
    from .audio import Audio
    from .chat import Chat
    from .completion import Completion
    from .conversations import Conversations
    from .messages import Messages
    from .saved_messages import SavedMessages
    from .workflows import Workflows


class InstalledApps(Resource[M], area="console.installed_apps", key="session"):
    """The apps that a workspace has at hand. Its own are always among them; an account uses them as an end user does, apart from all others."""

    @area
    def audio(self) -> Audio[M]:
        """Speech to text and back."""
        from .audio import Audio

        return Audio(self._core)

    @area
    def chat(self) -> Chat[M]:
        """Chats, agents and chatflows."""
        from .chat import Chat

        return Chat(self._core)

    @area
    def completion(self) -> Completion[M]:
        """Completions."""
        from .completion import Completion

        return Completion(self._core)

    @area
    def conversations(self) -> Conversations[M]:
        """The account's conversations."""
        from .conversations import Conversations

        return Conversations(self._core)

    @area
    def messages(self) -> Messages[M]:
        """Messages and what the account thinks of them."""
        from .messages import Messages

        return Messages(self._core)

    @area
    def saved_messages(self) -> SavedMessages[M]:
        """Messages that the account keeps."""
        from .saved_messages import SavedMessages

        return SavedMessages(self._core)

    @area
    def workflows(self) -> Workflows[M]:
        """Workflows."""
        from .workflows import Workflows

        return Workflows(self._core)

    @GET.pages("/installed-apps")
    def list(
        self,
        *,
        app_id: str | None = None,
        name: Annotated[str | None, Within(most=100)] = None,
        cursor: str | None = None,
        limit: UpTo100 = 20,
    ) -> InstalledAppListing:
        """List the installed apps: pinned ones first, then by their last use.

        Args:
            app_id: Only this app.
            name: A text in the name, at most 100 characters.
            cursor: `next_cursor` of the page before.
            limit: How many on a page, 1 to 100.

        Raises:
            BadRequestError: The cursor is none of the server's.
        """
        ...

    @POST("/installed-apps")
    def create(self, *, app_id: str) -> InstallResult:
        """Install a recommended app. Servers say yes where it is installed already too.

        Args:
            app_id: The app, of those that `explore.apps.list` tells.

        Raises:
            NotFoundError: Nobody recommends such an app.
        """
        ...

    @DELETE("/installed-apps/{installed_app_id:uuid}", status=204)
    def delete(self, installed_app_id: str) -> None:
        """Uninstall an app of another workspace.

        Args:
            installed_app_id: The installed app.

        Raises:
            BadRequestError: The app is the workspace's own.
            NotFoundError: No such installed app.
        """
        ...

    @GET("/installed-apps/{installed_app_id:uuid}", since="1.16")
    def get(self, installed_app_id: str) -> InstalledApp:
        """Tell an installed app.

        Args:
            installed_app_id: The installed app.

        Raises:
            NotFoundError: No such installed app.
        """
        ...

    @PATCH("/installed-apps/{installed_app_id:uuid}")
    def update(self, installed_app_id: str, *, is_pinned: bool | None = None) -> UpdateResult:
        """Pin an installed app for the workspace, or unpin it.

        Args:
            installed_app_id: The installed app.
            is_pinned: Whether it stands first.

        Raises:
            NotFoundError: No such installed app.
        """
        ...

    @GET("/installed-apps/{installed_app_id:uuid}/meta")
    def meta(self, installed_app_id: str) -> AppMeta:
        """Tell the icons of the app's tools.

        Args:
            installed_app_id: The installed app.

        Raises:
            AppUnavailableError: The app is not configured or not published.
            NotFoundError: No such installed app.
        """
        ...

    @GET("/installed-apps/{installed_app_id:uuid}/parameters")
    def parameters(self, installed_app_id: str) -> AppParameters:
        """Tell the app's variables, features and limits.

        Args:
            installed_app_id: The installed app.

        Raises:
            AppUnavailableError: The app is not configured or not published.
            NotFoundError: No such installed app.
        """
        ...


class InstalledAppInfo(Model):
    """What an installed app is."""

    id: str
    name: str
    description: str | None = None
    mode: str
    icon_type: str | None = None
    icon: str | None = None
    icon_background: str | None = None
    use_icon_as_answer_icon: bool = False
    icon_url: str | None = Field(default=None, repr=False)


class InstalledApp(Model):
    """An app that a workspace has at hand.

    `app_owner_tenant_id` is the workspace that the app belongs to. `uninstallable` means that it cannot be uninstalled, as
    the app belongs to this workspace. `last_used_at` is in seconds since 1970.
    """

    id: str
    app: InstalledAppInfo
    app_owner_tenant_id: str | None = None
    is_pinned: bool = False
    last_used_at: int | None = None
    editable: bool = False
    uninstallable: bool = False


class InstalledAppListing(Listing[InstalledApp]):
    """A page of installed apps."""

    data: list[InstalledApp] = Field(alias="installed_apps")
    next_cursor: str | None = None


class InstallResult(Model):
    """What the server says of an installation."""

    message: str


class UpdateResult(Result):
    """What the server says of a change."""

    message: str | None = None
