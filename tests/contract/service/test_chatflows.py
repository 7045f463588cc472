"""Stories of chatflows: a conversation whose answers a workflow writes."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock import graphs
from dify_mock.contract import drawings
from dify_mock.contract.place import Place, reach
from dify_sdk import ServiceClient
from dify_sdk.errors import BadRequestError, InvalidParamError, NotFoundError, WorkflowFailedError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
COUNTER = {"name": "counter", "value_type": "number", "value": 0, "description": "a counter"}


def drawn(place: Place, graph: dict[str, Any], features: dict[str, Any] | None = None, **more: Any) -> ServiceClient:
    """A client of a chatflow with this graph."""
    return place.service_with(drawings.put(place.mock, "advanced-chat", graph, features, **more))


def test_an_answer_is_written_by_the_workflow(place: Place) -> None:
    client = place.service("advanced-chat")
    reply = client.chat.send(query="Hello flow", inputs={"name": "Ann"})
    assert (reply.mode, reply.answer.endswith("Hello flow"), reply.paused) == ("advanced-chat", True, False)
    [message] = client.messages.list(conversation_id=reply.conversation_id).data
    assert (message.id, message.answer, message.status) == (reply.message_id, reply.answer, "normal")
    usage = reply.metadata.usage if reply.metadata else None
    assert usage
    assert (message.message_tokens, message.answer_tokens) == (usage.prompt_tokens, usage.completion_tokens)


def test_a_stream_ends_with_its_message_and_then_its_run(place: Place) -> None:
    client = place.service("advanced-chat")
    stream = client.chat.stream(query="Hello flow")
    events = list(stream)
    assert [one.event for one in events[-2:]] == ["message_end", "workflow_finished"]
    reply = stream.result()
    assert reply.run
    assert reply.run.outputs == {"answer": reply.answer, "files": []}
    assert client.workflows.runs.get(reply.workflow_run_id or "").outputs == reply.run.outputs


def test_thinking_is_kept_apart_from_the_answer(place: Place) -> None:
    stream = place.service("advanced-chat").chat.stream(query="[[think]]")
    thoughts = [one.data for one in stream if one.event == "reasoning_chunk"]
    assert ("".join(one.reasoning for one in thoughts).strip(), thoughts[-1].is_final) == ("I ponder the stub.", True)
    reply = stream.result()
    assert reply.answer == "Here is the thought-out answer."
    assert reply.metadata
    assert reply.metadata.reasoning == {"llm1": "I ponder the stub."}


def test_a_conversation_goes_on(place: Place) -> None:
    client = place.service("advanced-chat")
    first = client.chat.send(query="one")
    second = client.chat.send(query="two", conversation_id=first.conversation_id)
    assert second.conversation_id == first.conversation_id
    assert [one.query for one in client.messages.list(conversation_id=first.conversation_id)] in (["one", "two"], ["two", "one"])
    inputs = client.workflows.runs.get(
        client.chat.stream(query="three", conversation_id=first.conversation_id).result().workflow_run_id or ""
    )
    assert '"sys.dialogue_count": 3' in inputs.inputs


def test_a_model_with_a_memory_is_given_what_was_said(place: Place) -> None:
    client = drawn(place, drawings.remembering(), variables=[COUNTER])
    first = client.chat.send(query="one")
    second = client.chat.send(query="two", conversation_id=first.conversation_id)
    assert first.metadata.usage
    assert second.metadata.usage
    assert second.metadata.usage.prompt_tokens > first.metadata.usage.prompt_tokens


def test_a_conversation_has_the_variables_of_its_chatflow(place: Place) -> None:
    client = place.service("advanced-chat")
    reply = client.chat.send(query="Hello")
    variables = {one.name: one for one in client.conversations.variables.list(reply.conversation_id)}
    assert {name: one.value for name, one in variables.items()} == {"counter": "0", "notes": "none", "items": "[]"}
    client.conversations.variables.update(reply.conversation_id, variables["items"].id, value=["a", "b"])
    client.chat.send(query="Again", conversation_id=reply.conversation_id)
    after = {one.name: one.value for one in client.conversations.variables.list(reply.conversation_id)}
    assert after == {"counter": "0", "notes": "none", "items": "['a', 'b']"}


def test_a_chatflow_changes_the_variables_of_its_conversation(place: Place) -> None:
    client = drawn(place, drawings.remembering(), variables=[COUNTER])
    first = client.chat.send(query="Hello")
    second = client.chat.send(query="Again", conversation_id=first.conversation_id)
    assert (first.answer.partition(":")[0], second.answer.partition(":")[0]) == ("1", "2")
    [counter] = client.conversations.variables.list(first.conversation_id).data
    assert counter.value == "2"
    assert client.chat.send(query="Elsewhere").answer.startswith("1:")


def test_a_failed_run_is_an_error_of_a_blocking_call(place: Place) -> None:
    client = place.service("advanced-chat", user="unlucky")
    with pytest.raises(InvalidParamError, match="Run failed: stub: provider went away mid-stream"):
        client.chat.send(query="[[fail-mid]]")
    [conversation] = client.conversations.list().data
    [message] = client.messages.list(conversation_id=conversation.id).data
    assert message.status == "error"


def test_a_failed_run_ends_a_stream_without_an_error_event(place: Place) -> None:
    stream = place.service("advanced-chat").chat.stream(query="[[fail-mid]]")
    names = [one.event for one in stream]
    assert names[-2:] == ["node_finished", "workflow_finished"]
    assert "message_end" not in names
    reply = stream.result()
    assert reply.answer == "part0 part1 part2 "
    with pytest.raises(WorkflowFailedError, match="went away"):
        reply.raise_for_status()


def test_a_stopped_answer_stays_as_far_as_it_came(place: Place) -> None:
    client = place.service("advanced-chat")
    with client.chat.stream(query="[[slow]]") as stream:
        reach(stream, "message")
        stream.stop()
        reply = stream.result()
    assert reply.run
    assert (reply.run.status, reply.answer.startswith("slow0 ")) == ("stopped", True)
    [message] = client.messages.list(conversation_id=reply.conversation_id).data
    assert message.answer == reply.answer


def test_nobody_else_stops_an_answer(place: Place) -> None:
    client = place.service("advanced-chat")
    with client.chat.stream(query="[[empty]]") as stream:
        reach(stream, "workflow_started")
        assert client.chat.stop(stream.task_id or "", user="stranger").result == "success"
        assert stream.result().run.status == "succeeded"  # type: ignore[union-attr]  # a chatflow's stream has a run


def test_a_version_is_asked_by_its_id(place: Place) -> None:
    client = place.service("advanced-chat")
    version = client.chat.stream(query="x").result().run.data.workflow_id  # type: ignore[union-attr]  # the same
    reply = client.chat.send(query="pinned version", workflow_id=version)
    assert reply.answer.endswith("pinned version")
    with pytest.raises(NotFoundError, match="Workflow not found with id"):
        client.chat.send(query="x", workflow_id=UNKNOWN)
    with pytest.raises(BadRequestError, match="Invalid workflow_id format"):
        list(client.chat.stream(query="x", workflow_id="abc"))


def test_what_is_not_published_does_not_answer(place: Place) -> None:
    place.mock.world.first_app("advanced-chat").published = None
    client = place.service("advanced-chat")
    with pytest.raises(InvalidParamError, match="Workflow not published"):
        client.chat.send(query="x")
    with pytest.raises(InvalidParamError, match="Workflow not published"):
        list(client.chat.stream(query="x"))


def test_a_conversation_of_another_user_is_not_found(place: Place) -> None:
    client = place.service("advanced-chat")
    made = client.chat.send(query="x").conversation_id
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        client.chat.send(query="y", conversation_id=made, user="stranger")
    with pytest.raises(NotFoundError):
        list(client.chat.stream(query="y", conversation_id=UNKNOWN))


def test_a_wrong_input_is_refused_or_fails_a_stream_from_the_inside(place: Place) -> None:
    client = place.service("advanced-chat", user="typist")
    with pytest.raises(InvalidParamError, match="tone in input form must be one of the following"):
        client.chat.send(query="x", inputs={"tone": "rude"})
    stream = client.chat.stream(query="x", inputs={"tone": "rude"})
    events = list(stream)
    assert [one.event for one in events] == ["workflow_started", "workflow_finished"]
    assert (events[1].data.status, events[1].data.outputs, events[1].conversation_id) == ("failed", None, None)
    assert client.conversations.list().data == []


def test_files_go_with_a_question(place: Place) -> None:
    client = place.service("advanced-chat")
    reference = client.files.upload_and_reference(file=("pic.png", b"x", "image/png"))
    reply = client.chat.send(query="see this", files=[reference])
    [message] = client.messages.list(conversation_id=reply.conversation_id).data
    assert [one.filename for one in message.message_files] == ["pic.png"]
    stream = client.chat.stream(query="see this", files=[reference])
    begun = reach(stream, "workflow_started")
    [file] = begun.data.inputs["sys.files"]
    assert (file["dify_model_identity"], file["filename"], file["extension"]) == ("__dify__file__", "pic.png", ".png")


def test_an_answer_may_hold_files(place: Place) -> None:
    paints = graphs.tool("tool1", "Paint", "make_image", prompt="{{#sys.query#}}")
    client = drawn(
        place,
        graphs.graph([graphs.start(), paints, graphs.answer("Look: {{#tool1.files#}}")], ("start1", "tool1"), ("tool1", "answer1")),
    )
    stream = client.chat.stream(query="a square")
    reply = stream.result()
    assert reply.answer.startswith("Look: ![")
    assert [one.type for one in reply.files] == ["image"]


def test_two_answers_come_one_after_the_other(place: Place) -> None:
    second = {**graphs.answer("Then: {{#llm1.text#}}"), "id": "answer2"}
    nodes = [graphs.start(), graphs.answer("First. "), graphs.llm("llm1", "LLM", "{{#sys.query#}}"), second]
    client = drawn(place, graphs.graph(nodes, ("start1", "answer1"), ("answer1", "llm1"), ("llm1", "answer2")))
    stream = client.chat.stream(query="x")
    assert "".join(stream.text_deltas()) == stream.result().answer == "First. Then: Hello from the stub. You said: x"
    assert client.chat.send(query="x").answer == stream.result().answer


def moderated(part: str) -> dict[str, Any]:
    """What a chatflow may not hear, or say."""
    off: dict[str, Any] = {"enabled": False}
    parts = {"inputs_config": off, "outputs_config": off, part: {"enabled": True, "preset_response": "Blocked."}}
    return {"sensitive_word_avoidance": {"enabled": True, "type": "keywords", "config": {"keywords": "forbidden", **parts}}}


SPOKEN = graphs.graph([graphs.start(), graphs.answer("You said: {{#sys.query#}}")], ("start1", "answer1"))


def test_a_forbidden_question_is_answered_without_a_run(place: Place) -> None:
    client = drawn(place, SPOKEN, moderated("inputs_config"))
    assert client.chat.send(query="something forbidden").answer == "Blocked."
    stream = client.chat.stream(query="something forbidden")
    assert [one.event for one in stream] == ["message", "message_end", "workflow_started", "workflow_finished"]
    reply = stream.result()
    assert (reply.answer, reply.run) == ("Blocked.", None)
    assert client.chat.send(query="something else").answer == "You said: something else"


def test_a_forbidden_answer_is_replaced_before_the_message_ends(place: Place) -> None:
    client = drawn(place, SPOKEN, moderated("outputs_config"))
    stream = client.chat.stream(query="something forbidden")
    assert [one.event for one in stream][-3:] == ["message_replace", "message_end", "workflow_finished"]
    assert stream.result().answer == "Blocked."
    assert client.chat.send(query="something forbidden").answer == "Blocked."


def test_a_ready_answer_is_given_without_a_run(place: Place) -> None:
    client = place.service("advanced-chat")
    client.annotations.create(question="What is 2+2?", answer="It is four.")
    settings = {"embedding_provider_name": "stubber/stubai/stubai", "embedding_model_name": "stub-embed"}
    client.annotations.reply.configure("enable", score_threshold=0.9, **settings)
    place.mock.clock.advance(1)
    stream = client.chat.stream(query="What is 2+2?")
    reply = stream.result()
    assert (reply.answer, reply.run) == ("It is four.", None)
    assert client.chat.send(query="What is 2+2?").answer == "It is four."


def test_the_message_of_a_run_that_nobody_reads_is_whole(place: Place) -> None:
    client = place.service("advanced-chat")
    with client.chat.stream(query="[[long]]") as stream:
        reach(stream, "message")
    [message] = client.messages.list(conversation_id=stream.conversation_id or "").data
    assert message.answer.endswith("word399")
