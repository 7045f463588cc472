"""The simulated embedding model: texts are alike by the words that they share."""

from __future__ import annotations

import math
from typing import Final

from .words import words

_SAME_IN_ALL: Final = 1e-4  # no two texts have nothing in common


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1: a word in twelve is found at 1/√12."""
    ours, theirs = words(one), words(other)
    shared = len({*ours} & {*theirs}) + _SAME_IN_ALL
    return shared / math.sqrt((len(ours) + _SAME_IN_ALL) * (len(theirs) + _SAME_IN_ALL))


def tokens(text: str) -> int:
    """What the model counts a text as."""
    return len(text.split())
