"""The languages and time zones that somebody can have."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final, TypeAlias
from zoneinfo import available_timezones

from .refusals import Refusal, unprocessable

Complain: TypeAlias = Callable[[str, str, str], Refusal]
"""How a value is refused: the reason, the value, and where it stands."""
LANGUAGE: Final = "en-US"
"""The language of whoever has said none, and what there is for those whose own has nothing."""
LANGUAGES: Final = frozenset(
    {
        "ar-TN", "de-DE", "en-US", "es-ES", "fa-IR", "fr-FR", "hi-IN", "id-ID", "it-IT", "ja-JP", "ko-KR", "nl-NL", "pl-PL", "pt-BR",
        "ro-RO", "ru-RU", "sl-SI", "th-TH", "tr-TR", "uk-UA", "vi-VN", "zh-Hans", "zh-Hant",
    }
)  # fmt: skip


def check_language(language: str, at: str, complain: Complain = unprocessable) -> None:
    """Refuse a language that the server does not speak."""
    if language not in LANGUAGES:
        raise complain(f"{language} is not a valid language.", language, at)


def check_timezone(name: str, at: str, complain: Complain = unprocessable) -> None:
    """Refuse what is no time zone; a machine that knows none takes any."""
    if _timezones() and name not in _timezones():
        raise complain(f"{name} is not a valid timezone.", name, at)


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())
