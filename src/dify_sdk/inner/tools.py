"""Inner: what tools say, piece by piece, and what agents call them with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Required, TypeAlias

from typing_extensions import TypedDict

from .._models import Model, UnknownEvent
from ..shared.usage import RetrieverResource
from .answers import Framed
from .files import UserFrom

ToolType: TypeAlias = Literal["builtin", "workflow", "api", "mcp"]
MessageType: TypeAlias = Literal[
    "text",
    "image",
    "link",
    "blob",
    "json",
    "image_link",
    "binary_link",
    "variable",
    "file",
    "log",
    "blob_chunk",
    "retriever_resources",
]


class AgentToolCallerParam(TypedDict, total=False):
    """The agent that calls a tool, and for whom."""

    tenant_id: Required[str]
    user_id: Required[str]
    user_from: Required[UserFrom]
    app_id: Required[str]
    invoke_from: Required[str]
    conversation_id: str | None
    workflow_id: str | None
    workflow_run_id: str | None
    node_id: str | None
    node_execution_id: str | None
    agent_id: str | None
    agent_config_version_id: str | None


class AgentToolParam(TypedDict, total=False):
    """The tool that an agent calls."""

    provider_type: Required[Literal["plugin", "builtin", "api", "workflow", "mcp"]]
    provider_id: Required[str]
    tool_name: Required[str]
    credential_id: str | None
    tool_parameters: Mapping[str, Any]
    runtime_parameters: Mapping[str, Any]


class AgentToolResult(Model):
    """What a tool gives an agent: its messages, and the text that the model is told."""

    messages: list[dict[str, Any]] = []
    observation: str
    metadata: dict[str, Any] = {}


class TextMessage(Model):
    """A text, or an address."""

    text: str


class JSONMessage(Model):
    """A value."""

    json_object: dict[str, Any] | list[Any]
    suppress_output: bool = False


class BlobMessage(Model):
    """Bytes, as the plugin writes them into JSON."""

    blob: str


class BlobChunkMessage(Model):
    """A piece of bytes that come in several messages."""

    id: str
    sequence: int
    total_length: int
    blob: str
    end: bool


class VariableMessage(Model):
    """A variable, or where it is streamed a piece of its text."""

    variable_name: str
    variable_value: Any
    stream: bool = False


class LogMessage(Model):
    """An entry of the log."""

    id: str
    label: str
    parent_id: str | None = None
    error: str | None = None
    status: Literal["start", "error", "success"] | str
    data: dict[str, Any] = {}
    metadata: dict[str, Any] | None = None


class RetrieverResourcesMessage(Model):
    """The knowledge that what is said rests on."""

    retriever_resources: list[RetrieverResource]
    context: str


ToolContent: TypeAlias = (
    TextMessage
    | JSONMessage
    | BlobChunkMessage
    | BlobMessage
    | LogMessage
    | VariableMessage
    | RetrieverResourcesMessage
    | dict[str, Any]  # also that of a file, which says nothing
)


class ToolMessage(Model):
    """Something that a tool says."""

    type: MessageType | str = "text"
    message: ToolContent
    meta: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """The text of a text message."""
        return self.message.text if self.type == "text" and isinstance(self.message, TextMessage) else ""


class ToolResult(Model):
    """All that a tool has said."""

    messages: list[ToolMessage] = []

    @property
    def text(self) -> str:
        """The texts, one after the other."""
        return "".join(one.text for one in self.messages)


ToolEvent: TypeAlias = ToolMessage | UnknownEvent


class ToolSpeaking(Framed[ToolEvent, ToolResult]):
    """From the messages of a tool to all of them."""

    def __init__(self) -> None:
        self._messages: list[ToolMessage] = []

    def feed(self, event: ToolEvent) -> str:
        if isinstance(event, UnknownEvent):
            return ""
        self._messages.append(event)
        return event.text

    def result(self) -> ToolResult:
        return ToolResult(messages=list(self._messages))

    def whole(self, reply: ToolResult) -> str:
        self._messages = list(reply.messages)
        return reply.text
