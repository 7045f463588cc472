"""Handlers: messages and what users think of them."""

from __future__ import annotations

from collections.abc import Iterator

from dify_sdk._models import Listing
from dify_sdk._params import OMIT, Omit
from dify_sdk._steps import Pause
from dify_sdk.shared.events import CompletionEvent
from dify_sdk.shared.results import Result
from dify_sdk.shared.runs import CompletionReply
from dify_sdk.web.messages import Messages, Rating, SuggestedQuestions, WebMessage

from ..apps import messages, more_like_this as again
from ..registry import CHATS, COMPLETION_PAGES, handles
from ..visit import Visit


@handles(Messages.list, modes=CHATS, payload="MessageListQuery", decorated=True)
def list_messages(visit: Visit, *, conversation_id: str, first_id: str | None = None, limit: int = 20) -> Listing[WebMessage]:
    return messages.listed(visit, conversation_id, first_id, limit)


@handles(Messages.feedback, payload="MessageFeedbackPayload", decorated=True)
def feedback(visit: Visit, message_id: str, *, rating: Rating | Omit | None = OMIT, content: str | Omit | None = OMIT) -> Result:
    messages.rate(visit, visit.message(message_id), rating, content)
    return Result(result="success")


@handles(
    Messages.more_like_this, modes=COMPLETION_PAGES, generates=True, payload="MessageMoreLikeThisQuery", decorated=True, needs_mode=True
)
def more_like_this(visit: Visit, message_id: str) -> CompletionReply:
    return again.whole(visit, message_id)


@handles(Messages.stream_more_like_this, modes=COMPLETION_PAGES, payload="MessageMoreLikeThisQuery", decorated=True)
def stream_more_like_this(visit: Visit, message_id: str) -> Iterator[CompletionEvent | Pause]:
    return again.events(visit, message_id)


@handles(Messages.suggested, modes=CHATS)
def suggested(visit: Visit, message_id: str) -> SuggestedQuestions:
    visit.message(message_id)
    return messages.suggested(visit, messages.none_suggested(", please refresh your page"))
