"""OpenAPI: a token, given or won by the device grant."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any

from .._auth import Key, checked
from ..errors import ConfigurationError

if TYPE_CHECKING:
    import httpx


class Token:
    """A token that a login may bring later. Copies of a client share it."""

    def __init__(self, token: str | None) -> None:
        self.token = checked(token, "token", "DIFY_OPENAPI_TOKEN")

    def headers(self, key: Key) -> Mapping[str, str]:
        if key == "token" and self.token is None:
            msg = "this operation needs the client's token: give it, or get one by `login`"
            raise ConfigurationError(msg)
        return {}

    @property
    def link(self) -> Any:
        """The link that shows the token as it is by then."""
        return self._link

    def _link(self, request: httpx.Request) -> Generator[Any, Any, httpx.Response]:
        if request.extensions["dify"].declaration.key == "token":
            request.headers["Authorization"] = f"Bearer {self.token}"
        response: httpx.Response = yield request
        return response
