"""Bytes of an event stream to events: the decoder that both twins feed with whatever the network gives.

Only LF, CR and CRLF end a line, so U+2028 or U+0085 inside a text stay where they are. Pieces are joined once for each
event, not once for each piece: the time is linear in the bytes, also for an event of 64 MiB that comes in crumbs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from .errors import APIError, EventTooLargeError

MAX_EVENT_BYTES: Final = 64 * 1024 * 1024
_MOST_DIGITS: Final = 18  # of milliseconds: Python refuses to read thousands
_BOM: Final = b"\xef\xbb\xbf"
_LF, _CR = b"\n\r"  # as numbers: looking for one is several times faster than for a text of one byte


class Record(NamedTuple):
    """The fields of one event as they stood on the wire."""

    event: str
    data: str
    id: str
    retry: int | None


class Decoder:
    """Feed it chunks cut anywhere; `payloads` and `records` read what it gives back."""

    __slots__ = ("_after_cr", "_begun", "_ends_line", "_limit", "_pieces", "_size", "failure")

    def __init__(self, limit: int = MAX_EVENT_BYTES) -> None:
        self.failure: APIError | None = None  # for what is raised only after the events before it; here nothing is
        self._limit = limit
        self._pieces: list[bytes] = []  # of an event that is not finished yet
        self._size = 0
        self._ends_line = False  # whether the last piece ends in a line's end
        self._after_cr = False  # a LF that comes next belongs to the CR before it
        self._begun = False

    def feed(self, chunk: bytes) -> bytes:
        """The whole events up to the last blank line, with LF as the only line end; the rest is kept."""
        if not self._begun:
            chunk = self._without_bom(chunk)
        if self._after_cr and chunk:
            self._after_cr = False
            chunk = chunk.removeprefix(b"\n")
        if _CR in chunk:
            self._after_cr = chunk.endswith(b"\r")
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if not chunk:
            return b""
        end = chunk.rfind(b"\n\n")
        if end < 0 and not (self._ends_line and chunk.startswith(b"\n")):
            self._keep(chunk)
            return b""
        cut = end + 2 if end >= 0 else 1
        if self._pieces:
            whole = b"".join([*self._pieces, chunk[:cut]])
            self._pieces.clear()
        else:
            whole = chunk[:cut]
        self._size = 0
        self._ends_line = False
        if cut < len(chunk):
            self._keep(chunk[cut:])
        return whole

    def finish(self) -> bytes:
        """The end of the body: a last event without its blank line still counts."""
        rest = b"".join(self._pieces)
        self._pieces.clear()
        self._size = 0
        return rest

    def payloads(self, text: bytes) -> list[bytes]:
        """The `data` of every event that has some."""
        return payloads(text)

    def records(self, text: bytes, last_id: str = "") -> Iterator[Record]:
        """Every event with its fields."""
        return records(text, last_id)

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._limit:
            msg = f"an event of more than {self._limit} bytes; with_options(max_event_bytes=...) sets the limit"
            raise EventTooLargeError(msg)
        self._pieces.append(piece)
        self._ends_line = piece.endswith(b"\n")

    def _without_bom(self, chunk: bytes) -> bytes:
        start = b"".join([*self._pieces, chunk])
        self._pieces.clear()
        self._size = 0
        if len(start) < len(_BOM) and _BOM.startswith(start):
            self._pieces.append(start)
            return b""
        self._begun = True
        return start.removeprefix(_BOM)


def payloads(text: bytes) -> list[bytes]:
    """The `data` of every event that has some."""
    whole = text.rstrip(b"\n")
    if whole.startswith(b"data: "):
        if _LF not in whole:
            return [whole[6:]]
        parts = whole[6:].split(b"\n\ndata: ")
        if _LF not in b"".join(parts):  # every event is exactly one data line: nothing left to look for
            return parts
    found: list[bytes] = []
    for block in text.split(b"\n\n"):
        data: list[bytes] = []
        for line in block.split(b"\n"):
            name, _, value = line.partition(b":")
            if name == b"data":
                data.append(value.removeprefix(b" "))
        if data:
            found.append(b"\n".join(data))
    return found


def records(text: bytes, last_id: str = "") -> Iterator[Record]:
    """Every event with its fields, the ones without data too; an id holds until another comes."""
    for block in text.split(b"\n\n"):
        event, data, retry = b"", list[bytes](), b""
        told = False
        for line in block.split(b"\n"):
            name, _, value = line.partition(b":")
            value = value.removeprefix(b" ")
            if name == b"data":
                data.append(value)
            elif name == b"event":
                event = value
            elif name == b"id" and b"\0" not in value:
                last_id = _utf8(value)
            elif name == b"retry" and value.isdigit() and len(value) <= _MOST_DIGITS:
                retry = value
            else:
                continue
            told = True
        if told:
            yield Record(_utf8(event), _utf8(b"\n".join(data)), last_id, int(retry) if retry else None)


def _utf8(text: bytes) -> str:
    return text.decode("utf-8", "replace")
