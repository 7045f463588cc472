"""The simulated embedding model: a word is a sign at one of 64 places, a text the sum of its words.

Texts that share words are alike, and now and then two words share a place, as in any model.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import Final

from .words import words

_PLACES: Final = 64
_SAME_IN_ALL: Final = 0.01  # no two texts have nothing in common


def vector(text: str) -> list[float]:
    """The vector of a text."""
    made = [0.0] * _PLACES + [_SAME_IN_ALL]
    for word in words(text):
        number = int.from_bytes(hashlib.md5(word.encode(), usedforsecurity=False).digest())
        made[number % _PLACES] += 1.0 if number >> 8 & 1 else -1.0
    return made


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """How alike two vectors are."""
    product = sum(a * b for a, b in zip(one, other, strict=True))
    return product / (math.hypot(*one) * math.hypot(*other))


def tokens(text: str) -> int:
    """What the model counts a text as."""
    return len(text.split())
