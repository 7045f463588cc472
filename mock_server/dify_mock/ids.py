"""Ids that look random and are the same in every run."""

from __future__ import annotations

import random
import string
import uuid
from typing import Final

_ALPHABET: Final = string.ascii_letters + string.digits


class Ids:
    """A world's source of ids."""

    def __init__(self, seed: str = "dify") -> None:
        self._random = random.Random(seed)  # noqa: S311  # nothing is protected by these

    def uuid(self) -> str:
        """A UUID of version 4."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def token(self, length: int) -> str:
        """Letters and digits."""
        return "".join(self._random.choices(_ALPHABET, k=length))

    def hex(self, length: int) -> str:
        """Hexadecimal digits."""
        return f"{self._random.getrandbits(length * 4):0{length}x}"
