"""Handlers: what completion apps were asked, and wrote."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.console.apps.conversations import (
    AnnotationStatus,
    CompletionConversations,
    CompletionDetail,
    CompletionLog,
    CompletionText,
)
from dify_sdk.console.apps.messages import MessageDetail

from ... import state as held
from ...accounts import EDITORS
from ...apps import conversations
from ...paging import at
from ...periods import period
from ...registry import CONSOLE_COMPLETIONS, handles
from ...visit import Visit
from . import logs
from .message_details import annotation, detail


@handles(CompletionConversations.list, payload="CompletionConversationQuery", decorated=True, roles=EDITORS, modes=CONSOLE_COMPLETIONS)
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
    when = period(start, end, visit.account.timezone).with_last_minute()
    found = [one for one in logs.logged(visit, keyword, annotation_status) if one.created_at in when]
    cut = at(found[::-1], page, limit)
    return cut.listing([_row(visit, one) for one in cut.rows], page=page, limit=limit, total=cut.total, has_more=cut.has_next)


@handles(CompletionConversations.get, roles=EDITORS, modes=CONSOLE_COMPLETIONS)
def get(visit: Visit, app_id: str, conversation_id: str) -> CompletionDetail:
    found = logs.read(visit, conversation_id)
    written = next(visit.world.messages_of(found.id), None)
    return CompletionDetail(
        **logs.facts(visit, found), model_config=logs.config(found), message=_message(visit, written) if written else None
    )


@handles(CompletionConversations.delete, roles=EDITORS, modes=CONSOLE_COMPLETIONS)
def delete(visit: Visit, app_id: str, conversation_id: str) -> None:
    conversations.delete(visit, visit.anyones_conversation(conversation_id))


def _row(visit: Visit, conversation: held.Conversation) -> CompletionLog:
    written = list(visit.world.messages_of(conversation.id))
    return CompletionLog(
        **logs.row_facts(visit, conversation),
        annotation=annotation(visit.world, logs.first_annotation(visit.world, written)),
        **logs.feedback_stats(written),
        message=_text(written[0]) if written else None,
    )


def _text(written: held.Message) -> CompletionText:
    prompt = written.prompts[0].text if written.prompts else ""
    return CompletionText(inputs=written.inputs, query=written.query, message=prompt, answer=written.answer)


def _message(visit: Visit, written: held.Message) -> MessageDetail:
    """All that is known of a text; nobody can have been asked for more."""
    told = detail(visit, written)
    return MessageDetail(**{name: getattr(told, name) for name in told.model_fields_set - {"extra_contents"}})
