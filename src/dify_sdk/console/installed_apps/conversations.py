"""Console: an account's conversations with an installed app."""

from __future__ import annotations

from typing import Annotated

from ..._endpoint import DELETE, GET, PATCH, POST, M, Resource
from ..._models import Listing
from ..._params import UpTo100, Uuid
from ...shared.conversations import Conversation as Conversation
from ...shared.results import Result


class Conversations(Resource[M], area="console.installed_apps.conversations", key="session"):
    """The account's conversations with an installed app."""

    @GET.pages("/installed-apps/{installed_app_id:uuid}/conversations")
    def list(
        self,
        installed_app_id: str,
        *,
        last_id: Annotated[str | None, Uuid(empty=True)] = None,
        limit: UpTo100 = 20,
        pinned: bool | None = None,
    ) -> Listing[Conversation]:
        """List the account's conversations, the last changed first.

        Args:
            installed_app_id: The installed app.
            last_id: The last conversation of the page before.
            limit: How many on a page, 1 to 100.
            pinned: Only those that are pinned, or only those that are not.

        Raises:
            NotChatAppError: The app is of another mode.
            NotFoundError: No such installed app, or no conversation `last_id`.
        """
        ...

    @DELETE("/installed-apps/{installed_app_id:uuid}/conversations/{conversation_id:uuid}", status=204)
    def delete(self, installed_app_id: str, conversation_id: str) -> None:
        """Delete a conversation.

        Args:
            installed_app_id: The installed app.
            conversation_id: The conversation.

        Raises:
            NotFoundError: No such installed app, or no such conversation of this account.
        """
        ...

    @POST("/installed-apps/{installed_app_id:uuid}/conversations/{conversation_id:uuid}/name")
    def rename(
        self, installed_app_id: str, conversation_id: str, *, name: str | None = None, auto_generate: bool | None = None
    ) -> Conversation:
        """Give a conversation a name, or let the model find one.

        Args:
            installed_app_id: The installed app.
            conversation_id: The conversation.
            name: The name; needed unless `auto_generate`.
            auto_generate: Whether the model makes a title from the first message.

        Raises:
            NotFoundError: No such installed app, or no such conversation of this account.
        """
        ...

    @PATCH("/installed-apps/{installed_app_id:uuid}/conversations/{conversation_id:uuid}/pin")
    def pin(self, installed_app_id: str, conversation_id: str) -> Result:
        """Pin a conversation; `list(pinned=True)` tells those that are.

        Args:
            installed_app_id: The installed app.
            conversation_id: The conversation.

        Raises:
            NotFoundError: No such installed app, or no such conversation of this account.
        """
        ...

    @PATCH("/installed-apps/{installed_app_id:uuid}/conversations/{conversation_id:uuid}/unpin")
    def unpin(self, installed_app_id: str, conversation_id: str) -> Result:
        """Unpin a conversation. Servers say yes where it is not pinned too.

        Args:
            installed_app_id: The installed app.
            conversation_id: The conversation.

        Raises:
            NotFoundError: No such installed app.
        """
        ...
