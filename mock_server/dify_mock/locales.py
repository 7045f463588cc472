"""The languages and time zones that an account can have."""

from __future__ import annotations

from functools import cache
from typing import Final
from zoneinfo import available_timezones

LANGUAGES: Final = frozenset(
    {"en-US", "zh-Hans", "zh-Hant", "pt-BR", "es-ES", "fr-FR", "de-DE", "ja-JP", "ko-KR", "ru-RU", "it-IT", "uk-UA"}
    | {"vi-VN", "ro-RO", "pl-PL", "hi-IN", "tr-TR", "fa-IR", "sl-SI", "th-TH", "id-ID", "ar-TN", "nl-NL"}
)


def is_timezone(name: str) -> bool:
    """Whether there is such a time zone; a machine that knows none takes any."""
    return name in _timezones() or not _timezones()


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())
