"""Stories of talking to an app on its page."""

from __future__ import annotations

import pytest

from dify_mock import seed
from dify_mock.contract.place import Place, reach
from dify_mock.knowledge.intake import settle_technique
from dify_sdk import WebClient
from dify_sdk.errors import (
    CompletionRequestError,
    InvalidParamError,
    NotChatAppError,
    NotFoundError,
    StreamError,
    UnsupportedMediaTypeError,
)
from dify_sdk.shared.events import MessageEndEvent, NodeFinishedEvent, NodeStartedEvent, WorkflowFinishedEvent

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
PICTURE = ("pic.png", b"\x89PNG", "image/png")


def test_a_question_is_answered_and_the_page_does_not_say_what_it_cost(place: Place) -> None:
    client = place.web()
    reply = client.chat.send(query="Hello")
    assert reply.answer
    assert place.live or reply.answer == "Hello from the stub. You said: Hello"
    assert reply.metadata and reply.metadata.model_fields_set == {"retriever_resources", "reasoning"}
    [message] = client.messages.list(conversation_id=reply.conversation_id)
    assert (message.id, message.answer) == (reply.message_id, reply.answer)


@pytest.mark.parametrize("mode", ["chat", "agent-chat", "advanced-chat"])
def test_a_stream_comes_to_the_same(place: Place, mode: str) -> None:
    with place.web(mode).chat.stream(query="Hello") as stream:
        events = list(stream)
        reply = stream.result()
    assert place.live or reply.answer == "Hello from the stub. You said: Hello"
    [end] = [one for one in events if isinstance(one, MessageEndEvent)]
    assert end.metadata and end.metadata.model_fields_set == {"retriever_resources", "reasoning"}


def test_an_agent_only_streams(place: Place) -> None:
    with pytest.raises(InvalidParamError, match="blocking mode"):
        place.web("agent-chat").chat.send(query="Hello")


def test_an_agents_tool_makes_a_file_that_can_be_fetched(place: Place) -> None:
    client = place.web("agent-chat")
    reply = client.chat.stream(query="[[tool:make_image]]").result()
    [made] = reply.made_files
    assert client.files.download_url(made.url or "").read().startswith(b"\x89PNG")


def test_a_chatflow_keeps_what_its_nodes_took_and_gave_to_itself(place: Place) -> None:
    with place.web("advanced-chat").chat.stream(query="Hello") as stream:
        events = list(stream)
    begun = [one.data for one in events if isinstance(one, NodeStartedEvent)]
    ended = [one.data for one in events if isinstance(one, NodeFinishedEvent)]
    assert begun and all(one.inputs is None and one.extras == {} for one in begun)
    assert not any({"inputs_truncated", "agent_strategy"} & one.model_fields_set for one in begun)
    assert ended and all((one.inputs, one.outputs, one.process_data, one.execution_metadata) == (None,) * 4 for one in ended)
    [over] = [one.data for one in events if isinstance(one, WorkflowFinishedEvent)]
    assert (over.status, bool(over.outputs)) == ("succeeded", True)


def test_where_knowledge_was_found_is_told_and_how_is_not(place: Place) -> None:
    world = place.mock.world
    dataset = seed.add_dataset(world, "Foxes")
    settle_technique(dataset, "high_quality")
    seed.put_text(world, dataset, "Fox", "The quick brown fox.")
    config = world.first_app("chat").config or {}
    config["dataset_configs"] = {
        "retrieval_model": "multiple",
        "top_k": 3,
        "datasets": {"datasets": [{"dataset": {"enabled": True, "id": dataset.id}}]},
    }
    reply = place.web().chat.send(query="quick brown fox")
    assert reply.metadata
    [resource] = reply.metadata.retriever_resources
    assert (resource.document_name, resource.content) == ("Fox", "The quick brown fox.")
    assert len(resource.model_fields_set) == 17
    assert not {"retriever_from", "doc_metadata"} & resource.model_fields_set


