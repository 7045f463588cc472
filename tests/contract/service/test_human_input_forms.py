"""Stories of forms that paused runs wait for."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock import graphs
from dify_mock.contract import drawings
from dify_mock.contract.place import Place, reach
from dify_sdk import ServiceClient
from dify_sdk.errors import FormExpiredError, FormSubmittedError, InvalidFormDataError, NotFoundError

FILLED = {"comment": "looks good", "choice": "red"}
DAY = 24 * 3600


def asking(place: Place, graph: dict[str, Any] | None = None, mode: Any = "workflow") -> ServiceClient:
    """A client of an app that asks a person."""
    return place.service_with(drawings.put(place.mock, mode, graph or drawings.approval()))


def test_a_run_pauses_for_a_form(place: Place) -> None:
    client = asking(place)
    run = client.workflows.run(inputs={"query": "approve me"})
    assert (run.status, run.outputs, run.data.paused_nodes, run.data.finished_at) == ("paused", {}, ["human1"], None)
    [form] = run.forms
    assert (form.node_title, [one.id for one in form.actions]) == ("Ask a person", ["approve", "reject"])
    assert run.raise_for_status() is run
    detail = client.workflows.runs.get(run.workflow_run_id)
    assert (detail.status, detail.outputs, detail.finished_at) == ("paused", {}, None)


def test_a_form_is_read_filled_and_the_run_is_resumed(place: Place) -> None:
    client = asking(place)
    stream = client.workflows.stream(inputs={"query": "approve me"})
    [waiting] = stream.result().forms
    form = client.human_input_forms.get(waiting.form_token or "")
    assert form.form_content == waiting.form_content == "Please review: approve me\n\n{{#$output.comment#}}\n\n{{#$output.choice#}}"
    assert [one.output_variable_name for one in form.inputs] == ["comment", "choice"]
    assert form.expiration_time == waiting.expiration_time
    client.human_input_forms.submit(waiting.form_token or "", inputs=FILLED, action="approve")
    run = stream.resume().result()
    assert (run.status, run.outputs) == ("succeeded", FILLED)
    assert client.workflows.runs.get(run.workflow_run_id).outputs == FILLED


def test_the_button_chooses_the_branch(place: Place) -> None:
    client = asking(place)
    run = client.workflows.run(inputs={"query": "reject me"})
    client.human_input_forms.submit(run.forms[0].form_token or "", inputs=FILLED, action="reject")
    detail = client.workflows.runs.get(run.workflow_run_id)
    assert (detail.status, detail.outputs) == ("succeeded", {"rejected": "looks good"})


def test_a_reader_that_waits_hears_how_it_goes_on(place: Place) -> None:
    client = asking(place)
    paused = client.workflows.run(inputs={"query": "x"})
    with client.workflows.events(paused.workflow_run_id, include_state_snapshot=True, continue_on_pause=True) as stream:
        reach(stream, "workflow_paused")
        client.human_input_forms.submit(paused.forms[0].form_token or "", inputs=FILLED, action="approve")
        begun = reach(stream, "workflow_started")
        assert begun.data.reason == "resumption"
        assert [one.event for one in stream][-1] == "workflow_finished"
        assert stream.result().outputs == FILLED


def test_the_node_begins_again_under_the_same_id(place: Place) -> None:
    client = asking(place)
    first = client.workflows.stream(inputs={"query": "x"})
    before = [one.data.id for one in first if one.event == "node_started"]
    [form] = first.result().forms
    client.human_input_forms.submit(form.form_token or "", inputs=FILLED, action="approve")
    again = [one for one in first.resume() if one.event == "node_finished" and one.data.node_id == "human1" and one.data.outputs]
    assert [one.data.id for one in again] == [before[1]]
    assert again[0].data.outputs["__rendered_content"] == "Please review: x\n\nlooks good\n\nred"
    assert (again[0].data.outputs["__action_id"], again[0].data.outputs["__action_value"]) == ("approve", "Approve")


def test_two_forms_in_a_row(place: Place) -> None:
    client = asking(place, drawings.two_approvals())
    stream = client.workflows.stream(inputs={})
    for said in ("one", "two"):
        [form] = stream.result().forms
        client.human_input_forms.submit(form.form_token or "", inputs={"comment": said}, action="ok")
        stream = stream.resume()
        if said == "one":
            reach(stream, "workflow_paused")
    run = stream.result()
    assert (run.status, run.outputs) == ("succeeded", {"first": "one", "second": "two"})


def test_two_forms_at_once(place: Place) -> None:
    one = graphs.human("human1", "One", "One?", [graphs.paragraph("comment")], "ok")
    other = graphs.human("human2", "Other", "Other?", [graphs.paragraph("comment")], "ok")
    last = graphs.end("end1", "End", one=("human1", "comment"), other=("human2", "comment"))
    edges: list[Any] = [("start1", "human1"), ("start1", "human2"), ("human1", "end1", "ok"), ("human2", "end1", "ok")]
    client = asking(place, graphs.graph([graphs.start(), one, other, last], *edges))
    run = client.workflows.run(inputs={})
    assert run.data.paused_nodes == ["human1", "human2"]
    first, second = (form.form_token or "" for form in run.forms)
    client.human_input_forms.submit(second, inputs={"comment": "b"}, action="ok")
    assert client.workflows.runs.get(run.workflow_run_id).status == "paused"
    client.human_input_forms.submit(first, inputs={"comment": "a"}, action="ok")
    assert client.workflows.runs.get(run.workflow_run_id).outputs == {"one": "a", "other": "b"}


def test_a_form_that_nobody_fills_takes_its_branch_when_its_time_is_over(place: Place) -> None:
    client = asking(place)
    run = client.workflows.run(inputs={"query": "late"})
    place.mock.clock.advance(3 * DAY)
    stream = client.workflows.events(run.workflow_run_id)
    assert "human_input_form_timeout" in [one.event for one in stream]
    assert (stream.result().status, stream.result().outputs) == ("succeeded", {"late": "late"})
    with pytest.raises(FormExpiredError):
        client.human_input_forms.get(run.forms[0].form_token or "")
    with pytest.raises(FormExpiredError):
        client.human_input_forms.submit(run.forms[0].form_token or "", inputs=FILLED, action="approve")


def test_no_run_waits_longer_than_a_week(place: Place) -> None:
    client = asking(place, drawings.approval(timeout=30))
    run = client.workflows.run(inputs={"query": "x"})
    place.mock.clock.advance(7 * DAY)
    detail = client.workflows.runs.get(run.workflow_run_id)
    assert (detail.status, detail.error) == ("stopped", "Human input global timeout at node human1")


def test_a_form_is_filled_once(place: Place) -> None:
    client = asking(place)
    token = client.workflows.run(inputs={"query": "x"}).forms[0].form_token or ""
    client.human_input_forms.submit(token, inputs=FILLED, action="approve")
    with pytest.raises(FormSubmittedError, match="already been submitted"):
        client.human_input_forms.submit(token, inputs=FILLED, action="approve")
    with pytest.raises(FormSubmittedError):
        client.human_input_forms.get(token)


def test_a_form_wants_all_its_fields_and_a_button_that_is_there(place: Place) -> None:
    client = asking(place)
    token = client.workflows.run(inputs={"query": "x"}).forms[0].form_token or ""
    with pytest.raises(InvalidFormDataError, match="Missing required inputs: comment, choice"):
        client.human_input_forms.submit(token, inputs={}, action="approve")
    with pytest.raises(InvalidFormDataError):
        client.human_input_forms.submit(token, inputs=FILLED, action="shrug")
    with pytest.raises(InvalidFormDataError):
        client.human_input_forms.submit(token, inputs={**FILLED, "choice": "green"}, action="approve")
    assert client.human_input_forms.get(token).inputs


def test_an_unknown_form_is_not_found(place: Place) -> None:
    with pytest.raises(NotFoundError, match="Form not found"):
        place.service("workflow").human_input_forms.get("nope")


def test_the_form_of_another_app_is_not_found(place: Place) -> None:
    token = asking(place).workflows.run(inputs={"query": "x"}).forms[0].form_token or ""
    with pytest.raises(NotFoundError):
        place.service("workflow").human_input_forms.get(token)


def test_a_form_that_goes_out_by_mail_has_no_token(place: Place) -> None:
    by_mail = [{"id": "mail", "type": "email", "enabled": True, "config": {}}]
    [form] = asking(place, drawings.approval(delivery_methods=by_mail)).workflows.run(inputs={"query": "x"}).forms
    assert (form.form_token, form.approval_channels) == (None, ["console", "email"])


def test_a_file_is_put_into_a_form(place: Place) -> None:
    fields: list[dict[str, Any]] = [{"type": "file", "output_variable_name": "doc", "allowed_file_types": ["document"]}]
    ask = graphs.human("human1", "Ask", "Give a file: {{#$output.doc#}}", fields, "ok")
    last = graphs.end("end1", "End", doc=("human1", "doc"), told=("human1", "__rendered_content"))
    client = asking(place, graphs.graph([graphs.start(), ask, last], ("start1", "human1"), ("human1", "end1", "ok")))
    run = client.workflows.run(inputs={})
    reference = client.files.upload_and_reference(file=("a.txt", b"words", "text/plain"))
    client.human_input_forms.submit(run.forms[0].form_token or "", inputs={"doc": reference}, action="ok")
    outputs = client.workflows.runs.get(run.workflow_run_id).outputs or {}
    assert (outputs["doc"]["filename"], outputs["told"]) == ("a.txt", "Give a file: [file]")


def test_a_default_may_come_from_a_variable(place: Place) -> None:
    field = graphs.paragraph("comment")
    field["default"] = {"type": "variable", "selector": ["start1", "query"], "value": ""}
    options = graphs.select("choice")
    options["option_source"] = {"type": "variable", "selector": ["tool1", "result"], "value": []}
    ask = graphs.human("human1", "Ask", "?", [field, options], "ok")
    chunk = graphs.tool("tool1", "Chunker", "chunk", input_text="{{#start1.query#}}")
    nodes = [graphs.start(graphs.variable("query", "paragraph")), chunk, ask, graphs.end("end1", "End")]
    client = asking(place, graphs.graph(nodes, ("start1", "tool1"), ("tool1", "human1"), ("human1", "end1", "ok")))
    [form] = client.workflows.run(inputs={"query": "red\n\nblue"}).forms
    assert form.resolved_default_values == {"comment": "red\n\nblue"}
    source = form.inputs[1].option_source
    assert source
    assert source.value == ["red", "blue"]


def test_a_chatflow_waits_for_a_form_too(place: Place) -> None:
    client = asking(place, drawings.approved_chat(), "advanced-chat")
    reply = client.chat.send(query="approve me")
    assert (reply.paused, reply.answer) == (True, "")
    assert reply.data
    assert (reply.data.paused_nodes, reply.data.workflow_run_id) == (["human1"], reply.workflow_run_id)
    [message] = client.messages.list(conversation_id=reply.conversation_id).data
    assert message.status == "paused"
    client.human_input_forms.submit(reply.forms[0].form_token or "", inputs={"comment": "fine"}, action="approve")
    assert client.workflows.runs.get(reply.workflow_run_id or "").outputs == {"answer": "You said: fine", "files": []}
    [message] = client.messages.list(conversation_id=reply.conversation_id).data
    assert (message.status, message.answer) == ("normal", "You said: fine")


def test_a_streamed_chatflow_is_resumed_with_its_answer(place: Place) -> None:
    client = asking(place, drawings.approved_chat(), "advanced-chat")
    stream = client.chat.stream(query="approve me")
    [form] = stream.result().forms
    client.human_input_forms.submit(form.form_token or "", inputs={"comment": "no"}, action="reject")
    reply = stream.resume().result()
    assert (reply.answer, reply.paused) == ("Rejected.", False)
    assert reply.run
    assert reply.run.status == "succeeded"
