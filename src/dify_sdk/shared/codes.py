"""Codes that come by e-mail."""

from __future__ import annotations

from pydantic import Field

from .._models import Model


class CodeSent(Model):
    """A code is on its way; `data` is the token that goes with it."""

    result: str = ""
    data: str = Field(default="", repr=False)


class CodeVerified(Model):
    """Whether the code is right, and the token to go on with."""

    is_valid: bool
    email: str = ""
    token: str = Field(default="", repr=False)
