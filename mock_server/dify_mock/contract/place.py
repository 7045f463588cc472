"""Where a story takes place: a mock in this process, or a live server that the environment names."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypeVar

import pytest

from dify_sdk import AsyncConsoleClient, AsyncServiceClient, AsyncWebClient, ConsoleClient, ServiceClient, WebClient
from dify_sdk.files import AsyncFilesClient, FilesClient
from dify_sdk.inner import AsyncInnerClient, InnerClient
from dify_sdk.mcp import AsyncMCPClient, MCPClient
from dify_sdk.openapi import AsyncOpenAPIClient, OpenAPIClient
from dify_sdk.triggers import AsyncTriggersClient, TriggersClient

from ..accounts import Role
from ..state import Mode
from .twins import Bridge

if TYPE_CHECKING:
    from ..mock import MockServer, Profile

Twin: TypeAlias = Literal["sync", "async"]
USER: Final = "ann"
_KEYS: Final = {
    "chat": "DIFY_CHAT_KEY",
    "completion": "DIFY_COMPLETION_KEY",
    "agent-chat": "DIFY_AGENT_KEY",
    "advanced-chat": "DIFY_CHATFLOW_KEY",
    "workflow": "DIFY_WORKFLOW_KEY",
}
_CODES: Final = {
    "chat": "DIFY_APP_CODE",
    "completion": "DIFY_COMPLETION_CODE",
    "agent-chat": "DIFY_AGENT_CODE",
    "advanced-chat": "DIFY_CHATFLOW_CODE",
    "workflow": "DIFY_WORKFLOW_CODE",
}
_SERVERS: Final = {mode: f"{name.removesuffix('KEY')}MCP_CODE" for mode, name in _KEYS.items()}
C = TypeVar("C", ServiceClient, WebClient, ConsoleClient, FilesClient, OpenAPIClient, MCPClient, InnerClient, TriggersClient)


class Place:
    """Gives a story its clients, as either twin, and (on the mock only) the world behind them."""

    def __init__(self, twin: Twin, mock: MockServer | None) -> None:
        self.twin = twin
        self._mock = mock
        self._bridge = Bridge() if twin == "async" else None
        self._closing: list[Callable[[], Any]] = []

    @property
    def profile(self) -> Profile:
        """The wire that is spoken here."""
        return self._mock.profile if self._mock else "dify"

    @property
    def live(self) -> bool:
        """Whether a real server answers."""
        return self._mock is None

    @property
    def mock(self) -> MockServer:
        """The mock; a story that needs its world is not for a live server."""
        if self._mock is None:
            pytest.skip("this story looks into the mock's world")
        return self._mock

    def service(self, mode: Mode = "chat", **options: Any) -> ServiceClient:
        """A client of the service tier with the key of an app of this mode."""
        return self.service_with(self._app_key(mode), **options)

    def service_with(self, api_key: str | None, **options: Any) -> ServiceClient:
        """A client of the service tier with this key."""
        return self._client(ServiceClient, AsyncServiceClient, "DIFY_BASE_URL", api_key, **{"user": USER, **options})

    def knowledge(self, **options: Any) -> ServiceClient:
        """A client of the service tier with the key for knowledge."""
        key = self._mock.credentials.dataset_key if self._mock else _needed("DIFY_DATASET_API_KEY")
        return self.service_with(None, dataset_api_key=key, **options)

    def web(self, mode: Mode = "chat", **options: Any) -> WebClient:
        """A client of the web tier for the page of an app of this mode."""
        code = self._mock.credentials.app_codes[mode] if self._mock else _needed(_CODES[mode])
        return self.web_with(code, **options)

    def web_with(self, app_code: str | None, **options: Any) -> WebClient:
        """A client of the web tier for the page with this code."""
        return self._client(WebClient, AsyncWebClient, "DIFY_WEB_URL", app_code, **{"user_id": USER, **options})

    def console(self, **options: Any) -> ConsoleClient:
        """A client of the console tier for the workspace's owner."""
        if self._mock:
            return self.console_of(self._mock.credentials.email, self._mock.credentials.password, **options)
        return self.console_of(_needed("DIFY_CONSOLE_EMAIL"), _needed("DIFY_CONSOLE_PASSWORD"), **options)

    def console_of(self, email: str | None = None, password: str | None = None, **options: Any) -> ConsoleClient:
        """A client of the console tier for this account, or with another way in."""
        return self._client(ConsoleClient, AsyncConsoleClient, "DIFY_CONSOLE_URL", email, password, **options)

    def member(self, role: Role, **options: Any) -> ConsoleClient:
        """A client of the console tier for somebody who is this in the workspace."""
        world, password = self.mock.world, "a-password-1"
        email = f"{role}-{len(world.accounts.known)}@example.com"
        workspace = world.accounts.workspaces[world.workspace_id]
        world.accounts.join(workspace, world.accounts.add(email, password), role)
        return self.console_of(email, password, **options)

    def files(self, **options: Any) -> FilesClient:
        """A client of the files tier."""
        return self._client(FilesClient, AsyncFilesClient, "DIFY_FILES_URL", **options)

    def triggers(self, **options: Any) -> TriggersClient:
        """A client of the triggers tier."""
        return self._client(TriggersClient, AsyncTriggersClient, "DIFY_TRIGGERS_URL", **options)

    def inner(self, **options: Any) -> InnerClient:
        """A client of the inner tier, with the key of plugins."""
        key = self._mock.credentials.inner_plugin_key if self._mock else _needed("DIFY_INNER_PLUGIN_KEY")
        return self.inner_with(key, **options)

    def management(self, **options: Any) -> InnerClient:
        """A client of the inner tier, with the key of an enterprise's management."""
        key = self._mock.credentials.inner_key if self._mock else _needed("DIFY_INNER_KEY")
        return self.inner_with(key, **options)

    def inner_with(self, inner_api_key: str, **options: Any) -> InnerClient:
        """A client of the inner tier with this key."""
        return self._client(InnerClient, AsyncInnerClient, "DIFY_INNER_URL", inner_api_key, **options)

    def mcp(self, mode: Mode = "chat", **options: Any) -> MCPClient:
        """A client of the MCP tier for the server of an app of this mode."""
        return self.mcp_with(self._mock.credentials.mcp_codes[mode] if self._mock else _needed(_SERVERS[mode]), **options)

    def mcp_with(self, server_code: str, **options: Any) -> MCPClient:
        """A client of the MCP tier for the server with this code."""
        return self._client(MCPClient, AsyncMCPClient, "DIFY_MCP_URL", server_code, **options)

    def openapi(self, **options: Any) -> OpenAPIClient:
        """A client of the OpenAPI tier with a token of the workspace's owner."""
        return self.openapi_with(self._mock.credentials.openapi_token if self._mock else _needed("DIFY_OPENAPI_TOKEN"), **options)

    def openapi_with(self, token: str | None, **options: Any) -> OpenAPIClient:
        """A client of the OpenAPI tier with this token."""
        return self._client(OpenAPIClient, AsyncOpenAPIClient, "DIFY_OPENAPI_URL", token, **options)

    def _client(self, blocking: type[C], awaiting: Any, address: str, *identity: Any, **options: Any) -> C:
        import httpx

        told: dict[str, Any] = {"base_url": self._url(address), "max_retries": 0, **options}
        if self._bridge is None:
            if self._mock is not None:
                told.setdefault("http_client", httpx.Client(transport=self._mock.transport))
            client = blocking(*identity, **told)
            self._closing.append(client.close)
            return client
        if self._mock is not None:
            told.setdefault("http_client", httpx.AsyncClient(transport=self._mock.async_transport))
        twin = self._bridge.blocking(awaiting(*identity, **told), blocking)
        self._closing.append(twin.close)
        return twin

    def later(self, last: Callable[[], Any]) -> None:
        """Keep something to be done when the story is over."""
        self._closing.append(last)

    def close(self) -> None:
        """Close what was opened."""
        for close in reversed(self._closing):
            close()
        if self._bridge is not None:
            self._bridge.close()

    def _url(self, variable: str) -> str:
        return self._mock.url if self._mock else os.environ.get(variable) or _needed("DIFY_BASE_URL")

    def _app_key(self, mode: Mode) -> str:
        return self._mock.credentials.app_keys[mode] if self._mock else _needed(_KEYS[mode])


def _needed(variable: str) -> str:
    value = os.environ.get(variable)
    if not value:
        pytest.skip(f"{variable} is not set")
    return value


def reach(stream: Any, name: str) -> Any:
    """Read a stream up to the next event of this name; the stream stays open."""
    while (event := next(stream)).event != name:
        pass
    return event
