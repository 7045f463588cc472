"""The node that asks the model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from dify_sdk._models import Model
from dify_sdk._steps import Pause

from ...llm import Answering, ModelError, Prompt
from ...providers import missing
from ..responses import Chunk
from ..step import NodeError, Outcome, Performing, Step
from ..templates import render, transform
from ..usage import price_of
from ..values import as_list, as_object, part, text

_TAGS: Final = ("<think>", "</think>")
_NO_PROMPT: Final = "No prompt found in the LLM configuration. Please ensure a prompt is properly configured before proceeding."


def llm(step: Step) -> Performing:
    """The prompts are filled, and the answer comes piece by piece."""
    engine, data = step.engine, step.data
    model = {"model_provider": data["model"]["provider"], "model_name": data["model"]["name"]}
    context = _context(step)
    inputs = model if context is None else {"#context#": context, **model}
    prompts = _prompts(step, context or "")
    if not prompts:
        raise NodeError(_NO_PROMPT, "NoPromptFoundError", inputs=inputs)
    if missed := missing(model["model_provider"], "llm", model["model_name"]):
        raise NodeError(missed, "ModelNotExistError", inputs=inputs)
    answering = Answering([Prompt(one["role"], one["text"]) for one in prompts])
    thinking = Thinking() if data.get("reasoning_format") == "separated" else None
    first: float | None = None
    try:
        for piece in answering:
            if isinstance(piece, Pause):
                yield piece
                continue
            first = answering.seconds if first is None else first
            for said in thinking.split(piece) if thinking else (Said(piece, thought=False),):
                yield _told(step, said)
        for said in thinking.rest() if thinking else ():
            yield _told(step, said)
    except ModelError as error:
        raise NodeError(error.message, error.kind, inputs=inputs) from error
    answer, reasoning = (thinking.answer.strip(), thinking.thoughts.strip()) if thinking else (answering.text, "")
    if thinking is None:
        yield _told(step, Said("", thought=False))
    elif thinking.thoughts:
        engine.reasoning[step.node.id] = reasoning
        yield engine.tell.reasoning(step.node, "", final=True)
    yield Chunk((step.node.id, "text"), "", final=True)
    used = _timed(answering, first or 0.0)
    engine.used(used)
    told = {"usage": used, "finish_reason": "stop"}
    outputs = {"text": answer, "reasoning_content": reasoning, **told}
    process_data = {"model_mode": data["model"].get("mode", "chat"), "prompts": prompts, **told, **model}
    return Outcome(outputs, inputs, process_data, price_of([used]))


def _told(step: Step, said: Said) -> Model | Chunk:
    if said.thought:
        return step.engine.tell.reasoning(step.node, said.text, final=False)
    return Chunk((step.node.id, "text"), said.text)


def _timed(answering: Answering, first: float) -> dict[str, Any]:
    usage = answering.usage()
    return {**usage, "time_to_first_token": round(first, 3), "time_to_generate": round(usage["latency"] - first, 3)}


def _context(step: Step) -> str | None:
    """What knowledge the model is given; where it came from is noted for the answer."""
    settings = part(step.data, "context")
    if not settings.get("enabled") or not settings.get("variable_selector"):
        return None
    found = step.pool.get(settings["variable_selector"])
    records = as_list(found)
    if records is None:
        return text(found)
    texts: list[str] = []
    for record in records:
        known = as_object(record)
        if known and part(known, "metadata").get("_source") == "knowledge":
            step.engine.resources.append(_resource(known))
        texts.append(str(known["content"] if known else record))
    return "\n".join(texts).strip()


def _resource(record: dict[str, Any]) -> dict[str, Any]:
    """A record of the knowledge as the answer's metadata cite it."""
    known: dict[str, Any] = record["metadata"]
    plain = ("position", "dataset_id", "dataset_name", "document_id", "document_name", "data_source_type", "segment_id", "retriever_from")
    counted = ("hit_count", "word_count", "position", "index_node_hash")
    return {
        **{name: known.get(name) for name in (*plain, "score")},
        **{f"segment_{name}" if name == "position" else name: known.get(f"segment_{name}") for name in counted},
        "content": record.get("content"),
        "page": None,
        "doc_metadata": known.get("doc_metadata"),
        "title": None,
        "files": None,
        "summary": record.get("summary"),
    }


def _prompts(step: Step, context: str) -> list[dict[str, Any]]:
    """The messages: the template's, what was said before, and the question."""
    template: Any = step.data.get("prompt_template") or []
    only = as_object(template)
    listed: list[dict[str, Any]] = [{"role": "user", **only}] if only else template
    prompts = [_prompt(one["role"], _filled(step, one, context)) for one in listed]
    memory: dict[str, Any] | None = step.data.get("memory")
    if memory:
        prompts += _history(step, memory)
        prompts.append(_prompt("user", render(memory.get("query_prompt_template") or "{{#sys.query#}}", step.pool)))
    vision = part(step.data, "vision")
    if vision.get("enabled") and prompts:
        selector: list[str] = part(vision, "configs").get("variable_selector") or ["sys", "files"]
        seen = step.pool.get(selector)
        prompts[-1]["files"] = as_list(seen) or ([seen] if seen else [])
    return [prompt for prompt in prompts if prompt["text"] or prompt["files"]]


def _prompt(role: str, said: str) -> dict[str, Any]:
    return {"role": role, "text": said, "files": []}


def _filled(step: Step, message: dict[str, Any], context: str) -> str:
    if message.get("edition_type") == "jinja2":
        told = part(step.data, "prompt_config")
        values = {one["variable"]: step.pool.get(one["value_selector"]) for one in told.get("jinja2_variables", [])}
        return transform(message.get("jinja2_text") or "", values)
    return render(message.get("text", "").replace("{{#context#}}", context), step.pool)


def _history(step: Step, memory: dict[str, Any]) -> list[dict[str, Any]]:
    run, window = step.engine.run, part(memory, "window")
    if run.message is None:
        return []
    before = [one for one in step.engine.world.said_before(run.message) if one.status == "normal"]
    if window.get("enabled"):
        size = int(window.get("size") or 0)
        before = before[-size:] if size else []
    return [_prompt(role, said) for one in before for role, said in (("user", one.query), ("assistant", one.answer))]


class Said(NamedTuple):
    """A piece of the answer, or of the thinking before it."""

    text: str
    thought: bool


class Thinking:
    """Tells thinking from answering in a text that comes in pieces, cut anywhere."""

    def __init__(self) -> None:
        self.thoughts = self.answer = self._held = ""
        self._inside = False

    def split(self, piece: str) -> Iterator[Said]:
        """What the piece brings; the beginning of a tag is held back."""
        left = self._held + piece
        self._held = ""
        while left:
            tag = _TAGS[self._inside]
            before, found, after = left.partition(tag)
            if not found and (cut := re.search(r"</?[a-z]*$", left)) and tag.startswith(cut[0]):
                before, self._held = left[: cut.start()], cut[0]
            yield from self._said(before)
            if found:
                self._inside = not self._inside
            left = after

    def rest(self) -> Iterator[Said]:
        """What was held back and is no tag after all."""
        left, self._held = self._held, ""
        yield from self._said(left)

    def _said(self, part: str) -> Iterator[Said]:
        if not self._inside and self.thoughts and not self.answer:
            part = part.lstrip()
        if not part:
            return
        if self._inside:
            self.thoughts += part
        else:
            self.answer += part
        yield Said(part, self._inside)
