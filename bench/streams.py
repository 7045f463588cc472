"""Readers of one long answer. Each is given the responder's address and the number of events.

They answer the CPU seconds of an event, except `latency_*` (seconds from the send to the typed event, the middle one) and
`growth` (MB that the process has grown by).
"""

from __future__ import annotations

import asyncio
import os
import resource
import socket
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, get_args
from urllib.parse import urlsplit

from .clock import async_cpu, cpu
from .floor import AT_ONCE, REQUEST, Floor
from .wire import BLOCK

_JSON = {"inputs": {}, "query": "Hello", "user": "u", "response_mode": "streaming"}
_MB = 1_000_000


def _stream(url: str, events: int, name: str = "chat") -> str:
    return f"{url}/stream/{name}/{events // BLOCK}"


def _letters(events: Iterable[Any]) -> int:
    return sum(len(event.answer) for event in events if event.event == "message")


# The floor


def floor(url: str, events: int) -> float:
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port)) as connection:

        def read() -> Iterator[dict[str, Any]]:
            connection.sendall(REQUEST % urlsplit(_stream(url, events)).path.encode())
            response = Floor()
            while not response.over:
                yield from response.feed(connection.recv(AT_ONCE))

        return cpu(lambda: sum(len(event["answer"]) for event in read() if event["event"] == "message"), events)


def async_floor(url: str, events: int) -> float:
    address = urlsplit(url)

    async def main() -> float:
        reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=AT_ONCE)

        async def read() -> AsyncIterator[dict[str, Any]]:
            writer.write(REQUEST % urlsplit(_stream(url, events)).path.encode())
            response = Floor()
            while not response.over:
                for event in response.feed(await reader.read(AT_ONCE)):
                    yield event

        async def once() -> int:
            return sum([len(event["answer"]) async for event in read() if event["event"] == "message"])

        return await async_cpu(once, events)

    return asyncio.run(main())


# This client


def typed(url: str, events: int, http_client: Any = None) -> float:
    from dify_sdk import ServiceClient

    client = ServiceClient("app-key", base_url=_stream(url, events), user="u", http_client=http_client)
    return cpu(lambda: _letters(client.chat.stream(query="Hello")), events)


def typed_on_httpx(url: str, events: int) -> float:
    import httpx

    return typed(url, events, httpx.Client())


def async_typed(url: str, events: int) -> float:
    from dify_sdk import AsyncServiceClient

    async def main() -> float:
        async with AsyncServiceClient("app-key", base_url=_stream(url, events), user="u") as client:

            async def once() -> int:
                return sum([len(event.answer) async for event in client.chat.stream(query="Hello") if event.event == "message"])

            return await async_cpu(once, events)

    return asyncio.run(main())


def latency_typed(url: str, events: int) -> float:
    from dify_sdk import ServiceClient

    client = ServiceClient("app-key", base_url=f"{url}/ticks/chat/{events}", user="u")
    stream = client.chat.stream(query="Hello")
    return median(time.monotonic_ns() - int(event.answer) for event in stream if event.event == "message") / 1e9


def growth(url: str, events: int) -> float:
    from dify_sdk import ServiceClient

    stream = ServiceClient("app-key", base_url=_stream(url, events), user="u").chat.stream(query="Hello")
    for _ in range(10 * BLOCK):
        next(stream)
    begin = _resident()
    for _ in stream:
        pass
    return (_resident() - begin) / _MB  # the stream is still there, with the answer so far


def _resident() -> int:
    """The bytes that the process takes; where the system does not tell, the most it ever took."""
    told = Path("/proc/self/statm")
    if told.exists():
        return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


# What one writes without it


def assembled(url: str, events: int) -> float:
    """httpx, httpx-sse and pydantic, with the same models."""
    import httpx
    from httpx_sse import EventSource

    adapter, client = _adapter(), httpx.Client()

    def read() -> Iterator[Any]:
        with client.stream("POST", f"{_stream(url, events)}/v1/chat-messages", json=_JSON) as response:
            for sent in EventSource(response).iter_sse():
                yield adapter.validate_json(sent.data)

    return cpu(lambda: _letters(read()), events)


def _adapter() -> Any:
    from typing import Annotated, Union

    from pydantic import Field, TypeAdapter

    from dify_sdk import UnknownEvent
    from dify_sdk.shared.events import ChatEvent

    known = tuple(kind for kind in get_args(ChatEvent) if kind is not UnknownEvent)
    return TypeAdapter(Annotated[Union[known], Field(discriminator="event")])


def latency_json(url: str, events: int) -> float:
    """httpx-sse and dicts."""
    import httpx
    from httpx_sse import connect_sse

    late: list[int] = []
    with (
        httpx.Client() as client,
        connect_sse(client, "POST", f"{url}/ticks/chat/{events}/v1/chat-messages", json=_JSON) as source,
    ):
        for sent in source.iter_sse():
            event = sent.json()
            if event["event"] == "message":
                late.append(time.monotonic_ns() - int(event["answer"]))
    return median(late) / 1e9


# Other people's clients


def openai(url: str, events: int) -> float:
    from openai import OpenAI

    client = OpenAI(api_key="key", base_url=f"{_stream(url, events, 'openai')}/v1", max_retries=0)

    def once() -> int:
        stream = client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": "Hello"}], stream=True)
        return sum(len(chunk.choices[0].delta.content or "") for chunk in stream)

    return cpu(once, events)


def dify_client(url: str, events: int) -> float:
    import json

    from dify_client import ChatClient

    client = ChatClient("app-key")
    client.base_url = f"{_stream(url, events)}/v1"

    def once() -> int:
        response = client.create_chat_message(inputs={}, query="Hello", user="u", response_mode="streaming")
        lines = (line.removeprefix("data: ") for line in response.iter_lines(decode_unicode=True) if line)
        return sum(len(event["answer"]) for event in map(json.loads, lines) if event["event"] == "message")

    return cpu(once, events)
