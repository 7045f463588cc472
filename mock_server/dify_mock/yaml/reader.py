"""From YAML to values, line by line."""

from __future__ import annotations

import re
from typing import Any, Final

from .flow import Unfinished, flow
from .scalars import QUOTED, YAMLError, folded, plain, unquoted

_KEY: Final = re.compile(r"""('(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^\s"'\[\]{}#&*!|>%@`?,](?:[^#]|(?<!\s)#)*?)[ \t]*:(?=[ \t]|$)""")
_BLOCK: Final = re.compile(r"([|>])(?:([1-9])([+-]?)|([+-]?)([1-9]?))[ \t]*(?:#.*)?")
_COMMENT: Final = re.compile(r"(?:^|[ \t]+)#.*|[ \t]+$")
_UNREAD: Final = frozenset("&*!%@`?|>")


def read(text: str) -> Any:
    """The value of a document.

    Raises:
        YAMLError: It is no YAML, or none that is read here.
    """
    return _Reader(text).document()


class _Reader:
    """Where in the lines the reading is. An entry of a list is read as a block of its own, with its dash rubbed out."""

    def __init__(self, text: str) -> None:
        self._lines = text.lstrip("\ufeff").replace("\r\n", "\n").removesuffix("\n").split("\n")
        self._at = 0

    def document(self) -> Any:
        if self._here() == "---":
            self._at += 1
        value = self._block(0)
        if self._here() not in {None, "..."}:
            raise self._wrong("this belongs to nothing")
        return value

    def _here(self) -> str | None:
        """The line that is next, without those that say nothing before it."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.strip() and not line.lstrip().startswith("#"):
                return line
            self._at += 1
        return None

    def _block(self, least: int) -> Any:
        """What stands at this indent or deeper; None where nothing does."""
        line = self._here()
        if line is None or line == "..." or (indent := _indent(line)) < least:
            return None
        if line[indent] == "\t":
            raise self._wrong("a tab is no indent")
        if _is_entry(line[indent:]):
            return self._list(indent)
        if _KEY.match(line, indent):
            return self._mapping(indent)
        return self._value(line[indent:], least)

    def _list(self, indent: int) -> list[Any]:
        found: list[Any] = []
        while (line := self._here()) is not None and _indent(line) == indent and _is_entry(line[indent:]):
            rest = f"{line[:indent]} {line[indent + 1 :]}"
            if _COMMENT.sub("", rest).strip():
                self._lines[self._at] = rest
            else:
                self._at += 1
            found.append(self._block(indent + 1))
        return found

    def _mapping(self, indent: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while (line := self._here()) is not None and _indent(line) == indent and (key := _KEY.match(line, indent)):
            name = unquoted(key[1]) if key[1][0] in "'\"" else str(key[1])
            if name in found:
                raise self._wrong(f"{name!r} is there twice")
            rest = line[key.end() :].lstrip(" \t")
            if _COMMENT.sub("", rest):
                found[name] = self._value(rest, indent + 1)
            else:
                self._at += 1
                below = self._here()
                is_list = below is not None and _indent(below) == indent and _is_entry(below[indent:])
                found[name] = self._block(indent if is_list else indent + 1)
        if (line := self._here()) is not None and _indent(line) > indent:
            raise self._wrong("this is indented too far")
        return found

    def _value(self, begin: str, least: int) -> Any:
        """A single value, which begins on this line; what follows of it is indented."""
        if block := _BLOCK.fullmatch(begin):
            return self._text(block, least)
        if begin[0] in "'\"":
            return self._quoted(begin)
        if begin[0] in "[{":
            return self._flow(begin)
        if begin[0] in _UNREAD:
            raise self._wrong("this is not read here")
        lines = [_COMMENT.sub("", begin)]
        self._at += 1
        while self._at < len(self._lines) and not self._ends_plain(least):
            lines.append(_COMMENT.sub("", self._lines[self._at]))
            self._at += 1
        if any(_KEY.match(line.lstrip()) for line in lines):
            raise self._wrong("a mapping cannot begin here")
        text = "\n".join(lines).rstrip()
        return folded(text) if "\n" in text else plain(text)

    def _ends_plain(self, least: int) -> bool:
        line = self._lines[self._at]
        return bool(line.strip()) and (_indent(line) < max(least, 1) or line.lstrip().startswith("#"))

    def _quoted(self, text: str) -> str:
        while (found := QUOTED.match(text)) is None:
            text = f"{text}\n{self._next('the quotes are not closed')}"
        self._end(text[found.end() :])
        return unquoted(found[0])

    def _flow(self, text: str) -> Any:
        while True:
            try:
                value, end = flow(text, 0)
            except Unfinished:
                text = f"{text}\n{self._next('the brackets are not closed')}"
            else:
                self._end(text[end:])
                return value

    def _text(self, block: re.Match[str], least: int) -> str:
        """A text as it stands (`|`), or with its lines joined (`>`)."""
        self._at += 1
        begin, given = self._at, block[2] or block[5]
        while self._at < len(self._lines) and (not self._lines[self._at].strip() or _indent(self._lines[self._at]) >= max(least, 1)):
            self._at += 1
        lines = self._lines[begin : self._at]
        first = next((line for line in lines if line.strip()), "")
        indent = least - 1 + int(given) if given else _indent(first)
        cut = [line[indent:] for line in lines]
        while cut and not cut[-1].strip():
            cut.pop()
        text = "\n".join(cut) if block[1] == "|" else _joined(cut)
        chomp = block[3] or block[4]
        if chomp == "-" or not text:
            return text
        return text + "\n" * (len(lines) - len(cut) + 1 if chomp == "+" else 1)

    def _next(self, complaint: str) -> str:
        self._at += 1
        if self._at >= len(self._lines):
            raise self._wrong(complaint)
        return self._lines[self._at]

    def _end(self, rest: str) -> None:
        if _COMMENT.sub("", rest):
            raise self._wrong("something follows the value")
        self._at += 1

    def _wrong(self, complaint: str) -> YAMLError:
        return YAMLError(f"line {self._at + 1}: {complaint}")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_entry(text: str) -> bool:
    return text == "-" or text.startswith(("- ", "-\t"))


def _joined(lines: list[str]) -> str:
    """Lines as one. An empty line is a line end, and lines that are indented further keep theirs."""
    text, breaks, was_further = "", 0, False
    for line in lines:
        if not line.strip():
            breaks += 1
            continue
        is_further = line[0] in " \t"
        if text and (is_further or was_further):
            breaks += 1
        text += ("\n" * breaks or (" " if text else "")) + line
        breaks, was_further = 0, is_further
    return text
