"""Stories of what has run of a chatflow."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import NotFoundError, UnprocessableEntityError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
HOUR = 3600


def app_of(place: Place) -> str:
    return place.mock.world.first_app("advanced-chat").id


def test_every_answer_is_a_run(place: Place) -> None:
    runs, service = place.console().apps.chatflows.runs, place.service("advanced-chat")
    said = service.chat.send(query="Hello")
    [run] = runs.list(app_of(place), triggered_from="app-run").data
    assert (run.conversation_id, run.message_id) == (said.conversation_id, said.message_id)
    assert (run.status, run.total_steps, run.exceptions_count, run.created_by_account) == ("succeeded", 3, 0, None)
    assert said.metadata.usage
    assert run.total_tokens == said.metadata.usage.total_tokens
    assert run.elapsed_time and run.created_at and run.finished_at
    logged = service.workflows.runs.get(run.id)
    assert (logged.id, logged.total_steps) == (run.id, run.total_steps)


def test_runs_are_those_of_the_console_where_nothing_else_is_said(place: Place) -> None:
    runs = place.console().apps.chatflows.runs
    place.service("advanced-chat").chat.send(query="Hello")
    place.web("advanced-chat").chat.send(query="Hello")
    assert len(runs.list(app_of(place), triggered_from="app-run").data) == 2
    assert runs.list(app_of(place)).data == runs.list(app_of(place), triggered_from="debugging").data == []
    assert (runs.count(app_of(place)).total, runs.count(app_of(place), triggered_from="app-run").total) == (0, 2)


def test_a_walk_visits_every_run_newest_first(place: Place) -> None:
    runs, service = place.console().apps.chatflows.runs, place.service("advanced-chat")
    said = [service.chat.send(query=f"number {number}").message_id for number in range(5)]
    page = runs.list(app_of(place), triggered_from="app-run", limit=2)
    assert (len(page.data), page.has_more, page.limit) == (2, True, 2)
    assert [one.message_id for one in page] == said[::-1]
    rest = runs.list(app_of(place), triggered_from="app-run", last_id=page.data[-1].id)
    assert [one.message_id for one in rest.data] == said[2::-1]
    with pytest.raises(NotFoundError):
        runs.list(app_of(place), triggered_from="app-run", last_id=UNKNOWN)


def test_runs_by_how_they_ended(place: Place) -> None:
    runs, service = place.console().apps.chatflows.runs, place.service("advanced-chat")
    good = service.chat.send(query="Hello")
    failed = service.chat.stream(query="[[badreq]]").result()
    assert failed.run and failed.run.status == "failed"
    assert [one.message_id for one in runs.list(app_of(place), triggered_from="app-run", status="succeeded")] == [good.message_id]
    [bad] = runs.list(app_of(place), triggered_from="app-run", status="failed").data
    assert (bad.status, bad.message_id) == ("failed", failed.message_id)
    told = runs.count(app_of(place), triggered_from="app-run")
    assert (told.total, told.running, told.succeeded, told.failed, told.stopped, told.partial_succeeded) == (2, 0, 1, 1, 0, 0)
    told = runs.count(app_of(place), triggered_from="app-run", status="failed")
    assert (told.total, told.succeeded, told.failed) == (1, 0, 1)


def test_runs_of_the_last_hours(place: Place) -> None:
    runs, service = place.console().apps.chatflows.runs, place.service("advanced-chat")
    service.chat.send(query="Hello")
    place.mock.clock.advance(3 * HOUR)
    service.chat.send(query="Hello again")
    counted = {span: runs.count(app_of(place), triggered_from="app-run", time_range=span).total for span in ("7d", "4h", "30m", "60s")}
    assert counted == {"7d": 2, "4h": 2, "30m": 1, "60s": 1}


def test_a_run_that_is_not_over_is_running(place: Place) -> None:
    runs = place.console().apps.chatflows.runs
    stream = place.service("advanced-chat").chat.stream(query="Hello")
    next(stream)
    assert [one.status for one in runs.list(app_of(place), triggered_from="app-run").data] == ["running"]
    assert runs.count(app_of(place), triggered_from="app-run").running == 1
    stream.result()
    assert runs.count(app_of(place), triggered_from="app-run").running == 0


def test_runs_belong_to_chatflows(place: Place) -> None:
    runs = place.member("normal").apps.chatflows.runs
    assert runs.count(app_of(place)).total == 0
    for app in (place.mock.world.first_app("workflow").id, place.mock.world.first_app("chat").id, UNKNOWN):
        with pytest.raises(NotFoundError):
            runs.list(app)
        with pytest.raises(NotFoundError):
            runs.count(app)


@pytest.mark.profiles("dify", reason="the documents have one form for all arguments that do not fit")
@pytest.mark.parametrize("span", ["", "7", "d7", "7w", "1d2h"])
def test_a_time_range_is_a_number_and_a_unit(place: Place, span: str) -> None:
    with pytest.raises(UnprocessableEntityError) as refused:
        place.console().apps.chatflows.runs.count(app_of(place), time_range=span)
    assert list(refused.value.params) == ["time_range"]
