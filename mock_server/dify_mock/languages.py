"""The languages that the server speaks."""

from __future__ import annotations

from typing import Final

from .refusals import unprocessable

LANGUAGES: Final = frozenset(
    {
        "ar-TN", "de-DE", "en-US", "es-ES", "fa-IR", "fr-FR", "hi-IN", "id-ID", "it-IT", "ja-JP", "ko-KR", "nl-NL", "pl-PL", "pt-BR",
        "ro-RO", "ru-RU", "sl-SI", "th-TH", "tr-TR", "uk-UA", "vi-VN", "zh-Hans", "zh-Hant",
    }
)  # fmt: skip


def check_language(language: str, at: str) -> None:
    """Refuse a language that the server does not speak."""
    if language not in LANGUAGES:
        raise unprocessable(f"{language} is not a valid language.", language, at)
