"""The OpenAPI tier (`/openapi/v1`): what a person who is signed in can do with workspaces and apps, from a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .._client import AsyncClient, SyncClient, options_of
from .._endpoint import GET, Async, M, RawAsync, RawSync, Resource, Sync, area, flow
from .._models import Model
from .._options import follower_url
from .._steps import Steps
from ._credentials import Token
from .logging_in import CLIENT_ID, device_grant
from .oauth import DeviceCode, DeviceToken

if TYPE_CHECKING:
    import httpx

    from .._options import Options, TimeoutTypes
    from .._steps import Middleware
    from .account import Account
    from .apps import Apps
    from .oauth import OAuth
    from .permitted_external_apps import PermittedExternalApps
    from .workspaces import Workspaces

PREFIX = "/openapi/v1"


class OpenAPI(Resource[M], area="openapi", key="none"):
    """The areas of the tier."""

    @area
    def account(self) -> Account[M]:
        """Whoever has signed in."""
        from .account import Account

        return Account(self._core)

    @area
    def apps(self) -> Apps[M]:
        """Apps and their runs."""
        from .apps import Apps

        return Apps(self._core)

    @area
    def oauth(self) -> OAuth[M]:
        """How programs are let in."""
        from .oauth import OAuth

        return OAuth(self._core)

    @area
    def permitted_external_apps(self) -> PermittedExternalApps[M]:
        """Apps that are open to somebody who is known elsewhere."""
        from .permitted_external_apps import PermittedExternalApps

        return PermittedExternalApps(self._core)

    @area
    def workspaces(self) -> Workspaces[M]:
        """Workspaces."""
        from .workspaces import Workspaces

        return Workspaces(self._core)

    @GET("/_health", since="1.16")
    def health(self) -> Health:
        """Tell whether the server is up."""
        ...

    @GET("/_version", since="1.16")
    def version(self) -> ServerVersion:
        """Tell the server's version and edition."""
        ...

    @flow
    def login(
        self, *, on_code: Callable[[DeviceCode], Any], client_id: str = CLIENT_ID, device_label: str | None = None
    ) -> Steps[DeviceToken]:
        """Have somebody with a browser let this program in, and go on as that person.

        Args:
            on_code: Called with the code: show its `user_code` and `verification_uri`. On the asynchronous client it may be awaitable.
            client_id: The program, as the server knows it.
            device_label: What the person is shown; the name of this machine where it is not given.

        Returns:
            The token, to be kept for the next time: `OpenAPIClient(token)`.

        Raises:
            AccessDeniedError: Somebody has refused.
            ExpiredTokenError: Nobody has confirmed the code in time.
            UnsupportedClientError: The server does not know the program.
        """
        won = yield from device_grant(on_code, client_id, device_label)
        held = self._core.options.credentials
        assert isinstance(held, Token)
        held.token = won.token
        return won


class Health(Model):
    """Whether the server is up."""

    ok: bool


class ServerVersion(Model):
    """The server's version and edition."""

    version: str
    edition: str | None = None


class OpenAPIClient(SyncClient, OpenAPI[Sync]):
    """The OpenAPI tier, blocking."""

    def __init__(
        self,
        token: str | None = None,
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
            token: A token from `login`; `DIFY_OPENAPI_TOKEN` where it is not given.
            base_url: The server's root; `DIFY_OPENAPI_URL`, or `DIFY_BASE_URL`, where it is not given.
            timeout: Seconds for every single wait, or a `Timeout`; see there for the defaults.
            max_retries: How often a failed request is sent again at most, where that does no harm.
            headers: Headers for every request.
            middleware: Generators around every attempt, the first one outermost.
            http_client: Your own `httpx.Client`; it stays yours to close.

        Raises:
            ConfigurationError: The token or the address cannot be right.
        """
        from .._core import SyncCore

        super().__init__(SyncCore(_options(token, base_url, timeout, max_retries, headers, middleware), type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> OpenAPI[RawSync]:
        """The same operations, answering a `RawResponse`."""
        return OpenAPI(self._core.derived(raw=True))


class AsyncOpenAPIClient(AsyncClient, OpenAPI[Async]):
    """The OpenAPI tier, awaitable."""

    def __init__(
        self,
        token: str | None = None,
        *,
        base_url: str | None = None,
        timeout: TimeoutTypes = None,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        middleware: Iterable[Middleware] = (),
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        """Make a client; nothing is sent yet. The arguments are those of `OpenAPIClient`, with an `httpx.AsyncClient`."""
        from .._core import AsyncCore

        super().__init__(AsyncCore(_options(token, base_url, timeout, max_retries, headers, middleware), type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> OpenAPI[RawAsync]:
        """The same operations, answering a `RawResponse`."""
        return OpenAPI(self._core.derived(raw=True))


def _options(
    token: str | None,
    base_url: str | None,
    timeout: TimeoutTypes,
    max_retries: int,
    headers: Mapping[str, str] | None,
    middleware: Iterable[Middleware],
) -> Options:
    url = follower_url(base_url, variable="DIFY_OPENAPI_URL") + PREFIX
    return options_of(url, Token(token), user=None, timeout=timeout, max_retries=max_retries, headers=headers, middleware=middleware)
