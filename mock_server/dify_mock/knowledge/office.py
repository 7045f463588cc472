"""Text out of office files: archives of XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from .unreadable import Unreadable

_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LETTERS: Final = re.compile(r"[A-Z]+")


def docx(content: bytes) -> list[str]:
    """The paragraphs of a document."""
    body = _part(content, "word/document.xml")
    return ["\n".join(_docx_text(one) for one in body.iter(f"{{{_WORD}}}p"))]


def odt(content: bytes) -> list[str]:
    """The headings and paragraphs of a document."""
    body = _part(content, "content.xml")
    return ["\n".join(_odt_text(one) for one in body.iter() if one.tag in {f"{{{_OFFICE}}}h", f"{{{_OFFICE}}}p"})]


def xlsx(content: bytes) -> list[str]:
    """The rows of all sheets, each value with the name of its column."""
    with _archive(content) as archive:
        shared = ["".join(one.itertext()) for one in _shared(archive)]
        sheets = sorted((one for one in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", one)), key=_number)
        if not sheets:
            raise Unreadable("there are no sheets in it")
        return [told for sheet in sheets for told in _rows(_parsed(archive, sheet), shared)]


def _rows(sheet: ET.Element, shared: list[str]) -> Iterator[str]:
    header: dict[str, str] | None = None
    for row in sheet.iter(f"{{{_SHEET}}}row"):
        values = {_column(cell): _value(cell, shared) for cell in row.iter(f"{{{_SHEET}}}c")}
        if not any(values.values()):
            continue
        if header is None:
            header = values
        else:
            yield ";".join(f'"{header.get(column, column)}":"{value}"' for column, value in values.items())


def _column(cell: ET.Element) -> str:
    found = _LETTERS.match(cell.get("r", ""))
    return found[0] if found else ""


def _value(cell: ET.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(cell.itertext())
    value = cell.findtext(f"{{{_SHEET}}}v", "")
    return shared[int(value)] if cell.get("t") == "s" and value else value


def _shared(archive: zipfile.ZipFile) -> list[ET.Element]:
    """The texts that cells refer to by number."""
    name = "xl/sharedStrings.xml"
    return list(_parsed(archive, name).iter(f"{{{_SHEET}}}si")) if name in archive.namelist() else []


def _docx_text(paragraph: ET.Element) -> str:
    signs = {f"{{{_WORD}}}tab": "\t", f"{{{_WORD}}}br": "\n"}
    return "".join(one.text or "" if one.tag == f"{{{_WORD}}}t" else signs.get(one.tag, "") for one in paragraph.iter())


def _odt_text(paragraph: ET.Element) -> str:
    """The text, and what is between elements: there it stands outside of them."""
    signs = {f"{{{_OFFICE}}}tab": "\t", f"{{{_OFFICE}}}line-break": "\n", f"{{{_OFFICE}}}s": " "}
    inner = (f"{signs.get(one.tag, '')}{_odt_text(one)}{one.tail or ''}" for one in paragraph)
    return f"{paragraph.text or ''}{''.join(inner)}"


def _number(name: str) -> int:
    return int("".join(filter(str.isdecimal, name)))


def _part(content: bytes, name: str) -> ET.Element:
    with _archive(content) as archive:
        return _parsed(archive, name)


def _archive(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise Unreadable(str(error)) from error


def _parsed(archive: zipfile.ZipFile, name: str) -> ET.Element:
    try:
        return ET.fromstring(archive.read(name))  # noqa: S314  # what the mock reads, its own user hands it
    except (KeyError, zipfile.BadZipFile, ET.ParseError) as error:
        raise Unreadable(str(error).strip("'\"")) from error
