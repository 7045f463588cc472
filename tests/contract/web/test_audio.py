"""Stories of speech on a page: written down, and read aloud."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import AudioTooLargeError, InvalidParamError, SpeechToTextDisabledError, UnsupportedAudioTypeError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
RECORDING = ("a.wav", b"RIFF", "audio/wav")


def test_a_recording_is_written_down(place: Place) -> None:
    text = place.web().audio.transcribe(file=RECORDING).text
    assert place.live or text == "this is the transcribed text"


def test_other_media_types_are_refused(place: Place) -> None:
    with pytest.raises(UnsupportedAudioTypeError):
        place.web().audio.transcribe(file=("a.txt", b"x", "text/plain"))


def test_thirty_megabytes_are_the_most(place: Place) -> None:
    with pytest.raises(AudioTooLargeError):
        place.web().audio.transcribe(file=("a.wav", bytes(30 * 1024 * 1024 + 1), "audio/wav"))


def test_an_app_that_does_not_listen_says_so(place: Place) -> None:
    with pytest.raises(SpeechToTextDisabledError):
        place.web("completion").audio.transcribe(file=RECORDING)


def test_a_text_is_read_aloud(place: Place) -> None:
    sound = place.web().audio.synthesize(text="Hello")
    assert (sound.content_type, bool(sound.read())) == ("audio/mpeg", True)


def test_an_answer_is_read_aloud(place: Place) -> None:
    client = place.web()
    reply = client.chat.send(query="Hello")
    assert client.audio.synthesize(message_id=reply.message_id).read()
    assert client.audio.synthesize(message_id=UNKNOWN).content_type == "application/json"


def test_there_must_be_something_to_read(place: Place) -> None:
    with pytest.raises(InvalidParamError, match="Text is required"):
        place.web().audio.synthesize()
