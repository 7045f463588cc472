"""The service tier (`/v1`): what the API key of an app, or of the workspace's knowledge, can do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from .._auth import APIKeys
from .._client import AsyncClient, SyncClient, options_of
from .._endpoint import GET, Async, M, RawAsync, RawSync, Resource, Sync, area
from .._options import server_url
from ..shared.server import ServerInfo

if TYPE_CHECKING:
    import httpx

    from .._options import Options, TimeoutTypes
    from .._steps import Middleware
    from .annotations import Annotations
    from .app import AppArea
    from .audio import Audio
    from .chat import Chat
    from .completion import Completion
    from .conversations import Conversations
    from .datasets import Datasets
    from .end_users import EndUsers
    from .files import Files
    from .human_input_forms import HumanInputForms
    from .messages import Messages
    from .models import Models
    from .workflows import Workflows

PREFIX = "/v1"


class Service(Resource[M], area="service"):
    """The areas of the tier."""

    @area
    def annotations(self) -> Annotations[M]:
        """Ready answers."""
        from .annotations import Annotations

        return Annotations(self._core)

    @area
    def app(self) -> AppArea[M]:
        """The app that the key belongs to."""
        from .app import AppArea

        return AppArea(self._core)

    @area
    def audio(self) -> Audio[M]:
        """Speech to text and back."""
        from .audio import Audio

        return Audio(self._core)

    @area
    def chat(self) -> Chat[M]:
        """Chats, agents and chatflows."""
        from .chat import Chat

        return Chat(self._core)

    @area
    def completion(self) -> Completion[M]:
        """Completions."""
        from .completion import Completion

        return Completion(self._core)

    @area
    def conversations(self) -> Conversations[M]:
        """The conversations of an end user."""
        from .conversations import Conversations

        return Conversations(self._core)

    @area
    def datasets(self) -> Datasets[M]:
        """Knowledge: datasets, their documents, and what is found in them."""
        from .datasets import Datasets

        return Datasets(self._core)

    @area
    def end_users(self) -> EndUsers[M]:
        """The people an app serves."""
        from .end_users import EndUsers

        return EndUsers(self._core)

    @area
    def files(self) -> Files[M]:
        """Files for messages and variables."""
        from .files import Files

        return Files(self._core)

    @area
    def human_input_forms(self) -> HumanInputForms[M]:
        """Forms that paused runs wait for."""
        from .human_input_forms import HumanInputForms

        return HumanInputForms(self._core)

    @area
    def messages(self) -> Messages[M]:
        """Messages and what users think of them."""
        from .messages import Messages

        return Messages(self._core)

    @area
    def models(self) -> Models[M]:
        """The models of the workspace."""
        from .models import Models

        return Models(self._core)

    @area
    def workflows(self) -> Workflows[M]:
        """Workflows, their runs and logs."""
        from .workflows import Workflows

        return Workflows(self._core)

    @GET("/", key="none")
    def server_info(self) -> ServerInfo:
        """Tell what server this is. A server on a stock web framework answers 404."""
        ...


class ServiceClient(SyncClient, Service[Sync]):
    """The service API, blocking."""

    def __init__(
        self,
        api_key: str | None = None,
        *,
        dataset_api_key: str | None = None,
        base_url: str | None = None,
        user: str | None = None,
        timeout: TimeoutTypes = None,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        middleware: Iterable[Middleware] = (),
        http_client: httpx.Client | None = None,
    ) -> None:
        """Make a client; nothing is sent yet.

        Args:
            api_key: An app's key (`app-...`), or one for knowledge; `DIFY_API_KEY` where it is not given.
            dataset_api_key: A key for knowledge (`dataset-...`); `DIFY_DATASET_API_KEY` where it is not given.
            base_url: The server's root; `DIFY_BASE_URL`, or the Dify cloud, where it is not given.
            user: The end user that calls are made for where they do not say.
            timeout: Seconds for every single wait, or a `Timeout`; see there for the defaults.
            max_retries: How often a failed request is sent again at most, where that does no harm.
            headers: Headers for every request.
            middleware: Generators around every attempt, the first one outermost.
            http_client: Your own `httpx.Client`; it stays yours to close.

        Raises:
            ConfigurationError: A key or the address cannot be right.
        """
        from .._core import SyncCore

        options = _options(api_key, dataset_api_key, base_url, user, timeout, max_retries, headers, middleware)
        super().__init__(SyncCore(options, type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> Service[RawSync]:
        """The same operations, answering a `RawResponse`."""
        return Service(self._core.derived(raw=True))


class AsyncServiceClient(AsyncClient, Service[Async]):
    """The service API, awaitable."""

    def __init__(
        self,
        api_key: str | None = None,
        *,
        dataset_api_key: str | None = None,
        base_url: str | None = None,
        user: str | None = None,
        timeout: TimeoutTypes = None,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        middleware: Iterable[Middleware] = (),
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        """Make a client; nothing is sent yet. The arguments are those of `ServiceClient`, with an `httpx.AsyncClient`."""
        from .._core import AsyncCore

        options = _options(api_key, dataset_api_key, base_url, user, timeout, max_retries, headers, middleware)
        super().__init__(AsyncCore(options, type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> Service[RawAsync]:
        """The same operations, answering a `RawResponse`."""
        return Service(self._core.derived(raw=True))


def _options(
    api_key: str | None,
    dataset_api_key: str | None,
    base_url: str | None,
    user: str | None,
    timeout: TimeoutTypes,
    max_retries: int,
    headers: Mapping[str, str] | None,
    middleware: Iterable[Middleware],
) -> Options:
    url = server_url(base_url, variable="DIFY_BASE_URL", default="https://api.dify.ai") + PREFIX
    credentials = APIKeys(api_key, dataset_api_key)
    return options_of(url, credentials, user=user, timeout=timeout, max_retries=max_retries, headers=headers, middleware=middleware)
