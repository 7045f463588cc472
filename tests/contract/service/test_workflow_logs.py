"""Stories of the log of runs."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from dify_mock.contract.place import Place, reach
from dify_sdk import ServiceClient
from dify_sdk.errors import InvalidParamError


def ids(client: ServiceClient, **query: Any) -> list[str]:
    return [one.workflow_run.id for one in client.workflows.logs.list(**query) if one.workflow_run]


def test_a_row_tells_how_the_run_went_and_for_whom(place: Place) -> None:
    client = place.service("workflow", user="carol")
    run = client.workflows.run(inputs={"query": "Hello"})
    row = next(one for one in client.workflows.logs.list() if one.workflow_run and one.workflow_run.id == run.workflow_run_id)
    assert row.workflow_run
    assert (row.workflow_run.status, row.workflow_run.total_steps, row.workflow_run.triggered_from) == ("succeeded", 3, "app-run")
    assert (row.created_from, row.created_by_role, row.created_by_account) == ("service-api", "end_user", None)
    assert row.created_by_end_user
    assert (row.created_by_end_user.session_id, row.created_by_end_user.is_anonymous) == ("carol", False)


def test_the_newest_run_comes_first(place: Place) -> None:
    client = place.service("workflow")
    made = []
    for number in range(3):
        made.append(client.workflows.run(inputs={"query": str(number)}).workflow_run_id)
        if not place.live:
            place.mock.clock.advance(1)
    assert ids(client, limit=3) == made[::-1]


def test_a_walk_visits_every_run_once(place: Place) -> None:
    client = place.service("workflow", user="walker")
    made = [client.workflows.run(inputs={"query": str(number)}).workflow_run_id for number in range(5)]
    page = client.workflows.logs.list(limit=2, created_by_end_user_session_id="walker")
    assert (len(page.data), page.has_more, page.total) == (2, True, 5)
    assert sorted(one.workflow_run.id for one in page if one.workflow_run) == sorted(made)


def test_runs_are_found_by_how_they_ended(place: Place) -> None:
    client = place.service("workflow", user="ender")
    fine = client.workflows.run(inputs={"query": "fine"}).workflow_run_id
    wrong = client.workflows.run(inputs={"query": "[[fail-mid]]"}).workflow_run_id
    with client.workflows.stream(inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "text_chunk")
        stream.stop()
        stopped = stream.result().workflow_run_id
    mine = {"created_by_end_user_session_id": "ender"}
    assert ids(client, status="succeeded", **mine) == [fine]
    assert ids(client, status="failed", **mine) == [wrong]
    assert ids(client, status="stopped", **mine) == [stopped]


def test_runs_are_found_by_a_word_in_them(place: Place) -> None:
    client = place.service("workflow")
    found = client.workflows.run(inputs={"query": "a needle here"}).workflow_run_id
    client.workflows.run(inputs={"query": "hay"})
    assert ids(client, keyword="needle") == [found]


def test_runs_are_found_by_when_they_began(place: Place) -> None:
    client = place.service("workflow")
    run = client.workflows.run(inputs={"query": "x"})
    began = datetime.datetime.fromtimestamp(run.data.created_at or 0, datetime.UTC)
    hour = datetime.timedelta(hours=1)
    assert run.workflow_run_id in ids(client, created_at__after=began - hour, created_at__before=began + hour)
    assert run.workflow_run_id not in ids(client, created_at__after=began + hour)
    assert run.workflow_run_id not in ids(client, created_at__before=(began - hour).isoformat())


def test_a_chatflow_leaves_no_row(place: Place) -> None:
    client = place.service("advanced-chat")
    client.chat.send(query="Hello")
    assert ids(client) == []


def test_a_run_that_nobody_reads_is_over_when_the_log_is_read(place: Place) -> None:
    client = place.service("workflow")
    with client.workflows.stream(inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "text_chunk")
    assert stream.workflow_run_id in ids(place.service("workflow"), status="succeeded")


@pytest.mark.parametrize("wrong", [{"status": "weird"}, {"limit": 0}, {"limit": 101}, {"page": 0}])
def test_a_log_refuses_what_the_server_does_not_take(place: Place, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidParamError) as refused:
        place.service("workflow").workflows.logs.list(**wrong)
    assert list(refused.value.params) == list(wrong)
