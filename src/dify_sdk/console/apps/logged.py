"""Console: messages, as the logs of an app have them."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from ..._models import Model
from ...shared.accounts import AccountSummary
from ...shared.messages import ExtraContent, MessageFile, MessageThought, Rating
from ...shared.usage import AnswerMetadata

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
