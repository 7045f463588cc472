"""How apps answer questions, as events or at once: a blocking call runs the same events to their end and answers what they came to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dify_sdk._models import UnknownEvent
from dify_sdk.shared.events import MessageEndEvent, MessageEvent
from dify_sdk.shared.files import AnswerFile
from dify_sdk.shared.runs import ChatReply, CompletionReply

from .. import acting, chatflow
from ..attachments import file_url
from ..generation import Asked, Happening, Turn, ask, ready_answer
from ..llm import ModelError, usage
from ..refusals import Refusal, invalid
from ..state import MessageFile
from ..visit import Visit
from ..writing import look_up, speech, words


def chat(visit: Visit, asked: Asked) -> ChatReply:
    """The whole answer of a chat or a chatflow."""
    if visit.app.mode == "agent-chat":
        raise invalid("Agent Chat App does not support blocking mode")
    if visit.app.mode == "advanced-chat":
        return chatflow.send(visit, asked)
    turn = ask(visit, asked)
    return ChatReply(**_whole(visit, turn), conversation_id=turn.conversation.id)


def chat_events(visit: Visit, asked: Asked) -> Iterator[Any]:
    """The answer of a chat, an agent or a chatflow as it is written."""
    return chatflow.stream(visit, asked) if visit.app.mode == "advanced-chat" else _answer(ask(visit, asked))


def completion(visit: Visit, asked: Asked) -> CompletionReply:
    """The whole text of a completion."""
    return written(visit, ask(visit, asked))


def completion_events(visit: Visit, asked: Asked) -> Iterator[Any]:
    """The text of a completion as it is written."""
    return _answer(ask(visit, asked))


def written(visit: Visit, turn: Turn) -> CompletionReply:
    """The whole text of a completion that was begun."""
    return CompletionReply(**_whole(visit, turn))


def _whole(visit: Visit, turn: Turn) -> dict[str, Any]:
    visit.finished(_answer(turn))
    if turn.failure:
        raise Refusal(400, "completion_request_error", turn.failure.message)
    return turn.reply()


def _answer(turn: Turn) -> Happening:
    """The events of an answer in one of the simple modes."""
    turn.message.usage = usage(0, 0, latency=0.0, first=None)
    try:
        preset = ready_answer(turn)
        if preset is not None:
            yield from _said(turn, preset, turn.message.usage)
        elif turn.app.mode == "agent-chat":
            yield from acting.act(turn)
        else:
            look_up(turn)
            yield from words(turn, lambda piece: _piece(turn, piece))
        yield _end(turn)
        yield from speech(turn, over=True)
    except ModelError as error:
        turn.failure = error
        turn.message.status, turn.message.error, turn.message.answer = "error", error.message, ""  # it is saved when it is whole
        yield _failed(turn, error)
    finally:
        turn.task.over = True
        turn.message.usage["latency"] = turn.latency


def _failed(turn: Turn, error: ModelError) -> UnknownEvent:
    """The event of a failure: it carries no task."""
    ids = {name: value for name, value in turn.ids.items() if name != "task_id"}
    code, status = ("rate_limit_error", 429) if error.is_rate_limit else ("completion_request_error", 400)
    return UnknownEvent.model_validate({"event": "error", **ids, "code": code, "status": status, "message": error.message})


def _said(turn: Turn, text: str, cost: dict[str, Any]) -> Happening:
    """A ready text, letter by letter."""
    turn.message.usage = cost
    for letter in text:
        turn.message.answer += letter
        yield _piece(turn, letter)


def _piece(turn: Turn, piece: str) -> MessageEvent:
    return MessageEvent(**turn.ids, id=turn.message.id, answer=piece, from_variable_selector=[])


def _end(turn: Turn) -> MessageEndEvent:
    turn.message.metadata = turn.metadata(blocking=True)
    files: list[Any] = [_file(turn, one) for one in turn.message.files]
    return MessageEndEvent(**turn.ids, id=turn.message.id, metadata=turn.metadata(blocking=False), files=files)


def _file(turn: Turn, file: MessageFile) -> AnswerFile:
    """A file of a message as its end tells it."""
    return AnswerFile(
        related_id=file.id,
        extension=f".{file.filename.rpartition('.')[2]}" if "." in file.filename else "",
        filename=file.filename,
        size=file.size,
        mime_type=file.mime_type,
        transfer_method=file.transfer_method,
        type=file.type,
        url=file_url(turn.world, turn.base_url, file),
        upload_file_id=file.upload_file_id or file.tool_file_id,
        remote_url=file.remote_url,
    )
