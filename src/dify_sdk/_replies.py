"""Replies of any shape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from .errors import ResponseValidationError


@dataclass(frozen=True)
class Reply:
    """Whatever was answered, as it came: any good status, any body. Declared with `@POST.reply`.

    Attributes:
        content: The body.
        status_code: The HTTP status.
        headers: The headers; on the client, names in any case find them.
    """

    content: bytes = b""
    status_code: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)

    @property
    def content_type(self) -> str | None:
        """The media type that it has."""
        return self.headers.get("content-type")

    @property
    def text(self) -> str:
        """The body as text, in the encoding that it names, else in UTF-8."""
        told = Message()
        told["content-type"] = self.content_type or ""
        try:
            return self.content.decode(str(told.get_param("charset", "utf-8")), "replace")
        except LookupError:
            return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """Read the body as JSON.

        Raises:
            ResponseValidationError: It is something else.
        """
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            msg = f"the reply is not JSON: {error}"
            raise ResponseValidationError(msg, body=self.text) from None
