"""Stories of recommended apps that are tried before they are installed."""

from __future__ import annotations

import pytest

from contract.console.hands import PICTURE, RECORDING, as_picture, at_hand
from dify_mock.contract.place import Place, reach
from dify_mock.recommendations import RecommendedApp
from dify_mock.state import Mode, RemoteFile
from dify_sdk.errors import (
    AppUnavailableError,
    BadRequestError,
    NotChatAppError,
    NotCompletionAppError,
    NotFoundError,
    NotWorkflowAppError,
    PermissionDeniedError,
    SpeechToTextDisabledError,
    UnsupportedFileTypeError,
)

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
URL = "http://elsewhere.example/fox.png"


def to_try(place: Place, mode: Mode, times: int = 3) -> str:
    """The demo's app of a mode, recommended to be tried so often."""
    world = place.mock.world
    world.settings.apps_can_be_tried = True
    world.recommendations.recommend(RecommendedApp(world.first_app(mode).id, trials=times))
    return world.first_app(mode).id


def test_a_server_lets_nobody_try_unless_it_was_told_to(place: Place) -> None:
    app_id = place.mock.world.first_app("chat").id
    assert not place.console().explore.apps.get(app_id).can_trial
    with pytest.raises(PermissionDeniedError):
        place.console().trial_apps.chat.send(app_id, query="Hello")
    place.mock.world.settings.apps_can_be_tried = True
    assert place.console().explore.apps.get(app_id).can_trial
    assert place.console().trial_apps.chat.send(app_id, query="Hello").answer == "Hello from the stub. You said: Hello"


def test_only_what_is_recommended_for_it_is_tried(place: Place) -> None:
    not_to_try = to_try(place, "chat", times=0)
    for app_id in (not_to_try, place.mock.world.first_app("completion").id, UNKNOWN):
        with pytest.raises(PermissionDeniedError):
            place.console().trial_apps.chat.send(app_id, query="Hello")


def test_an_account_tries_an_app_a_few_times(place: Place) -> None:
    client, app_id = place.console(), to_try(place, "chat", times=2)
    for _ in range(2):
        client.trial_apps.chat.send(app_id, query="Hello")
    with pytest.raises(PermissionDeniedError):
        client.trial_apps.chat.send(app_id, query="Hello")
    assert place.member("normal").trial_apps.chat.send(app_id, query="Hello").answer


def test_a_conversation_goes_on_where_the_app_is_installed(place: Place) -> None:
    client, app_id = place.console(), to_try(place, "chat")
    reply = client.trial_apps.chat.send(app_id, query="Hello")
    assert len(client.trial_apps.messages.suggested(app_id, reply.message_id).data) == 3
    assert client.trial_apps.chat.stream(app_id, query="x", conversation_id=reply.conversation_id).result().answer
    assert [one.id for one in client.installed_apps.conversations.list(at_hand(place, "chat"))] == [reply.conversation_id]
    with pytest.raises(NotFoundError):
        place.member("normal").trial_apps.messages.suggested(app_id, reply.message_id)


def test_a_text_is_written(place: Place) -> None:
    completion, app_id = place.console().trial_apps.completion, to_try(place, "completion")
    assert completion.send(app_id, inputs={"query": "write"}).answer == "Hello from the stub. You said: write"
    assert completion.stream(app_id, inputs={"query": "write"}).result().answer == "Hello from the stub. You said: write"


def test_a_workflow_is_run_and_stopped(place: Place) -> None:
    workflows, app_id = place.console().trial_apps.workflows, to_try(place, "workflow")
    assert workflows.run(app_id, inputs={"query": "hi"}).outputs["text"] == "Hello from the stub. You said: hi"
    with workflows.stream(app_id, inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "text_chunk")
        stream.stop()
        assert stream.result().status == "stopped"
    assert workflows.stop(app_id, UNKNOWN).result == "success"


def test_speech_is_written_down_and_read_aloud(place: Place) -> None:
    audio, app_id = place.console().trial_apps.audio, to_try(place, "chat")
    assert audio.transcribe(app_id, file=RECORDING).text == "this is the transcribed text"
    assert audio.synthesize(app_id, text="Hello").read()
    with pytest.raises(SpeechToTextDisabledError):
        audio.transcribe(to_try(place, "completion"), file=RECORDING)


def test_files_are_uploaded_or_fetched_and_go_with_a_question(place: Place) -> None:
    client, app_id = place.console(), to_try(place, "chat")
    place.mock.world.remote_files[URL] = RemoteFile(b"\x89PNG", "image/png")
    upload = client.trial_apps.files.upload(app_id, file=PICTURE)
    fetched = client.trial_apps.remote_files.upload(app_id, url=URL)
    assert {upload.created_by, fetched.created_by} == {place.mock.world.owner_id}
    reply = client.trial_apps.chat.send(app_id, query="look", files=[as_picture(upload.id), as_picture(fetched.id)])
    [message] = client.installed_apps.messages.list(at_hand(place, "chat"), conversation_id=reply.conversation_id)
    assert [one.filename for one in message.message_files] == ["pic.png", "fox.png"]


