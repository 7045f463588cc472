"""Single requests, one after the other on one connection. Each answers the CPU seconds of a call."""

from __future__ import annotations

from collections.abc import Callable

from .clock import cpu

_HEADERS = {"Authorization": "Bearer app-key"}


def _repeat(call: Callable[[], object], times: int) -> float:
    def once() -> None:
        for _ in range(times):
            call()

    return cpu(once, times)


def send_typed(url: str, times: int) -> float:
    from dify_sdk import ServiceClient

    client = ServiceClient("app-key", base_url=f"{url}/whole/chat", user="u")
    return _repeat(lambda: client.chat.send(query="Hello"), times)


def send_bare(url: str, times: int) -> float:
    import httpx

    client = httpx.Client(base_url=f"{url}/whole/chat/v1", headers=_HEADERS)
    body = {"inputs": {}, "query": "Hello", "user": "u", "response_mode": "blocking"}
    return _repeat(lambda: client.post("/chat-messages", json=body).json(), times)


def list_typed(url: str, times: int) -> float:
    from dify_sdk import ServiceClient

    client = ServiceClient("app-key", base_url=f"{url}/whole/logs", user="u")
    return _repeat(lambda: client.workflows.logs.list(limit=100).data, times)


def list_bare(url: str, times: int) -> float:
    import httpx

    client = httpx.Client(base_url=f"{url}/whole/logs/v1", headers=_HEADERS)
    return _repeat(lambda: client.get("/workflows/logs", params={"limit": 100}).json()["data"], times)
