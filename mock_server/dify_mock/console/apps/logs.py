"""What the logs of chats and of completions tell alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dify_sdk.console.apps.conversations import AnnotationStatus, ConversationConfig, FeedbackCount, ModelSummary

from ... import state as held
from ...apps.annotations import made_of
from ...visit import Visit
from ...world import World


def logged(visit: Visit, keyword: str | None, annotation_status: AnnotationStatus | None) -> Iterator[held.Conversation]:
    """The conversations of an app that the log shows, in the order in which they began."""
    for one in visit.world.conversations.values():
        if one.app_id != visit.app.id or _is_draft(visit, one):
            continue
        written = list(visit.world.messages_of(one.id))
        for message in written:
            visit.catch_up(message)
        if keyword and not any(keyword.lower() in text.lower() for text in _texts(visit, one, written)):
            continue
        if annotation_status in {"annotated", "not_annotated"}:
            is_annotated = first_annotation(visit.world, written) is not None
            if is_annotated != (annotation_status == "annotated"):
                continue
        yield one


def read(visit: Visit, conversation_id: str) -> held.Conversation:
    """A conversation, which counts as read from now on."""
    found = visit.anyones_conversation(conversation_id)
    found.read_at = found.read_at or visit.world.clock.seconds()
    return found


def facts(visit: Visit, conversation: held.Conversation) -> dict[str, Any]:
    """What every form of a conversation tells."""
    return {
        "id": conversation.id,
        "status": conversation.status,
        **whose(visit.world, conversation.end_user_id),
        "created_at": conversation.created_at,
    }


def row_facts(visit: Visit, conversation: held.Conversation) -> dict[str, Any]:
    """What its row in the log tells beside."""
    user = visit.world.end_users[conversation.end_user_id]
    account = visit.world.account_of(user)
    config = conversation.config or {}
    return {
        **facts(visit, conversation),
        "from_end_user_session_id": None if account else user.session_id,
        "from_account_name": account.name if account else None,
        "read_at": conversation.read_at,
        "updated_at": conversation.updated_at,
        "model_config": ModelSummary(model=config.get("model"), pre_prompt=config.get("pre_prompt")),
    }


def config(conversation: held.Conversation) -> ConversationConfig:
    """The configuration that a conversation began with."""
    given = conversation.config or {}
    return ConversationConfig(**{name: given.get(name) for name in ConversationConfig.model_fields})


def whose(world: World, end_user_id: str) -> dict[str, Any]:
    """Who has talked: an end user, or somebody with an account."""
    user = world.end_users[end_user_id]
    return {
        "from_source": user.source,
        "from_end_user_id": None if user.account_id else user.id,
        "from_account_id": user.account_id,
    }


def first_annotation(world: World, written: Sequence[held.Message]) -> held.Annotation | None:
    """The first ready answer that was made of messages."""
    return next((found for one in written if (found := made_of(world, one))), None)


def feedback_stats(written: Sequence[held.Message]) -> dict[str, Any]:
    """What users and editors think of messages."""
    return {
        "user_feedback_stats": _count(written, "user"),
        "admin_feedback_stats": _count(written, "admin"),
    }


def _count(written: Sequence[held.Message], source: held.FeedbackSource) -> FeedbackCount:
    ratings = [one.feedbacks[source].rating for one in written if source in one.feedbacks]
    return FeedbackCount(like=ratings.count("like"), dislike=ratings.count("dislike"))


def _is_draft(visit: Visit, conversation: held.Conversation) -> bool:
    """Whether it belongs to the debugging of a chatflow."""
    return visit.app.mode == "advanced-chat" and visit.world.end_users[conversation.end_user_id].type == held.DEBUGGER


def _texts(visit: Visit, conversation: held.Conversation, written: Sequence[held.Message]) -> Iterator[str]:
    """Where a keyword is looked for: of completions, in their texts alone."""
    for one in written:
        yield from (one.query, one.answer)
    if visit.app.mode != "completion":
        user = visit.world.end_users[conversation.end_user_id]
        yield from (conversation.name, conversation.introduction or "", "" if user.account_id else user.session_id)
