"""The least that a reader of the stream can do: take the chunks apart, split, and decode the JSON. It trusts every byte."""

from __future__ import annotations

from typing import Any

REQUEST = b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
AT_ONCE = 65536


class Floor:
    """One response, fed with what the socket gives."""

    def __init__(self) -> None:
        from orjson import loads

        self._loads = loads
        self.over = False
        self._in_body = False
        self._rest = b""  # of a chunk
        self._cut = b""  # of an event

    def feed(self, data: bytes) -> list[Any]:
        """The events that the bytes complete."""
        data = self._rest + data
        at = 0
        if not self._in_body:
            at = data.index(b"\r\n\r\n") + 4  # the head fits into the first read
            self._in_body = True
        pieces: list[bytes] = []
        while (line := data.find(b"\r\n", at)) >= 0:
            size = int(data[at:line], 16)
            if not size:
                self.over = data.endswith(b"\r\n\r\n")
                break
            end = line + 2 + size
            if end + 2 > len(data):
                break
            pieces.append(data[line + 2 : end])
            at = end + 2
        self._rest = data[at:]
        *whole, self._cut = (self._cut + b"".join(pieces)).split(b"\n\n")
        return [self._loads(event[6:]) for event in whole]
