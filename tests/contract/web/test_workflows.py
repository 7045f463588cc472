"""Stories of workflows on a page."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place, reach
from dify_sdk.errors import InvalidParamError, NotFoundError, NotWorkflowAppError
from dify_sdk.shared.events import NodeFinishedEvent, NodeStartedEvent

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def test_a_workflow_runs_to_its_end(place: Place) -> None:
    run = place.web("workflow").workflows.run(inputs={"query": "hi"})
    assert (run.status, run.raise_for_status() is run) == ("succeeded", True)
    assert place.live or run.outputs["text"] == "Hello from the stub. You said: hi"


def test_what_nodes_took_and_gave_stays_inside(place: Place) -> None:
    with place.web("workflow").workflows.stream(inputs={"query": "[[fail-mid]]"}) as stream:
        events = list(stream)
        run = stream.result()
    ended = [one.data for one in events if isinstance(one, NodeFinishedEvent)]
    assert [one.status for one in ended][-1] == "failed"
    assert all((one.inputs, one.outputs, one.error, one.execution_metadata, one.files) == (None, None, None, None, []) for one in ended)
    assert all(one.data.inputs is None for one in events if isinstance(one, NodeStartedEvent))
    assert run.status == "failed"
    assert run.error


def test_a_run_that_is_over_can_be_read_again(place: Place) -> None:
    client = place.web("workflow")
    run = client.workflows.run(inputs={"query": "hi"})
    again = client.workflows.events(run.workflow_run_id).result()
    assert (again.status, again.outputs) == ("succeeded", run.outputs)


def test_a_run_is_only_for_the_one_who_began_it(place: Place) -> None:
    run = place.web("workflow", user_id="ann").workflows.run(inputs={"query": "hi"})
    with pytest.raises(NotFoundError, match="WorkflowRun not found"):
        list(place.web("workflow", user_id="bob").workflows.events(run.workflow_run_id))
    with pytest.raises(NotFoundError, match="WorkflowRun not found"):
        list(place.web("workflow").workflows.events(UNKNOWN))


def test_a_run_is_stopped(place: Place) -> None:
    client = place.web("workflow")
    with client.workflows.stream(inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "text_chunk")
        stream.stop()
        run = stream.result()
    assert run.status == "stopped"
    assert client.workflows.events(run.workflow_run_id).result().status == "stopped"


def test_to_stop_what_is_not_known_is_no_error(place: Place) -> None:
    assert place.web("workflow").workflows.stop(UNKNOWN).result == "success"


def test_a_missing_input_fails_a_run_from_the_inside(place: Place) -> None:
    run = place.web("workflow").workflows.run(inputs={})
    assert (run.status, run.error) == ("failed", "query is required in input form")


def test_a_page_of_another_mode_runs_nothing(place: Place) -> None:
    with pytest.raises(NotWorkflowAppError, match="Workflow app mode"):
        place.web().workflows.run(inputs={})
    with pytest.raises(NotWorkflowAppError):
        place.web().workflows.stop(UNKNOWN)


def test_what_is_not_published_does_not_run(place: Place) -> None:
    place.mock.world.first_app("workflow").published = None
    with pytest.raises(InvalidParamError, match="Workflow not published"):
        place.web("workflow").workflows.run(inputs={"query": "x"})


def test_a_run_that_lost_its_reader_is_taken_up_again(place: Place) -> None:
    client = place.web("workflow").with_options(resume=True)
    place.mock.faults.cut(6, on="web.workflows.stream")
    with client.workflows.stream(inputs={"query": "hi"}) as stream:
        run = stream.result()
    assert (run.status, run.outputs["text"]) == ("succeeded", "Hello from the stub. You said: hi")
    assert place.mock.journal.of("web.workflows.events")
