"""Messages, as several tiers tell them."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from pydantic import Field

from .._models import Model
from .forms import SubmittedForm, WaitingForm
from .thoughts import Thought
from .usage import RetrieverResource

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


class WebMessage(Message):
    """A question and its answer, as those who use an app see it."""

    metadata: Any = None


class SavedMessage(Model):
    """A message that a user keeps."""

    id: str
    inputs: dict[str, Any] = {}
    query: str = ""
    answer: str = ""
    message_files: list[MessageFile] = []
    feedback: Feedback | None = None
    created_at: int | None = None
