"""Texts as words, for everything that compares by words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_STOPWORDS: Final = (
    "a about above after again against all am an and any are as at be because been before being below between both but by can could did "
    "do does doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself "
    "just me more most my no nor not of off on once only or other our out over own same she should so some such than that the their them "
    "then there these they this those through to too under until up very was we were what when where which while who whom why will with "
    "would you your"
)
STOPWORDS: Final = frozenset(_STOPWORDS.split())


def words(text: str) -> list[str]:
    """The words of a text in small letters; where a script has none, its characters."""
    return _WORD.findall(text.lower())


def telling(text: str) -> Iterator[str]:
    """The words of a text that say what it is about."""
    return (one for one in words(text) if one not in STOPWORDS)


def keywords(text: str, most: int | None = None) -> list[str]:
    """The telling words of a text, the frequent ones first."""
    return [word for word, _ in Counter(telling(text)).most_common(most)]
