"""Stories of chats and agents that their editors try out."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract.place import Place, reach
from dify_mock.llm import PROVIDER
from dify_mock.uploads import keep
from dify_sdk import File
from dify_sdk.errors import (
    APIStatusError,
    CompletionRequestError,
    InvalidParamError,
    NotFoundError,
    PermissionDeniedError,
    StreamError,
    StreamInterruptedError,
)
from dify_sdk.shared.events import MessageEvent

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
MODEL: dict[str, Any] = {"provider": PROVIDER, "name": "stub-chat", "mode": "chat", "completion_params": {}}
FORM = [{"text-input": {"label": "Topic", "variable": "topic", "required": True, "max_length": 20}}]


def chat(place: Place) -> str:
    return place.mock.world.first_app("chat").id


def test_an_app_is_tried_out_as_it_is(place: Place) -> None:
    client = place.console().apps
    reply = client.chat.send(chat(place), query="Hello")
    assert reply.answer == "Hello from the stub. You said: Hello"
    [logged] = client.chat.conversations.list(chat(place))
    assert (logged.id, logged.name, logged.summary) == (reply.conversation_id, "Hello", "Hello")
    assert (logged.from_source, logged.from_account_id, logged.from_account_name) == ("console", place.mock.world.owner_id, "Admin")
    assert (logged.from_end_user_id, logged.from_end_user_session_id) == (None, None)


def test_an_app_is_tried_out_with_another_configuration_and_keeps_its_own(place: Place) -> None:
    client = place.console().apps
    config = {"model": MODEL, "pre_prompt": "Talk of {{topic}}.", "user_input_form": FORM, "opening_statement": "On {{topic}}."}
    with pytest.raises(InvalidParamError, match="topic is required"):
        client.chat.send(chat(place), query="Hello", model_config_=config)
    reply = client.chat.send(chat(place), query="Hello", inputs={"topic": "foxes"}, model_config_=config)
    found = client.chat.conversations.get(chat(place), reply.conversation_id)
    assert found.introduction == "On foxes."
    assert found.model_config_
    assert (found.model_config_.model, found.model_config_.pre_prompt) == (MODEL, "Talk of {{topic}}.")
    assert [next(iter(one)) for one in found.model_config_.user_input_form or ()] == ["text-input"]
    assert place.service().chat.send(query="Hello").answer
    assert place.service().app.parameters().opening_statement == "Hi {{name}}, welcome."


@pytest.mark.parametrize(
    ("config", "complaint"),
    [
        ({"pre_prompt": "x"}, "model is required"),
        ({"model": "stub-chat"}, "model must be of object type"),
        ({"model": {"name": "stub-chat"}}, "model.provider is required"),
        ({"model": {"provider": PROVIDER}}, "model.name is required"),
        ({"model": {**MODEL, "name": "gpt-0"}}, "model.name must be in the specified model list"),
        ({"model": {"provider": PROVIDER, "name": "stub-chat"}}, "model.completion_params is required"),
        ({"model": {**MODEL, "completion_params": "none"}}, "model.completion_params must be of object type"),
        ({"model": MODEL, "pre_prompt": 5}, "pre_prompt must be of string type"),
        ({"model": MODEL, "text_to_speech": "on"}, "text_to_speech must be of dict type"),
        ({"model": MODEL, "user_input_form": ["topic"]}, "user_input_form must be a list of objects"),
        ({"model": MODEL, "user_input_form": [{"colour": {"label": "C", "variable": "c"}}]}, "Keys in user_input_form"),
        ({"model": MODEL, "user_input_form": [{"text-input": {"label": "Topic"}}]}, "variable is required"),
    ],
)
def test_a_configuration_must_hold_together_and_name_a_model_of_the_workspace(place: Place, config: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InvalidParamError, match=complaint):
        place.console().apps.chat.send(chat(place), query="Hello", model_config_=config)
    assert list(place.console().apps.chat.conversations.list(chat(place))) == []


def test_a_stream_comes_to_the_same(place: Place) -> None:
    with place.console().apps.chat.stream(chat(place), query="Hello", model_config_={"model": MODEL}) as stream:
        said = "".join(one.answer for one in stream if isinstance(one, MessageEvent))
        reply = stream.result()
    assert said == reply.answer == "Hello from the stub. You said: Hello"
    assert reply.metadata.usage and reply.metadata.usage.total_tokens > 0


def test_an_agent_only_streams_and_uses_its_tools(place: Place) -> None:
    app, client = place.mock.world.first_app("agent-chat").id, place.console().apps
    with pytest.raises(InvalidParamError, match="blocking mode"):
        client.chat.send(app, query="Hello")
    reply = client.chat.stream(app, query="[[tool:make_image]]").result()
    assert [one.tool for one in reply.thoughts] == ["make_image", ""]
    assert len(reply.made_files) == 1
    assert [one.id for one in client.chat.conversations.list(app)] == [reply.conversation_id]


def test_a_conversation_goes_on_for_the_account_that_began_it(place: Place) -> None:
    mine, theirs = place.console().apps, place.member("editor").apps
    first = mine.chat.send(chat(place), query="one")
    second = mine.chat.send(chat(place), query="two", conversation_id=first.conversation_id, parent_message_id=first.message_id)
    assert second.conversation_id == first.conversation_id
    assert mine.chat.conversations.get(chat(place), first.conversation_id).message_count == 2
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        theirs.chat.send(chat(place), query="three", conversation_id=first.conversation_id)


def test_no_end_user_sees_it(place: Place) -> None:
    tried = place.console().apps.chat.send(chat(place), query="Hello").conversation_id
    with pytest.raises(NotFoundError):
        place.service(user=place.mock.world.owner_id).conversations.delete(tried)
    for client in (place.service(), place.web()):
        assert list(client.conversations.list()) == []


def test_a_file_of_the_account_goes_with_a_question(place: Place) -> None:
    world = place.mock.world
    picture = keep(world, File(b"\x89PNG", "pic.png", "image/png"), created_by=world.owner_id)
    theirs = keep(world, File(b"\x89PNG", "pic.png", "image/png"), created_by=UNKNOWN)
    client = place.console().apps.chat
    reply = client.stream(
        chat(place), query="look", files=[{"type": "image", "transfer_method": "local_file", "upload_file_id": picture.id}]
    ).result()
    assert [one.related_id is not None and one.filename for one in reply.files] == ["pic.png"]
    with pytest.raises(InvalidParamError, match="Invalid upload file"):
        client.send(chat(place), query="look", files=[{"type": "image", "transfer_method": "local_file", "upload_file_id": theirs.id}])


def test_an_answer_is_stopped(place: Place) -> None:
    with place.console().apps.chat.stream(chat(place), query="[[slow]]") as stream:
        reach(stream, "message")
        stream.stop()
        assert 0 < len(stream.result().answer.split()) < 60


def test_nobody_stops_an_answer_of_somebody_else(place: Place) -> None:
    with place.console().apps.chat.stream(chat(place), query="[[slow]]") as stream:
        task = reach(stream, "message").task_id
        assert place.member("editor").apps.chat.stop(chat(place), task).result == "success"
        assert len(stream.result().answer.split()) == 60


def test_a_model_that_fails_is_an_error(place: Place) -> None:
    client = place.console().apps.chat
    with pytest.raises(CompletionRequestError, match="stub"):
        client.send(chat(place), query="[[fail-start]]")
    with pytest.raises(StreamError) as failed:
        client.stream(chat(place), query="[[fail-mid]]").result()
    partial = failed.value.partial
    assert partial.answer == "part0 part1 part2 "
    logged = place.console().apps.messages.get(chat(place), partial.message_id)
    assert (logged.conversation_id, logged.status, logged.answer) == (partial.conversation_id, "error", "")
    assert logged.error == "stub: provider went away mid-stream"


def test_a_model_that_fails_at_once_is_an_error_of_the_stream(place: Place) -> None:
    apps = place.console().apps
    with pytest.raises(StreamError, match="stub") as failed:
        apps.chat.stream(chat(place), query="[[rate]]").result()
    assert (failed.value.partial.answer, failed.value.partial.task_id) == ("", "")
    [logged] = apps.chat.conversations.list(chat(place))
    assert [one.status for one in apps.messages.list(chat(place), conversation_id=logged.id)] == ["error"]


def test_a_stream_that_is_cut_hands_over_what_had_come(place: Place) -> None:
    place.mock.faults.cut(3, on="apps.chat.stream")
    with pytest.raises(StreamInterruptedError) as cut:
        place.console().apps.chat.stream(chat(place), query="[[long]]").result()
    partial = cut.value.partial
    assert partial.answer == "word0 word1 word2 "
    assert place.console().apps.chat.stop(chat(place), partial.task_id).result == "success"
    [logged] = place.console().apps.messages.list(chat(place), conversation_id=partial.conversation_id)
    assert (logged.id, logged.query) == (partial.message_id, "[[long]]")


@pytest.mark.parametrize("mode", ["completion", "advanced-chat", "workflow"])
def test_other_apps_are_tried_out_elsewhere(place: Place, mode: Any) -> None:
    app = place.mock.world.first_app(mode).id
    with pytest.raises(NotFoundError, match="App mode is not in the supported list"):
        place.console().apps.chat.send(app, query="x")
    with pytest.raises(NotFoundError, match="App mode is not in the supported list"):
        place.console().apps.chat.stream(app, query="x").result()


def test_a_task_of_a_chatflow_is_stopped_too_and_one_of_a_completion_is_not(place: Place) -> None:
    world, client = place.mock.world, place.console().apps.chat
    assert client.stop(world.first_app("advanced-chat").id, UNKNOWN).result == "success"
    with pytest.raises(NotFoundError):
        client.stop(world.first_app("completion").id, UNKNOWN)
    with pytest.raises(NotFoundError):
        client.stop(UNKNOWN, UNKNOWN)


def test_only_editors_try_an_app_out(place: Place) -> None:
    assert place.member("editor").apps.chat.send(chat(place), query="Hello").answer
    for role in ("normal", "dataset_operator"):
        client = place.member(role).apps.chat
        with pytest.raises(PermissionDeniedError):
            client.send(chat(place), query="Hello")
        with pytest.raises(PermissionDeniedError):
            client.stream(chat(place), query="Hello").result()


@pytest.mark.parametrize("wrong", [{"query": 5}, {"query": "x", "model_config_": "none"}, {"query": "x", "conversation_id": "no-uuid"}])
def test_a_question_that_does_not_validate_is_told_as_it_was_sent(place: Place, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidParamError if place.profile == "dify" else APIStatusError) as refused:
        place.console().apps.chat.send(chat(place), **wrong)
    assert list(refused.value.params) == [list(wrong)[-1].rstrip("_")]
