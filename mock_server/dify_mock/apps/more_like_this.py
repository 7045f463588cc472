"""Another text for the same inputs."""

from __future__ import annotations

from collections.abc import Iterator

from dify_sdk._steps import Pause
from dify_sdk.shared.events import CompletionEvent
from dify_sdk.shared.runs import CompletionReply

from .. import simple
from ..generation import Asked, Turn, begin, check_room
from ..refusals import Cut, forbidden
from ..visit import Visit
from . import answering


def whole(visit: Visit, message_id: str) -> CompletionReply:
    """All of it, as those have it who use an app."""
    return simple.reply(answering.written(visit, _again(visit, message_id)))


def events(visit: Visit, message_id: str) -> Iterator[CompletionEvent | Pause]:
    """It is written, and the server breaks off when it is to send it."""
    whole(visit, message_id)
    return _broken()


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