def test_what_is_uploaded_for_an_app_is_kept_in_its_workspace(place: Place) -> None:
    world, app_id = place.mock.world, to_try(place, "chat")
    theirs = world.accounts.add_workspace("Elsewhere", world.accounts.add("b@example.com", "a-password-1"))
    world.apps[app_id].workspace_id = theirs.id
    client = place.console()
    upload = client.trial_apps.files.upload(app_id, file=("note.txt", b"Owls.", "text/plain"))
    assert upload.tenant_id == theirs.id
    with pytest.raises(NotFoundError):
        client.files.preview(upload.id)


def test_files_for_knowledge_are_for_librarians(place: Place) -> None:
    app_id, text = to_try(place, "chat"), ("note.txt", b"Owls.", "text/plain")
    assert place.console().trial_apps.files.upload(app_id, file=text, source="datasets").name == "note.txt"
    with pytest.raises(UnsupportedFileTypeError):
        place.console().trial_apps.files.upload(app_id, file=PICTURE, source="datasets")
    with pytest.raises(PermissionDeniedError):
        place.member("normal").trial_apps.files.upload(app_id, file=text, source="datasets")


def test_apps_of_other_modes_are_refused(place: Place) -> None:
    trial, chat, workflow = place.console().trial_apps, to_try(place, "chat"), to_try(place, "workflow")
    with pytest.raises(NotChatAppError):
        trial.chat.send(workflow, query="x")
    with pytest.raises(NotCompletionAppError):
        trial.completion.send(chat)
    with pytest.raises(NotWorkflowAppError):
        trial.workflows.run(chat)


def test_everybody_is_told_what_an_app_is(place: Place) -> None:
    world, nobody = place.mock.world, place.console_of(access_token="of-nobody")
    app = world.first_app("chat")
    label = place.console().tags.create(name="good", type="app")
    place.console().tags.bind(tag_ids=[label.id], target_id=app.id, type="app")
    told = nobody.trial_apps.get(app.id)
    assert (told.id, told.name, told.mode, told.workflow) == (app.id, "Demo Chat", "chat", None)
    assert told.model_config_ and told.model_config_.pre_prompt == "You are a stub."
    assert [one.name for one in told.tags] == ["good"]
    assert told.site and told.site.code == app.site.code
    assert nobody.trial_apps.site(app.id) == place.service().app.site()
    assert nobody.trial_apps.parameters(app.id) == place.service().app.parameters()


def test_everybody_is_told_what_a_workflow_does_and_not_its_secrets(place: Place) -> None:
    world, nobody = place.mock.world, place.console_of(access_token="of-nobody")
    app = world.first_app("advanced-chat")
    assert app.workflow
    app.workflow.environment_variables = [
        {"id": "1", "name": "key", "value_type": "secret", "value": "sk-secret"},
        {"id": "2", "name": "place", "value_type": "string", "value": "here"},
    ]
    told = nobody.trial_apps.workflows.get(app.id)
    assert (told.id, told.graph) == (app.workflow.id, app.workflow.graph)
    assert [one.name for one in told.conversation_variables] == ["counter", "notes", "items"]
    assert [one["value"] for one in told.environment_variables] == ["*" * 20, "here"]
    assert told.created_by and told.created_by.name == "Admin"
    summary = nobody.trial_apps.get(app.id)
    assert summary.workflow and (summary.workflow.id, summary.model_config_) == (told.id, None)
    with pytest.raises(AppUnavailableError):
        nobody.trial_apps.workflows.get(world.first_app("chat").id)


def test_datasets_are_listed_by_their_ids(place: Place) -> None:
    trial, app_id = place.console_of(access_token="of-nobody").trial_apps, place.mock.world.first_app("chat").id
    first, second = list(place.mock.world.knowledge.datasets.values())[:2]
    told = trial.list_datasets(app_id, ids=[second.id, UNKNOWN, first.id])
    assert [one.name for one in told] == [second.name, first.name]
    assert [one.id for one in trial.list_datasets(app_id, ids=[second.id, first.id], limit=1)] == [second.id, first.id]
    with pytest.raises(BadRequestError):
        trial.list_datasets(app_id)


def test_an_app_that_is_not_there_is_not_found(place: Place) -> None:
    trial = place.console_of(access_token="of-nobody").trial_apps
    for ask in (trial.get, trial.parameters, trial.site, trial.workflows.get, lambda app_id: trial.list_datasets(app_id, ids=[UNKNOWN])):
        with pytest.raises(NotFoundError):
            ask(UNKNOWN)


@pytest.mark.profiles("dify", reason="the documents have other codes and words")
def test_refusals_say_why_an_app_is_not_tried(place: Place) -> None:
    chat = place.console().trial_apps.chat
    app_id = place.mock.world.first_app("chat").id
    with pytest.raises(PermissionDeniedError, match="Trial app feature is not enabled") as disabled:
        chat.send(app_id, query="Hello")
    to_try(place, "chat", times=1)
    with pytest.raises(PermissionDeniedError) as unknown:
        chat.send(UNKNOWN, query="Hello")
    chat.send(app_id, query="Hello")
    with pytest.raises(PermissionDeniedError) as spent:
        chat.send(app_id, query="Hello")
    codes = [one.value.code for one in (disabled, unknown, spent)]
    assert codes == ["trial_app_feature_disabled", "trial_app_not_allowed", "trial_app_limit_exceeded"]
