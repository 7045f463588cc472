"""The tools that agents and workflows of the simulated platform can call."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

PROVIDER: Final = "stubber/stubtool/stubtool"
_PIXEL: Final = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")


class ToolError(Exception):
    """A tool failed; agents read it as an observation."""


@dataclass(frozen=True)
class ToolResult:
    """What a tool gives: a text, objects, and files as content, ending and media type."""

    text: str
    json: list[Any] = field(default_factory=list[Any])
    files: list[tuple[bytes, str, str]] = field(default_factory=list[tuple[bytes, str, str]])
    variables: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Tool:
    """A tool and the arguments that the simulated model gives it."""

    call: Callable[[Mapping[str, Any]], ToolResult]
    example: dict[str, Any]


def _echo(arguments: Mapping[str, Any]) -> ToolResult:
    return ToolResult(f"echo: {arguments.get('text', '')}" + json.dumps({"echo": dict(arguments)}))


def _make_image(arguments: Mapping[str, Any]) -> ToolResult:
    told = "image has been created and sent to user already, you do not need to create it, just tell the user to check it now."
    return ToolResult(f"image made{told}", files=[(_PIXEL, "png", "image/png")])


def _boom(arguments: Mapping[str, Any]) -> ToolResult:
    raise ToolError("tool invoke error: boom")


def _chunk(arguments: Mapping[str, Any]) -> ToolResult:
    pieces = [piece for piece in str(arguments.get("input_text", "")).split("\n\n") if piece]
    return ToolResult("", variables={"result": pieces})


def _current_time(arguments: Mapping[str, Any]) -> ToolResult:
    return ToolResult("2026-01-05")


TOOLS: Final = {
    "echo": Tool(_echo, {"text": "hello"}),
    "make_image": Tool(_make_image, {"prompt": "a square"}),
    "boom": Tool(_boom, {}),
    "chunk": Tool(_chunk, {"input_text": ""}),
    "current_time": Tool(_current_time, {"format": "%Y-%m-%d", "timezone": "UTC"}),
}
