"""Handlers: news that the cloud has for an account."""

from __future__ import annotations

from dify_sdk.console import notifications as told
from dify_sdk.console.notifications import Notices, Notifications
from dify_sdk.shared.results import Result

from ..notices import Notice
from ..refusals import not_found
from ..registry import handles
from ..visit import Visit


@handles(Notifications.list)
def list_notifications(visit: Visit) -> Notices:
    news = [_told(visit, one) for one in visit.world.accounts.notices.values() if visit.account.id not in one.dismissed_by]
    return Notices(should_show=bool(news), notifications=news)


@handles(Notifications.dismiss, payload="DismissNotificationPayload", decorated=True)
def dismiss(visit: Visit, *, notification_id: str) -> Result:
    found = visit.world.accounts.notices.get(notification_id)
    if found is None:
        raise not_found("Notification not found")
    found.dismissed_by.add(visit.account.id)
    return Result(result="success")


def _told(visit: Visit, notice: Notice) -> told.Notice:
    return told.Notice(
        notification_id=notice.id,
        frequency=notice.frequency,
        lang=visit.account.interface_language,
        title=notice.title,
        subtitle=notice.subtitle,
        body=notice.body,
        title_pic_url=notice.picture,
    )
