"""Frames of event streams, and the pings between them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from dify_sdk._models import Model
from dify_sdk._steps import Pause

_NAME: Final = {"event"}
PING: Final = b"event: ping\n\n"
_PING_SECONDS: Final = 10.0
_WATCH_SECONDS: Final = 1.0


def frame(event: Model) -> bytes:
    """An event as live streams have it: compact JSON with raw UTF-8, and what was not set left out."""
    rest = event.model_dump_json(by_alias=True, exclude_unset=True, exclude=_NAME)[1:]
    return f'data: {{"event":{json.dumps(_name(event))}{"" if rest == "}" else ","}{rest}\n\n'.encode()


def spaced_frame(event: Model) -> bytes:
    """An event as the stream of a finished run has it: spaced and escaped."""
    return b"data: " + json.dumps(fields(event)).encode() + b"\n\n"


def fields(event: Model) -> dict[str, Any]:
    """What stands in an event, its name first where it has one."""
    told = event.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude=_NAME)
    return {"event": name, **told} if (name := _name(event)) else told


def _name(event: Model) -> str:
    """What stands first in every frame: some clients look no further."""
    name: str = getattr(event, "event", "")
    return name


def frames(events: Iterator[Model | bytes | Pause]) -> Iterator[bytes | Pause]:
    """Events as they go out, and a ping every ten seconds. Bytes are frames already.

    The real server looks at its watch after each event, and once a second while there is none.
    """
    elapsed, due = 0.0, _PING_SECONDS
    try:
        for event in events:
            if not isinstance(event, Pause):
                yield event if isinstance(event, bytes) else frame(event)
                if elapsed >= due:
                    yield PING
                    due += _PING_SECONDS
                continue
            left = event.seconds
            while left > _WATCH_SECONDS and elapsed + left >= due:
                wait = max(0.0, due - elapsed)
                yield Pause(wait)
                yield PING
                left, elapsed, due = left - wait, elapsed + wait, due + _PING_SECONDS
            elapsed += left
            if left:
                yield Pause(left)
    finally:
        if close := getattr(events, "close", None):
            close()
