"""Envelopes: a server that keeps to the founding documents wraps what it says; here it comes out as Dify says it."""

from __future__ import annotations

import json
from typing import Any, Final, cast

_NEEDED: Final = {"object", "data", "created"}
_KNOWN: Final = {*_NEEDED, "usage"}
_OBJECTS: Final = ("completion", "list")  # not a set: what is looked for may be anything
_PAGINATION: Final = {"total", "page", "limit", "has_next", "has_prev"}
_EDGE: Final = 4096  # only `data` is long: the other names of an envelope stand before it or after it


def unwrapped(content: bytes) -> bytes:
    """A reply without its envelope. What is in none stays as it is, to the byte, and is not even decoded."""
    edges = content if len(content) <= 2 * _EDGE else content[:_EDGE] + content[-_EDGE:]
    if b'"pagination"' not in edges and (b'"created"' not in edges or b'"object"' not in edges):
        return content
    try:
        body: Any = json.loads(content)
    except (ValueError, RecursionError):
        return content
    plain = _page(_value(body))
    return content if plain is body else json.dumps(plain).encode()


def _value(body: Any) -> Any:
    """The value in the envelope `{object, data, created, usage?}`."""
    if not isinstance(body, dict):
        return body
    told = cast("dict[str, Any]", body)
    whole = _NEEDED <= told.keys() <= _KNOWN and told["object"] in _OBJECTS and type(told["created"]) is int
    return told["data"] if whole else told


def _page(body: Any) -> Any:
    """A page with its numbers beside its items, instead of below `pagination`."""
    if not isinstance(body, dict):
        return body
    told = cast("dict[str, Any]", body)
    where: Any = told.get("pagination")
    numbers = cast("dict[str, Any]", where) if isinstance(where, dict) else {}
    if numbers.keys() != _PAGINATION or not isinstance(told.get("data"), list):
        return told
    beside = {name: value for name, value in told.items() if name != "pagination"}
    return {**beside, "has_more": numbers["has_next"], **{name: numbers[name] for name in ("total", "page", "limit")}}
