"""Speech to text and back."""

from __future__ import annotations

from typing import Any, Final

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.shared.audio import Transcript

from ..exchange import Served
from ..providers import check_ready
from ..refusals import Refusal, invalid
from ..routing import UUID
from ..speech import TEXT, sound
from ..state import App
from ..uploads import MEGABYTE
from ..visit import Visit, configured
from .definitions import WORKFLOW_MODES

NO_AUDIO: Final = (400, "no_audio_uploaded", "Please upload your audio.")
_TYPES: Final = frozenset({"audio/mp3", "audio/m4a", "audio/x-m4a", "audio/wav", "audio/amr", "audio/mpga"})
_MOST: Final = 30  # megabytes


class Listens:
    """The app must have speech to text switched on."""

    def check(self, app: App) -> None:
        configured(app)
        if not app.feature("speech_to_text").get("enabled"):
            raise Refusal(400, "speech_to_text_disabled", "Speech to text is disabled.")


def transcript(visit: Visit, file: Upload) -> Transcript:
    """What is said in a recording."""
    given = File.of(file)
    if (given.content_type or "").partition(";")[0] not in _TYPES:
        raise Refusal(415, "unsupported_audio_type", "Audio type not allowed.")
    if len(given.read()) > _MOST * MEGABYTE:
        raise Refusal(413, "audio_too_large", f"Audio size larger than {_MOST} mb")
    check_ready(visit.world)
    return Transcript(text=TEXT)


def speech(visit: Visit, text: str | None, message_id: str | None, voice: str | None, *, drafted: bool = False) -> File:
    """A text, or the answer of a message, aloud, as the app or its draft speaks; bit by bit, whatever was asked for."""
    spoken = text
    if message_id:
        message = visit.world.messages.get(message_id) if UUID.fullmatch(message_id) else None
        if message is None or message.app_id != visit.app.id or (not message.answer and message.status != "error"):
            return Served(b"null\n", content_type="application/json")
        spoken = message.answer
    elif not text:
        raise invalid("Text is required")
    settings = _draft_settings(visit.app) if drafted else _settings(visit.app)
    if not settings.get("enabled"):
        raise invalid("TTS is not enabled")
    check_ready(visit.world)
    return Served(sound(spoken or "", voice or settings.get("voice")), content_type="audio/mpeg", chunked=True)


def _settings(app: App) -> dict[str, Any]:
    """How an app speaks to those who use it."""
    configured(app)
    return app.feature("text_to_speech")


def _draft_settings(app: App) -> dict[str, Any]:
    """How an app speaks to those who edit it: without a workflow it always does, and not in a voice of its own."""
    if app.mode not in WORKFLOW_MODES:
        return {"enabled": True}
    found: dict[str, Any] | None = app.draft.features.get("text_to_speech") if app.draft else None
    return found or {}
