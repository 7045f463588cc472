"""Other places where somebody can sign in, and what those say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .ids import Ids

PLACES: Final = {"github": "https://github.com/login/oauth/authorize", "google": "https://accounts.google.com/o/oauth2/v2/auth"}
"""Where a browser is sent to sign in."""


@dataclass(frozen=True)
class Person:
    """Somebody who has an account there."""

    place: str
    id: str
    email: str
    name: str


class Elsewhere:
    """Who has signed in there, and is on the way back."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._coming: dict[str, Person] = {}

    def sign_in(self, place: str, email: str, name: str, person_id: str = "") -> str:
        """Sign in there; answers the code to come back with."""
        code = self._ids.hex(20)
        self._coming[code] = Person(place, person_id or self._ids.uuid(), email.lower(), name)
        return code

    def use(self, place: str, code: str) -> Person | None:
        """Whom a code is of; it is used up."""
        if code not in self._coming or self._coming[code].place != place:
            return None
        return self._coming.pop(code)
