"""What was said."""

from __future__ import annotations

from .._models import Model


class Transcript(Model):
    """What was said."""

    text: str
