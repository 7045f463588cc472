"""Handlers: what was said in an app."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk._params import OMIT, Omit
from dify_sdk.console.apps.messages import (
    AgentLog,
    MessageDetail,
    Messages,
    Rating,
    SuggestedQuestions,
)
from dify_sdk.shared.results import Result

from ...accounts import EDITORS
from ...apps import messages
from ...paging import before
from ...registry import CONSOLE_CHATS, OfModes, handles
from ...visit import Visit
from .agent_logs import log_of
from .message_details import detail


@handles(Messages.list, modes=CONSOLE_CHATS, payload="ChatMessagesQuery", roles=EDITORS)
def list_messages(
    visit: Visit, app_id: str, *, conversation_id: str, first_id: str | None = None, limit: int = 20
) -> Listing[MessageDetail]:
    conversation = visit.anyones_conversation(conversation_id)
    cut = before(list(visit.world.messages_of(conversation.id)), first_id, limit, missing="First message not found")
    return cut.listing([detail(visit, one) for one in cut.rows], has_more=cut.has_next, limit=limit)


@handles(Messages.get)
def get(visit: Visit, app_id: str, message_id: str) -> MessageDetail:
    return detail(visit, visit.anyones_message(message_id))


@handles(Messages.feedback, payload="MessageFeedbackPayload")
def feedback(
    visit: Visit, app_id: str, *, message_id: str, rating: Rating | Omit | None = OMIT, content: str | Omit | None = OMIT
) -> Result:
    messages.rate(visit, visit.anyones_message(message_id), rating, content, by=visit.account)
    return Result(result="success")


@handles(Messages.suggested, modes=CONSOLE_CHATS)
def suggested(visit: Visit, app_id: str, message_id: str) -> SuggestedQuestions:
    visit.anyones_message(message_id)
    return SuggestedQuestions(data=messages.questions(visit, messages.none_suggested(", please refresh your page")))


@handles(Messages.get_agent_log, modes=OfModes(frozenset({"agent-chat"})), payload="AgentLogQuery", decorated=True)
def get_agent_log(visit: Visit, app_id: str, *, message_id: str, conversation_id: str) -> AgentLog:
    return log_of(visit, conversation_id, message_id)
