"""The triggers tier (`/triggers`): addresses that start workflows. Nobody signs in here: who has an address may call it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from .._auth import NoCredentials
from .._client import AsyncClient, SyncClient, options_of
from .._endpoint import Async, M, RawAsync, RawSync, Resource, Sync, area
from .._options import follower_url
from .._replies import Reply as Reply

if TYPE_CHECKING:
    import httpx

    from .._options import Options, TimeoutTypes
    from .._steps import Middleware
    from .plugins import Plugins
    from .webhooks import DebugWebhooks, Webhooks

PREFIX = "/triggers"


class Triggers(Resource[M], area="triggers", key="none"):
    """The areas of the tier."""

    @area
    def webhooks(self) -> Webhooks[M]:
        """Addresses that start a workflow."""
        from .webhooks import Webhooks

        return Webhooks(self._core)

    @area
    def debug_webhooks(self) -> DebugWebhooks[M]:
        """The same addresses for workflows that are still drafts."""
        from .webhooks import DebugWebhooks

        return DebugWebhooks(self._core)

    @area
    def plugins(self) -> Plugins[M]:
        """Addresses that plugins listen at."""
        from .plugins import Plugins

        return Plugins(self._core)


class TriggersClient(SyncClient, Triggers[Sync]):
    """Webhooks and endpoints of plugins, blocking."""

    def __init__(
        self,
        *,
        base_url: str | None = None,
        timeout: TimeoutTypes = None,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        middleware: Iterable[Middleware] = (),
        http_client: httpx.Client | None = None,
    ) -> None:
        """Make a client; nothing is sent yet.

        Args:
            base_url: The server's root; `DIFY_TRIGGERS_URL`, or `DIFY_BASE_URL`, where it is not given.
            timeout: Seconds for every single wait, or a `Timeout`; see there for the defaults.
            max_retries: How often a connection is tried again at most; a request that may have arrived is not repeated.
            headers: Headers for every request.
            middleware: Generators around every attempt, the first one outermost.
            http_client: Your own `httpx.Client`; it stays yours to close.

        Raises:
            ConfigurationError: The address cannot be right.
        """
        from .._core import SyncCore

        super().__init__(SyncCore(_options(base_url, timeout, max_retries, headers, middleware), type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> Triggers[RawSync]:
        """The same operations, answering a `RawResponse`."""
        return Triggers(self._core.derived(raw=True))


class AsyncTriggersClient(AsyncClient, Triggers[Async]):
    """Webhooks and endpoints of plugins, awaitable."""

    def __init__(
        self,
        *,
        base_url: str | None = None,
        timeout: TimeoutTypes = None,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        middleware: Iterable[Middleware] = (),
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        """Make a client; nothing is sent yet. The arguments are those of `TriggersClient`, with an `httpx.AsyncClient`."""
        from .._core import AsyncCore

        super().__init__(AsyncCore(_options(base_url, timeout, max_retries, headers, middleware), type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> Triggers[RawAsync]:
        """The same operations, answering a `RawResponse`."""
        return Triggers(self._core.derived(raw=True))


def _options(
    base_url: str | None, timeout: TimeoutTypes, max_retries: int, headers: Mapping[str, str] | None, middleware: Iterable[Middleware]
) -> Options:
    url = follower_url(base_url, variable="DIFY_TRIGGERS_URL") + PREFIX
    return options_of(url, NoCredentials(), user=None, timeout=timeout, max_retries=max_retries, headers=headers, middleware=middleware)
