"""Stories of an app's numbers: counted from what was said, by the days of whoever looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_mock.state import DEBUGGER
from dify_sdk.errors import BadRequestError, NotFoundError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
DAY, HOURS = 86400, 3600
FIRST, SECOND = "2026-01-05", "2026-01-06"


def test_a_day_is_counted(place: Place) -> None:
    app, statistics = place.mock.world.first_app("chat").id, place.console().apps.statistics
    ann, bob = place.service(user="ann"), place.service(user="bob")
    talk = ann.chat.send(query="Hello")
    said = [talk, ann.chat.send(query="Again", conversation_id=talk.conversation_id), bob.chat.send(query="Hi")]
    ann.messages.feedback(talk.message_id, rating="like")
    assert [(one.date, one.message_count) for one in statistics.daily_messages(app).data] == [(FIRST, 3)]
    assert [one.conversation_count for one in statistics.daily_conversations(app).data] == [2]
    assert [one.terminal_count for one in statistics.daily_end_users(app).data] == [2]
    assert [one.interactions for one in statistics.average_session_interactions(app).data] == [1.5]
    assert [one.rate for one in statistics.user_satisfaction_rate(app).data] == [333.33]
    usages = [one.metadata.usage for one in said if one.metadata.usage]
    [costs] = statistics.token_costs(app).data
    assert costs.token_count == sum(one.total_tokens for one in usages)
    assert float(costs.total_price or "") == pytest.approx(sum(float(one.total_price) for one in usages))
    assert costs.currency == "USD"
    [speed] = statistics.tokens_per_second(app).data
    assert speed.tps == pytest.approx(sum(one.completion_tokens for one in usages) / sum(one.latency for one in usages), abs=1e-4)


def test_days_follow_each_other(place: Place) -> None:
    app, statistics, service = place.mock.world.first_app("chat").id, place.console().apps.statistics, place.service()
    begun = service.chat.send(query="Hello")
    place.mock.clock.advance(DAY)
    service.chat.send(query="Again", conversation_id=begun.conversation_id)
    service.chat.send(query="Anew")
    place.mock.clock.advance(DAY)
    assert [(one.date, one.message_count) for one in statistics.daily_messages(app).data] == [(FIRST, 1), (SECOND, 2)]
    # A conversation belongs to the day on which it was begun.
    assert [(one.date, one.interactions) for one in statistics.average_session_interactions(app).data] == [(FIRST, 2.0), (SECOND, 1.0)]


def test_days_are_those_of_the_account(place: Place) -> None:
    app, console = place.mock.world.first_app("chat").id, place.console()
    place.service().chat.send(query="Hello")  # at nine in the morning, UTC
    owner = place.mock.world.owner
    told: dict[str, str] = {}
    for zone in ("Pacific/Honolulu", "UTC", "Pacific/Kiritimati"):
        owner.timezone = zone
        told[zone] = console.apps.statistics.daily_messages(app).data[0].date
    assert told == {"Pacific/Honolulu": "2026-01-04", "UTC": FIRST, "Pacific/Kiritimati": FIRST}
    owner.timezone = "Pacific/Kiritimati"
    place.mock.clock.advance(2 * HOURS)
    place.service().chat.send(query="Tomorrow")
    assert [one.date for one in console.apps.statistics.daily_messages(app).data] == [FIRST, SECOND]


def test_a_span_begins_with_its_first_minute_and_ends_before_its_last(place: Place) -> None:
    app, statistics, service = place.mock.world.first_app("chat").id, place.console().apps.statistics, place.service()
    place.mock.world.owner.timezone = "Europe/Berlin"
    service.chat.send(query="at ten")
    place.mock.clock.advance(HOURS - 1)
    service.chat.send(query="at eleven")

    def counted(start: str | None, end: str | None) -> int:
        return sum(one.message_count for one in statistics.daily_messages(app, start=start, end=end).data)

    assert counted(f"{FIRST} 10:00", None) == 2
    assert counted(f"{FIRST} 10:01", None) == 1
    assert counted(None, f"{FIRST} 10:00") == 0
    assert counted(f"{FIRST} 10:00", f"{FIRST} 10:30") == 1
    assert counted("", "") == 2


def test_a_time_that_no_clock_shows_is_the_later_one(place: Place) -> None:
    """In Berlin the clocks went from two to three on the 29th of March 2026."""
    app, statistics = place.mock.world.first_app("chat").id, place.console().apps.statistics
    place.mock.world.owner.timezone = "Europe/Berlin"
    place.mock.clock.advance(1774746000 + 900 - place.mock.clock.now())  # a quarter past three, just after
    place.service().chat.send(query="Hello")
    assert len(statistics.daily_messages(app, start="2026-03-29 02:10").data) == 1
    assert statistics.daily_messages(app, start="2026-03-29 02:30").data == []


def test_how_long_a_completion_takes(place: Place) -> None:
    app, statistics, service = place.mock.world.first_app("completion").id, place.console().apps.statistics, place.service("completion")
    said = [service.completion.send(inputs={"query": query}) for query in ("Hello", "Hello to you too")]
    seconds = [one.metadata.usage.latency for one in said if one.metadata.usage]
    [told] = statistics.average_response_time(app).data
    assert (told.date, told.latency) == (FIRST, pytest.approx(500 * sum(seconds), abs=1e-3))
    with pytest.raises(NotFoundError):
        statistics.average_session_interactions(app)


@pytest.mark.profiles("dify", reason="the documents have codes of their own")
def test_an_app_of_another_mode_has_no_such_number(place: Place) -> None:
    app, statistics = place.mock.world.first_app("chat").id, place.console().apps.statistics
    with pytest.raises(NotFoundError, match=r"App mode is not in the supported list: \{'completion'\}") as refused:
        statistics.average_response_time(app)
    assert refused.value.code == "app_not_found"


NUMBERS = (
    "average_session_interactions", "daily_conversations", "daily_end_users", "daily_messages", "token_costs", "tokens_per_second",
    "user_satisfaction_rate",
)  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_where_nothing_was_said_there_are_no_days(place: Place, name: str) -> None:
    app = place.mock.world.first_app("chat").id
    number: Callable[..., Any] = getattr(place.member("normal").apps.statistics, name)
    assert number(app).data == []
    place.service("agent-chat").chat.stream(query="in another app").result()
    assert number(app).data == []
    with pytest.raises(NotFoundError):
        number(UNKNOWN)


@pytest.mark.parametrize("name", NUMBERS)
def test_times_that_are_none_are_refused(place: Place, name: str) -> None:
    app = place.mock.world.first_app("chat").id
    number: Callable[..., Any] = getattr(place.console().apps.statistics, name)
    with pytest.raises(BadRequestError, match="Invalid start time format"):
        number(app, start="yesterday")
    with pytest.raises(BadRequestError, match="Invalid end time format"):
        number(app, end="2026-01-05")
    with pytest.raises(BadRequestError, match="start must be earlier"):
        number(app, start="2026-01-06 00:00", end="2026-01-05 00:00")


def test_what_was_only_tried_out_does_not_count(place: Place) -> None:
    world, statistics = place.mock.world, place.console().apps.statistics
    app = world.first_app("chat")
    place.service().chat.send(query="Hello")
    tried = place.service(user="the owner").chat.send(query="Hello?")
    world.messages[tried.message_id].end_user_id = world.person(app, world.owner_id, DEBUGGER).id
    assert [one.message_count for one in statistics.daily_messages(app.id).data] == [1]
    assert [one.interactions for one in statistics.average_session_interactions(app.id).data] == [1.0]


def test_what_was_liked_twice_counts_twice(place: Place) -> None:
    app, console, service = place.mock.world.first_app("chat").id, place.console(), place.service()
    said = [service.chat.send(query="Hello").message_id for _ in range(3)]
    service.messages.feedback(said[0], rating="like")
    console.apps.messages.feedback(app, message_id=said[0], rating="like")
    console.apps.messages.feedback(app, message_id=said[1], rating="dislike")
    assert [one.rate for one in console.apps.statistics.user_satisfaction_rate(app).data] == [500.0]
