"""The simulated models of speech."""

from __future__ import annotations

from typing import Final

TEXT: Final = "this is the transcribed text"
"""What any recording says."""
VOICES: Final = ("alloy", "nova")
_HEAD: Final = b"\xff\xfb\x90\x64"
_FRAME: Final = 417


def sound(text: str, voice: str | None) -> bytes:
    """An mp3 of silence: a frame for each word and eight more. The voice's name is in the last one."""
    speaker = voice if voice in VOICES else VOICES[0]
    frames = 8 + len(text.split())
    return (_HEAD + bytes(_FRAME - len(_HEAD))) * (frames - 1) + _HEAD + bytes(_FRAME - len(_HEAD) - len(speaker)) + speaker.encode()
