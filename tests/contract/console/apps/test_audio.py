"""Stories of speech, for the editors of an app."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_mock.state import DRAFT, Workflow
from dify_sdk.errors import (
    APIStatusError,
    InvalidParamError,
    NotFoundError,
    ProviderNotInitializedError,
    SpeechToTextDisabledError,
    UnprocessableEntityError,
    UnsupportedAudioTypeError,
)

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
RECORDING = ("a.mp3", b"ID3", "audio/mp3")


def test_a_recording_is_written_down_where_the_app_listens(place: Place) -> None:
    world, client = place.mock.world, place.member("normal").apps.audio
    assert client.transcribe(world.first_app("chat").id, file=RECORDING).text == "this is the transcribed text"
    with pytest.raises(UnsupportedAudioTypeError):
        client.transcribe(world.first_app("chat").id, file=("a.txt", b"x", "text/plain"))
    with pytest.raises(SpeechToTextDisabledError):
        client.transcribe(world.first_app("completion").id, file=RECORDING)


def test_a_text_is_read_aloud_in_the_voice_that_is_asked_for(place: Place) -> None:
    app, client = place.mock.world.first_app("chat").id, place.console().apps.audio
    [voice] = [one for one in client.list_voices(app, language="en-US") if one.name == "Nova"]
    sound = client.synthesize(app, text="Hello", voice=voice.value)
    assert sound.content_type == "audio/mpeg"
    assert sound.read().endswith(b"nova")


def test_an_answer_is_read_aloud(place: Place) -> None:
    app, client = place.mock.world.first_app("chat").id, place.console().apps
    message = client.chat.send(app, query="one two three").message_id
    assert len(client.audio.synthesize(app, text="x", message_id=message).read()) > len(client.audio.synthesize(app, text="x").read())
    nothing = client.audio.synthesize(app, text="x", message_id=UNKNOWN)
    assert (nothing.content_type, nothing.read()) == ("application/json", b"null\n")


def test_a_chat_reads_aloud_before_its_users_hear_it_and_a_chatflow_goes_by_its_draft(place: Place) -> None:
    world, client = place.mock.world, place.console().apps.audio
    chat, flow = world.first_app("chat"), world.first_app("advanced-chat")
    assert chat.config is not None and flow.workflow is not None
    chat.config["text_to_speech"] = {"enabled": False}
    with pytest.raises(InvalidParamError, match="TTS is not enabled"):
        place.service().audio.synthesize(text="Hello")
    assert client.synthesize(chat.id, text="Hello").read()
    draft = flow.draft or Workflow(world.ids.uuid(), DRAFT, flow.workflow.graph)
    flow.workflows[draft.id] = draft
    draft.features = {"text_to_speech": {"enabled": True, "voice": "nova"}}
    assert client.synthesize(flow.id, text="Hello").read().endswith(b"nova")
    draft.features = {"text_to_speech": {"enabled": False}}
    with pytest.raises(InvalidParamError, match="TTS is not enabled"):
        client.synthesize(flow.id, text="Hello")
    assert place.service("advanced-chat").audio.synthesize(text="Hello").read()


def test_voices_are_those_of_a_language(place: Place) -> None:
    app, client = place.mock.world.first_app("workflow").id, place.console().apps.audio
    assert [(one.name, one.value) for one in client.list_voices(app, language="en-US")] == [("Alloy", "alloy"), ("Nova", "nova")]
    assert [one.value for one in client.list_voices(app, language="zh-Hans")] == ["alloy"]
    assert client.list_voices(app, language="fr-FR") == []


def test_nobody_speaks_or_listens_without_a_provider(place: Place) -> None:
    app, client = place.mock.world.first_app("chat").id, place.console().apps.audio
    place.mock.world.provider_is_ready = False
    for silent in (
        lambda: client.transcribe(app, file=RECORDING),
        lambda: client.synthesize(app, text="Hello"),
        lambda: client.list_voices(app, language="en-US"),
    ):
        with pytest.raises(ProviderNotInitializedError):
            silent()


def test_an_app_must_be_there_and_a_text_too(place: Place) -> None:
    client = place.console().apps.audio
    with pytest.raises(NotFoundError, match="App not found"):
        client.list_voices(UNKNOWN, language="en-US")
    with pytest.raises(UnprocessableEntityError if place.profile == "dify" else APIStatusError) as refused:
        client.synthesize(place.mock.world.first_app("chat").id, text=None)  # type: ignore[arg-type]  # wrong on purpose
    assert list(refused.value.params) == ["text"]
