"""Ready answers as tables: read from CSV, and made harmless for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import Final, NamedTuple

MOST_BYTES: Final = 2 * 1024 * 1024
_MOST_RECORDS: Final = 10_000
_MOST_OF_QUESTION: Final = 2000  # characters
_MOST_OF_ANSWER: Final = 10_000
_LOOK: Final = 8192  # bytes in which a line must end
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")


class Record(NamedTuple):
    """A question and what to answer."""

    question: str
    answer: str


class TableError(Exception):
    """What is wrong with a table, in the server's words."""


def records(content: bytes) -> list[Record]:
    """What a table holds below its first line. Lines that are not whole are passed over."""
    if b"\n" not in content[:_LOOK]:
        raise TableError("The CSV file appears to be empty or invalid.")
    try:
        names, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"An error occurred while processing the file: {error}") from error
    if len(names) < 2:
        raise TableError("Invalid CSV format. The file must contain at least 2 columns (question and answer).")
    found: list[Record] = []
    for number, line in enumerate((one for one in lines if len(one) <= len(names)), start=2):
        question, answer = (text.strip() for text in [*line, "", ""][:2])
        if not question or not answer:
            continue
        if len(found) == _MOST_RECORDS:
            raise TableError(
                f"The CSV file contains too many records. Maximum {_MOST_RECORDS} records allowed per import. "
                "Please split your file into smaller batches."
            )
        for what, text, most in (("Question", question, _MOST_OF_QUESTION), ("Answer", answer, _MOST_OF_ANSWER)):
            if len(text) > most:
                raise TableError(f"{what} at row {number} is too long. Maximum {most} characters allowed.")
        found.append(Record(question, answer))
    if not found:
        raise TableError("The CSV file must contain at least 1 valid annotation record(s). Found 0 valid record(s).")
    return found


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULAS) else text
