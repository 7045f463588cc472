"""From what was read out of a file to what is indexed: chunks, with their parts or their answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from .cleaning import clean
from .rules import Segmentation
from .splitting import split, split_at
from .state import DocForm, ProcessRule

BY_PARAGRAPH: Final = ProcessRule(
    "",
    "custom",
    {
        "segmentation": {"separator": "\n\n", "max_tokens": 4000},
        "subchunk_segmentation": {"separator": ".", "max_tokens": 4000},
    },
)
"""How a pipeline splits."""
_LEAST, _MOST = 50, 4000
_LINK: Final = re.compile(r"\[[^\]]+\]\(https?://[^)]+\)")
_LEADING_SIGNS: Final = re.compile(r"^[\[\]\u2000-\u2025\u2027-\u206f\u2e00-\u2e7f\u3000-\u300f\u3011-\u303f\"#$%&'()*+,./:;<=>?@^_`~]+")
_PAIRS: Final = (("What is this text about?", "It is about stubs."), ("Who made it?", "Nobody knows."))


class ChunkingError(Exception):
    """A document cannot be split as its rule says."""


@dataclass
class Chunk:
    """What becomes a segment."""

    content: str
    answer: str | None = None
    children: list[str] = field(default_factory=list[str])


def chunks_of(texts: Sequence[str], rule: ProcessRule, form: DocForm) -> list[Chunk]:
    """The chunks of a document."""
    cleaned = [clean(text, rule.rules) for text in texts]
    match form:
        case "text_model":
            return [Chunk(piece) for piece in _pieces(cleaned, rule)]
        case "qa_model":
            return [Chunk(*pair) for _ in _pieces(cleaned, rule) for pair in _PAIRS]
        case "hierarchical_model":
            parents = ["\n".join(cleaned)] if rule.rules.get("parent_mode") == "full-doc" else _parents(cleaned, rule)
            return [Chunk(parent, children=children_of(parent, rule)) for parent in parents]


def children_of(parent: str, rule: ProcessRule) -> list[str]:
    """The parts of a chunk that are searched in its place."""
    told = rule.rules.get("subchunk_segmentation")
    if not told:
        raise ChunkingError("No subchunk segmentation found in rules.")
    return [piece for piece in map(_without_stop, _splitter(rule.mode, told)(parent)) if piece.strip()]


def _pieces(texts: Sequence[str], rule: ProcessRule) -> Iterator[str]:
    splitter = _splitter(rule.mode, rule.rules["segmentation"])
    for text in texts:
        for piece in splitter(text):
            if stripped := _without_signs(piece.strip()).strip():
                yield stripped


def _parents(texts: Sequence[str], rule: ProcessRule) -> Iterator[str]:
    splitter = _splitter(rule.mode, rule.rules["segmentation"])
    return (piece for text in texts for piece in map(_without_stop, splitter(text)) if piece.strip())


def _splitter(mode: str, told: Mapping[str, Any]) -> Callable[[str], Iterator[str]]:
    rule = Segmentation.of(told)
    if mode == "automatic":
        return lambda text: split(text, rule.max_tokens, rule.chunk_overlap)
    if not _LEAST <= rule.max_tokens <= _MOST:
        raise ChunkingError(f"Custom segment length should be between {_LEAST} and {_MOST}.")
    if rule.chunk_overlap > rule.max_tokens:
        raise ChunkingError(f"Got a larger chunk overlap ({rule.chunk_overlap}) than chunk size ({rule.max_tokens}), should be smaller.")
    return lambda text: split_at(text, rule)


def _without_signs(piece: str) -> str:
    """A piece without what a cut has left at its beginning; a link stays whole."""
    return piece if _LINK.match(piece) else _LEADING_SIGNS.sub("", piece)


def _without_stop(piece: str) -> str:
    """A piece without the full stop of the sentence before."""
    return piece[1:].strip() if piece.startswith((".", "。")) else piece
