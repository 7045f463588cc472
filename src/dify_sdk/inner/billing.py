"""Inner: the mail of billing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._endpoint import POST, M, Resource
from .._models import Model


class Billing(Resource[M], area="inner.billing", key="inner"):
    """The mail of billing."""

    @POST("/billing/mail")
    def send_mail(self, *, to: Sequence[str], subject: str, body: str, substitutions: Mapping[str, Any] | None = None) -> Said:
        """Send a mail.

        Args:
            to: The addresses.
            subject: The subject.
            body: The text, with names of substitutions in double braces.
            substitutions: What stands for the names.

        Raises:
            AuthenticationError: The key is wrong.
            NotFoundError: The server has its inner API switched off.
        """
        ...


class Said(Model):
    """What the server says of it."""

    message: str
