"""Handlers: messages and what users think of them."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk._params import OMIT, Omit
from dify_sdk.service.messages import Messages, Rating
from dify_sdk.shared.messages import Message, SuggestedQuestions
from dify_sdk.shared.results import Result

from ..apps import messages
from ..refusals import bad_request
from ..registry import CHATS, handles
from ..visit import Visit


@handles(Messages.list, modes=CHATS, payload="MessageListQuery")
def list_messages(
    visit: Visit, *, conversation_id: str, user: str | None = None, first_id: str | None = None, limit: int = 20
) -> Listing[Message]:
    cut = messages.page(visit, visit.conversation(conversation_id, user), first_id, limit)
    return cut.listing([Message(**messages.facts(visit, one)) for one in cut.rows], has_more=cut.has_next, limit=limit)


@handles(Messages.get, modes=CHATS)
def get(visit: Visit, message_id: str, *, user: str | None = None) -> Message:
    message = visit.message(message_id, user)
    visit.conversation(message.conversation_id, user)  # whose runs go on by being looked at
    return Message(**messages.facts(visit, message))


@handles(Messages.feedback, payload="MessageFeedbackPayload")
def feedback(
    visit: Visit, message_id: str, *, rating: Rating | Omit | None = OMIT, content: str | Omit | None = OMIT, user: str | None = None
) -> Result:
    messages.rate(visit, visit.message(message_id, user), rating, content)
    return Result(result="success")


@handles(Messages.suggested, modes=CHATS)
def suggested(visit: Visit, message_id: str, *, user: str | None = None) -> SuggestedQuestions:
    visit.message(message_id, user)
    return messages.suggested(visit, bad_request("Suggested Questions Is Disabled."))
