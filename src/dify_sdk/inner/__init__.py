"""The inner tier (`/inner/api`): what the parts of a server, its plugins and an enterprise's management ask it among themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from .._client import AsyncClient, SyncClient, options_of
from .._endpoint import Async, M, RawAsync, RawSync, Resource, Sync, area
from .._options import follower_url
from ._credentials import InnerKey

if TYPE_CHECKING:
    import httpx

    from .._options import Options, TimeoutTypes
    from .._steps import Middleware
    from .agents import AgentConfigs, AgentFiles
    from .apps import Apps
    from .billing import Billing
    from .enterprise import Enterprise
    from .files import Files
    from .invoke import Invoke
    from .knowledge import Knowledge

PREFIX = "/inner/api"


class Inner(Resource[M], area="inner", key="inner"):
    """The areas of the tier."""

    @area
    def invoke(self) -> Invoke[M]:
        """What plugins and agents ask a server to do for them."""
        from .invoke import Invoke

        return Invoke(self._core)

    @area
    def apps(self) -> Apps[M]:
        """What plugins may know of apps."""
        from .apps import Apps

        return Apps(self._core)

    @area
    def files(self) -> Files[M]:
        """Addresses at which plugins fetch files and leave them."""
        from .files import Files

        return Files(self._core)

    @area
    def agent_config(self) -> AgentConfigs[M]:
        """The configurations of agents."""
        from .agents import AgentConfigs

        return AgentConfigs(self._core)

    @area
    def agent_files(self) -> AgentFiles[M]:
        """The files that agents work with."""
        from .agents import AgentFiles

        return AgentFiles(self._core)

    @area
    def knowledge(self) -> Knowledge[M]:
        """Knowledge for agents."""
        from .knowledge import Knowledge

        return Knowledge(self._core)

    @area
    def enterprise(self) -> Enterprise[M]:
        """What an enterprise's own management does."""
        from .enterprise import Enterprise

        return Enterprise(self._core)

    @area
    def billing(self) -> Billing[M]:
        """The mail of billing."""
        from .billing import Billing

        return Billing(self._core)


class InnerClient(SyncClient, Inner[Sync]):
    """The inner tier, blocking."""

    def __init__(
        self,
        inner_api_key: str,
        *,
        user_id: str | None = None,
        base_url: str | None = None,
        timeout: TimeoutTypes = None,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        middleware: Iterable[Middleware] = (),
        http_client: httpx.Client | None = None,
    ) -> None:
        """Make a client; nothing is sent yet.

        Args:
            inner_api_key: The server's `INNER_API_KEY`; for what plugins ask (`invoke`, `files`, `apps`, `agent_...`, `knowledge`) its
                `INNER_API_KEY_FOR_PLUGIN`.
            user_id: In whose name requests are made, where the server wants to know; it is signed with the key.
            base_url: The server's root; `DIFY_INNER_URL`, or `DIFY_BASE_URL`, where it is not given.
            timeout: Seconds for every single wait, or a `Timeout`; see there for the defaults.
            max_retries: How often a failed request is sent again at most, where that does no harm.
            headers: Headers for every request.
            middleware: Generators around every attempt, the first one outermost.
            http_client: Your own `httpx.Client`; it stays yours to close.

        Raises:
            ConfigurationError: The key or the address cannot be right.
        """
        from .._core import SyncCore

        credentials = InnerKey(inner_api_key, user_id)
        options = _options(credentials, base_url, timeout, max_retries, headers, middleware)
        super().__init__(SyncCore(options, type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> Inner[RawSync]:
        """The same operations, answering a `RawResponse`."""
        return Inner(self._core.derived(raw=True))


class AsyncInnerClient(AsyncClient, Inner[Async]):
    """The inner tier, awaitable."""

    def __init__(
        self,
        inner_api_key: str,
        *,
        user_id: str | None = None,
        base_url: str | None = None,
        timeout: TimeoutTypes = None,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        middleware: Iterable[Middleware] = (),
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        """Make a client; nothing is sent yet. The arguments are those of `InnerClient`, with an `httpx.AsyncClient`."""
        from .._core import AsyncCore

        credentials = InnerKey(inner_api_key, user_id)
        options = _options(credentials, base_url, timeout, max_retries, headers, middleware)
        super().__init__(AsyncCore(options, type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> Inner[RawAsync]:
        """The same operations, answering a `RawResponse`."""
        return Inner(self._core.derived(raw=True))


def _options(
    credentials: InnerKey,
    base_url: str | None,
    timeout: TimeoutTypes,
    max_retries: int,
    headers: Mapping[str, str] | None,
    middleware: Iterable[Middleware],
) -> Options:
    url = follower_url(base_url, variable="DIFY_INNER_URL") + PREFIX
    return options_of(url, credentials, user=None, timeout=timeout, max_retries=max_retries, headers=headers, middleware=middleware)
