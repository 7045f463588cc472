"""Envelopes: a server that keeps to the founding documents wraps what it says; here it comes out as Dify says it."""

from __future__ import annotations

import json
from typing import Any, Final, cast

_NEEDED: Final = {"object", "data", "created"}
_KNOWN: Final = {*_NEEDED, "usage"}
_OBJECTS: Final = ("completion", "list")  # not a set: what is looked for may be anything
_PAGE_NEEDED: Final = {"success", "data", "timestamp"}
_PAGE_KNOWN: Final = {*_PAGE_NEEDED, "message", "request_id", "metadata"}
_CHUNK: Final = {"event", "data", "timestamp"}
_PAGINATION: Final = {"total", "page", "limit", "has_next", "has_prev"}
_MARKS: Final = ((b'"pagination"',), (b'"created"', b'"object"'), (b'"success"', b'"timestamp"'))  # what stands in no other body, mostly
_EDGE: Final = 4096  # only `data` is long: the other names of an envelope stand before it or after it


def unwrapped(content: bytes) -> bytes:
    """A reply without its envelope. What is in none stays as it is, to the byte, and is not even decoded."""
    edges = content if len(content) <= 2 * _EDGE else content[:_EDGE] + content[-_EDGE:]
    if not any(all(name in edges for name in names) for names in _MARKS):
        return content
    try:
        body: Any = json.loads(content)
    except (ValueError, RecursionError):
        return content
    plain = _page(_value(body))
    return content if plain is body else json.dumps(plain).encode()


def unwrapped_event(payload: bytes) -> bytes:
    """An event without the chunk `{event, data, timestamp}` that it came in; any other stays as it is, to the byte."""
    if b'"timestamp"' not in payload:
        return payload
    try:
        body: Any = json.loads(payload)
    except (ValueError, RecursionError):
        return payload
    if not isinstance(body, dict):
        return payload
    told = cast("dict[str, Any]", body)
    if told.keys() != _CHUNK or not isinstance(told["data"], dict) or type(told["timestamp"]) not in {int, float}:
        return payload
    return json.dumps({**told["data"], "event": told["event"]}).encode()


def _value(body: Any) -> Any:
    """The value in the envelope `{object, data, created, usage?}`, or in `{success, data, timestamp, ...}` of pages and of the console."""
    if not isinstance(body, dict):
        return body
    told = cast("dict[str, Any]", body)
    if _NEEDED <= told.keys() <= _KNOWN:
        return told["data"] if told["object"] in _OBJECTS and type(told["created"]) is int else told
    if _PAGE_NEEDED <= told.keys() <= _PAGE_KNOWN:
        return told["data"] if _is_success(told) else told
    return told


def _page(body: Any) -> Any:
    """A page with its numbers beside its items, instead of below `pagination`."""
    if not isinstance(body, dict):
        return body
    told = cast("dict[str, Any]", body)
    where: Any = told.get("pagination")
    numbers = cast("dict[str, Any]", where) if isinstance(where, dict) else {}
    if numbers.keys() != _PAGINATION or not isinstance(told.get("data"), list):
        return told
    around = {"pagination", "success", "timestamp"} if _is_success(told) else {"pagination"}
    beside = {name: value for name, value in told.items() if name not in around}
    return {**beside, "has_more": numbers["has_next"], **{name: numbers[name] for name in ("total", "page", "limit")}}


def _is_success(told: dict[str, Any]) -> bool:
    return told.get("success") is True and type(told.get("timestamp")) in {int, float}
