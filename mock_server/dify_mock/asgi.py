"""The mock on a real socket: a bare ASGI application."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import Any, Final, TypeAlias

from dify_sdk._steps import Pause

from .exchange import Answering, Request

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
_BREATH: Final = 16  # pieces between two looks at the rest of the world


def application(answering: Answering) -> Callable[[Message, Receive, Send], Awaitable[None]]:
    """What answers, as an ASGI application."""

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body = bytearray()
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        path = scope.get("raw_path", scope["path"].encode()).decode("latin-1")
        reply = answering(Request(scope["method"], path, scope["query_string"].decode("latin-1"), headers, bytes(body)))
        written = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in reply.written]
        if isinstance(reply.body, bytes):
            if reply.status != 204 and "content-length" not in reply.headers:
                written.append((b"content-length", str(len(reply.body)).encode()))
            await send({"type": "http.response.start", "status": reply.status, "headers": written})
            await send({"type": "http.response.body", "body": reply.body})
            return
        await send({"type": "http.response.start", "status": reply.status, "headers": written})
        await _stream(reply.body, receive, send)

    return app


async def _stream(pieces: Iterator[bytes | Pause], receive: Receive, send: Send) -> None:
    """Write until the end, or until the client hangs up; a Cut goes on to the server, which drops the connection."""
    writing = asyncio.ensure_future(_write(pieces, send))
    hanging_up = asyncio.ensure_future(receive())
    try:
        await asyncio.wait({writing, hanging_up}, return_when=asyncio.FIRST_COMPLETED)
        if writing.done():
            await writing
    finally:
        for task in (writing, hanging_up):
            task.cancel()
        await asyncio.gather(writing, hanging_up, return_exceptions=True)
        if close := getattr(pieces, "close", None):
            close()


async def _write(pieces: Iterator[bytes | Pause], send: Send) -> None:
    for written, piece in enumerate(pieces):
        if isinstance(piece, Pause):
            await asyncio.sleep(piece.seconds)
            continue
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        if not written % _BREATH:
            await asyncio.sleep(0)
    await send({"type": "http.response.body", "body": b""})
