"""Frames of event streams, and the pings between them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from dify_sdk._models import Model
from dify_sdk._steps import Pause

PING: Final = b"event: ping\n\n"
_PING_SECONDS: Final = 10.0


def frame(event: Model) -> bytes:
    """An event as live streams have it: compact JSON with raw UTF-8, and what was not set left out."""
    event.model_fields_set.add("event")
    return b"data: " + event.model_dump_json(by_alias=True, exclude_unset=True).encode() + b"\n\n"


def spaced_frame(event: Model) -> bytes:
    """An event as the stream of a finished run has it: spaced and escaped."""
    event.model_fields_set.add("event")
    return b"data: " + json.dumps(event.model_dump(mode="json", by_alias=True, exclude_unset=True)).encode() + b"\n\n"


def frames(events: Iterator[Model | bytes | Pause]) -> Iterator[bytes | Pause]:
    """Events as they go out; a silence of ten seconds is broken by a ping. Bytes are frames already."""
    silence = 0.0
    try:
        for event in events:
            if not isinstance(event, Pause):
                silence = 0.0
                yield event if isinstance(event, bytes) else frame(event)
                continue
            left = event.seconds
            while silence + left >= _PING_SECONDS:
                wait = _PING_SECONDS - silence
                yield Pause(wait)
                yield PING
                left, silence = left - wait, 0.0
            silence += left
            if left:
                yield Pause(left)
    finally:
        if close := getattr(events, "close", None):
            close()
