"""Stories of an account that uses the apps of its workspace: it talks, runs, rates and keeps as an end user does, apart from all of them."""

from __future__ import annotations

from typing import Literal

import pytest

from contract.console.hands import PICTURE, RECORDING, as_picture, at_hand
from dify_mock.contract.place import Place, reach
from dify_mock.state import Mode
from dify_mock.uploads import keep
from dify_sdk._files import File
from dify_sdk.errors import (
    APIStatusError,
    AppUnavailableError,
    AudioTooLargeError,
    InvalidParamError,
    NotChatAppError,
    NotCompletionAppError,
    NotFoundError,
    NotWorkflowAppError,
    PermissionDeniedError,
    SpeechToTextDisabledError,
    StreamInterruptedError,
)
from dify_sdk.shared.events import MessageEndEvent, NodeFinishedEvent

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


@pytest.mark.parametrize("mode", ["chat", "agent-chat", "advanced-chat"])
def test_a_question_is_answered_and_nobody_says_what_it_cost(place: Place, mode: Mode) -> None:
    chat, app_id = place.console().installed_apps.chat, at_hand(place, mode)
    assert chat.send(app_id, query="Hello").answer == "Hello from the stub. You said: Hello"
    with chat.stream(app_id, query="Hello") as stream:
        [end] = [one for one in stream if isinstance(one, MessageEndEvent)]
        assert stream.result().answer == "Hello from the stub. You said: Hello"
    assert end.metadata and end.metadata.model_fields_set == {"retriever_resources", "reasoning"}


def test_a_conversation_branches(place: Place) -> None:
    apps, app_id = place.console().installed_apps, at_hand(place, "chat")
    first = apps.chat.send(app_id, query="one")
    second = apps.chat.send(app_id, query="two", conversation_id=first.conversation_id, parent_message_id=first.message_id)
    listed = {one.id: one for one in apps.messages.list(app_id, conversation_id=first.conversation_id)}
    assert listed[second.message_id].parent_message_id == first.message_id
    assert listed[first.message_id].parent_message_id is None


def test_a_file_that_the_account_has_uploaded_goes_with_a_question(place: Place) -> None:
    world, apps, app_id = place.mock.world, place.console().installed_apps, at_hand(place, "chat")
    mine, theirs = (keep(world, File.of(PICTURE), created_by=owner).id for owner in (world.owner_id, UNKNOWN))
    reply = apps.chat.send(app_id, query="look", files=[as_picture(mine)])
    [message] = apps.messages.list(app_id, conversation_id=reply.conversation_id)
    assert [one.filename for one in message.message_files] == ["pic.png"]
    with pytest.raises(InvalidParamError, match="Invalid upload file"):
        apps.chat.send(app_id, query="look", files=[as_picture(theirs)])


def test_an_answer_is_stopped_by_the_one_who_asked(place: Place) -> None:
    chat, app_id = place.console().installed_apps.chat, at_hand(place, "chat")
    with chat.stream(app_id, query="[[slow]]") as stream:
        task_id = reach(stream, "message").task_id
        assert place.member("normal").installed_apps.chat.stop(app_id, task_id).result == "success"
        assert next(stream).event == "message", "that of another account stops nothing"
        stream.stop()
        assert 0 < len(stream.result().answer.split()) < 60
    assert chat.stop(app_id, UNKNOWN).result == "success"


def test_a_text_is_written(place: Place) -> None:
    completion, app_id = place.console().installed_apps.completion, at_hand(place, "completion")
    reply = completion.send(app_id, inputs={"query": "write"})
    assert (reply.answer, reply.mode) == ("Hello from the stub. You said: write", "completion")
    assert completion.stream(app_id, inputs={"query": "write"}).result().answer == reply.answer
    with completion.stream(app_id, inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "message")
        stream.stop()
        assert 0 < len(stream.result().answer.split()) < 60
    assert completion.stop(app_id, UNKNOWN).result == "success"


def test_a_workflow_runs_to_its_end_and_its_nodes_keep_to_themselves(place: Place) -> None:
    workflows, app_id = place.console().installed_apps.workflows, at_hand(place, "workflow")
    run = workflows.run(app_id, inputs={"query": "hi"})
    assert (run.status, run.outputs["text"]) == ("succeeded", "Hello from the stub. You said: hi")
    with workflows.stream(app_id, inputs={"query": "hi"}) as stream:
        ended = [one.data for one in stream if isinstance(one, NodeFinishedEvent)]
    assert ended and all((one.inputs, one.outputs) == (None, None) for one in ended)


