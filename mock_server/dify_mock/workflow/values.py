"""Values of variables, and how they read as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, TypeGuard, cast

FILE: Final = "__dify__file__"
_ATTRIBUTES: Final = frozenset({"type", "size", "name", "mime_type", "transfer_method", "url", "extension", "related_id"})


def as_list(value: Any) -> list[Any] | None:
    """The value if it is a list."""
    return cast("list[Any]", value) if isinstance(value, list) else None


def as_object(value: Any) -> dict[str, Any] | None:
    """The value if it is an object."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def part(data: dict[str, Any], name: str) -> dict[str, Any]:
    """A part of a node's settings; empty where there is none."""
    return as_object(data.get(name)) or {}


def is_file(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether a value is a file as graphs have it."""
    held = as_object(value)
    return held is not None and held.get("dify_model_identity") == FILE


def files_in(value: Any) -> list[dict[str, Any]]:
    """The files in some outputs, at the top or in lists."""
    return list(_files(value))


def _files(value: Any) -> Iterator[dict[str, Any]]:
    if is_file(value):
        yield value
        return
    held = as_object(value)
    for one in held.values() if held else as_list(value) or ():
        yield from _files(one)


def attribute(value: Any, name: str) -> tuple[bool, Any]:
    """Whether a value has an attribute, and what it is: of a file, or by the key of an object."""
    if is_file(value):
        return name in _ATTRIBUTES, value.get("filename" if name == "name" else name)
    held = as_object(value)
    return (True, held[name]) if held and name in held else (False, None)


def text(value: Any) -> str:
    """A value in a prompt or a template."""
    if value is None:
        return ""
    if is_file(value):
        return markdown(value)
    if as_object(value) is not None:
        return json.dumps(value, ensure_ascii=False)
    items = as_list(value)
    if items is None:
        return str(value)
    if not items or is_file(items[0]):
        return ""
    return json.dumps(items, ensure_ascii=False) if isinstance(items[0], str) else str(items)


def markdown(value: Any) -> str:
    """A value in an answer."""
    if is_file(value):
        mark = "!" if value.get("type") == "image" else ""
        return f"{mark}[{value.get('filename') or ''}]({value.get('url')})"
    if as_object(value) is not None:
        return json.dumps(value, ensure_ascii=False, indent=2)
    items = as_list(value)
    if items is not None:
        return "\n".join(markdown(one) if is_file(one) else f"- {one}" for one in items)
    return text(value)


def kind(value: Any) -> str:
    """The name of a value's type."""
    items = as_list(value)
    if items is not None:
        return f"array[{kind(items[0]) if items else 'any'}]"
    if as_object(value) is not None:
        return "file" if is_file(value) else "object"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    return "string" if isinstance(value, str) else "none"
