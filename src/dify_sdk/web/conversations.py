"""Web: conversations."""

from __future__ import annotations

from typing import Annotated

from .._endpoint import DELETE, GET, PATCH, POST, M, Resource
from .._models import Listing
from .._params import UpTo100, Uuid
from ..shared.conversations import Conversation as Conversation, SortBy as SortBy
from ..shared.results import Result


class Conversations(Resource[M], area="web.conversations", key="passport"):
    """The conversations of the end user with the app."""

    @GET.pages("/conversations")
    def list(
        self,
        *,
        last_id: Annotated[str | None, Uuid(empty=True)] = None,
        limit: UpTo100 = 20,
        pinned: bool | None = None,
        sort_by: SortBy | None = None,
    ) -> Listing[Conversation]:
        """List the user's conversations.

        Args:
            last_id: The last conversation of the page before.
            limit: How many on a page, 1 to 100.
            pinned: Only those that are pinned, or only those that are not.
            sort_by: The order; a minus means newest first. The server's default is `-updated_at`.

        Raises:
            NotFoundError: There is no conversation `last_id`.
        """
        ...

    @DELETE("/conversations/{conversation_id:uuid}", status=204)
    def delete(self, conversation_id: str) -> None:
        """Delete a conversation.

        Args:
            conversation_id: The conversation.

        Raises:
            NotFoundError: No such conversation for this user.
        """
        ...

    @POST("/conversations/{conversation_id:uuid}/name")
    def rename(self, conversation_id: str, *, name: str | None = None, auto_generate: bool | None = None) -> Conversation:
        """Give a conversation a name, or let the model find one.

        Args:
            conversation_id: The conversation.
            name: The name; needed unless `auto_generate`.
            auto_generate: Whether the model makes a title from the first message.

        Raises:
            NotFoundError: No such conversation for this user.
        """
        ...

    @PATCH("/conversations/{conversation_id:uuid}/pin")
    def pin(self, conversation_id: str) -> Result:
        """Pin a conversation; `list(pinned=True)` tells those that are.

        Args:
            conversation_id: The conversation.

        Raises:
            NotFoundError: No such conversation for this user.
        """
        ...

    @PATCH("/conversations/{conversation_id:uuid}/unpin")
    def unpin(self, conversation_id: str) -> Result:
        """Unpin a conversation. Servers say yes where it is not pinned too.

        Args:
            conversation_id: The conversation.
        """
        ...