def test_a_run_is_stopped_and_stands_in_the_logs_of_the_app(place: Place) -> None:
    workflows, app_id = place.console().installed_apps.workflows, at_hand(place, "workflow")
    with workflows.stream(app_id, inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "text_chunk")
        stream.stop()
        run = stream.result()
    assert run.status == "stopped"
    [log] = place.service("workflow").workflows.logs.list()
    assert (log.workflow_run.id, log.created_from, log.created_by_role) == (run.workflow_run_id, "installed-app", "account")
    assert workflows.stop(app_id, UNKNOWN).result == "success"


def test_apps_of_other_modes_are_refused(place: Place) -> None:
    apps, chat, workflow = place.console().installed_apps, at_hand(place, "chat"), at_hand(place, "workflow")
    with pytest.raises(NotChatAppError):
        apps.chat.send(workflow, query="x")
    with pytest.raises(NotChatAppError):
        apps.conversations.list(workflow)
    with pytest.raises(NotCompletionAppError):
        apps.completion.send(chat)
    with pytest.raises(NotCompletionAppError):
        apps.saved_messages.list(chat)
    with pytest.raises(NotWorkflowAppError):
        apps.workflows.run(chat)


@pytest.mark.parametrize("mode", ["workflow", "advanced-chat"])
def test_an_app_that_nobody_has_published_is_of_no_use(place: Place, mode: Literal["workflow", "advanced-chat"]) -> None:
    client = place.console()
    made = client.apps.create(name="New", mode=mode)
    [installed] = client.installed_apps.list(app_id=made.id)
    for ask in (client.installed_apps.parameters, client.installed_apps.meta):
        with pytest.raises(AppUnavailableError):
            ask(installed.id)
    with pytest.raises(AppUnavailableError):
        client.installed_apps.audio.synthesize(installed.id, text="Hello")
    with pytest.raises(InvalidParamError, match="Workflow not published"):
        if mode == "workflow":
            client.installed_apps.workflows.run(installed.id)
        else:
            client.installed_apps.chat.send(installed.id, query="Hello")


def test_conversations_are_listed_pinned_renamed_and_deleted(place: Place) -> None:
    apps, app_id = place.console().installed_apps, at_hand(place, "chat")
    one, two, three = (apps.chat.send(app_id, query=query).conversation_id for query in ("one", "two", "three"))
    assert [each.id for each in apps.conversations.list(app_id, limit=2)] == [three, two, one]
    assert apps.conversations.pin(app_id, one).result == "success"
    assert [each.id for each in apps.conversations.list(app_id, pinned=True)] == [one]
    assert [each.id for each in apps.conversations.list(app_id, pinned=False)] == [three, two]
    apps.conversations.unpin(app_id, one)
    assert list(apps.conversations.list(app_id, pinned=True)) == []
    assert apps.conversations.rename(app_id, two, name="Mine").name == "Mine"
    assert apps.conversations.delete(app_id, three) is None
    assert [each.name for each in apps.conversations.list(app_id)] == ["Mine", "one"]
    assert apps.conversations.rename(app_id, one, auto_generate=True).name not in {"", "one"}
    with pytest.raises(NotFoundError):
        apps.messages.list(app_id, conversation_id=three)


def test_a_conversation_needs_a_name_from_somewhere(place: Place) -> None:
    apps, app_id = place.console().installed_apps, at_hand(place, "chat")
    made = apps.chat.send(app_id, query="Hello").conversation_id
    with pytest.raises(APIStatusError) as refused:
        apps.conversations.rename(app_id, made, name=" ")
    assert refused.value.status_code == (422 if place.profile == "dify" else 400)


def test_messages_are_read_backwards_and_rated(place: Place) -> None:
    apps, app_id = place.console().installed_apps, at_hand(place, "chat")
    first = apps.chat.send(app_id, query="one")
    for query in ("two", "three"):
        apps.chat.send(app_id, query=query, conversation_id=first.conversation_id)
    page = apps.messages.list(app_id, conversation_id=first.conversation_id, limit=2)
    assert ([one.query for one in page.data], page.has_more) == (["two", "three"], True)
    assert [one.query for one in page] == ["two", "three", "one"]
    assert apps.messages.feedback(app_id, first.message_id, rating="like", content="good").result == "success"
    [rated] = place.service().app.feedbacks.list()
    assert (rated.message_id, rated.rating, rated.from_source) == (first.message_id, "like", "admin")
    assert (rated.from_account_id, rated.from_end_user_id) == (place.mock.world.owner_id, None)
    apps.messages.feedback(app_id, first.message_id, rating=None)
    assert list(place.service().app.feedbacks.list()) == []


