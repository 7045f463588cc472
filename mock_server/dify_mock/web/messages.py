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

from .. import simple
from ..apps import answering, messages
from ..generation import Asked, Turn, begin, check_room
from ..refusals import Cut, forbidden
from ..registry import CHATS, COMPLETION_PAGES, handles
from ..visit import Visit


@handles(Messages.list, modes=CHATS, payload="MessageListQuery", decorated=True)
def list_messages(visit: Visit, *, conversation_id: str, first_id: str | None = None, limit: int = 20) -> Listing[WebMessage]:
    cut = messages.page(visit, visit.conversation(conversation_id), first_id, limit)
    rows = [WebMessage(**messages.facts(visit, one), metadata=one.metadata or {}) for one in cut.rows]
    return cut.listing(rows, has_more=cut.has_next, limit=limit)


@handles(Messages.feedback, payload="MessageFeedbackPayload", decorated=True)
def feedback(visit: Visit, message_id: str, *, rating: Rating | Omit | None = OMIT, content: str | Omit | None = OMIT) -> Result:
    messages.rate(visit, visit.message(message_id), rating, content)
    return Result(result="success")


@handles(
    Messages.more_like_this, modes=COMPLETION_PAGES, generates=True, payload="MessageMoreLikeThisQuery", decorated=True, needs_mode=True
)
def more_like_this(visit: Visit, message_id: str) -> CompletionReply:
    return simple.reply(answering.written(visit, _again(visit, message_id)))


@handles(Messages.stream_more_like_this, modes=COMPLETION_PAGES, payload="MessageMoreLikeThisQuery", decorated=True)
def stream_more_like_this(visit: Visit, message_id: str) -> Iterator[CompletionEvent | Pause]:
    """The text is written, and the server breaks off when it is to send it."""
    answering.written(visit, _again(visit, message_id))
    return _broken()


@handles(Messages.suggested, modes=CHATS)
def suggested(visit: Visit, message_id: str) -> SuggestedQuestions:
    visit.message(message_id)
    message = "Function Suggested questions after answer disabled, please refresh your page."
    return messages.suggested(visit, forbidden(message, "app_suggested_questions_after_answer_disabled"))


def _again(visit: Visit, message_id: str) -> Turn:
    """The same question once more."""
    message = visit.message(message_id)
    if not visit.app.feature("more_like_this").get("enabled"):
        raise forbidden("The 'More like this' feature is disabled. Please refresh your page.", "app_more_like_this_disabled")
    check_room(visit.world, visit.app)
    asked = Asked(message.query, message.inputs, None, parent_id=None)
    turn = begin(visit, asked, visit.end_user(), dict(message.inputs), [], None)
    turn.message.files = list(message.files)
    return turn


def _broken() -> Iterator[CompletionEvent | Pause]:
    yield from ()
    raise Cut
