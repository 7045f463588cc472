"""The files tier (`/files`): what is fetched from signed addresses. Nobody signs in here: the address says it all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from .._auth import NoCredentials
from .._client import AsyncClient, SyncClient, options_of
from .._endpoint import Async, M, RawAsync, RawSync, Resource, Sync, area
from .._options import follower_url

if TYPE_CHECKING:
    import httpx

    from .._options import Options, TimeoutTypes
    from .._steps import Middleware
    from .files import Files
    from .workspaces import Workspaces

PREFIX = "/files"


class FilesTier(Resource[M], area="files", key="none"):
    """The areas of the tier."""

    @area
    def files(self) -> Files[M]:
        """Files behind signed addresses."""
        from .files import Files

        return Files(self._core)

    @area
    def workspaces(self) -> Workspaces[M]:
        """What workspaces show to everybody."""
        from .workspaces import Workspaces

        return Workspaces(self._core)


class FilesClient(SyncClient, FilesTier[Sync]):
    """Signed addresses, blocking."""

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
            base_url: The server's root; `DIFY_FILES_URL`, or `DIFY_BASE_URL`, where it is not given.
            timeout: Seconds for every single wait, or a `Timeout`; see there for the defaults.
            max_retries: How often a failed request is sent again at most, where that does no harm.
            headers: Headers for every request to the server itself.
            middleware: Generators around every attempt, the first one outermost.
            http_client: Your own `httpx.Client`; it stays yours to close.

        Raises:
            ConfigurationError: The address cannot be right.
        """
        from .._core import SyncCore

        super().__init__(SyncCore(_options(base_url, timeout, max_retries, headers, middleware), type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> FilesTier[RawSync]:
        """The same operations, answering a `RawResponse`."""
        return FilesTier(self._core.derived(raw=True))


class AsyncFilesClient(AsyncClient, FilesTier[Async]):
    """Signed addresses, awaitable."""

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
        """Make a client; nothing is sent yet. The arguments are those of `FilesClient`, with an `httpx.AsyncClient`."""
        from .._core import AsyncCore

        super().__init__(AsyncCore(_options(base_url, timeout, max_retries, headers, middleware), type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> FilesTier[RawAsync]:
        """The same operations, answering a `RawResponse`."""
        return FilesTier(self._core.derived(raw=True))


def _options(
    base_url: str | None, timeout: TimeoutTypes, max_retries: int, headers: Mapping[str, str] | None, middleware: Iterable[Middleware]
) -> Options:
    url = follower_url(base_url, variable="DIFY_FILES_URL") + PREFIX
    return options_of(url, NoCredentials(), user=None, timeout=timeout, max_retries=max_retries, headers=headers, middleware=middleware)
