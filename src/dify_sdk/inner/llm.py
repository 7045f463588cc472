"""Inner: what models are told, and what they say piece by piece."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Generic, Literal, Required, TypeAlias, TypeVar

from pydantic import Field
from typing_extensions import TypedDict

from .._models import Model, UnknownEvent
from .._sse import Decoder
from ..shared.usage import Usage
from .answers import Framed, fields_of

ModelType: TypeAlias = Literal["llm", "text-embedding", "rerank", "speech2text", "moderation", "tts"]
Role: TypeAlias = Literal["system", "user", "assistant", "tool"]


class PromptContentParam(TypedDict, total=False):
    """A part of a message: a text in `data`, or a file by `url` or in `base64_data`."""

    type: Required[Literal["text", "image", "audio", "video", "document"]]
    data: str
    format: str
    mime_type: str
    url: str
    base64_data: str
    filename: str
    detail: Literal["low", "high"]


class PromptMessageParam(TypedDict, total=False):
    """A message to a model. Those of the model itself may have called tools; those of tools name the call."""

    role: Required[Role]
    content: str | Sequence[PromptContentParam] | None
    name: str | None
    tool_calls: Sequence[Mapping[str, Any]]
    tool_call_id: str


class PromptToolParam(TypedDict):
    """A tool that a model may call, with a JSON schema of its arguments."""

    name: str
    description: str
    parameters: Mapping[str, Any]


class ModelConfigParam(TypedDict, total=False):
    """A model and its settings."""

    provider: Required[str]
    name: Required[str]
    mode: Required[Literal["completion", "chat"]]
    completion_params: Mapping[str, Any]


class AgentLLMCallerParam(TypedDict, total=False):
    """The agent that asks a model, and for whom."""

    invocation_id: Required[str]
    agent_run_id: Required[str]
    call_index: Required[int]
    tenant_id: Required[str]
    user_id: Required[str]
    user_from: Required[Literal["account", "end-user"]]
    app_id: Required[str]
    invoke_from: Required[str]
    agent_mode: Required[Literal["workflow_run", "single_step", "agent_app", "babysit", "fasten"]]
    conversation_id: str | None
    workflow_id: str | None
    workflow_run_id: str | None
    node_id: str | None
    node_execution_id: str | None
    agent_id: str | None
    agent_config_version_id: str | None
    agent_config_version_kind: Literal["snapshot", "draft", "build_draft"] | None
    trace_id: str | None


class AgentLLMTargetParam(TypedDict, total=False):
    """The model that an agent asks, and what it is told."""

    provider: Required[str]
    model: Required[str]
    prompt_messages: Required[Sequence[PromptMessageParam]]
    model_parameters: Mapping[str, Any]
    tools: Sequence[PromptToolParam] | None
    stop: Sequence[str] | None
    stream: bool


class FunctionCall(Model):
    """What a model calls. `arguments` is JSON as text."""

    name: str = ""
    arguments: str = ""


class ToolCall(Model):
    """A call of a tool, or a piece of one."""

    id: str = ""
    type: str = "function"
    function: FunctionCall = Field(default_factory=FunctionCall)


class AssistantMessage(Model):
    """What a model says, or a piece of it."""

    role: Role | str = "assistant"
    content: str | list[dict[str, Any]] | None = ""
    name: str | None = None
    tool_calls: list[ToolCall] = []

    @property
    def text(self) -> str:
        """What of it is text."""
        if isinstance(self.content, str):
            return self.content
        return "".join(str(part.get("data", "")) for part in self.content or () if part.get("type") == "text")


class LLMDelta(Model):
    """A piece of an answer; the last one has the usage and the reason for its end."""

    index: int
    message: AssistantMessage
    usage: Usage | None = None
    finish_reason: str | None = None


class LLMChunk(Model):
    """A piece of a model's answer, and which model it is."""

    model: str
    prompt_messages: list[dict[str, Any]] = []
    system_fingerprint: str | None = None
    delta: LLMDelta


class LLMStructuredChunk(LLMChunk):
    """A piece of an answer that has the shape of a schema; the last one has it as a whole."""

    structured_output: dict[str, Any] | None = None


class LLMResult(Model):
    """A model's whole answer."""

    model: str = ""
    message: AssistantMessage = Field(default_factory=AssistantMessage)
    usage: Usage | None = None
    finish_reason: str | None = None
    system_fingerprint: str | None = None
    structured_output: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """What of the answer is text."""
        return self.message.text


LLMEvent: TypeAlias = LLMChunk | UnknownEvent
LLMStructuredEvent: TypeAlias = LLMStructuredChunk | UnknownEvent
E = TypeVar("E")


class _Speaking(Framed[E, LLMResult], Generic[E]):
    """From the pieces of an answer to the whole."""

    def __init__(self) -> None:
        self._last: dict[str, Any] = {}
        self._texts: list[str] = []
        self._parts: list[dict[str, Any]] = []
        self._calls: list[ToolCall] = []

    def feed(self, event: E) -> str:
        if not isinstance(event, LLMChunk):
            return ""
        delta = event.delta
        told = {
            "model": event.model,
            "system_fingerprint": event.system_fingerprint,
            "structured_output": getattr(event, "structured_output", None),
            "usage": delta.usage,
            "finish_reason": delta.finish_reason,
        }
        self._last |= {name: value for name, value in told.items() if value is not None}
        self._texts.append(delta.message.text)
        if isinstance(delta.message.content, list):
            self._parts += [part for part in delta.message.content if part.get("type") != "text"]
        for call in delta.message.tool_calls:
            self._take_call(call)
        return delta.message.text

    def _take_call(self, piece: ToolCall) -> None:
        """A piece without an id, or with one there is, goes on with a call."""
        same = (one for one in reversed(self._calls) if piece.id in {"", one.id})
        if (call := next(same, None)) is None:
            self._calls.append(piece.model_copy(deep=True))
            return
        call.function.name += piece.function.name
        call.function.arguments += piece.function.arguments

    def result(self) -> LLMResult:
        text = "".join(self._texts)
        content: Any = [*([{"type": "text", "data": text}] if text else []), *self._parts] if self._parts else text
        return LLMResult(**self._last, message=AssistantMessage(content=content, tool_calls=self._calls))

    def whole(self, reply: LLMResult) -> str:
        self._last, self._texts, self._calls = reply.model_dump(exclude={"message"}), [reply.text], reply.message.tool_calls
        return reply.text


class LLMSpeaking(_Speaking[LLMEvent]):
    """From the pieces of an answer to the whole."""


class LLMStructuredSpeaking(_Speaking[LLMStructuredEvent]):
    """From the pieces of an answer in the shape of a schema to the whole."""


class AgentLLMSpeaking(_Speaking[LLMEvent]):
    """From the pieces of the answer to an agent, plain events of `{code, message, data}`, to the whole."""

    decoder = Decoder

    def opened(self, payload: bytes) -> bytes:
        told = fields_of(payload)
        if "code" not in told:
            return payload
        return json.dumps(_failure(told) if told["code"] else told.get("data")).encode()


def _failure(told: Mapping[str, Any]) -> dict[str, Any]:
    """An error event, from a negative status and a message that is the JSON of the kind and the reason."""
    code, message = told["code"], str(told.get("message", ""))
    why = fields_of(message.encode())
    status = -code if isinstance(code, int) and 400 <= -code < 600 else 500
    return {"event": "error", "status": status, "code": why.get("error_type", ""), "message": why.get("message", message)}
