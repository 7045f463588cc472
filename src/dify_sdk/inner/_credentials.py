"""Inner: the key that the parts of a server share, and in whose name it is shown."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping

from .._auth import Key, checked
from ..errors import ConfigurationError


class InnerKey:
    """The key, and where a user is named the signature that the server takes for a proof."""

    link = None

    def __init__(self, inner_api_key: str, user_id: str | None) -> None:
        key = checked(inner_api_key, "inner_api_key", None) or ""
        self._headers = {"X-Inner-Api-Key": key}
        if user := checked(user_id, "user_id", None):
            if ":" in user:
                msg = "user_id has a colon inside: that ends it where it is signed"
                raise ConfigurationError(msg)
            signature = hmac.digest(key.encode(), f"DIFY {user}".encode(), hashlib.sha1)
            self._headers["Authorization"] = f"Bearer {user}:{base64.b64encode(signature).decode()}"

    def headers(self, key: Key) -> Mapping[str, str]:  # noqa: ARG002  # one kind for all
        return self._headers
