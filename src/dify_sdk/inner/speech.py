"""Inner: speech, piece by piece."""

from __future__ import annotations

from typing import TypeAlias

from pydantic import Field

from .._models import Model, UnknownEvent
from .answers import Framed


class SpeechChunk(Model):
    """A piece of the sound, as hexadecimal digits."""

    result: str = Field(repr=False)

    @property
    def audio(self) -> bytes:
        """The sound itself."""
        return bytes.fromhex(self.result)


class Speech(Model):
    """The whole sound."""

    audio: bytes = Field(default=b"", repr=False)


SpeechEvent: TypeAlias = SpeechChunk | UnknownEvent


class Speaking(Framed[SpeechEvent, Speech]):
    """From the pieces of a sound to the whole."""

    def __init__(self) -> None:
        self._audio = bytearray()

    def feed(self, event: SpeechEvent) -> str:
        if not isinstance(event, UnknownEvent):
            self._audio += event.audio
        return ""

    def result(self) -> Speech:
        return Speech(audio=bytes(self._audio))

    def whole(self, reply: Speech) -> str:
        self._audio = bytearray(reply.audio)
        return ""
