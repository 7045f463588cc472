"""From a text to pieces that are not too long. Nothing is lost, and every piece is a part of the text."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from .rules import Segmentation

SEPARATORS: Final = ("\n\n", "\n", "。", ". ", " ", "")
"""Where a text is cut best: between paragraphs, lines, sentences, words, and at last anywhere."""
_ESCAPES: Final = {r"\n": "\n", r"\r": "\r", r"\t": "\t"}


def split_at(text: str, rule: Segmentation) -> Iterator[str]:
    """The parts between separators; one that is too long is cut where it is best."""
    separator = re.sub(r"\\[nrt]", lambda found: _ESCAPES[found[0]], rule.separator)
    for part in text.split(separator):
        if len(part) > rule.max_tokens:
            yield from split(part, rule.max_tokens, rule.chunk_overlap)
        else:
            yield part


def split(text: str, size: int, overlap: int, separators: Sequence[str] = SEPARATORS) -> Iterator[str]:
    """Pieces of at most `size` characters; of each at most `overlap` come again at the beginning of the next."""
    at = next(at for at, separator in enumerate(separators) if separator in text)
    together: list[str] = []
    for part in _parts(text, separators[at]):
        if len(part) <= size:
            together.append(part)
            continue
        yield from _merged(together, size, overlap)
        together = []
        yield from split(part, size, overlap, separators[at + 1 :])
    yield from _merged(together, size, overlap)


def _parts(text: str, separator: str) -> Iterable[str]:
    """The parts of a text, each with the separator that ends it."""
    if not separator:
        return text
    *ended, last = text.split(separator)
    return [*(part + separator for part in ended), *([last] if last else [])]


def _merged(parts: Iterable[str], size: int, overlap: int) -> Iterator[str]:
    """As many parts in each piece as there is room for."""
    held: deque[str] = deque()
    length = 0
    for part in parts:
        if length + len(part) > size:
            yield "".join(held)
            while held and (length > overlap or length + len(part) > size):
                length -= len(held.popleft())
        held.append(part)
        length += len(part)
    if held:
        yield "".join(held)
