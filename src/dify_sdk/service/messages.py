"""Service: messages and what users think of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from .._endpoint import GET, POST, M, Resource
from .._models import Listing, Model
from .._params import OMIT, Omit, RequiredUser, UpTo100, User, Uuid
from ..shared.forms import SubmittedForm, WaitingForm
from ..shared.results import Result
from ..shared.thoughts import Thought
from ..shared.usage import RetrieverResource


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


Rating: TypeAlias = Literal["like", "dislike"]


class SuggestedQuestions(Model):
    """Questions that may follow."""

    result: str = "success"
    data: list[str] = []


class Feedback(Model):
    """A rating."""

    rating: Rating | str | None = None


class MessageThought(Thought):
    """A step of the agent that wrote the message."""

    chain_id: str | None = None
    message_id: str = ""
    answer: str | None = None
    created_at: int | None = None
    files: list[str] = []


class MessageFile(Model):
    """A file of a message, the user's or the answer's."""

    id: str
    filename: str = ""
    type: str = ""
    url: str | None = Field(default=None, repr=False)
    mime_type: str | None = None
    size: int | None = None
    transfer_method: str = ""
    belongs_to: Literal["user", "assistant"] | str | None = None
    upload_file_id: str | None = None


class MessageResource(RetrieverResource):
    """A piece of knowledge behind a message. Servers make up its `id` and `message_id` for every answer."""

    id: str | None = None
    message_id: str | None = None
    created_at: int | None = None


class ExtraContent(Model):
    """A form that belongs to the message, waiting or filled."""

    type: str = "human_input"
    workflow_run_id: str = ""
    submitted: bool = False
    form_definition: WaitingForm | None = None
    form_submission_data: SubmittedForm | None = None


class Message(Model):
    """A question and its answer."""

    id: str
    conversation_id: str
    parent_message_id: str | None = None
    inputs: dict[str, Any] = {}
    query: str
    answer: str
    feedback: Feedback | None = None
    retriever_resources: list[MessageResource] = []
    created_at: int | None = None
    agent_thoughts: list[MessageThought] = []
    message_files: list[MessageFile] = []
    message_tokens: int | None = None
    answer_tokens: int | None = None
    total_tokens: int | None = None
    provider_response_latency: float | None = None
    total_price: str | None = None
    currency: str | None = None
    status: Literal["normal", "error", "paused"] | str = "normal"
    error: str | None = None
    extra_contents: list[ExtraContent] = []
