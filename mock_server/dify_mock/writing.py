"""What the model writes in answer to a message, and how it sounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dify_sdk._models import Model
from dify_sdk._steps import Pause
from dify_sdk.shared.events import MessageReplaceEvent, TTSMessageEndEvent, TTSMessageEvent

from .generation import Happening, Turn, keywords, moderation
from .knowledge.citing import CONTEXT_PROMPT, context_for_app
from .knowledge.retrieval import RetrievalError
from .llm import Answering, ModelError, Prompt, usage

_CHECKED_CHARACTERS: Final = 300  # of an answer, between two looks for forbidden words
_SOUND: Final = "//uQxAAAAAAAAAAAAAAAAAAAAAAA"  # the head of an mp3


def words(turn: Turn, event_of: Callable[[str], Model]) -> Happening:
    """The model's words, until it is done, stopped, or says what it must not."""
    answering = asked_model(turn)
    rules = moderation(turn.app, "outputs_config")
    unchecked = 0
    for piece in answering:
        if isinstance(piece, Pause):
            turn.latency += piece.seconds
            yield piece
            continue
        if turn.task.stopped:
            turn.message.usage = usage(0, 0, latency=turn.latency, first=None)
            return
        turn.message.answer = answering.text
        yield event_of(piece)
        yield from speech(turn)
        unchecked += len(piece)
        if rules and unchecked >= _CHECKED_CHARACTERS:
            unchecked = 0
            if any(word in answering.text for word in keywords(turn.app)):
                break
    if rules and any(word in answering.text for word in keywords(turn.app)):
        turn.message.answer = str(rules["preset_response"])
        turn.message.usage = usage(0, 0, latency=turn.latency, first=None)
        yield MessageReplaceEvent(**turn.ids, answer=turn.message.answer, reason="")
        return
    yield event_of("")
    cost = answering.usage()
    turn.message.usage = {**cost, "latency": turn.latency}


def asked_model(turn: Turn) -> Answering:
    """The model, with what it is given."""
    turn.message.prompts = _prompts(turn)
    return Answering(turn.message.prompts)


def look_up(turn: Turn) -> None:
    """Look into the app's knowledge."""
    question = turn.message.query
    if turn.app.mode == "completion":
        question = str(turn.message.inputs.get((turn.app.config or {}).get("dataset_query_variable") or "") or "")
    try:
        turn.context, cited = context_for_app(turn.world, turn.app.feature("dataset_configs"), question)
    except RetrievalError as error:
        raise ModelError(str(error), "InvokeBadRequestError") from error
    turn.message.resources = cited if turn.app.feature("retriever_resource").get("enabled") else []


def _prompts(turn: Turn) -> list[Prompt]:
    """What the model is given: the app's prompt, what was said before, and the question."""
    app, message = turn.app, turn.message
    template = str((app.config or {}).get("pre_prompt") or "")
    for name, value in message.inputs.items():
        template = template.replace("{{" + name + "}}", "" if value is None else str(value))
    if turn.context:
        template = CONTEXT_PROMPT.replace("{context}", turn.context) + template
    if template:
        template += "\n"
    if app.mode == "completion":
        return [Prompt("user", template or message.query)]
    given = [Prompt("system", template)] if template else []
    for earlier in turn.world.said_before(message):
        if earlier.status == "normal":
            given += [Prompt("user", earlier.query), Prompt("assistant", earlier.answer)]
    return [*given, Prompt("user", message.query)]


def speech(turn: Turn, *, over: bool = False) -> Happening:
    """The answer aloud, where the app speaks by itself: a first piece on the way, the rest at the end."""
    settings = turn.app.feature("text_to_speech")
    if not settings.get("enabled") or settings.get("autoPlay") != "enabled":
        return
    if over or (not turn.spoken and len(turn.message.answer.split()) > 3):
        turn.spoken += 1
        yield TTSMessageEvent(**turn.ids, audio=_SOUND)
    if over:
        yield TTSMessageEndEvent(**turn.ids, audio="")
