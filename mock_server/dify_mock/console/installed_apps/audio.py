"""Handlers: speech to text and back, with an installed app."""

from __future__ import annotations

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.console.installed_apps.audio import Audio, Transcript

from ...apps.speaking import NO_AUDIO, Listens, speech, transcript
from ...registry import handles
from ...visit import Visit


@handles(Audio.transcribe, modes=Listens(), no_file=NO_AUDIO)
def transcribe(visit: Visit, installed_app_id: str, *, file: Upload) -> Transcript:
    return transcript(visit, file)


@handles(Audio.synthesize, payload="TextToAudioPayload", decorated=True)
def synthesize(
    visit: Visit,
    installed_app_id: str,
    *,
    text: str | None = None,
    message_id: str | None = None,
    voice: str | None = None,
    streaming: bool | None = None,
) -> File:
    return speech(visit, text, message_id, voice)
