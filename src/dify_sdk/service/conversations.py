"""Service: conversations and their variables."""

from __future__ import annotations

from typing import Annotated, Any

from .._endpoint import DELETE, GET, POST, PUT, M, Resource, area
from .._models import Listing
from .._params import UpTo100, User, Uuid, Within
from ..shared.conversations import (
    Conversation as Conversation,
    ConversationVariable as ConversationVariable,
    SortBy as SortBy,
    VariableType as VariableType,
)


class Variables(Resource[M], area="service.conversations.variables"):
    """What a chatflow remembers of a conversation."""

    @GET.pages("/conversations/{conversation_id:uuid}/variables")
    def list(
        self,
        conversation_id: str,
        *,
        user: User = None,
        last_id: Annotated[str | None, Uuid(empty=True)] = None,
        limit: UpTo100 = 20,
        variable_name: Annotated[str | None, Within(1, 255)] = None,
    ) -> Listing[ConversationVariable]:
        """List a conversation's variables, in the order they were made.

        Args:
            conversation_id: The conversation.
            user: The end user it belongs to.
            last_id: The last variable of the page before.
            limit: How many on a page, 1 to 100.
            variable_name: Only the one of this name.

        Raises:
            NotFoundError: No such conversation for this user.
        """
        ...

    @PUT("/conversations/{conversation_id:uuid}/variables/{variable_id:uuid}")
    def update(self, conversation_id: str, variable_id: str, *, value: Any, user: User = None) -> ConversationVariable:
        """Set a variable of a conversation.

        Args:
            conversation_id: The conversation.
            variable_id: The variable.
            value: The new value, of the variable's type.
            user: The end user it belongs to.

        Raises:
            BadRequestError: The value is of another type.
            NotFoundError: No such conversation for this user, or no such variable.
        """
        ...


class Conversations(Resource[M], area="service.conversations"):
    """The conversations of an end user."""

    @area
    def variables(self) -> Variables[M]:
        """What a chatflow remembers of a conversation."""
        return Variables(self._core)

    @GET.pages("/conversations")
    def list(
        self,
        *,
        user: User = None,
        last_id: Annotated[str | None, Uuid(empty=True)] = None,
        limit: UpTo100 = 20,
        sort_by: SortBy | None = None,
    ) -> Listing[Conversation]:
        """List a user's conversations.

        Args:
            user: The end user; without one, those of all calls that named nobody.
            last_id: The last conversation of the page before.
            limit: How many on a page, 1 to 100.
            sort_by: The order; a minus means newest first. The server's default is `-updated_at`.

        Raises:
            NotFoundError: There is no conversation `last_id`.
        """
        ...

    @DELETE("/conversations/{conversation_id:uuid}", status=204, body="json")
    def delete(self, conversation_id: str, *, user: User = None) -> None:
        """Delete a conversation.

        Args:
            conversation_id: The conversation.
            user: The end user it belongs to.

        Raises:
            NotFoundError: No such conversation for this user.
        """
        ...

    @POST("/conversations/{conversation_id:uuid}/name")
    def rename(
        self, conversation_id: str, *, name: str | None = None, auto_generate: bool | None = None, user: User = None
    ) -> Conversation:
        """Give a conversation a name, or let the model find one.

        Args:
            conversation_id: The conversation.
            name: The name; needed unless `auto_generate`.
            auto_generate: Whether the model makes a title from the first message.
            user: The end user it belongs to.

        Raises:
            NotFoundError: No such conversation for this user.
        """
        ...
