"""Console: what was said in an app."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from ..._endpoint import GET, POST, M, Resource
from ..._models import Listing, Model
from ..._params import OMIT, Omit, UpTo100, Uuid
from ...shared.accounts import AccountSummary
from ...shared.messages import ExtraContent, MessageFile, MessageThought, Rating as Rating, SuggestedQuestions as SuggestedQuestions
from ...shared.results import Result
from ...shared.usage import AnswerMetadata


class Messages(Resource[M], area="console.apps.messages", key="session"):
    """What was said in an app, whoever said it."""

    @GET.pages("/apps/{app_id:uuid}/chat-messages")
    def list(
        self,
        app_id: str,
        *,
        conversation_id: Annotated[str, Uuid()],
        first_id: Annotated[str | None, Uuid(empty=True)] = None,
        limit: UpTo100 = 20,
    ) -> Listing[MessageDetail]:
        """List a conversation's messages: the newest page first, the oldest message of a page first.

        Args:
            app_id: The app; it is one that chats.
            conversation_id: The conversation.
            first_id: The first message of the page before.
            limit: How many on a page, 1 to 100.

        Raises:
            NotFoundError: No such app, or one of another mode; no such conversation, or no such message.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET("/apps/{app_id:uuid}/messages/{message_id:uuid}")
    def get(self, app_id: str, message_id: str) -> MessageDetail:
        """Look at one message.

        Args:
            app_id: The app.
            message_id: The message.

        Raises:
            NotFoundError: No such message.
        """
        ...

    @POST("/apps/{app_id:uuid}/feedbacks")
    def feedback(
        self,
        app_id: str,
        *,
        message_id: Annotated[str, Uuid()],
        rating: Rating | Omit | None = OMIT,
        content: str | Omit | None = OMIT,
    ) -> Result:
        """Rate a message, beside the user's own rating; `rating=None` takes a rating back.

        Args:
            app_id: The app.
            message_id: The message.
            rating: What the workspace thinks: it has one rating for all its members.
            content: Why.

        Raises:
            InvalidParamError: There is no rating to take back.
            NotFoundError: No such message.
        """
        ...

    @GET("/apps/{app_id:uuid}/chat-messages/{message_id:uuid}/suggested-questions", repeatable=False)
    def suggested(self, app_id: str, message_id: str) -> SuggestedQuestions:
        """Ask the model for questions that may follow a message. It costs tokens.

        Args:
            app_id: The app; it is one that chats.
            message_id: The message.

        Raises:
            NotFoundError: No such message, or an app of another mode.
            PermissionDeniedError: The app does not suggest questions.
        """
        ...

    @GET("/apps/{app_id:uuid}/agent/logs")
    def get_agent_log(self, app_id: str, *, message_id: Annotated[str, Uuid()], conversation_id: Annotated[str, Uuid()]) -> AgentLog:
        """Tell how an agent came to its answer.

        Args:
            app_id: The app; it is an agent.
            message_id: The message with the answer.
            conversation_id: The conversation that the message belongs to.

        Raises:
            NotFoundError: No such app, or one of another mode.
            InvalidParamError: No such conversation, or no such message in it.
        """
        ...


FeedbackSource: TypeAlias = Literal["user", "admin"]


class PromptMessage(Model):
    """A message that the model was given."""

    role: str = ""
    text: str | None = None
    files: list[dict[str, Any]] = []


class MessageFeedback(Model):
    """A rating, by the end user or by somebody of the workspace."""

    rating: Rating | str | None = None
    content: str | None = None
    from_source: FeedbackSource | str = ""
    from_end_user_id: str | None = None
    from_account: AccountSummary | None = None


class MessageAnnotation(Model):
    """The ready answer that was made of a message."""

    id: str
    question: str | None = None
    content: str = ""
    account: AccountSummary | None = None
    created_at: int | None = None


class MessageHit(Model):
    """The ready answer that a message was answered with, and who wrote it."""

    annotation_id: str
    annotation_create_account: AccountSummary | None = None
    created_at: int | None = None


class MessageDetail(Model):
    """A question and its answer, and all that is known of them."""

    id: str
    conversation_id: str
    parent_message_id: str | None = None
    inputs: dict[str, Any] = {}
    query: str = ""
    message: list[PromptMessage] | dict[str, Any] | str | None = None
    """What the model was given; empty for chatflows."""
    answer: str = ""
    message_tokens: int = 0
    answer_tokens: int = 0
    provider_response_latency: float = 0.0
    """Seconds."""
    from_source: Literal["api", "console"] | str = ""
    from_end_user_id: str | None = None
    from_account_id: str | None = None
    feedbacks: list[MessageFeedback] = []
    workflow_run_id: str | None = None
    annotation: MessageAnnotation | None = None
    annotation_hit_history: MessageHit | None = None
    created_at: int | None = None
    agent_thoughts: list[MessageThought] = []
    message_files: list[MessageFile] = []
    metadata: AnswerMetadata | None = None
    status: Literal["normal", "error", "paused"] | str = "normal"
    error: str | None = None
    extra_contents: list[ExtraContent] = []


class AgentLogMeta(Model):
    """An agent's work as a whole. `start_time` is in the account's time zone."""

    status: str = ""
    executor: str = ""
    start_time: str = ""
    elapsed_time: float | None = None
    total_tokens: int = 0
    agent_mode: str = ""
    iterations: int = 0


class ToolCall(Model):
    """A call of a tool. What it was given and gave is what the tool's own form says; `time_cost` is seconds."""

    status: Literal["success", "error"] | str = ""
    error: str | None = None
    time_cost: float = 0
    tool_name: str = ""
    tool_label: Any = None
    tool_input: Any = None
    tool_output: Any = None
    tool_parameters: dict[str, Any] = {}
    tool_icon: Any = None


class AgentIteration(Model):
    """A step of an agent. `tool_raw` has the texts that went to the tools and came from them; `created_at` is UTC."""

    tokens: int = 0
    tool_calls: list[ToolCall] = []
    tool_raw: dict[str, Any] = {}
    thought: str | None = None
    created_at: str = ""
    files: list[Any] = []


class AgentLog(Model):
    """How an agent came to its answer, step by step."""

    meta: AgentLogMeta
    iterations: list[AgentIteration] = []
    files: list[MessageFile] = []
