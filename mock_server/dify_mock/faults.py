"""Faults on demand: what a server or a network may do to a request."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dify_sdk._steps import Pause

from .exchange import Reply
from .refusals import Cut


@dataclass
class Fault:
    """Something that goes wrong with the next requests that match. `hits` counts how often it has."""

    on: str | None
    times: int
    reply: Reply | None = None
    seconds: float = 0.0
    cut_after: int | None = None
    piece: int | None = None
    hits: int = 0

    def takes(self, operation: str | None) -> bool:
        """Whether it is this request's turn."""
        matches = self.on is None or (operation is not None and self.on in {operation, operation.partition(".")[2]})
        return matches and self.hits < self.times

    def spoil(self, reply: Reply) -> Reply:
        """The reply as it goes out."""
        body: Iterator[bytes | Pause] = iter([reply.body]) if isinstance(reply.body, bytes) else reply.body
        if self.seconds:
            body = _late(body, self.seconds)
        if self.cut_after is not None:
            body = _cut(body, self.cut_after)
        if self.piece is not None:
            body = _dribbled(body, self.piece)
        return Reply(reply.status, reply.headers, body)


@dataclass
class Faults:
    """The faults that are waiting. `on` names an operation (`chat.send`); without it any request will do."""

    waiting: list[Fault] = field(default_factory=list[Fault])

    def refuse(
        self, status: int, body: Any = b"", *, headers: Mapping[str, str] | None = None, on: str | None = None, times: int = 1
    ) -> Fault:
        """Answer with a status instead of doing anything.

        Args:
            status: The HTTP status.
            body: Bytes, or anything to be sent as JSON.
            headers: Headers of the answer.
            on: The operation.
            times: How often.
        """
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = {} if isinstance(body, bytes) else {"content-type": "application/json"}
        return self._add(Fault(on, times, reply=Reply(status, {**kind, **(headers or {})}, content)))

    def hang(self, seconds: float, *, on: str | None = None, times: int = 1) -> Fault:
        """Do the work, then wait before the body of the answer is sent.

        Args:
            seconds: How long; the mock's clock says how much of it is really waited.
            on: The operation.
            times: How often.
        """
        return self._add(Fault(on, times, seconds=seconds))

    def cut(self, after: int = 0, *, on: str | None = None, times: int = 1) -> Fault:
        """Do the work, but lose the connection in the middle of the answer.

        Args:
            after: How many pieces of the body (events of a stream) still arrive.
            on: The operation.
            times: How often.
        """
        return self._add(Fault(on, times, cut_after=after))

    def dribble(self, size: int = 1, *, on: str | None = None, times: int = 1) -> Fault:
        """Send the answer in crumbs.

        Args:
            size: The bytes of a crumb.
            on: The operation.
            times: How often.
        """
        return self._add(Fault(on, times, piece=size))

    def clear(self) -> None:
        """Forget them all."""
        self.waiting.clear()

    def take(self, operation: str | None) -> Fault | None:
        """The fault for a request, counted."""
        fault = next((one for one in self.waiting if one.takes(operation)), None)
        if fault is not None:
            fault.hits += 1
        return fault

    def _add(self, fault: Fault) -> Fault:
        self.waiting.append(fault)
        return fault


def _late(body: Iterator[bytes | Pause], seconds: float) -> Iterator[bytes | Pause]:
    yield Pause(seconds)
    yield from body


def _cut(body: Iterator[bytes | Pause], after: int) -> Iterator[bytes | Pause]:
    try:
        for piece in body:
            if isinstance(piece, bytes):
                if after <= 0:
                    break
                after -= 1
            yield piece
        raise Cut
    finally:
        _close(body)


def _dribbled(body: Iterator[bytes | Pause], size: int) -> Iterator[bytes | Pause]:
    try:
        for piece in body:
            if isinstance(piece, Pause):
                yield piece
            else:
                yield from (piece[at : at + size] for at in range(0, len(piece), size))
    finally:
        _close(body)


def _close(body: Iterator[bytes | Pause]) -> None:
    if close := getattr(body, "close", None):
        close()
