"""Handlers: speech to text and back."""

from __future__ import annotations

from typing import Any

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.service.audio import Audio, Transcript

from ..exchange import Served
from ..providers import check_ready
from ..refusals import Refusal, invalid
from ..registry import handles
from ..routing import UUID
from ..speech import TEXT, sound
from ..uploads import MEGABYTE
from ..visit import Visit, configured
from ..world import App

_TYPES = frozenset({"audio/mp3", "audio/m4a", "audio/x-m4a", "audio/wav", "audio/amr", "audio/mpga"})
_MOST = 30


class _Listens:
    """The app must have speech to text switched on."""

    def check(self, app: App) -> None:
        configured(app)
        if not app.feature("speech_to_text").get("enabled"):
            raise Refusal(400, "speech_to_text_disabled", "Speech to text is disabled.")


@handles(Audio.transcribe, modes=_Listens(), no_file=("no_audio_uploaded", "Please upload your audio."))
def transcribe(visit: Visit, *, file: Upload, user: str | None = None) -> Transcript:
    given = File.of(file)
    if (given.content_type or "").partition(";")[0] not in _TYPES:
        raise Refusal(415, "unsupported_audio_type", "Audio type not allowed.")
    if len(given.read()) > _MOST * MEGABYTE:
        raise Refusal(413, "audio_too_large", f"Audio size larger than {_MOST} mb")
    check_ready(visit.world)
    return Transcript(text=TEXT)


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
    """`streaming` changes nothing: a server always answers bit by bit."""
    spoken = text
    if message_id:
        message = visit.world.messages.get(message_id) if UUID.fullmatch(message_id) else None
        if message is None or message.app_id != visit.app.id or (not message.answer and message.status != "error"):
            return Served(b"null\n", content_type="application/json")
        spoken = message.answer
    elif not text:
        raise invalid("Text is required")
    configured(visit.app)
    settings: dict[str, Any] = visit.app.feature("text_to_speech")
    if not settings.get("enabled"):
        raise invalid("TTS is not enabled")
    check_ready(visit.world)
    return Served(sound(spoken or "", voice or settings.get("voice")), content_type="audio/mpeg", chunked=True)