def test_a_conversation_goes_on_in_the_branch_of_its_parent(place: Place) -> None:
    client = place.web()
    first = client.chat.send(query="one")
    second = client.chat.send(query="two", conversation_id=first.conversation_id, parent_message_id=first.message_id)
    anew = client.chat.send(query="two", conversation_id=first.conversation_id)
    listed = {one.id: one for one in client.messages.list(conversation_id=first.conversation_id)}
    assert [listed[one.message_id].parent_message_id for one in (first, second, anew)] == [None, first.message_id, None]
    tokens = [listed[one.message_id].message_tokens or 0 for one in (second, anew)]
    assert tokens[0] > tokens[1]  # the model was told of the first message, and then of none


def test_a_file_goes_with_a_question(place: Place) -> None:
    client = place.web()
    reply = client.chat.send(query="look", files=[client.files.upload_and_reference(file=PICTURE)])
    [message] = client.messages.list(conversation_id=reply.conversation_id)
    [file] = message.message_files
    assert (file.filename, file.belongs_to) == ("pic.png", "user")
    assert client.files.download_url(file.url or "").read() == b"\x89PNG"


def test_nobody_else_can_go_on_with_a_conversation(place: Place) -> None:
    conversation = place.web(user_id="ann").chat.send(query="Hello").conversation_id
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        place.web(user_id="bob").chat.send(query="Hello", conversation_id=conversation)
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        place.web().chat.stream(query="x", conversation_id=UNKNOWN).result()


def stops(client: WebClient) -> str:
    """Begin a long answer and stop it after its first words."""
    with client.chat.stream(query="[[slow]]") as stream:
        reach(stream, "message")
        stream.stop()
        return stream.result().answer


def test_an_answer_is_stopped(place: Place) -> None:
    words = len(stops(place.web()).split())
    assert 0 < words < 60


def test_a_stop_of_an_unknown_task_is_fine(place: Place) -> None:
    assert place.web().chat.stop(UNKNOWN).result == "success"


def test_nobody_stops_an_answer_of_somebody_else(place: Place) -> None:
    with place.web(user_id="ann").chat.stream(query="[[slow]]") as stream:
        place.web(user_id="bob").chat.stop(reach(stream, "message").task_id)
        assert len(stream.result().answer.split()) == 60


def test_a_model_that_fails_is_an_error(place: Place) -> None:
    with pytest.raises(CompletionRequestError, match="stub"):
        place.web().chat.send(query="[[fail-start]]")
    with pytest.raises(StreamError):
        place.web().chat.stream(query="[[fail-mid]]").result()


def test_a_page_of_another_mode_does_not_chat(place: Place) -> None:
    with pytest.raises(NotChatAppError):
        place.web("workflow").chat.send(query="x")


@pytest.mark.parametrize("given", [{"query": 5}, {"query": "x", "conversation_id": "no-uuid"}])
def test_arguments_that_do_not_validate_are_named(place: Place, given: dict[str, object]) -> None:
    with pytest.raises(InvalidParamError if place.profile == "dify" else Exception, match="400") as refused:
        place.web().chat.send(**given)  # type: ignore[arg-type]  # that is the point
    assert set(refused.value.params) == {next(reversed(given))}


def test_a_question_needs_words(place: Place) -> None:
    with pytest.raises(InvalidParamError, match="query is required"):
        place.web().chat.send(query="")


@pytest.mark.profiles("dify", reason="the words of a framework")
def test_a_body_of_another_type_is_refused(place: Place) -> None:
    import httpx

    headers = {"x-app-passport": place.web().passport.get().access_token, "content-type": "text/plain"}
    with httpx.Client(transport=place.mock.transport, base_url="http://mock", headers=headers) as http:
        assert http.post("/api/chat-messages", content=b"hi").status_code == UnsupportedMediaTypeError.status == 415
