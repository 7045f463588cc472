"""What is done to a text before it is split."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from .words import STOPWORDS

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe]")
_SPACES: Final = re.compile(r"[\t\f\r\x20\u00a0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]{2,}")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IMAGE_OR_URL: Final = re.compile(r"(!\[[^\]\n]*\]\(https?://[^\s)]+\))|https?://[^\s)]+")
_STOPWORD: Final = re.compile(rf"\b(?:{'|'.join(sorted(STOPWORDS, key=len, reverse=True))})\b[ \t]*", re.IGNORECASE)


def clean(text: str, rules: Mapping[str, Any]) -> str:
    """The text without what the rules take away, and without what cannot be shown."""
    text = _UNPRINTABLE.sub("", text.replace("<|", "<").replace("|>", ">"))
    steps: list[Mapping[str, Any]] = rules.get("pre_processing_rules") or []
    for rule in steps:
        if rule["enabled"] and (step := _STEPS.get(rule["id"])):
            text = step(text)
    return text


def _remove_extra_spaces(text: str) -> str:
    return _SPACES.sub(" ", _EMPTY_LINES.sub("\n\n", text))


def _remove_urls_emails(text: str) -> str:
    """Pictures keep their addresses."""
    return _IMAGE_OR_URL.sub(lambda found: found[1] or "", _EMAIL.sub("", text))


def _remove_stopwords(text: str) -> str:
    return _STOPWORD.sub("", text)


_STEPS: Final[Mapping[str, Callable[[str], str]]] = {
    "remove_extra_spaces": _remove_extra_spaces,
    "remove_urls_emails": _remove_urls_emails,
    "remove_stopwords": _remove_stopwords,
}
