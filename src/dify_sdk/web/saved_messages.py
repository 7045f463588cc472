"""Web: messages that a user keeps."""

from __future__ import annotations

from typing import Annotated

from .._endpoint import DELETE, GET, POST, M, Resource
from .._models import Listing
from .._params import UpTo100, Uuid
from ..shared.messages import SavedMessage as SavedMessage
from ..shared.results import Result


class SavedMessages(Resource[M], area="web.saved_messages", key="passport"):
    """Messages that the end user keeps, of a completion app."""

    @GET.pages("/saved-messages")
    def list(self, *, last_id: Annotated[str | None, Uuid(empty=True)] = None, limit: UpTo100 = 20) -> Listing[SavedMessage]:
        """List the messages that the user keeps, newest first.

        Args:
            last_id: The last message of the page before.
            limit: How many on a page, 1 to 100.

        Raises:
            NotCompletionAppError: The code belongs to an app of another mode.
            NotFoundError: There is no kept message `last_id`.
        """
        ...

    @POST("/saved-messages", repeatable=True)
    def create(self, *, message_id: Annotated[str, Uuid()]) -> Result:
        """Keep a message.

        Args:
            message_id: The message.

        Raises:
            NotFoundError: No such message for this user.
        """
        ...

    @DELETE("/saved-messages/{message_id:uuid}", status=204)
    def delete(self, message_id: str) -> None:
        """Stop keeping a message. Servers say yes where it is not kept too.

        Args:
            message_id: The message.
        """
        ...
