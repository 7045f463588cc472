"""Bytes of a stream of binary frames to their contents; it is fed and asked as the decoder of events is.

A frame is a head and a body: a byte that is always 0x0F, a byte of no meaning, the length of what is left of the head
(16 bits), the length of the body (32 bits, both little-endian), the rest of the head, and the body.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from typing import Final

from ._sse import MAX_EVENT_BYTES, Record
from .errors import APIError, EventTooLargeError, MalformedFrameError, StreamInterruptedError

MAGIC: Final = 0x0F
_HEAD: Final = Struct("<BxHI")
_COUNTED: Final = 4  # what stands behind these first bytes is counted by the length of the head


class Frames:
    """Feed it chunks cut anywhere; `payloads` reads what it gives back. What is wrong behind that is left in `failure`."""

    __slots__ = ("_limit", "_pieces", "_size", "_wanted", "failure")

    def __init__(self, limit: int = MAX_EVENT_BYTES) -> None:
        self.failure: APIError | None = None
        self._limit = limit
        self._pieces: list[bytes] = []  # of a frame that is not finished yet
        self._size = 0
        self._wanted = _HEAD.size  # so many bytes are needed to go on

    def feed(self, chunk: bytes) -> bytes:
        """The whole frames; the rest is kept."""
        self._pieces.append(chunk)
        self._size += len(chunk)
        if self._size < self._wanted or self.failure is not None:
            return b""
        whole = b"".join(self._pieces)
        cut = self._measured(whole)
        self._pieces = [whole[cut:]]
        self._size = len(whole) - cut
        return whole[:cut]

    def finish(self) -> bytes:
        """The end of the body: nothing may be left.

        Raises:
            StreamInterruptedError: It ends within a frame.
            MalformedFrameError: What is left is none.
        """
        rest = b"".join(self._pieces)
        if rest and rest[0] != MAGIC:
            raise _malformed(rest[0])
        if rest:
            msg = f"the stream ended within a frame, after {len(rest)} bytes of it"
            raise StreamInterruptedError(msg)
        return b""

    def payloads(self, text: bytes) -> list[bytes]:
        """The bodies of whole frames."""
        found: list[bytes] = []
        at = 0
        while at < len(text):
            _, head, size = _HEAD.unpack_from(text, at)
            begin = at + _COUNTED + head
            at = begin + size
            found.append(text[begin:at])
        return found

    def records(self, text: bytes, last_id: str = "") -> Iterator[Record]:
        """The same, as events that have nothing but data."""
        return (Record("", body.decode("utf-8", "replace"), last_id, None) for body in self.payloads(text))

    def _measured(self, whole: bytes) -> int:
        """Where the last whole frame ends."""
        cut = 0
        self._wanted = _HEAD.size
        while len(whole) - cut >= _HEAD.size:
            magic, head, size = _HEAD.unpack_from(whole, cut)
            length = _COUNTED + head + size
            if magic != MAGIC or _COUNTED + head < _HEAD.size:
                self.failure = _malformed(magic)
            elif size > self._limit:
                msg = f"a frame of {size} bytes, more than {self._limit}; with_options(max_event_bytes=...) sets the limit"
                self.failure = EventTooLargeError(msg)
            elif len(whole) - cut < length:
                self._wanted = length
            else:
                cut += length
                continue
            break
        return cut


def _malformed(first: int) -> MalformedFrameError:
    return MalformedFrameError(f"what came is not a frame: it begins with 0x{first:02X}, in a head as no frame has it")
