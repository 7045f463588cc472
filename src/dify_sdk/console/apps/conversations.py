"""Console: the conversations of apps, as their logs have them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from ..._endpoint import DELETE, GET, M, Resource
from ..._models import Listing, Model
from ..._params import UpTo100, Within
from ...shared.conversations import ConversationVariable as ConversationVariable, SortBy as SortBy
from .messages import MessageAnnotation, MessageDetail

Page: TypeAlias = Annotated[int, Within(1, 99999)]
AnnotationStatus: TypeAlias = Literal["annotated", "not_annotated", "all"]


class ChatConversations(Resource[M], area="console.apps.chat.conversations", key="session"):
    """The conversations of an app of a chat mode: those of its users, and those of its editors who tried it out."""

    @GET.pages("/apps/{app_id:uuid}/chat-conversations")
    def list(
        self,
        app_id: str,
        *,
        keyword: str | None = None,
        start: str | None = None,
        end: str | None = None,
        annotation_status: AnnotationStatus | None = None,
        page: Page = 1,
        limit: UpTo100 = 20,
        sort_by: SortBy | None = None,
    ) -> Listing[ChatLog]:
        """List an app's conversations. Those at the debugging of a chatflow are not among them.

        Args:
            app_id: The app.
            keyword: A text in a message, in the name, in the opening statement or in the end user's name.
            start: From when on, as `2026-01-31 09:00` in the time zone of the account; what counts is the moment to sort by.
            end: Until when, this minute included.
            annotation_status: Only those with an annotated message, or only those without.
            page: The page, from 1.
            limit: How many on a page, 1 to 100.
            sort_by: The order; a minus means newest first. The server's default is `-updated_at`.

        Raises:
            NotFoundError: No such app of a chat mode.
            BadRequestError: `start` or `end` is no time, or they are in the wrong order.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET("/apps/{app_id:uuid}/chat-conversations/{conversation_id:uuid}")
    def get(self, app_id: str, conversation_id: str) -> ChatDetail:
        """Look at a conversation; from now on it counts as read.

        Args:
            app_id: The app.
            conversation_id: The conversation.

        Raises:
            NotFoundError: No such conversation, or no such app of a chat mode.
            PermissionDeniedError: The account may not.
        """
        ...

    @DELETE("/apps/{app_id:uuid}/chat-conversations/{conversation_id:uuid}", status=204)
    def delete(self, app_id: str, conversation_id: str) -> None:
        """Delete a conversation; its end user has it no more.

        Args:
            app_id: The app.
            conversation_id: The conversation.

        Raises:
            NotFoundError: No such conversation, or no such app of a chat mode.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET("/apps/{app_id:uuid}/conversation-variables")
    def list_variables(self, app_id: str, *, conversation_id: str) -> ConversationVariables:
        """List what a chatflow remembers of a conversation, 100 variables at most.

        Args:
            app_id: The chatflow.
            conversation_id: The conversation; of an unknown one nothing is remembered.

        Raises:
            NotFoundError: No such chatflow.
        """
        ...


class CompletionConversations(Resource[M], area="console.apps.completion.conversations", key="session"):
    """What a completion app was asked, and wrote. Every text is a conversation of its own."""

    @GET.pages("/apps/{app_id:uuid}/completion-conversations")
    def list(
        self,
        app_id: str,
        *,
        keyword: str | None = None,
        start: str | None = None,
        end: str | None = None,
        annotation_status: AnnotationStatus | None = None,
        page: Page = 1,
        limit: UpTo100 = 20,
    ) -> Listing[CompletionLog]:
        """List what an app wrote, newest first.

        Args:
            app_id: The app.
            keyword: A text in the question or in the answer.
            start: From when on, as `2026-01-31 09:00` in the time zone of the account.
            end: Until when, this minute included.
            annotation_status: Only what is annotated, or only what is not.
            page: The page, from 1.
            limit: How many on a page, 1 to 100.

        Raises:
            NotFoundError: No such completion app.
            BadRequestError: `start` or `end` is no time, or they are in the wrong order.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET("/apps/{app_id:uuid}/completion-conversations/{conversation_id:uuid}")
    def get(self, app_id: str, conversation_id: str) -> CompletionDetail:
        """Look at a text, and at how it came about; from now on it counts as read.

        Args:
            app_id: The app.
            conversation_id: The conversation.

        Raises:
            NotFoundError: No such conversation, or no such completion app.
            PermissionDeniedError: The account may not.
        """
        ...

    @DELETE("/apps/{app_id:uuid}/completion-conversations/{conversation_id:uuid}", status=204)
    def delete(self, app_id: str, conversation_id: str) -> None:
        """Delete a text from the log.

        Args:
            app_id: The app.
            conversation_id: The conversation.

        Raises:
            NotFoundError: No such conversation, or no such completion app.
            PermissionDeniedError: The account may not.
        """
        ...


