"""Apps in the hands of people, on a page or in the console: they branch in a conversation, and are told less than integrations are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dify_sdk.shared.runs import ChatReply, CompletionReply

from .. import simple
from ..generation import Asked
from ..visit import Visit
from ..workflow import starting
from . import answering, workflows


def question(
    query: str,
    inputs: Mapping[str, Any],
    conversation_id: str | None,
    files: Sequence[Mapping[str, Any]] | None,
    parent_message_id: str | None,
) -> Asked:
    """What somebody says in a conversation, or at the beginning of one."""
    return Asked(query, inputs, None, files, conversation_id, parent_id=parent_message_id or None)


def chat(visit: Visit, asked: Asked) -> ChatReply:
    """The whole answer of a chat or a chatflow."""
    return simple.reply(answering.chat(visit, asked))


def chat_events(visit: Visit, asked: Asked) -> Iterator[Any]:
    """The answer of a chat, an agent or a chatflow as it is written."""
    return simple.events(answering.chat_events(visit, asked))


def completion(visit: Visit, query: str | None, inputs: Mapping[str, Any], files: Sequence[Mapping[str, Any]] | None) -> CompletionReply:
    """The whole text of a completion."""
    return simple.reply(answering.completion(visit, Asked(query or "", inputs, None, files, parent_id=None)))


def completion_events(
    visit: Visit, query: str | None, inputs: Mapping[str, Any], files: Sequence[Mapping[str, Any]] | None
) -> Iterator[Any]:
    """The text of a completion as it is written."""
    return simple.events(answering.completion_events(visit, Asked(query or "", inputs, None, files, parent_id=None)))


def workflow_events(visit: Visit, inputs: Mapping[str, Any], files: Sequence[Mapping[str, Any]] | None) -> Iterator[Any]:
    """A run of the published workflow while it goes on."""
    return simple.events(workflows.events(visit, visit.end_user(), starting.published(visit), inputs, files))
