"""One story for both clients.

A test body is asynchronous and awaits whatever there is to await: `await got(client.chat.send(...))` is a plain call on
the blocking twin. Servers are functions behind an `httpx.MockTransport`.
"""

import inspect
import json
from contextlib import asynccontextmanager

import httpx
import pytest

from dify_sdk import AsyncServiceClient, ServiceClient

KEY = "app-SecretSecretSecret"
DATASET_KEY = "dataset-SecretSecretSecret"
ROOT = "http://dify.test"
UUID = "7b1d7bd4-9f6c-4e0c-9a57-0c8e1a2b3c4d"

on_trio_too = pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])


class Twin:
    """Makes clients of one kind."""

    def __init__(self, name):
        self.name = name
        self.is_async = name == "async"
        self.Client = AsyncServiceClient if self.is_async else ServiceClient
        self.HTTP = httpx.AsyncClient if self.is_async else httpx.Client

    def __repr__(self):
        return self.name

    def http(self, handler, **settings):
        """A plain httpx client that asks the handler."""
        return self.HTTP(transport=httpx.MockTransport(handler), **settings)

    def client(self, handler=None, **settings):
        """A client with everything it needs; `handler` answers in the server's place."""
        settings = {"api_key": KEY, "base_url": ROOT, "user": "ada"} | settings
        if handler is not None:
            settings["http_client"] = self.http(handler)
        return self.Client(**settings)


class Server:
    """Gives one reply after the other, and remembers what it was asked."""

    def __init__(self, *replies):
        self._replies = list(replies)
        self.asked = []

    def __call__(self, request):
        self.asked.append(request)
        assert self._replies, f"nobody expected {request.method} {request.url}"
        reply = self._replies.pop(0)
        if isinstance(reply, BaseException):
            raise reply
        return reply(request) if callable(reply) else reply

    @property
    def bodies(self):
        """The JSON bodies of the requests."""
        return [json.loads(request.content) for request in self.asked]

    @property
    def routes(self):
        """The requests as `GET /v1/...` with their queries."""
        return [f"{request.method} {request.url.raw_path.decode()}" for request in self.asked]


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in pieces, for either twin; a piece that is an exception is raised, one that can be called is called."""

    def __init__(self, *pieces):
        self._pieces = pieces
        self.given = 0
        self.closed = False

    def __iter__(self):
        for piece in self._pieces:
            if isinstance(piece, BaseException):
                raise piece
            if callable(piece):
                piece()
                continue
            self.given += 1
            yield piece

    async def __aiter__(self):
        for piece in self:
            yield piece

    def close(self):
        self.closed = True

    async def aclose(self):
        self.closed = True


def answer(data=None, status=200, **headers):
    """A JSON reply; underscores in header names stand for dashes."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, json=data, headers=named) if data is not None else httpx.Response(status, headers=named)


def sse(*events):
    """Events as they stand on the wire; texts stand there as they are."""
    return b"".join(one.encode() if isinstance(one, str) else b"data: %b\n\n" % json.dumps(one).encode() for one in events)


def streamed(*pieces, status=200, **headers):
    """A reply that is an event stream: dictionaries are events, bytes are pieces of the body, exceptions cut it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = Body(*(sse(piece) if isinstance(piece, (dict, str)) else piece for piece in pieces))
    return httpx.Response(status, stream=body, headers={"content-type": "text/event-stream; charset=utf-8"} | named)


async def got(thing):
    """The answer, awaited where it must be."""
    return await thing if inspect.isawaitable(thing) else thing


async def each(many):
    """Go through either kind of iterable."""
    if hasattr(many, "__aiter__"):
        async for one in many:
            yield one
    else:
        for one in many:
            yield one


async def all_of(many):
    """The items of either kind of iterable."""
    return [one async for one in each(many)]


async def next_of(many):
    """The next item of a stream."""
    return await many.__anext__() if hasattr(many, "__anext__") else next(many)


async def close(thing):
    """`close()` or `aclose()`, whichever it has."""
    await got(thing.aclose() if hasattr(thing, "aclose") else thing.close())


@asynccontextmanager
async def inside(thing):
    """`with` or `async with`, whichever it has."""
    if hasattr(thing, "__aenter__"):
        async with thing as entered:
            yield entered
    else:
        with thing as entered:
            yield entered
