"""Text out of files, by the ending of the name. A file may give several texts: sections, rows or pages."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Final

from .office import docx, odt, xlsx
from .pdf import pdf
from .unreadable import Unreadable

_HEADING: Final = re.compile(r"^#+\s")
_ELEMENT: Final = re.compile(r"<.*?>")
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SILENT: Final = frozenset({"head", "script", "style", "template"})


def extract(extension: str, content: bytes) -> list[str]:
    """The texts of a file, or what is wrong with it."""
    return _READERS.get(extension, _plain)(content)


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Unreadable(f"Decode failed, specified encoding: {encoding}. Original error: {error}") from error


def _plain(content: bytes) -> list[str]:
    return [_decoded(content)]


def _markdown(content: bytes) -> list[str]:
    """The sections, each with its heading; what looks like a heading in a block of code is none."""
    sections: list[list[str]] = [[]]
    in_code = False
    for line in _decoded(content).split("\n"):
        in_code ^= line.startswith("```")
        if _HEADING.match(line) and not in_code:
            sections.append([line.replace("#", "").strip()])
        else:
            sections[-1].append(line)
    preamble, *headed = sections
    told = [_ELEMENT.sub("", "\n".join(preamble)).strip()]
    told += [f"{heading}\n{_ELEMENT.sub('', chr(10).join(lines)).strip()}" for heading, *lines in headed]
    return [text for text in told if text]


def _html(content: bytes) -> list[str]:
    reader = _Visible()
    reader.feed(_decoded(content))
    reader.close()
    return ["".join(reader.texts).strip()]


class _Visible(HTMLParser):
    """The text that a page shows."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # as the parser calls it
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def _csv(content: bytes) -> list[str]:
    try:
        header, *rows = list(csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)) or [[]]
    except csv.Error as error:
        raise Unreadable(str(error)) from error
    return [";".join(f"{name.strip()}: {value.strip()}" for name, value in zip(header, row, strict=False)) for row in rows if row]


def _old_table(content: bytes) -> list[str]:
    raise Unreadable("the binary format of old spreadsheets is not simulated")


_READERS: Final[Mapping[str, Callable[[bytes], list[str]]]] = {
    "md": _markdown,
    "markdown": _markdown,
    "mdx": _markdown,
    "html": _html,
    "htm": _html,
    "csv": _csv,
    "docx": docx,
    "odt": odt,
    "xlsx": xlsx,
    "xls": _old_table,
    "pdf": pdf,
}
