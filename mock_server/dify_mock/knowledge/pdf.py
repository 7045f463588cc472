"""Text out of simple PDF files: what the text operators of plain and deflated pages show."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from .unreadable import Unreadable

_STREAM: Final = re.compile(rb"\bstream\r?\n(.*?)endstream", re.DOTALL)
_TEXT_OBJECT: Final = re.compile(rb"\bBT\b(.*?)\bET\b", re.DOTALL)
_TOKEN: Final = re.compile(
    rb"(?P<string>\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))|(?P<hex><[0-9A-Fa-f\s]*>)|(?P<list>[\[\]])"
    rb"|(?P<number>[-+]?\d*\.?\d+)|(?P<operator>[A-Za-z'\"*]+)",
    re.DOTALL,
)
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_ESCAPED: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b""}
_WIDE_GAP: Final = -200  # thousandths of a letter: so far apart are words
_NEW_LINES: Final = frozenset({b"Td", b"TD", b"T*", b"Tm"})


def pdf(content: bytes) -> list[str]:
    """The pages that have text, in the order of the file."""
    if not content.lstrip()[:5] == b"%PDF-":
        raise Unreadable("Failed to load document (PDFium: Data format error).")
    if b"/Encrypt" in content:
        raise Unreadable("Failed to load document (PDFium: Incorrect password error).")
    pages = ["".join(_shown(page)).strip() for page in _streams(content)]
    return [page for page in pages if page]


def _streams(content: bytes) -> Iterator[bytes]:
    for stream in _STREAM.finditer(content):
        head = content[content.rfind(b"obj", 0, stream.start()) : stream.start()]
        if b"/FlateDecode" in head:
            try:
                yield zlib.decompressobj().decompress(stream[1])
            except zlib.error as error:
                raise Unreadable(f"Failed to load page. ({error})") from error
        elif b"/Filter" not in head:
            yield stream[1]


def _shown(page: bytes) -> Iterator[str]:
    for text in _TEXT_OBJECT.findall(page):
        yield from _said(text)
        yield "\n"


def _said(text: bytes) -> Iterator[str]:
    """What the operators of a text object show; a move begins a line."""
    waiting: list[str] = []
    in_list = begun = False
    for token in _TOKEN.finditer(text):
        match token.lastgroup:
            case "string":
                waiting.append(_string(token[0][1:-1]))
            case "hex":
                digits = b"".join(token[0][1:-1].split()).decode()
                waiting.append(bytes.fromhex(digits + "0" * (len(digits) % 2)).decode("cp1252", "replace"))
            case "list":
                in_list = token[0] == b"["
            case "number":
                if in_list and float(token[0]) < _WIDE_GAP:
                    waiting.append(" ")
            case _:
                if begun and (token[0] in _NEW_LINES or token[0] in {b"'", b'"'}):
                    yield "\n"
                if token[0] in {b"Tj", b"TJ", b"'", b'"'}:
                    begun = True
                    yield "".join(waiting)
                waiting = []


def _string(raw: bytes) -> str:
    def meant(found: re.Match[bytes]) -> bytes:
        told = found[1]
        return bytes([int(told, 8) & 255]) if told.isdigit() else _ESCAPED.get(told, told)

    return _ESCAPE.sub(meant, raw).decode("cp1252", "replace")
