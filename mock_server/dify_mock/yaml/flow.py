"""Lists and mappings in brackets; JSON is written so."""

from __future__ import annotations

import re
from typing import Any, Final

from .scalars import QUOTED, YAMLError, folded, plain, unquoted

_BLANK: Final = re.compile(r"(?:\s|(?<!\S)#[^\n]*)*")
_PLAIN: Final = re.compile(r"(?:[^,\[\]{}:#\s]|:(?![\s,\[\]{}]|$)|(?<=\S)#|[^\S\n](?!\s|[:#,\]}])|\s+(?=[^\s,\[\]{}:#]))+")


class Unfinished(Exception):  # noqa: N818  # more lines may finish it
    """The brackets are still open."""


def flow(text: str, at: int) -> tuple[Any, int]:
    """The value that begins there, and where it ends."""
    at = _skipped(text, at)
    if text[at] == "[":
        return _list(text, at + 1)
    if text[at] == "{":
        return _mapping(text, at + 1)
    if text[at] in "'\"":
        found = QUOTED.match(text, at)
        if found is None:
            raise Unfinished
        return unquoted(found[0]), found.end()
    word = _PLAIN.match(text, at)
    if word is None:
        raise YAMLError(f"{text[at]!r} stands where a value should")
    return plain(folded(word[0].strip())), word.end()


def _list(text: str, at: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while text[at := _skipped(text, at)] != "]":
        value, at = flow(text, at)
        found.append(value)
        at = _after(text, at, "]")
    return found, at + 1


def _mapping(text: str, at: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    while text[at := _skipped(text, at)] != "}":
        name, at = flow(text, at)
        at = _skipped(text, at)
        if text[at] != ":":
            raise YAMLError(f"{name!r} has no value")
        found[str(name)], at = flow(text, at + 1)
        at = _after(text, at, "}")
    return found, at + 1


def _after(text: str, at: int, closing: str) -> int:
    """Behind the comma, or before the closing bracket."""
    at = _skipped(text, at)
    if text[at] == ",":
        return at + 1
    if text[at] != closing:
        raise YAMLError(f"{text[at]!r} stands where a comma should")
    return at


def _skipped(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    at = found.end() if found else at
    if at >= len(text):
        raise Unfinished
    return at
