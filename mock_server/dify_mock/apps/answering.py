"""How apps answer questions, at once or as events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dify_sdk.shared.runs import ChatReply, CompletionReply

from .. import chatflow
from ..generation import Asked, Turn, answer, ask
from ..refusals import Refusal, invalid
from ..visit import Visit


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
    return chatflow.stream(visit, asked) if visit.app.mode == "advanced-chat" else answer(ask(visit, asked))


def completion(visit: Visit, asked: Asked) -> CompletionReply:
    """The whole text of a completion."""
    return written(visit, ask(visit, asked))


def completion_events(visit: Visit, asked: Asked) -> Iterator[Any]:
    """The text of a completion as it is written."""
    return answer(ask(visit, asked))


def written(visit: Visit, turn: Turn) -> CompletionReply:
    """The whole text of a completion that was begun."""
    return CompletionReply(**_whole(visit, turn))


def _whole(visit: Visit, turn: Turn) -> dict[str, Any]:
    visit.finished(answer(turn))
    if turn.failure:
        raise Refusal(400, "completion_request_error", turn.failure.message)
    return turn.reply()
