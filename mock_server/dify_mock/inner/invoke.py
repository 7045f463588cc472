"""Handlers: what plugins and agents ask a server to do for them. Models, tools and voices are the simulated ones."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from dify_sdk.inner.answers import Answer
from dify_sdk.inner.invoke import Invoke
from dify_sdk.inner.llm import AgentLLMCallerParam, AgentLLMTargetParam, ModelType, PromptMessageParam, PromptToolParam
from dify_sdk.inner.nodes import RerankedDocument, RerankResult, TextResult
from dify_sdk.inner.speech import SpeechChunk
from dify_sdk.inner.tools import JSONMessage, TextMessage, ToolMessage, ToolType

from ..apps import running
from ..generation import Asked
from ..knowledge.ranking import by_meaning
from ..prefixed import packed
from ..registry import handles
from ..sampled import sample, samples
from ..speech import TEXT, sound
from ..tools import TOOLS, ToolError
from ..visit import Caller, Visit
from .asking import answered, enveloped, prompts_of
from .checks import app_for, check_given, check_tenant, failed, unfit

_PIECE: Final = 1024  # bytes of a sound

samples(
    Invoke.agent_tool,
    Invoke.encrypt,
    Invoke.moderation,
    Invoke.parameter_extractor,
    Invoke.question_classifier,
    Invoke.summary,
    Invoke.text_embedding,
    guard=check_given,
)


@handles(Invoke.stream_app)
def stream_app(
    visit: Visit,
    *,
    tenant_id: str,
    user_id: str,
    app_id: str,
    inputs: Mapping[str, Any] = {},  # as declared
    query: str | None = None,
    conversation_id: str | None = None,
    user: str | None = None,
    files: Sequence[Mapping[str, Any]] | None = None,
) -> Iterator[Any]:
    """The events of an app; what its own streams have beside them, a plugin is told as a ping."""
    app = app_for(visit, tenant_id, app_id)
    inside = replace(visit, caller=Caller(app, visit.world.end_user(app, user or user_id)))
    events = running.events(inside, Asked(query or "", inputs, user, files, conversation_id))
    return (packed("ping") if isinstance(event, bytes) else event for event in events)


@handles(Invoke.stream_llm)
def stream_llm(
    visit: Visit,
    *,
    tenant_id: str,
    user_id: str,
    provider: str,
    model: str,
    mode: str,
    model_type: ModelType | None = None,
    completion_params: Mapping[str, Any] | None = None,
    prompt_messages: Sequence[PromptMessageParam] | None = None,
    tools: Sequence[PromptToolParam] | None = None,
    stop: Sequence[str] | None = None,
    stream: bool | None = None,
) -> Iterator[Any]:
    check_tenant(visit, tenant_id)
    return answered(model, prompts_of(prompt_messages), in_pieces=stream is not False, stop=stop)


@handles(Invoke.stream_llm_structured_output)
def stream_llm_structured_output(
    visit: Visit,
    *,
    tenant_id: str,
    user_id: str,
    provider: str,
    model: str,
    mode: str,
    structured_output_schema: Mapping[str, Any] | None = None,
    model_type: ModelType | None = None,
    completion_params: Mapping[str, Any] | None = None,
    prompt_messages: Sequence[PromptMessageParam] | None = None,
    tools: Sequence[PromptToolParam] | None = None,
    stop: Sequence[str] | None = None,
    stream: bool | None = None,
) -> Iterator[Any]:
    """A model that keeps to any schema says what fits it."""
    check_tenant(visit, tenant_id)
    made = sample(dict(structured_output_schema or {"type": "object"}))
    return answered(model, prompts_of(prompt_messages), in_pieces=stream is not False, structured=made, text=json.dumps(made))


@handles(Invoke.stream_agent_llm, refuse=unfit)
def stream_agent_llm(visit: Visit, *, caller: AgentLLMCallerParam, target: AgentLLMTargetParam) -> Iterator[Any]:
    check_tenant(visit, caller["tenant_id"])
    prompts, in_pieces = prompts_of(target["prompt_messages"]), target.get("stream") is not False
    return enveloped(target["model"], prompts, in_pieces=in_pieces, stop=target.get("stop"))


@handles(Invoke.stream_tool)
def stream_tool(
    visit: Visit,
    *,
    tenant_id: str,
    user_id: str,
    tool_type: ToolType,
    provider: str,
    tool: str,
    tool_parameters: Mapping[str, Any],
    credential_id: str | None = None,
) -> Iterator[Any]:
    check_tenant(visit, tenant_id)
    if tool not in TOOLS:
        raise failed(f"tool {tool} not found")
    try:
        result = TOOLS[tool].call(tool_parameters)
    except ToolError as error:
        raise failed(str(error)) from None
    said = [ToolMessage(type="text", message=TextMessage(text=result.text))]
    said += [ToolMessage(type="json", message=JSONMessage(json_object=one)) for one in result.json]
    return iter(said)


@handles(Invoke.stream_tts)
def stream_tts(
    visit: Visit,
    *,
    tenant_id: str,
    user_id: str,
    provider: str,
    model: str,
    content_text: str,
    voice: str,
    model_type: ModelType | None = None,
) -> Iterator[Any]:
    check_tenant(visit, tenant_id)
    spoken = sound(content_text, voice)
    return (SpeechChunk(result=spoken[at : at + _PIECE].hex()) for at in range(0, len(spoken), _PIECE))


@handles(Invoke.speech2text)
def speech2text(
    visit: Visit, *, tenant_id: str, user_id: str, provider: str, model: str, file: str, model_type: ModelType | None = None
) -> Answer[TextResult]:
    check_tenant(visit, tenant_id)
    try:
        bytes.fromhex(file)
    except ValueError as error:
        raise failed(str(error)) from None
    return Answer[TextResult](data=TextResult(result=TEXT), error="")


@handles(Invoke.rerank)
def rerank(
    visit: Visit,
    *,
    tenant_id: str,
    user_id: str,
    provider: str,
    model: str,
    query: str,
    docs: Sequence[str],
    score_threshold: float,
    top_n: int,
    model_type: ModelType | None = None,
) -> Answer[RerankResult]:
    check_tenant(visit, tenant_id)
    weighed = [RerankedDocument(index=at, text=docs[at], score=score) for at, score in enumerate(by_meaning(query, docs))]
    good = sorted((one for one in weighed if one.score >= score_threshold), key=lambda one: one.score, reverse=True)
    return Answer[RerankResult](data=RerankResult(model=model, docs=good[:top_n]), error="")
