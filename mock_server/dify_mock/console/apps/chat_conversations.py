"""Handlers: the conversations of apps of a chat mode."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dify_sdk._models import Listing
from dify_sdk.console.apps.conversations import (
    AnnotationStatus,
    ChatConversations,
    ChatDetail,
    ChatLog,
    ConversationVariables,
    SortBy,
    StatusCount,
)

from ... import state as held
from ...accounts import EDITORS
from ...apps import conversations
from ...paging import at
from ...periods import period
from ...registry import CONSOLE_CHATS, OfModes, handles
from ...visit import Visit
from ...world import World
from . import logs

_MOST_VARIABLES: Final = 100
_STATUSES: Final[dict[str, str]] = {"success": "succeeded", "failed": "failed", "partial_success": "partial-succeeded", "paused": "paused"}


@handles(ChatConversations.list, payload="ChatConversationQuery", decorated=True, roles=EDITORS, modes=CONSOLE_CHATS)
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
    sort_by: SortBy | None = None,
) -> Listing[ChatLog]:
    when = period(start, end, visit.account.timezone).with_last_minute()
    order: str = sort_by or "-updated_at"
    moment = order.removeprefix("-")
    found = [one for one in logs.logged(visit, keyword, annotation_status) if getattr(one, moment) in when]
    cut = at(conversations.ordered(found, order), page, limit)
    return cut.listing([_row(visit, one) for one in cut.rows], page=page, limit=limit, total=cut.total, has_more=cut.has_next)


@handles(ChatConversations.get, roles=EDITORS, modes=CONSOLE_CHATS)
def get(visit: Visit, app_id: str, conversation_id: str) -> ChatDetail:
    found = logs.read(visit, conversation_id)
    written = list(visit.world.messages_of(found.id))
    return ChatDetail(
        **logs.facts(visit, found),
        updated_at=found.updated_at,
        annotated=logs.first_annotation(visit.world, written) is not None,
        introduction=found.introduction,
        model_config=logs.config(found),
        message_count=len(written),
        **logs.feedback_stats(written),
    )


@handles(ChatConversations.delete, roles=EDITORS, modes=CONSOLE_CHATS)
def delete(visit: Visit, app_id: str, conversation_id: str) -> None:
    conversations.delete(visit, visit.anyones_conversation(conversation_id))


@handles(
    ChatConversations.list_variables, payload="ConversationVariablesQuery", decorated=True, modes=OfModes(frozenset({"advanced-chat"}))
)
def list_variables(visit: Visit, app_id: str, *, conversation_id: str) -> ConversationVariables:
    found = visit.world.conversations.get(conversation_id)
    variables = list(found.variables.values()) if found is not None and found.app_id == visit.app.id else []
    told = [conversations.told_variable(one) for one in variables[:_MOST_VARIABLES]]
    return ConversationVariables(page=1, limit=_MOST_VARIABLES, total=len(told), has_more=False, data=told)


def _row(visit: Visit, conversation: held.Conversation) -> ChatLog:
    written = list(visit.world.messages_of(conversation.id))
    return ChatLog(
        **logs.row_facts(visit, conversation),
        name=conversation.name,
        summary=written[0].query if written else "",
        annotated=logs.first_annotation(visit.world, written) is not None,
        message_count=len(written),
        **logs.feedback_stats(written),
        status_count=_status_count(visit.world, written),
    )


def _status_count(world: World, written: Sequence[held.Message]) -> StatusCount | None:
    """How the runs behind messages stand; None where nothing was run."""
    stand: list[str] = [world.runs[one.run_id].status for one in written if one.run_id in world.runs]
    return StatusCount(**{told: stand.count(status) for told, status in _STATUSES.items()}) if stand else None
