"""Handlers: what was said in an app."""

from __future__ import annotations

from typing import Final

from dify_sdk._models import Listing
from dify_sdk._params import OMIT, Omit
from dify_sdk.console.apps.messages import (
    AgentLog,
    MessageAnnotation,
    MessageDetail,
    MessageFeedback,
    MessageHit,
    Messages,
    PromptMessage,
    Rating,
    SuggestedQuestions,
)
from dify_sdk.shared.results import Result

from ... import state as held
from ...accounts import EDITORS
from ...apps import annotations as ready, messages
from ...paging import before
from ...refusals import forbidden
from ...registry import CONSOLE_CHATS, OfModes, handles
from ...visit import Visit
from .agent_logs import log_of
from .authors import author

_SAME: Final = frozenset(
    {
        "id", "conversation_id", "parent_message_id", "inputs", "query", "answer", "message_tokens", "answer_tokens",
        "provider_response_latency", "created_at", "agent_thoughts", "message_files", "status", "error", "extra_contents",
    }
)  # fmt: skip


@handles(Messages.list, modes=CONSOLE_CHATS, payload="ChatMessagesQuery", roles=EDITORS)
def list_messages(
    visit: Visit, app_id: str, *, conversation_id: str, first_id: str | None = None, limit: int = 20
) -> Listing[MessageDetail]:
    conversation = visit.anyones_conversation(conversation_id)
    cut = before(list(visit.world.messages_of(conversation.id)), first_id, limit, missing="First message not found")
    return cut.listing([_told(visit, one) for one in cut.rows], has_more=cut.has_next, limit=limit)


@handles(Messages.get)
def get(visit: Visit, app_id: str, message_id: str) -> MessageDetail:
    message = visit.anyones_message(message_id)
    visit.anyones_conversation(message.conversation_id)  # whose runs go on by being looked at
    return _told(visit, message)


@handles(Messages.feedback, payload="MessageFeedbackPayload")
def feedback(
    visit: Visit, app_id: str, *, message_id: str, rating: Rating | Omit | None = OMIT, content: str | Omit | None = OMIT
) -> Result:
    messages.rate(visit, visit.anyones_message(message_id), rating, content, by=visit.account)
    return Result(result="success")


@handles(Messages.suggested, modes=CONSOLE_CHATS)
def suggested(visit: Visit, app_id: str, message_id: str) -> SuggestedQuestions:
    visit.anyones_message(message_id)
    message = "Function Suggested questions after answer disabled, please refresh your page."
    refusal = forbidden(message, "app_suggested_questions_after_answer_disabled")
    return SuggestedQuestions(data=messages.questions(visit, refusal))


@handles(Messages.get_agent_log, modes=OfModes(frozenset({"agent-chat"})), payload="AgentLogQuery", decorated=True)
def get_agent_log(visit: Visit, app_id: str, *, message_id: str, conversation_id: str) -> AgentLog:
    return log_of(visit, conversation_id, message_id)


def _told(visit: Visit, message: held.Message) -> MessageDetail:
    """A message in full."""
    facts = messages.facts(visit, message)
    user = visit.world.end_users[message.end_user_id]
    return MessageDetail(
        **{name: told for name, told in facts.items() if name in _SAME},
        message=[PromptMessage(role=one.role, text=one.text, files=[]) for one in message.prompts] or "",
        from_source=user.source,
        from_end_user_id=None if user.account_id else user.id,
        from_account_id=user.account_id,
        feedbacks=[_feedback(visit, one) for one in message.feedbacks.values()],
        workflow_run_id=message.run_id,
        annotation=_annotation(visit, message),
        annotation_hit_history=_hit(visit, message),
        metadata=message.metadata,
    )


def _feedback(visit: Visit, feedback: held.Feedback) -> MessageFeedback:
    return MessageFeedback(
        rating=feedback.rating,
        content=feedback.content,
        from_source=feedback.source,
        from_end_user_id=feedback.end_user_id,
        from_account=author(visit.world, feedback.account_id),
    )


def _annotation(visit: Visit, message: held.Message) -> MessageAnnotation | None:
    found = ready.made_of(visit.world, message)
    if found is None:
        return None
    return MessageAnnotation(
        id=found.id,
        question=found.question,
        content=found.answer,
        account=author(visit.world, found.account_id),
        created_at=found.created_at,
    )


def _hit(visit: Visit, message: held.Message) -> MessageHit | None:
    found = ready.given_for(visit.world, message)
    if found is None:
        return None
    annotation, hit = found
    by = author(visit.world, annotation.account_id)
    return MessageHit(annotation_id=annotation.id, annotation_create_account=by, created_at=hit.created_at)
