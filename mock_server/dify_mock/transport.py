"""The mock in process, for either kind of httpx client and for respx."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import anyio
import httpx

from dify_sdk._steps import Pause

from .exchange import Answering, Reply, Request
from .refusals import Cut


def to_request(request: httpx.Request, body: bytes) -> Request:
    """An httpx request as the mock's."""
    path, _, query = request.url.raw_path.decode().partition("?")
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Request(request.method, path, query, headers, body)


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A streamed body. A wait that is longer than the client's patience ends as it does on a socket."""

    def __init__(self, pieces: Iterator[bytes | Pause], request: httpx.Request) -> None:
        self._pieces, self._request, self._begun = pieces, request, False
        waits: dict[str, Any] = request.extensions.get("timeout", {})
        self._patience: float | None = waits.get("read")

    def _wait(self, pause: Pause) -> float:
        """Seconds to wait for real; waits between two pieces add up as the caller's clock has them."""
        if self._patience is not None and pause.seconds > self._patience:
            raise httpx.ReadTimeout("timed out", request=self._request)
        return pause.seconds

    def _cut(self) -> httpx.RemoteProtocolError:
        text = "peer closed connection without sending complete message body (incomplete chunked read)"
        return httpx.RemoteProtocolError(text, request=self._request)

    def __iter__(self) -> Iterator[bytes]:
        self._begun = True
        try:
            for piece in self._pieces:
                if isinstance(piece, Pause):
                    time.sleep(self._wait(piece))
                else:
                    yield piece
        except Cut as cut:
            raise self._cut() from cut

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._begun = True
        try:
            for piece in self._pieces:
                if isinstance(piece, Pause):
                    await anyio.sleep(self._wait(piece))
                else:
                    yield piece
        except Cut as cut:
            raise self._cut() from cut

    def close(self) -> None:
        if not self._begun:
            next(self._pieces, None)  # a server has written something before it sees that nobody listens
        if close := getattr(self._pieces, "close", None):
            close()

    async def aclose(self) -> None:
        self.close()


def to_response(reply: Reply, request: httpx.Request) -> httpx.Response:
    """The mock's reply as an httpx response."""
    if isinstance(reply.body, bytes):
        return httpx.Response(reply.status, headers=reply.written, content=reply.body, request=request)
    return httpx.Response(reply.status, headers=reply.written, stream=_Body(reply.body, request), request=request)


class MockTransport(httpx.BaseTransport):
    """`httpx.Client(transport=mock.transport)`."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return to_response(self._answering(to_request(request, request.read())), request)


class AsyncMockTransport(httpx.AsyncBaseTransport):
    """`httpx.AsyncClient(transport=mock.async_transport)`."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return to_response(self._answering(to_request(request, await request.aread())), request)
