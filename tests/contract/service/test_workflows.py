"""Stories of workflows: run, streamed, stopped, failing, branching, going round."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from dify_mock import graphs, seed
from dify_mock.contract import drawings
from dify_mock.contract.place import Place, reach
from dify_sdk import ServiceClient
from dify_sdk.errors import BadRequestError, InternalServerError, InvalidParamError, NotFoundError, NotWorkflowAppError, WorkflowFailedError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
NOTE = ("note.txt", b"words to read", "text/plain")


def drawn(place: Place, graph: dict[str, Any], **options: Any) -> ServiceClient:
    """A client of a workflow app with this graph."""
    return place.service_with(drawings.put(place.mock, "workflow", graph), **options)


def line(*nodes: dict[str, Any]) -> dict[str, Any]:
    """A workflow whose nodes follow each other, with what the last but one puts out."""
    listed = [graphs.start(graphs.variable("query", "paragraph")), *nodes]
    return graphs.graph(listed, *((one["id"], other["id"]) for one, other in pairwise(listed)))


def test_a_run_gives_outputs_and_shows_in_its_detail_and_in_the_log(place: Place) -> None:
    client = place.service("workflow")
    run = client.workflows.run(inputs={"query": "Hello"})
    assert run.status == "succeeded"
    assert "Hello" in run.outputs["text"]
    detail = client.workflows.runs.get(run.workflow_run_id)
    assert (detail.status, detail.outputs, detail.total_steps) == ("succeeded", run.outputs, run.data.total_steps)
    assert '"query": "Hello"' in detail.inputs
    assert run.workflow_run_id in [one.workflow_run.id for one in client.workflows.logs.list() if one.workflow_run]


def test_a_stream_tells_the_text_as_it_is_written(place: Place) -> None:
    stream = place.service("workflow").workflows.stream(inputs={"query": "Hello"})
    text = "".join(stream.text_deltas())
    run = stream.result()
    assert text.startswith(run.outputs["text"])
    assert (run.status, run.text) == ("succeeded", text)


def test_a_run_that_fails_is_an_answer_too(place: Place) -> None:
    client = place.service("workflow")
    run = client.workflows.run(inputs={"query": "[[fail-mid]]"})
    assert (run.status, run.error, run.outputs) == ("failed", "stub: provider went away mid-stream", {})
    with pytest.raises(WorkflowFailedError, match="went away"):
        run.raise_for_status()
    assert client.workflows.runs.get(run.workflow_run_id).status == "failed"


def test_a_stream_that_fails_ends_with_the_run(place: Place) -> None:
    events = list(place.service("workflow").workflows.stream(inputs={"query": "[[fail-mid]]"}))
    assert [one.event for one in events[-2:]] == ["node_finished", "workflow_finished"]
    assert "error" not in [one.event for one in events]


def test_a_missing_input_is_refused(place: Place) -> None:
    with pytest.raises(InvalidParamError, match="query is required in input form"):
        place.service("workflow").workflows.run(inputs={})


def test_a_missing_input_fails_a_stream_from_the_inside(place: Place) -> None:
    run = place.service("workflow").workflows.stream(inputs={}).result()
    assert (run.status, run.error) == ("failed", "query is required in input form")


def test_a_run_for_a_wrong_kind_of_app_is_refused(place: Place) -> None:
    for mode in ("chat", "advanced-chat"):
        with pytest.raises(NotWorkflowAppError):
            place.service(mode).workflows.run(inputs={})  # type: ignore[arg-type]  # both are modes


def test_a_version_is_run_by_its_id(place: Place) -> None:
    client = place.service("workflow")
    version = client.workflows.run(inputs={"query": "x"}).data.workflow_id
    run = client.workflows.run_by_id(version, inputs={"query": "pinned"})
    assert (run.status, run.data.workflow_id) == ("succeeded", version)
    streamed = client.workflows.stream_run_by_id(version, inputs={"query": "pinned"}).result()
    assert streamed.outputs["text"] == run.outputs["text"]


def test_an_old_version_still_runs(place: Place) -> None:
    world = place.mock.world
    app = world.first_app("workflow")
    old = app.published
    assert old
    seed.publish(world, app, line(graphs.end("end1", "End", version=("start1", "query"))), {})
    client = place.service("workflow")
    assert set(client.workflows.run(inputs={"query": "x"}).outputs) == {"version"}
    assert set(client.workflows.run_by_id(old, inputs={"query": "x"}).outputs) == {"text", "usage"}


def test_an_unknown_version_is_not_found(place: Place) -> None:
    client = place.service("workflow")
    with pytest.raises(NotFoundError, match="Workflow not found with id"):
        client.workflows.run_by_id(UNKNOWN, inputs={"query": "x"})
    with pytest.raises(BadRequestError, match="Invalid workflow_id format: 'abc'"):
        client.workflows.run_by_id("abc", inputs={"query": "x"})


def test_what_is_not_published_does_not_run(place: Place) -> None:
    place.mock.world.first_app("workflow").published = None
    client = place.service("workflow")
    with pytest.raises(InvalidParamError, match="Workflow not published"):
        client.workflows.run(inputs={})
    with pytest.raises(InvalidParamError, match="Workflow not published"):
        list(client.workflows.stream(inputs={}))


def test_a_stopped_run_is_stopped(place: Place) -> None:
    client = place.service("workflow")
    with client.workflows.stream(inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "text_chunk")
        stream.stop()
        run = stream.result()
    assert (run.status, run.error) == ("stopped", "Aborted: User requested stop")
    assert client.workflows.runs.get(run.workflow_run_id).status == "stopped"
    with pytest.raises(WorkflowFailedError, match="was stopped"):
        run.raise_for_status()


def test_to_stop_what_is_not_known_is_no_error(place: Place) -> None:
    assert place.service("workflow").workflows.stop(UNKNOWN).result == "success"


def test_an_unknown_run_is_not_found(place: Place) -> None:
    client = place.service("workflow")
    with pytest.raises(NotFoundError, match="Workflow run not found"):
        client.workflows.runs.get(UNKNOWN)
    with pytest.raises(InternalServerError):
        client.workflows.runs.get("abc")


def test_the_runs_of_an_app_are_not_shown_to_another(place: Place) -> None:
    run = place.service("workflow").workflows.run(inputs={"query": "x"})
    with pytest.raises(NotFoundError):
        place.service("advanced-chat").workflows.runs.get(run.workflow_run_id)


def test_a_run_too_many_is_refused(place: Place) -> None:
    place.mock.world.first_app("workflow").max_active_requests = 1
    client = place.service("workflow")
    with client.workflows.stream(inputs={"query": "[[slow]]"}) as stream:
        next(stream)
        with pytest.raises(InvalidParamError, match="Too many requests"):
            client.workflows.run(inputs={"query": "x"})
        stream.stop()
        stream.result()
    assert client.workflows.run(inputs={"query": "x"}).status == "succeeded"


def test_a_file_goes_in_and_comes_out(place: Place) -> None:
    client = drawn(place, drawings.filing())
    reference = client.files.upload_and_reference(file=NOTE)
    run = client.workflows.run(inputs={"doc": reference, "docs": [reference], "flag": "yes"})
    doc = run.outputs["doc"]
    assert (doc["filename"], doc["extension"], doc["size"], doc["mime_type"]) == ("note.txt", ".txt", 13, "text/plain")
    assert "sign=" in doc["url"]
    assert ([one["related_id"] for one in run.outputs["docs"]], run.outputs["flag"]) == ([doc["related_id"]], True)


def test_the_end_of_a_stream_lists_the_files_of_the_outputs(place: Place) -> None:
    client = drawn(place, drawings.filing())
    run = client.workflows.stream(inputs={"doc": client.files.upload_and_reference(file=NOTE)}).result()
    assert [one.filename for one in run.data.files or []] == ["note.txt"]


def test_the_file_of_another_user_is_refused(place: Place) -> None:
    client = drawn(place, drawings.filing())
    reference = client.files.upload_and_reference(file=NOTE, user="bob")
    with pytest.raises(InvalidParamError, match="Invalid upload file"):
        client.workflows.run(inputs={"doc": reference})


def test_a_retried_node_takes_its_default_and_the_run_succeeds_in_part(place: Place) -> None:
    stream = drawn(place, drawings.retrying()).workflows.stream(inputs={"query": "[[fail-mid]]"})
    events = list(stream)
    [retry] = [one for one in events if one.event == "node_retry"]
    assert (retry.data.retry_index, retry.data.status) == (1, "retry")
    run = stream.result()
    assert (run.status, run.outputs) == ("partial-succeeded", {"text": "fallback text"})
    assert run.raise_for_status() is run


def test_a_branch_that_is_not_taken_does_not_run(place: Place) -> None:
    events = list(drawn(place, drawings.retrying()).workflows.stream(inputs={"query": "plain"}))
    assert [one.data.node_id for one in events if one.event == "node_started"] == ["start1", "if1", "llm2", "agg1", "end1"]


def test_an_error_may_take_a_branch_of_its_own(place: Place) -> None:
    graph = graphs.graph(
        [
            graphs.start(graphs.variable("query", "paragraph")),
            graphs.llm("llm1", "LLM", "{{#start1.query#}}", error_strategy="fail-branch"),
            graphs.end("end1", "End", text=("llm1", "text")),
            graphs.end("end2", "End", kind=("llm1", "error_type"), message=("llm1", "error_message")),
        ],
        ("start1", "llm1"),
        ("llm1", "end1", "success-branch"),
        ("llm1", "end2", "fail-branch"),
    )
    client = drawn(place, graph)
    run = client.workflows.run(inputs={"query": "[[rate]]"})
    assert (run.status, run.outputs["kind"]) == ("partial-succeeded", "InvokeRateLimitError")
    assert set(client.workflows.run(inputs={"query": "fine"}).outputs) == {"text"}


def test_an_iteration_asks_for_every_item(place: Place) -> None:
    stream = drawn(place, drawings.iterating()).workflows.stream(inputs={"query": "one\n\ntwo\n\nthree"})
    events = list(stream)
    assert [one.data.index for one in events if one.event == "iteration_next"] == [0, 1, 2]
    assert [one.rpartition(" ")[2] for one in stream.result().outputs["out"]] == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("mode", "status", "outcome"),
    [
        ("terminated", "failed", None),
        ("continue-on-error", "partial-succeeded", [None]),
        ("remove-abnormal-output", "partial-succeeded", []),
    ],
)
def test_an_iteration_deals_with_errors_as_it_was_told(place: Place, mode: str, status: str, outcome: list[None] | None) -> None:
    run = drawn(place, drawings.iterating(error_handle_mode=mode)).workflows.run(inputs={"query": "[[fail-mid]]"})
    assert (run.status, run.outputs.get("out")) == (status, outcome)


def test_a_loop_goes_round_and_keeps_its_variables(place: Place) -> None:
    stream = drawn(place, drawings.looping(3)).workflows.stream(inputs={})
    events = list(stream)
    assert [one.data.index for one in events if one.event == "loop_next"] == [1, 2]
    [completed] = [one for one in events if one.event == "loop_completed"]
    assert (completed.data.steps, completed.data.execution_metadata["completed_reason"]) == (3, "loop_completed")
    assert completed.data.execution_metadata["loop_variable_map"] == {"0": {"sum": 2}, "1": {"sum": 4}, "2": {"sum": 6}}
    assert stream.result().outputs == {"sum": 6, "rounds": 3}
    assert all(one.data.loop_id == "loop1" for one in events if one.event == "node_started" and one.data.node_type == "assigner")


def test_a_loop_ends_when_its_condition_holds(place: Place) -> None:
    enough = {"variable_selector": ["loop1", "sum"], "comparison_operator": "≥", "value": "4"}
    run = drawn(place, drawings.looping(10, break_conditions=[enough])).workflows.run(inputs={})
    assert run.outputs == {"sum": 4, "rounds": 2}


def test_a_template_is_filled(place: Place) -> None:
    template = graphs.node(
        "t1",
        "template-transform",
        "Fill",
        template="<{{ who | upper }}>",
        variables=[{"variable": "who", "value_selector": ["start1", "query"]}],
    )
    run = drawn(place, line(template, graphs.end("end1", "End", out=("t1", "output")))).workflows.run(inputs={"query": "ann"})
    assert run.outputs == {"out": "<ANN>"}


def test_a_list_is_filtered_sorted_and_cut(place: Place) -> None:
    operator = graphs.node(
        "list1",
        "list-operator",
        "Choose",
        variable=["tool1", "result"],
        filter_by={"enabled": True, "conditions": [{"key": "", "comparison_operator": "contains", "value": "a"}]},
        order_by={"enabled": True, "key": "", "value": "desc"},
        limit={"enabled": True, "size": 2},
    )
    last = graphs.end("end1", "End", some=("list1", "result"), first=("list1", "first_record"))
    graph = line(graphs.tool("tool1", "Chunker", "chunk", input_text="{{#start1.query#}}"), operator, last)
    run = drawn(place, graph).workflows.run(inputs={"query": "ab\n\nxy\n\nac\n\nad"})
    assert run.outputs == {"some": ["ad", "ac"], "first": "ad"}


def test_a_request_is_answered_without_the_network(place: Place) -> None:
    asks = graphs.node("http1", "http-request", "Ask", method="get", url="https://example.com/status/404?q={{#start1.query#}}")
    run = drawn(place, line(asks, graphs.end("end1", "End", status=("http1", "status_code"), body=("http1", "body")))).workflows.run(
        inputs={"query": "x"}
    )
    assert run.outputs["status"] == 404
    assert "q=x" in run.outputs["body"]


def test_a_document_is_read(place: Place) -> None:
    reads = graphs.node("doc1", "document-extractor", "Read", variable_selector=["start1", "doc"])
    form = graphs.start(graphs.variable("doc", "file", allowed_file_types=["document"]))
    graph = graphs.graph([form, reads, graphs.end("end1", "End", text=("doc1", "text"))], ("start1", "doc1"), ("doc1", "end1"))
    client = drawn(place, graph)
    run = client.workflows.run(inputs={"doc": client.files.upload_and_reference(file=NOTE)})
    assert run.outputs == {"text": "words to read"}


@pytest.mark.parametrize(
    ("node", "error"),
    [
        (graphs.tool("n1", "Boom", "boom"), "Failed to invoke tool"),
        (graphs.tool("n1", "None", "none"), "tool none not found"),
        (graphs.node("n1", "code", "Code", code="def main(): ...", variables=[]), "check if the sandbox service is running"),
        (graphs.node("n1", "http-request", "Ask", method="get", url="https://nowhere.invalid/"), "Reached maximum retries"),
        (
            graphs.node("n1", "template-transform", "Fill", template="{% for x in y %}{% endfor %}", variables=[]),
            "statements are not simulated",
        ),
        (graphs.node("n1", "new-thing", "New"), "No class mapping found for node type: new-thing"),
        (
            graphs.node("n1", "iteration", "Each", iterator_selector=["start1", "query"], output_selector=["x", "y"]),
            "please provide a list",
        ),
    ],
)
def test_what_cannot_be_done_fails_the_node_and_the_run(place: Place, node: dict[str, Any], error: str) -> None:
    run = drawn(place, line(node, graphs.end("end1", "End", out=("n1", "output")))).workflows.run(inputs={"query": "x"})
    assert run.status == "failed"
    assert error in (run.error or "")
