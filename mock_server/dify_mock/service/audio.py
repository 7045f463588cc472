"""Handlers: speech to text and back."""

from __future__ import annotations

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.service.audio import Audio, Transcript

from ..apps.speaking import NO_AUDIO, Listens, speech, transcript
from ..registry import handles
from ..visit import Visit


@handles(Audio.transcribe, modes=Listens(), no_file=NO_AUDIO)
def transcribe(visit: Visit, *, file: Upload, user: str | None = None) -> Transcript:
    return transcript(visit, file)


@handles(Audio.synthesize)
def synthesize(
    visit: Visit,
    *,
    text: str | None = None,
    message_id: str | None = None,
    voice: str | None = None,
    streaming: bool | None = None,
    user: str | None = None,
) -> File:
    return speech(visit, text, message_id, voice)
