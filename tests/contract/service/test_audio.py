"""Stories of speech: written down, and read aloud."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import (
    AudioTooLargeError,
    InvalidParamError,
    ProviderNotInitializedError,
    SpeechToTextDisabledError,
    UnsupportedAudioTypeError,
)

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
RECORDING = ("a.mp3", b"ID3", "audio/mp3")


def test_a_recording_is_written_down(place: Place) -> None:
    text = place.service().audio.transcribe(file=RECORDING).text
    assert place.live or text == "this is the transcribed text"


@pytest.mark.parametrize("kind", ["audio/m4a", "audio/x-m4a", "audio/wav", "audio/amr", "audio/mpga"])
def test_the_media_type_decides_what_is_sound(place: Place, kind: str) -> None:
    assert place.mock
    assert place.service().audio.transcribe(file=("a.bin", b"x", kind)).text


@pytest.mark.parametrize("kind", ["audio/mpeg", "text/plain"])
def test_other_media_types_are_refused(place: Place, kind: str) -> None:
    with pytest.raises(UnsupportedAudioTypeError):
        place.service().audio.transcribe(file=("a.mp3", b"x", kind))


def test_thirty_megabytes_are_the_most(place: Place) -> None:
    with pytest.raises(AudioTooLargeError, match="Audio size larger than 30 mb"):
        place.service().audio.transcribe(file=("a.mp3", bytes(30 * 1024 * 1024 + 1), "audio/mp3"))


def test_an_app_that_does_not_listen_says_so(place: Place) -> None:
    with pytest.raises(SpeechToTextDisabledError):
        place.service("completion").audio.transcribe(file=RECORDING)


def test_listening_can_be_switched_off(place: Place) -> None:
    config = place.mock.world.first_app("chat").config
    assert config is not None
    client = place.service()
    assert client.app.parameters().speech_to_text["enabled"]
    config["speech_to_text"] = {"enabled": False}
    with pytest.raises(SpeechToTextDisabledError):
        client.audio.transcribe(file=("a.txt", b"x", "text/plain"))


def test_a_text_is_read_aloud(place: Place) -> None:
    sound = place.service().audio.synthesize(text="Hello")
    assert sound.content_type == "audio/mpeg"
    assert sound.read()


def test_sound_comes_without_its_length(place: Place) -> None:
    reply = place.service().with_raw_response.audio.synthesize(text="Hello", streaming=True)
    assert "content-length" not in reply.headers
    assert reply.parse().read().startswith(b"\xff\xfb") or place.live


def test_a_longer_text_is_longer_to_hear(place: Place) -> None:
    audio = place.service().audio
    assert len(audio.synthesize(text="Hello").read()) < len(audio.synthesize(text="Hello to all of you").read())


def test_the_voice_is_the_one_of_the_app_unless_another_is_asked_for(place: Place) -> None:
    assert place.mock
    audio = place.service().audio
    assert b"alloy" in audio.synthesize(text="Hello").read()
    assert b"nova" in audio.synthesize(text="Hello", voice="nova").read()
    assert b"alloy" in audio.synthesize(text="Hello", voice="nobody").read()


def test_a_message_is_read_aloud_and_wins_over_a_text(place: Place) -> None:
    client = place.service()
    message = client.chat.send(query="Hello")
    aloud = client.audio.synthesize(message_id=message.message_id, text="x").read()
    assert place.live or len(aloud) == len(client.audio.synthesize(text=message.answer).read())


@pytest.mark.parametrize("message_id", [UNKNOWN, "abc"])
def test_an_unknown_message_has_nothing_to_say(place: Place, message_id: str) -> None:
    sound = place.service().audio.synthesize(message_id=message_id)
    assert sound.content_type == "application/json"
    assert sound.read().strip() == b"null"


def test_a_message_without_words_has_nothing_to_say(place: Place) -> None:
    client = place.service()
    message_id = client.chat.send(query="[[empty]]").message_id
    assert client.audio.synthesize(message_id=message_id).content_type == "application/json"


def test_there_must_be_something_to_read(place: Place) -> None:
    with pytest.raises(InvalidParamError, match="Text is required"):
        place.service().audio.synthesize()


def test_reading_aloud_can_be_switched_off(place: Place) -> None:
    config = place.mock.world.first_app("chat").config
    assert config is not None
    config["text_to_speech"] = {"enabled": False}
    with pytest.raises(InvalidParamError, match="TTS is not enabled"):
        place.service().audio.synthesize(text="Hello")


def test_without_a_provider_there_is_no_speech(place: Place) -> None:
    place.mock.world.provider_is_ready = False
    client = place.service()
    with pytest.raises(ProviderNotInitializedError):
        client.audio.transcribe(file=RECORDING)
    with pytest.raises(ProviderNotInitializedError):
        client.audio.synthesize(text="Hello")
