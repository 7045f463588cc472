"""Handlers: the app that the key belongs to."""

from __future__ import annotations

from dify_sdk._models import Listing
from dify_sdk.service.app import AppArea, AppFeedback, AppInfo, AppMeta, AppParameters, Feedbacks, Site

from .. import state as held
from ..apps import about
from ..paging import at
from ..registry import handles
from ..visit import Visit


@handles(AppArea.info)
def info(visit: Visit) -> AppInfo:
    app = visit.app
    return AppInfo(
        name=app.name,
        description=app.description,
        tags=[one.name for one in visit.world.tags.on(app.id)],
        mode=app.mode,
        author_name=app.author_name,
    )


@handles(AppArea.parameters)
def parameters(visit: Visit) -> AppParameters:
    return about.parameters(visit)


@handles(AppArea.meta)
def meta(visit: Visit) -> AppMeta:
    return about.meta(visit)


@handles(AppArea.site)
def site(visit: Visit) -> Site:
    return Site(**about.site_facts(visit.app))


@handles(Feedbacks.list, payload="FeedbackListQuery")
def list_feedbacks(visit: Visit, *, page: int = 1, limit: int = 20) -> Listing[AppFeedback]:
    newest_first = reversed(list(visit.world.messages.values()))
    rated = [(one.feedback, one) for one in newest_first if one.app_id == visit.app.id and one.feedback]
    rated.sort(key=lambda pair: pair[0].created_at, reverse=True)
    cut = at(rated, page, limit, most=101)
    return cut.listing(_feedback(visit, feedback, message) for feedback, message in cut.rows)


def _feedback(visit: Visit, feedback: held.Feedback, message: held.Message) -> AppFeedback:
    account = visit.world.account_of(visit.world.end_users[feedback.end_user_id])
    return AppFeedback(
        id=feedback.id,
        app_id=message.app_id,
        conversation_id=message.conversation_id,
        message_id=message.id,
        rating=feedback.rating,
        content=feedback.content,
        from_source="admin" if account else "user",
        from_end_user_id=None if account else feedback.end_user_id,
        from_account_id=account.id if account else None,
        created_at=feedback.created_at,
        updated_at=feedback.updated_at,
    )
