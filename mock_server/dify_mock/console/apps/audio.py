"""Handlers: speech to text and back, for the editors of an app."""

from __future__ import annotations

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.console.apps.audio import Audio, Transcript, Voice

from ...apps.speaking import NO_AUDIO, Listens, speech, transcript
from ...providers import VOICES, check_ready
from ...registry import handles
from ...visit import Visit


@handles(Audio.transcribe, modes=Listens(), no_file=NO_AUDIO)
def transcribe(visit: Visit, app_id: str, *, file: Upload) -> Transcript:
    return transcript(visit, file)


@handles(Audio.synthesize, payload="TextToSpeechPayload", decorated=True)
def synthesize(
    visit: Visit, app_id: str, *, text: str, message_id: str | None = None, voice: str | None = None, streaming: bool | None = None
) -> File:
    return speech(visit, text, message_id, voice, drafted=True)


@handles(Audio.list_voices, payload="TextToSpeechVoiceQuery", decorated=True)
def list_voices(visit: Visit, app_id: str, *, language: str) -> list[Voice]:
    check_ready(visit.world)
    return [Voice(name=one["name"], value=one["mode"]) for one in VOICES if language in one["language"]]
