"""What a program waits for before it can work. Each answers CPU seconds, in a fresh process; the size does not matter."""

from __future__ import annotations

import time


def import_ours(_url: str, _size: int) -> float:
    begin = time.process_time()
    import dify_sdk  # noqa: F401

    return time.process_time() - begin


def import_theirs(_url: str, _size: int) -> float:
    begin = time.process_time()
    import pydantic  # noqa: F401

    return time.process_time() - begin


def first_ours(url: str, _size: int) -> float:
    begin = time.process_time()
    from dify_sdk import ServiceClient

    assert ServiceClient("app-key", base_url=f"{url}/whole/chat", user="u").chat.send(query="Hello").answer
    return time.process_time() - begin


def first_assembled(url: str, _size: int) -> float:
    """httpx, and models of pydantic for the same answer."""
    begin = time.process_time()
    import httpx
    from pydantic import BaseModel

    class Usage(BaseModel):
        total_tokens: int
        total_price: str
        currency: str
        latency: float

    class Resource(BaseModel):
        position: int
        dataset_id: str
        document_id: str
        score: float
        content: str

    class Metadata(BaseModel):
        usage: Usage
        retriever_resources: list[Resource]

    class Reply(BaseModel):
        task_id: str
        message_id: str
        conversation_id: str
        answer: str
        metadata: Metadata
        created_at: int

    client = httpx.Client(base_url=f"{url}/whole/chat/v1", headers={"Authorization": "Bearer app-key"})
    response = client.post("/chat-messages", json={"inputs": {}, "query": "Hello", "user": "u", "response_mode": "blocking"})
    assert Reply.model_validate_json(response.content).answer
    return time.process_time() - begin


def first_openai(url: str, _size: int) -> float:
    begin = time.process_time()
    from openai import OpenAI

    client = OpenAI(api_key="key", base_url=f"{url}/whole/openai/v1", max_retries=0)
    answer = client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": "Hello"}])
    assert answer.choices[0].message.content
    return time.process_time() - begin
