"""Small answers that many operations give."""

from __future__ import annotations

from .._models import Model


class Result(Model):
    """An action's answer: `{"result": "success"}`."""

    result: str