def test_questions_are_suggested_unless_the_app_suggests_none(place: Place) -> None:
    apps, app_id = place.console().installed_apps, at_hand(place, "chat")
    reply = apps.chat.send(app_id, query="Hello")
    assert len(apps.messages.suggested(app_id, reply.message_id).data) == 3
    (place.mock.world.first_app("chat").config or {})["suggested_questions_after_answer"] = {"enabled": False}
    with pytest.raises(PermissionDeniedError):
        apps.messages.suggested(app_id, reply.message_id)


def test_a_text_is_written_once_more(place: Place) -> None:
    apps, app_id = place.console().installed_apps, at_hand(place, "completion")
    first = apps.completion.send(app_id, inputs={"query": "write"})
    second = apps.messages.more_like_this(app_id, first.message_id)
    assert (second.message_id != first.message_id, second.answer) == (True, first.answer)
    with pytest.raises(StreamInterruptedError):
        apps.messages.stream_more_like_this(app_id, first.message_id).result()
    with pytest.raises(NotCompletionAppError):
        apps.messages.more_like_this(at_hand(place, "chat"), first.message_id)


def test_messages_are_kept_newest_first_and_let_go(place: Place) -> None:
    apps, app_id = place.console().installed_apps, at_hand(place, "completion")
    one, two, three = (apps.completion.send(app_id, inputs={"query": query}).message_id for query in ("one", "two", "three"))
    for message_id in (three, one, two, one):
        assert apps.saved_messages.create(app_id, message_id=message_id).result == "success"
    assert [each.id for each in apps.saved_messages.list(app_id, limit=2)] == [two, one, three]
    assert apps.saved_messages.delete(app_id, one) is None
    assert [each.inputs for each in apps.saved_messages.list(app_id)] == [{"query": "two"}, {"query": "three"}]
    with pytest.raises(NotFoundError):
        apps.saved_messages.create(app_id, message_id=UNKNOWN)


def test_speech_is_written_down_and_read_aloud(place: Place) -> None:
    apps, app_id = place.console().installed_apps, at_hand(place, "chat")
    assert apps.audio.transcribe(app_id, file=RECORDING).text == "this is the transcribed text"
    assert apps.audio.synthesize(app_id, text="Hello").read()
    reply = apps.chat.send(app_id, query="Hello")
    assert apps.audio.synthesize(app_id, message_id=reply.message_id).read()
    with pytest.raises(InvalidParamError):
        apps.audio.synthesize(app_id)
    with pytest.raises(AudioTooLargeError):
        apps.audio.transcribe(app_id, file=("a.wav", bytes(30 * 1024 * 1024 + 1), "audio/wav"))
    with pytest.raises(SpeechToTextDisabledError):
        apps.audio.transcribe(at_hand(place, "completion"), file=RECORDING)


def test_what_an_account_says_is_for_nobody_else(place: Place) -> None:
    mine, app_id = place.console().installed_apps, at_hand(place, "chat")
    reply = mine.chat.send(app_id, query="Hello")
    other = place.member("admin").installed_apps
    assert list(other.conversations.list(app_id)) == []
    for touch in (
        lambda: other.messages.list(app_id, conversation_id=reply.conversation_id),
        lambda: other.chat.send(app_id, query="x", conversation_id=reply.conversation_id),
        lambda: other.conversations.pin(app_id, reply.conversation_id),
        lambda: other.messages.feedback(app_id, reply.message_id, rating="like"),
    ):
        with pytest.raises(NotFoundError):
            touch()
    assert list(place.service().conversations.list(user=place.mock.world.owner_id)) == []
    assert list(place.web(user_id=place.mock.world.owner_id).conversations.list()) == []


@pytest.mark.profiles("dify", reason="the documents have other codes and words")
def test_refusals_are_in_the_words_of_the_console(place: Place) -> None:
    apps, app_id = place.console().installed_apps, at_hand(place, "chat")
    with pytest.raises(NotCompletionAppError, match="Not Completion App"):
        apps.messages.more_like_this(app_id, UNKNOWN)
    with pytest.raises(InvalidParamError) as unread:
        apps.messages.list(app_id, conversation_id="no-uuid")
    assert (unread.value.code, set(unread.value.params)) == ("invalid_param", {"conversation_id"})
    with pytest.raises(APIStatusError) as refused:
        apps.messages.feedback(app_id, UNKNOWN, rating="meh")  # type: ignore[arg-type]  # that is the point
    assert (refused.value.status_code, refused.value.code, set(refused.value.params)) == (422, "unprocessable_entity", {"rating"})
