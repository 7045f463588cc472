"""MCP: a session, which begins by saying who one is."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any, Final, TypeVar

from .._auth import NoCredentials
from .._models import Model
from .._steps import Steps, alone, ask
from .._turns import Turn
from ..errors import ConfigurationError
from .server import Server
from .types import Implementation, InitializeResult

PROTOCOL: Final = "2025-06-18"
T = TypeVar("T", bound=Model)


class Session(NoCredentials):
    """The server that a client speaks to, and whether it has said who it is. Copies of the client share it."""

    def __init__(self, server_code: str) -> None:
        if not server_code:
            msg = "server_code is empty: it is the part of the server's address before /mcp"
            raise ConfigurationError(msg)
        self._code = server_code
        self._ids = count(1)
        self._turn = Turn()
        self._begun: InitializeResult | None = None

    def begin(self) -> Steps[InitializeResult]:
        """Say who one is, once."""
        return alone(self._turn, self._beginning())

    def _beginning(self) -> Steps[InitializeResult]:
        if self._begun is None:
            from .._transport import USER_AGENT

            who = Implementation(name="dify_sdk", version=USER_AGENT.partition("/")[2])
            params = {"protocolVersion": PROTOCOL, "capabilities": {}, "clientInfo": who.model_dump()}
            self._begun = yield from self.sent("initialize", InitializeResult, params)
            yield from ask(Server.call, self._code, jsonrpc="2.0", method="notifications/initialized")
        return self._begun

    def sent(self, method: str, kind: type[T], params: Mapping[str, Any] | None = None) -> Steps[T]:
        """Call a method of the server."""
        reply = yield from ask(Server.call, self._code, jsonrpc="2.0", method=method, params=params, id=next(self._ids))
        return kind.model_validate((reply and reply.result) or {})
