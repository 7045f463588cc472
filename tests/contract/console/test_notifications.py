"""Stories of the cloud's news."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_mock.notices import Notice
from dify_sdk.errors import NotFoundError


def test_news_are_shown_until_somebody_has_seen_enough(place: Place) -> None:
    place.mock.world.settings.is_cloud = True
    place.mock.world.accounts.notices["n-1"] = Notice("n-1", "Snippets", "Keep what you use often.", subtitle="New")
    mine, theirs = place.console().notifications, place.member("editor").notifications
    told = mine.list()
    assert told.should_show
    assert [(one.notification_id, one.title, one.body, one.lang) for one in told.notifications] == [
        ("n-1", "Snippets", "Keep what you use often.", "en-US")
    ]
    assert mine.dismiss(notification_id="n-1").result == "success"
    assert (mine.list().should_show, mine.list().notifications) == (False, [])
    assert theirs.list().should_show, "others have not seen it"
    with pytest.raises(NotFoundError):
        mine.dismiss(notification_id="n-2")


def test_ones_own_server_has_no_news(place: Place) -> None:
    notifications = place.console().notifications
    with pytest.raises(NotFoundError):
        notifications.list()
    with pytest.raises(NotFoundError):
        notifications.dismiss(notification_id="n-1")