class FeedbackCount(Model):
    """How many messages were liked, and how many disliked."""

    like: int = 0
    dislike: int = 0


class StatusCount(Model):
    """How the runs behind the messages of a chatflow ended."""

    success: int = 0
    failed: int = 0
    partial_success: int = 0
    paused: int = 0


class ModelSummary(Model):
    """The model and the prompt that a conversation began with; a chatflow has neither."""

    model: dict[str, Any] | None = None
    pre_prompt: str | None = None


class ConversationConfig(ModelSummary):
    """The configuration that a conversation began with."""

    opening_statement: str | None = None
    suggested_questions: list[str] | None = None
    user_input_form: list[dict[str, Any]] | None = None
    agent_mode: dict[str, Any] | None = None


class Logged(Model):
    """A conversation, and whose it is: an end user's, or an account's that tried the app out."""

    id: str
    status: str
    from_source: Literal["api", "console"] | str
    from_end_user_id: str | None = None
    from_account_id: str | None = None
    created_at: int | None = None


class ChatLog(Logged):
    """A conversation of a chat, an agent or a chatflow in the log. `user_feedback_stats` are of its users, `admin_feedback_stats` of editors."""

    from_end_user_session_id: str | None = None
    from_account_name: str | None = None
    name: str = ""
    summary: str = ""
    read_at: int | None = None
    updated_at: int | None = None
    annotated: bool = False
    model_config_: ModelSummary | None = Field(default=None, alias="model_config")
    message_count: int = 0
    user_feedback_stats: FeedbackCount | None = None
    admin_feedback_stats: FeedbackCount | None = None
    status_count: StatusCount | None = None


class ChatDetail(Logged):
    """A conversation of a chat, an agent or a chatflow."""

    updated_at: int | None = None
    annotated: bool = False
    introduction: str | None = None
    model_config_: ConversationConfig | None = Field(default=None, alias="model_config")
    message_count: int = 0
    user_feedback_stats: FeedbackCount | None = None
    admin_feedback_stats: FeedbackCount | None = None


class CompletionText(Model):
    """What a completion app was asked, the prompt that came of it, and what it wrote."""

    inputs: dict[str, Any] = {}
    query: str = ""
    message: str = ""
    answer: str = ""


class CompletionLog(Logged):
    """A text of a completion app in the log."""

    from_end_user_session_id: str | None = None
    from_account_name: str | None = None
    read_at: int | None = None
    updated_at: int | None = None
    annotation: MessageAnnotation | None = None
    model_config_: ModelSummary | None = Field(default=None, alias="model_config")
    user_feedback_stats: FeedbackCount | None = None
    admin_feedback_stats: FeedbackCount | None = None
    message: CompletionText | None = None


class CompletionDetail(Logged):
    """A text of a completion app, with all that is known of it."""

    model_config_: ConversationConfig | None = Field(default=None, alias="model_config")
    message: MessageDetail | None = None


class ConversationVariables(Model):
    """What a chatflow remembers of a conversation: the first page, and there is no other."""

    data: list[ConversationVariable]
    page: int | None = None
    limit: int | None = None
    total: int | None = None
    has_more: bool | None = None
