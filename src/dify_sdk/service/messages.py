"""Service: messages and what users think of them."""

from __future__ import annotations

from typing import Annotated

from .._endpoint import GET, POST, M, Resource
from .._models import Listing
from .._params import OMIT, Omit, RequiredUser, UpTo100, User, Uuid
from ..shared.messages import Message as Message, Rating as Rating, SuggestedQuestions as SuggestedQuestions
from ..shared.results import Result


class Messages(Resource[M], area="service.messages"):
    """Messages and what users think of them."""

    @GET.pages("/messages")
    def list(
        self,
        *,
        conversation_id: Annotated[str, Uuid()],
        user: User = None,
        first_id: Annotated[str | None, Uuid(empty=True)] = None,
        limit: UpTo100 = 20,
    ) -> Listing[Message]:
        """List a conversation's messages: the newest page first, the oldest message of a page first.

        Args:
            conversation_id: The conversation.
            user: The end user it belongs to.
            first_id: The first message of the page before.
            limit: How many on a page, 1 to 100.

        Raises:
            NotFoundError: No such conversation for this user, or no such message.
        """
        ...

    @GET("/messages/{message_id:uuid}", documented=True)
    def get(self, message_id: str, *, user: User = None) -> Message:
        """Look at one message.

        Args:
            message_id: The message.
            user: The end user it belongs to.

        Raises:
            NotFoundError: No such message for this user, or the server is one that does not have this operation.
        """
        ...

    @POST("/messages/{message_id:uuid}/feedbacks")
    def feedback(
        self, message_id: str, *, rating: Rating | Omit | None = OMIT, content: str | Omit | None = OMIT, user: RequiredUser = None
    ) -> Result:
        """Rate a message; `rating=None` takes a rating back.

        Args:
            message_id: The message.
            rating: What the user thinks.
            content: Why, in the user's words.
            user: The end user who thinks so.

        Raises:
            NotFoundError: No such message for this user.
        """
        ...

    @GET("/messages/{message_id:uuid}/suggested", repeatable=False)
    def suggested(self, message_id: str, *, user: RequiredUser = None) -> SuggestedQuestions:
        """Ask the model for questions that may follow a message. It costs tokens.

        Args:
            message_id: The message.
            user: The end user it belongs to.

        Raises:
            BadRequestError: The app does not suggest questions.
            NotFoundError: No such message for this user.
        """
        ...
