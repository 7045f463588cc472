"""Stories of an app's numbers: counted from what was said, by the days of whoever looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import BadRequestError, NotFoundError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
DAY, HOURS = 86400, 3600
FIRST, SECOND = "2026-01-05", "2026-01-06"


def test_a_day_is_counted(place: Place) -> None:
    app, statistics = place.mock.world.first_app("chat").id, place.console().apps.statistics
    ann, bob = place.service(user="ann"), place.service(user="bob")
    talk = ann.chat.send(query="Hello")
    ann.chat.send(query="Again", conversation_id=talk.conversation_id)
    bob.chat.send(query="Hi")
    ann.messages.feedback(talk.message_id, rating="like")
    assert [(one.date, one.message_count) for one in statistics.daily_messages(app).data] == [(FIRST, 3)]
    assert [one.conversation_count for one in statistics.daily_conversations(app).data] == [2]
    assert [one.terminal_count for one in statistics.daily_end_users(app).data] == [2]
    assert [one.interactions for one in statistics.average_session_interactions(app).data] == [1.5]
    assert [one.rate for one in statistics.user_satisfaction_rate(app).data] == [333.33]
    # The model read 5, 13 and 5 tokens, and wrote 7 each time, a hundred in a second; they cost 0.001 and 0.002 a thousand.
    [costs] = statistics.token_costs(app).data
    assert (costs.token_count, costs.total_price, costs.currency) == (44, "0.0000650", "USD")
    assert [one.tps for one in statistics.tokens_per_second(app).data] == [100.0]


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


def test_an_hour_that_clocks_show_twice_is_one_day_and_begins_when_it_comes_again(place: Place) -> None:
    """In Berlin the clocks went from three back to two on the 25th of October 2026."""
    app, statistics = place.mock.world.first_app("chat").id, place.console().apps.statistics
    place.mock.world.owner.timezone = "Europe/Berlin"
    place.mock.clock.advance(1792879200 - place.mock.clock.now())  # midnight
    for hours in (0, 2.25, 1, 21.5):  # a quarter past two, twice; then a quarter to midnight
        place.mock.clock.advance(hours * HOURS)
        place.service().chat.send(query="Hello")
    assert [(one.date, one.message_count) for one in statistics.daily_messages(app).data] == [("2026-10-25", 4)]

    def counted(start: str, end: str) -> int:
        return sum(one.message_count for one in statistics.daily_messages(app, start=start, end=end).data)

    assert counted("2026-10-25 00:00", "2026-10-26 00:00") == 4
    assert counted("2026-10-25 00:00", "2026-10-25 02:10") == 2
    assert counted("2026-10-25 02:10", "2026-10-26 00:00") == 2


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
    app, apps = place.mock.world.first_app("chat").id, place.console().apps
    tried = apps.chat.send(app, query="Hello?")
    apps.chat.send(app, query="Hello!", conversation_id=tried.conversation_id)
    for name in NUMBERS:
        number: Callable[..., Any] = getattr(apps.statistics, name)
        assert number(app).data == []
    place.service().chat.send(query="Hello")
    assert [one.message_count for one in apps.statistics.daily_messages(app).data] == [1]
    assert [one.interactions for one in apps.statistics.average_session_interactions(app).data] == [1.0]


def test_accounts_that_use_an_app_are_counted_and_are_no_end_users(place: Place) -> None:
    app, statistics = place.mock.world.first_app("chat").id, place.console().apps.statistics
    place.openapi().apps.stream(app, query="Hello").result()
    assert [one.message_count for one in statistics.daily_messages(app).data] == [1]
    assert [one.terminal_count for one in statistics.daily_end_users(app).data] == [0]


def test_a_ready_answer_costs_nothing(place: Place) -> None:
    app, console = place.mock.world.first_app("chat").id, place.console()
    console.apps.annotations.create(app, question="Hello", answer="Good day.")
    console.apps.annotations.reply.configure(
        app, "enable", score_threshold=0.9, embedding_provider_name="stubber/stubai/stubai", embedding_model_name="stub-embed"
    )
    place.mock.clock.advance(1)
    assert place.service().chat.send(query="Hello").answer == "Good day."
    [costs] = console.apps.statistics.token_costs(app).data
    assert (costs.token_count, costs.total_price) == (0, "0E-7")
    assert [one.tps for one in console.apps.statistics.tokens_per_second(app).data] == [0]


def test_what_is_deleted_counts_no_more(place: Place) -> None:
    app, console, service = place.mock.world.first_app("chat").id, place.console(), place.service()
    kept, gone = service.chat.send(query="Hello"), service.chat.send(query="Hello")
    service.messages.feedback(gone.message_id, rating="like")
    console.apps.chat.conversations.delete(app, gone.conversation_id)
    assert [one.message_count for one in console.apps.statistics.daily_messages(app).data] == [1]
    assert [one.rate for one in console.apps.statistics.user_satisfaction_rate(app).data] == [0]
    assert kept.conversation_id in {one.id for one in console.apps.chat.conversations.list(app)}


def test_an_answer_that_nobody_reads_counts_when_it_is_looked_at(place: Place) -> None:
    app, statistics = place.mock.world.first_app("advanced-chat").id, place.console().apps.statistics
    with place.service("advanced-chat").chat.stream(query="Hello") as stream:
        next(stream)
    [costs] = statistics.token_costs(app).data
    assert costs.token_count


def test_what_was_liked_twice_counts_twice(place: Place) -> None:
    app, console, service = place.mock.world.first_app("chat").id, place.console(), place.service()
    said = [service.chat.send(query="Hello").message_id for _ in range(3)]
    service.messages.feedback(said[0], rating="like")
    console.apps.messages.feedback(app, message_id=said[0], rating="like")
    console.apps.messages.feedback(app, message_id=said[1], rating="dislike")
    assert [one.rate for one in console.apps.statistics.user_satisfaction_rate(app).data] == [500.0]
