"""What the responder sends, written once: it knows nothing of HTTP beyond where a request ends.

A reply is a set of files in one folder. `<name>.whole` is a response as it stands. `<name>.head`, `.block` and `.tail` are a
stream: the block, `BLOCK` events of one HTTP chunk each, is sent as often as the address asks. `<name>.tick` is one event with
a `STAMP`, which the responder overwrites with the time at which it sends it.
"""

from __future__ import annotations

import json
import random
import uuid
from pathlib import Path
from typing import Any

BLOCK = 250
STAMP = "@" * 19  # as long as a monotonic time in nanoseconds
_WORDS = (
    "The",
    " answer",
    " is",
    " 42",
    ",",
    " says",
    ' "the',
    ' book"',
    ".",
    "\n\n",
    "- ",
    " naïve",
    " 你好",
    " 世界",
    "。",
    " 🙂",
    " reading",
)
_MADE_AT = 1_763_622_000


def write(folder: Path) -> None:
    """Fill the folder."""
    made = random.Random(7)  # the same bytes in every run
    ids = {name: _id(made) for name in ("task_id", "conversation_id", "message_id")}

    def message(answer: str) -> dict[str, Any]:
        return {"event": "message", **ids, "id": ids["message_id"], "created_at": _MADE_AT, "answer": answer}

    end = {"event": "message_end", **ids, "id": ids["message_id"], "created_at": _MADE_AT, "metadata": _metadata(made), "files": None}
    _stream(folder, "chat", [message(made.choice(_WORDS)) for _ in range(BLOCK)], message(STAMP), [_data(end)])
    _stream(
        folder, "openai", [_delta(made.choice(_WORDS)) for _ in range(BLOCK)], _delta(STAMP), [_data(_delta(None)), b"data: [DONE]\n\n"]
    )
    answer = "".join(made.choice(_WORDS) for _ in range(60))
    _whole(folder, "chat", {**message(answer), "mode": "chat", "metadata": _metadata(made)})
    _whole(folder, "openai", _completion(answer))
    rows = [_row(made, number) for number in range(100)]
    _whole(folder, "logs", {"page": 1, "limit": 100, "total": 100, "has_more": False, "data": rows})


def _stream(folder: Path, name: str, block: list[dict[str, Any]], tick: dict[str, Any], tail: list[bytes]) -> None:
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    (folder / f"{name}.head").write_bytes(head.encode())
    (folder / f"{name}.block").write_bytes(b"".join(_chunk(_data(event)) for event in block))
    (folder / f"{name}.tick").write_bytes(_chunk(_data(tick)))
    (folder / f"{name}.tail").write_bytes(b"".join(map(_chunk, [*tail, b""])))


def _whole(folder: Path, name: str, body: dict[str, Any]) -> None:
    content = _json(body)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    (folder / f"{name}.whole").write_bytes(head.encode() + content)


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _data(event: dict[str, Any]) -> bytes:
    return b"data: " + _json(event) + b"\n\n"


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def _id(made: random.Random) -> str:
    return str(uuid.UUID(int=made.getrandbits(128), version=4))


def _metadata(made: random.Random) -> dict[str, Any]:
    usage = {
        "prompt_tokens": 1033, "prompt_unit_price": "0.001", "prompt_price_unit": "0.001", "prompt_price": "0.0010330",
        "completion_tokens": 135, "completion_unit_price": "0.002", "completion_price_unit": "0.001", "completion_price": "0.0002700",
        "total_tokens": 1168, "total_price": "0.0013030", "currency": "USD", "latency": 1.3817,
    }  # fmt: skip
    source = {"position": 1, "dataset_name": "Manuals", "document_name": "manual.md", "score": 0.98, "content": "To begin, turn it on."}
    return {"usage": usage, "retriever_resources": [{**source, "dataset_id": _id(made), "document_id": _id(made), "segment_id": _id(made)}]}


def _delta(content: str | None) -> dict[str, Any]:
    """A chunk of an OpenAI stream."""
    choice = {"index": 0, "delta": {"content": content} if content else {}, "logprobs": None, "finish_reason": None if content else "stop"}
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": _MADE_AT, "model": "gpt-4o-mini", "choices": [choice]}


def _completion(content: str) -> dict[str, Any]:
    """A whole answer of OpenAI."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "logprobs": None, "finish_reason": "stop"}
    return {"id": "chatcmpl-1", "object": "chat.completion", "created": _MADE_AT, "model": "gpt-4o-mini", "choices": [choice]}


def _row(made: random.Random, number: int) -> dict[str, Any]:
    """A row of a workflow's log."""
    run = {
        "id": _id(made), "version": "2026-01-01 00:00:00", "status": "succeeded", "triggered_from": "app-run", "error": None,
        "elapsed_time": 1.25, "total_tokens": 10 * number, "total_steps": 5, "created_at": _MADE_AT + number,
        "finished_at": _MADE_AT + number + 2, "exceptions_count": 0,
    }  # fmt: skip
    user = {"id": _id(made), "type": "service_api", "is_anonymous": False, "session_id": f"user-{number}"}
    return {
        "id": _id(made), "workflow_run": run, "details": None, "created_from": "service-api", "created_by_role": "end_user",
        "created_by_account": None, "created_by_end_user": user, "created_at": _MADE_AT + number,
    }  # fmt: skip
