"""Frames of the streams that plugins read: each has its length before it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from struct import Struct
from typing import Any, Final

from dify_sdk._models import Model
from dify_sdk._steps import Pause

from .sse import fields

_HEAD: Final = Struct("<BxHI6x")  # a mark, the length of what is left of the head, that of the body
_MAGIC: Final = 0x0F
_REST: Final = 10


def packed(data: Any, error: str = "") -> bytes:
    """An answer as a frame."""
    body = json.dumps({"data": data, "error": error}, ensure_ascii=False, separators=(",", ":")).encode()
    return _HEAD.pack(_MAGIC, _REST, len(body)) + body


def prefixed(events: Iterator[Model | bytes | Pause]) -> Iterator[bytes | Pause]:
    """Events as they go out; bytes are frames already."""
    try:
        for event in events:
            yield packed(fields(event)) if isinstance(event, Model) else event
    finally:
        if close := getattr(events, "close", None):
            close()
