"""How well texts answer a question: by meaning, by words, by keywords."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from .embedding import likeness
from .words import keywords, telling

_WORD_WEIGHT: Final = 0.1
_NORM: Final = 1.64493406685  # what the squares of 1, 1/2, 1/3 ... come to: PostgreSQL's ts_rank divides by it


def by_meaning(question: str, texts: Sequence[str]) -> list[float]:
    """What the embedding model finds alike."""
    return [likeness(question, text) for text in texts]


def by_words(question: str, texts: Sequence[str]) -> list[float]:
    """The rank of a full-text search: 0 where a word of the question is missing."""
    asked = set(telling(question))
    return [_rank(asked, Counter(telling(text))) for text in texts]


def _rank(asked: set[str], counts: Mapping[str, int]) -> float:
    if not asked or not all(word in counts for word in asked):
        return 0.0
    weights = (sum(_WORD_WEIGHT / nth**2 for nth in range(1, counts[word] + 1)) for word in asked)
    return sum(weights) / _NORM / len(asked)


def by_keywords(question: str, texts: Sequence[str]) -> list[float]:
    """The likeness of keywords, the rare ones weighing more."""
    asked, told = keywords(question), [keywords(text) for text in texts]
    containing = Counter(word for one in told for word in one)
    weight = {word: math.log((1 + len(texts)) / (1 + count)) + 1 for word, count in containing.items()}
    length = math.hypot(*(weight.get(word, 0.0) for word in asked))

    def alike(known: Sequence[str]) -> float:
        shared = sum(weight[word] ** 2 for word in asked if word in known)
        return shared / (length * math.hypot(*(weight[word] for word in known))) if shared else 0.0

    return [alike(one) for one in told]
