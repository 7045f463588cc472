"""Stories of following a run that goes on already."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract import drawings
from dify_mock.contract.place import Place, reach
from dify_sdk.errors import InvalidParamError, NotFoundError, StreamInterruptedError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def keys(events: list[Any]) -> list[Any]:
    """What must not be told twice of one run."""
    return [(one.event, one.data.id, getattr(one.data, "index", 0)) for one in events if hasattr(one, "data") and hasattr(one.data, "id")]


def test_a_run_that_is_over_is_told_by_its_end(place: Place) -> None:
    client = place.service("workflow")
    run = client.workflows.run(inputs={"query": "Hello"})
    stream = client.workflows.events(run.workflow_run_id)
    [only] = list(stream)
    assert (only.event, only.task_id) == ("workflow_finished", run.workflow_run_id)
    assert stream.result().outputs == run.outputs


def test_runs_are_followed_by_whom_they_were_begun_for(place: Place) -> None:
    client = place.service("workflow")
    run = client.workflows.run(inputs={"query": "Hello"})
    for run_id, user in ((run.workflow_run_id, "stranger"), (UNKNOWN, None)):
        with pytest.raises(NotFoundError, match="Workflow run not found"):
            list(client.workflows.events(run_id, **({"user": user} if user else {})))


def test_a_run_goes_on_when_its_reader_hangs_up(place: Place) -> None:
    client = place.service("workflow")
    with client.workflows.stream(inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "text_chunk")
    run = client.workflows.runs.get(stream.workflow_run_id or "")
    if place.live:
        assert run.status in {"running", "succeeded"}
        return
    assert (run.status, run.outputs is not None and run.outputs["text"].endswith("slow59 ")) == ("succeeded", True)


def test_a_run_that_is_being_read_is_running(place: Place) -> None:
    client = place.service("workflow")
    with client.workflows.stream(inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "text_chunk")
        assert client.workflows.runs.get(stream.workflow_run_id or "").status == "running"
        stream.stop()
        stream.result()


def test_another_reader_hears_what_comes_from_now_on(place: Place) -> None:
    client = place.service("workflow")
    with client.workflows.stream(inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "text_chunk")
        with client.workflows.events(stream.workflow_run_id or "") as other:
            first = next(other)
            stream.stop()
            theirs = [first, *other]
            ours = list(stream)
    assert "workflow_started" not in [one.event for one in theirs]
    assert theirs[-1].event == ours[-1].event == "workflow_finished"
    assert theirs[-1].data.status == "stopped"


def test_a_snapshot_tells_first_what_has_happened(place: Place) -> None:
    client = place.service("workflow")
    with client.workflows.stream(inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "text_chunk")
        with client.workflows.events(stream.workflow_run_id or "", include_state_snapshot=True) as other:
            told = [next(other) for _ in range(4)]
            stream.stop()
            other.result()
    assert [one.event for one in told] == ["workflow_started", "node_started", "node_finished", "node_started"]
    assert [one.data.index for one in told[1:]] == [1, 1, 2]
    assert told[2].data.outputs is None


@pytest.mark.parametrize("after", [2, 5, 9, 17, 19])
def test_a_cut_stream_is_taken_up_and_comes_out_whole(place: Place, after: int) -> None:
    whole = place.service("workflow").workflows.run(inputs={"query": "Hello"})
    place.mock.faults.cut(after, on="workflows.stream")
    stream = place.service("workflow").with_options(resume=True).workflows.stream(inputs={"query": "Hello"})
    events = list(stream)
    assert len(keys(events)) == len(set(keys(events)))
    run = stream.result()
    assert (run.status, run.outputs) == (whole.status, whole.outputs)
    assert [one.data.node_id for one in events if one.event == "node_finished"] == ["start1", "llm1", "end1"]


def test_a_cut_stream_is_taken_up_by_hand(place: Place) -> None:
    place.mock.faults.cut(6, on="workflows.stream")
    stream = place.service("workflow").workflows.stream(inputs={"query": "Hello"})
    with pytest.raises(StreamInterruptedError) as cut:
        stream.result()
    assert cut.value.workflow_run_id
    assert stream.resume().result().status == "succeeded"


def test_a_cut_iteration_comes_out_whole(place: Place) -> None:
    key = drawings.put(place.mock, "workflow", drawings.iterating())
    place.mock.faults.cut(9, on="workflows.stream")
    stream = place.service_with(key).with_options(resume=True).workflows.stream(inputs={"query": "one\n\ntwo"})
    events = list(stream)
    assert len(keys(events)) == len(set(keys(events)))
    assert len(stream.result().outputs["out"]) == 2


def test_a_chatflow_that_was_cut_comes_out_whole(place: Place) -> None:
    place.mock.faults.cut(8, on="chat.stream")
    reply = place.service("advanced-chat").with_options(resume=True).chat.stream(query="Hello flow").result()
    assert reply.answer == "Hello from the stub. You said: Hello flow"
    assert reply.run
    assert reply.run.status == "succeeded"


def test_a_silent_stream_of_a_paused_run_closes_at_last(place: Place) -> None:
    client = place.service_with(drawings.put(place.mock, "workflow", drawings.approval()))
    run = client.workflows.run(inputs={"query": "x"})
    before = place.mock.clock.now()
    with pytest.raises(StreamInterruptedError):
        list(client.workflows.events(run.workflow_run_id))
    assert place.mock.clock.now() - before == pytest.approx(300, abs=2)


def test_to_follow_takes_a_user(place: Place) -> None:
    run = place.service("workflow").workflows.run(inputs={"query": "x"})
    with pytest.raises(InvalidParamError, match="Arg user must be provided"):
        list(place.service("workflow").workflows.events(run.workflow_run_id, user=""))
