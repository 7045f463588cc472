"""Console: messages of an installed app, and what the account thinks of them."""

from __future__ import annotations

from typing import Annotated

from ..._endpoint import GET, POST, M, Resource
from ..._models import Listing
from ..._params import OMIT, Omit, UpTo100, Uuid
from ...shared.messages import Rating as Rating, SuggestedQuestions as SuggestedQuestions, WebMessage as WebMessage
from ...shared.results import Result
from ...shared.runs import CompletionReply, CompletionRun


class Messages(Resource[M], area="console.installed_apps.messages", key="session"):
    """Messages and what the account thinks of them."""

    @GET.pages("/installed-apps/{installed_app_id:uuid}/messages")
    def list(
        self,
        installed_app_id: str,
        *,
        conversation_id: Annotated[str, Uuid()],
        first_id: Annotated[str | None, Uuid(empty=True)] = None,
        limit: UpTo100 = 20,
    ) -> Listing[WebMessage]:
        """List a conversation's messages: the newest page first, the oldest message of a page first.

        Args:
            installed_app_id: The installed app.
            conversation_id: The conversation.
            first_id: The first message of the page before.
            limit: How many on a page, 1 to 100.

        Raises:
            NotChatAppError: The app is of another mode.
            NotFoundError: No such installed app, conversation or message.
        """
        ...

    @POST("/installed-apps/{installed_app_id:uuid}/messages/{message_id:uuid}/feedbacks")
    def feedback(
        self, installed_app_id: str, message_id: str, *, rating: Rating | Omit | None = OMIT, content: str | Omit | None = OMIT
    ) -> Result:
        """Rate a message; `rating=None` takes a rating back.

        Args:
            installed_app_id: The installed app.
            message_id: The message.
            rating: What the account thinks.
            content: Why, in its words.

        Raises:
            NotFoundError: No such installed app, or no such message of this account.
        """
        ...

    @GET("/installed-apps/{installed_app_id:uuid}/messages/{message_id:uuid}/more-like-this", repeatable=False, runs=True)
    def more_like_this(self, installed_app_id: str, message_id: str) -> CompletionReply:
        """Have another text written for the same inputs. It costs a run.

        Args:
            installed_app_id: The installed app.
            message_id: The message, of a completion app.

        Raises:
            NotCompletionAppError: The app is of another mode.
            PermissionDeniedError: The app has this switched off.
            NotFoundError: No such installed app, or no such message of this account.
        """
        ...

    @more_like_this.streaming()
    def stream_more_like_this(self) -> CompletionRun:
        """Have another text written and follow it. The arguments are those of `more_like_this`. Dify 1.16.1 breaks such streams off."""
        ...

    @GET("/installed-apps/{installed_app_id:uuid}/messages/{message_id:uuid}/suggested-questions", repeatable=False)
    def suggested(self, installed_app_id: str, message_id: str) -> SuggestedQuestions:
        """Ask the model for questions that may follow a message. It costs tokens.

        Args:
            installed_app_id: The installed app.
            message_id: The message.

        Raises:
            PermissionDeniedError: The app does not suggest questions.
            NotFoundError: No such installed app, or no such message of this account.
        """
        ...
