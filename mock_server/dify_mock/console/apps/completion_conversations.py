"""Handlers: what completion apps were asked, and wrote."""

from __future__ import annotations

from collections.abc import Iterator

from dify_sdk._models import Listing
from dify_sdk.console.apps.conversations import (
    AnnotationStatus,
    CompletionConversations,
    CompletionDetail,
    CompletionLog,
    CompletionText,
)
from dify_sdk.console.apps.logged import MessageDetail, MessageFeedback, PromptMessage
from dify_sdk.shared.usage import AnswerMetadata

from ... import state as held
from ...accounts import EDITORS
from ...apps import conversations, messages
from ...paging import at
from ...periods import period
from ...registry import handles
from ...visit import Visit
from . import logs


@handles(CompletionConversations.list, payload="CompletionConversationQuery", decorated=True, roles=EDITORS, modes=logs.COMPLETIONS)
def list_conversations(
    visit: Visit,
    app_id: str,
    *,
    keyword: str | None = None,
    start: str | None = None,
    end: str | None = None,
    annotation_status: AnnotationStatus | None = None,
    page: int = 1,
    limit: int = 20,
) -> Listing[CompletionLog]:
    when = period(start, end, visit.account.timezone)
    found = [one for one in logs.logged(visit, keyword, annotation_status) if one.created_at in when]
    cut = at(found[::-1], page, limit)
    return cut.listing([_row(visit, one) for one in cut.rows], page=page, limit=limit, total=cut.total, has_more=cut.has_next)


@handles(CompletionConversations.get, roles=EDITORS, modes=logs.COMPLETIONS)
def get(visit: Visit, app_id: str, conversation_id: str) -> CompletionDetail:
    found = logs.read(visit, conversation_id)
    written = next(visit.world.messages_of(found.id), None)
    return CompletionDetail(
        **logs.facts(visit, found), model_config=logs.config(found), message=_message(visit, written) if written else None
    )


@handles(CompletionConversations.delete, roles=EDITORS, modes=logs.COMPLETIONS)
def delete(visit: Visit, app_id: str, conversation_id: str) -> None:
    conversations.delete(visit, visit.anyones_conversation(conversation_id))


def _row(visit: Visit, conversation: held.Conversation) -> CompletionLog:
    written = list(visit.world.messages_of(conversation.id))
    return CompletionLog(
        **logs.row_facts(visit, conversation),
        annotation=logs.annotation(visit.world, written),
        **logs.feedback_stats(written),
        message=_text(written[0]) if written else None,
    )


def _text(written: held.Message) -> CompletionText:
    prompt = written.prompts[0].text if written.prompts else ""
    return CompletionText(inputs=written.inputs, query=written.query, message=prompt, answer=written.answer)


def _message(visit: Visit, written: held.Message) -> MessageDetail:
    """All that is known of a text; no ready answer is ever given in its place."""
    facts = messages.facts(visit, written)
    inside = ("feedback", "retriever_resources", "total_tokens", "total_price", "currency", "extra_contents")
    return MessageDetail(
        **{name: value for name, value in facts.items() if name not in inside},
        **logs.whose(visit.world, written.end_user_id),
        message=[PromptMessage(role=one.role, text=one.text, files=[]) for one in written.prompts] or "",
        feedbacks=list(_feedbacks(visit, written)),
        workflow_run_id=None,
        annotation=logs.annotation(visit.world, [written]),
        annotation_hit_history=None,
        metadata=written.metadata or AnswerMetadata(),
    )


def _feedbacks(visit: Visit, written: held.Message) -> Iterator[MessageFeedback]:
    for source, given in written.feedbacks.items():
        yield MessageFeedback(
            rating=given.rating,
            content=given.content,
            from_source=source,
            from_end_user_id=given.end_user_id,
            from_account=logs.account(visit.world, given.account_id),
        )
