"""Which passwords may be chosen."""

from __future__ import annotations

from typing import Final

WEAK: Final = "Password must contain letters and numbers, and the length must be at least 8 characters."


def is_strong(password: str) -> bool:
    """Whether a password may be chosen."""
    return len(password) >= 8 and any(map(str.isalpha, password)) and any(map(str.isdigit, password))
