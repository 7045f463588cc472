"""Web: messages and what users think of them."""

from __future__ import annotations

from typing import Annotated

from .._endpoint import GET, POST, M, Resource
from .._models import Listing
from .._params import OMIT, Omit, UpTo100, Uuid
from ..shared.messages import Rating as Rating, SuggestedQuestions as SuggestedQuestions, WebMessage as WebMessage
from ..shared.results import Result
from ..shared.runs import CompletionReply, CompletionRun


class Messages(Resource[M], area="web.messages", key="passport"):
    """Messages and what users think of them."""

    @GET.pages("/messages")
    def list(
        self, *, conversation_id: Annotated[str, Uuid()], first_id: Annotated[str | None, Uuid(empty=True)] = None, limit: UpTo100 = 20
    ) -> Listing[WebMessage]:
        """List a conversation's messages: the newest page first, the oldest message of a page first.

        Args:
            conversation_id: The conversation.
            first_id: The first message of the page before.
            limit: How many on a page, 1 to 100.

        Raises:
            NotFoundError: No such conversation for this user, or no such message.
        """
        ...

    @POST("/messages/{message_id:uuid}/feedbacks")
    def feedback(self, message_id: str, *, rating: Rating | Omit | None = OMIT, content: str | Omit | None = OMIT) -> Result:
        """Rate a message; `rating=None` takes a rating back.

        Args:
            message_id: The message.
            rating: What the user thinks.
            content: Why, in the user's words.

        Raises:
            NotFoundError: No such message for this user.
        """
        ...

    @GET("/messages/{message_id:uuid}/more-like-this", repeatable=False, runs=True)
    def more_like_this(self, message_id: str) -> CompletionReply:
        """Have another text written for the same inputs. It costs a run.

        Args:
            message_id: The message, of a completion app.

        Raises:
            NotCompletionAppError: The code belongs to an app of another mode.
            PermissionDeniedError: The app has this switched off.
            NotFoundError: No such message for this user.
        """
        ...

    @more_like_this.streaming()
    def stream_more_like_this(self) -> CompletionRun:
        """Have another text written and follow it. The arguments are those of `more_like_this`. Dify 1.16.1 breaks such streams off."""
        ...

    @GET("/messages/{message_id:uuid}/suggested-questions", repeatable=False)
    def suggested(self, message_id: str) -> SuggestedQuestions:
        """Ask the model for questions that may follow a message. It costs tokens.

        Args:
            message_id: The message.

        Raises:
            PermissionDeniedError: The app does not suggest questions.
            NotFoundError: No such message for this user.
        """
        ...
