"""How the simulated model answers plugins and agents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from dify_sdk._models import Model
from dify_sdk._steps import Pause
from dify_sdk.inner.llm import AssistantMessage, LLMChunk, LLMDelta, LLMStructuredChunk, PromptMessageParam
from dify_sdk.shared.usage import Usage

from ..llm import Answering, ModelError, Prompt
from ..prefixed import packed


def prompts_of(messages: Sequence[PromptMessageParam] | None) -> list[Prompt]:
    """What the model is told; it reads texts, and what tools have said as a user's."""
    found: list[Prompt] = []
    for one in messages or ():
        content, role = one.get("content") or "", one["role"]
        text = content if isinstance(content, str) else "".join(part.get("data", "") for part in content if part["type"] == "text")
        found.append(Prompt("user" if role == "tool" else role, text))
    return found


def answered(
    model: str,
    prompts: Sequence[Prompt],
    *,
    in_pieces: bool,
    stop: Sequence[str] | None = None,
    structured: dict[str, Any] | None = None,
    text: str | None = None,
) -> Iterator[Model | bytes | Pause]:
    """An answer piece by piece, or in one; a failure comes as the last frame. Where the text is given, the model says that."""
    try:
        yield from _chunks(model, prompts, in_pieces=in_pieces, stop=stop, structured=structured, text=text)
    except ModelError as error:
        yield packed(None, error.message)


def enveloped(model: str, prompts: Sequence[Prompt], *, in_pieces: bool, stop: Sequence[str] | None = None) -> Iterator[bytes | Pause]:
    """The same as agents are told it: events of a code, a message and the data."""
    try:
        for one in _chunks(model, prompts, in_pieces=in_pieces, stop=stop):
            yield one if isinstance(one, Pause) else _event(0, "", one.model_dump(mode="json", exclude_unset=True))
    except ModelError as error:
        why = json.dumps({"error_type": error.kind, "message": error.message})
        yield _event(-429 if error.is_rate_limit else -500, why, None)


def _chunks(
    model: str,
    prompts: Sequence[Prompt],
    *,
    in_pieces: bool,
    stop: Sequence[str] | None = None,
    structured: dict[str, Any] | None = None,
    text: str | None = None,
) -> Iterator[LLMChunk | Pause]:
    answering = Answering(prompts, stop or ())
    count = 0
    for one in answering:
        if isinstance(one, Pause):
            yield one
        elif in_pieces and text is None:
            yield LLMChunk(**_told(model, count, one))
            count += 1
    whole = answering.text if text is None else text
    last = _told(model, count, "" if count else whole, usage=Usage(**answering.usage()), finish_reason="stop")
    yield LLMChunk(**last) if structured is None else LLMStructuredChunk(**last, structured_output=structured)


def _told(model: str, index: int, piece: str, **delta: Any) -> dict[str, Any]:
    message = AssistantMessage(role="assistant", content=piece, tool_calls=[])
    return {"model": model, "prompt_messages": [], "system_fingerprint": None, "delta": LLMDelta(index=index, message=message, **delta)}


def _event(code: int, message: str, data: Any) -> bytes:
    return b"data: " + json.dumps({"code": code, "message": message, "data": data}, ensure_ascii=False).encode() + b"\n\n"
