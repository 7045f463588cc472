"""The web tier (`/api`): what an end user of a published app can do."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from .._client import AsyncClient, SyncClient, options_of
from .._endpoint import GET, POST, Async, M, RawAsync, RawSync, Resource, Sync, area, flow
from .._options import follower_url
from .._steps import Steps, ask
from ..shared.results import Result
from ._credentials import WebCredentials
from .signing_in import EmailLogin, LoginStatus, SignedIn

if TYPE_CHECKING:
    import httpx

    from .._options import Options, TimeoutTypes
    from .._steps import Middleware
    from .app import AppArea
    from .audio import Audio
    from .chat import Chat
    from .completion import Completion
    from .conversations import Conversations
    from .files import Files
    from .human_input_forms import HumanInputForms
    from .messages import Messages
    from .passports import Passports
    from .remote_files import RemoteFiles
    from .saved_messages import SavedMessages
    from .signing_in import ForgotPassword
    from .system_features import SystemFeaturesArea
    from .webapp import WebAppArea
    from .workflows import Workflows

PREFIX = "/api"


class Web(Resource[M], area="web", key="none"):
    """The areas of the tier."""

    @area
    def app(self) -> AppArea[M]:
        """The app behind the code."""
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
        """The conversations of the end user."""
        from .conversations import Conversations

        return Conversations(self._core)

    @area
    def email_login(self) -> EmailLogin[M]:
        """Sign in by a code that comes by e-mail."""
        return EmailLogin(self._core)

    @area
    def files(self) -> Files[M]:
        """Files for messages and variables."""
        from .files import Files

        return Files(self._core)

    @area
    def forgot_password(self) -> ForgotPassword[M]:
        """Set a new password by a code that comes by e-mail."""
        from .signing_in import ForgotPassword

        return ForgotPassword(self._core)

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
    def passport(self) -> Passports[M]:
        """Passports, which say who the end user is."""
        from .passports import Passports

        return Passports(self._core)

    @area
    def remote_files(self) -> RemoteFiles[M]:
        """Files that the server fetches by itself."""
        from .remote_files import RemoteFiles

        return RemoteFiles(self._core)

    @area
    def saved_messages(self) -> SavedMessages[M]:
        """Messages that the end user keeps."""
        from .saved_messages import SavedMessages

        return SavedMessages(self._core)

    @area
    def system_features(self) -> SystemFeaturesArea[M]:
        """What the server can do."""
        from .system_features import SystemFeaturesArea

        return SystemFeaturesArea(self._core)

    @area
    def webapp(self) -> WebAppArea[M]:
        """Who may use a page."""
        from .webapp import WebAppArea

        return WebAppArea(self._core)

    @area
    def workflows(self) -> Workflows[M]:
        """Workflows."""
        from .workflows import Workflows

        return Workflows(self._core)

    @POST("/login")
    def login(self, *, email: str, password: str) -> SignedIn:
        """Sign in on an enterprise server; `sign_in` does the same, and lets the client go on as this user.

        Args:
            email: The e-mail address.
            password: The password, in base64; plain for servers before 1.9.

        Raises:
            AuthenticationError: They do not fit.
            NotFoundError: The server has no such way in.
        """
        ...

    @GET("/login/status", key="known", since="1.9")
    def login_status(self, *, app_code: str | None = None, user_id: str | None = None) -> LoginStatus:
        """Tell whether somebody is signed in, and whether an app knows them.

        Args:
            app_code: The code of the app's page.
            user_id: The end user's name.
        """
        ...

    @POST("/logout", key="known", repeatable=True, since="1.9")
    def logout(self) -> Result:
        """Sign out; `sign_out` does the same, and has the client forget who it was."""
        ...

    @flow
    def sign_in(self, *, email: str, password: str) -> Steps[None]:
        """Sign in on an enterprise server and go on as this user.

        Args:
            email: The e-mail address.
            password: The password, as it is typed.

        Raises:
            AuthenticationError: They do not fit.
            NotFoundError: The server has no such way in.
        """
        signed_in = yield from ask(Web.login, email=email, password=_base64(password))
        _credentials(self).sign_in(signed_in.data.access_token)

    @flow
    def sign_in_with_code(self, *, email: str, code: str, token: str) -> Steps[None]:
        """Sign in with a code that came by e-mail and go on as this user.

        Args:
            email: Where the code was sent to.
            code: The code, as it is typed.
            token: What `email_login.send_code` answered.

        Raises:
            AuthenticationError: The code is wrong.
            NotFoundError: The server has no such way in.
        """
        signed_in = yield from ask(EmailLogin.verify_code, email=email, code=_base64(code), token=token)
        _credentials(self).sign_in(signed_in.data.access_token)

    @flow
    def sign_out(self) -> Steps[None]:
        """Sign out and forget who it was."""
        yield from ask(Web.logout)
        _credentials(self).sign_out()


class WebClient(SyncClient, Web[Sync]):
    """The API of published apps, blocking."""

    def __init__(
        self,
        app_code: str | None = None,
        *,
        user_id: str | None = None,
        passport: str | None = None,
        base_url: str | None = None,
        timeout: TimeoutTypes = None,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        middleware: Iterable[Middleware] = (),
        http_client: httpx.Client | None = None,
    ) -> None:
        """Make a client; nothing is sent yet. The passport is fetched with the first call that needs one.

        Args:
            app_code: The code in the address of the app's page; `DIFY_APP_CODE` where it is not given.
            user_id: A name for the end user, of your own; the same name is the same user. Without one it is a new user.
            passport: A passport that you hold already.
            base_url: The server's root; `DIFY_WEB_URL`, or `DIFY_BASE_URL`, where it is not given.
            timeout: Seconds for every single wait, or a `Timeout`; see there for the defaults.
            max_retries: How often a failed request is sent again at most, where that does no harm.
            headers: Headers for every request.
            middleware: Generators around every attempt, the first one outermost.
            http_client: Your own `httpx.Client`; it stays yours to close.

        Raises:
            ConfigurationError: The code, the passport or the address cannot be right.
        """
        from .._core import SyncCore

        options = _options(app_code, user_id, passport, base_url, timeout, max_retries, headers, middleware)
        super().__init__(SyncCore(options, type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> Web[RawSync]:
        """The same operations, answering a `RawResponse`."""
        return Web(self._core.derived(raw=True))


class AsyncWebClient(AsyncClient, Web[Async]):
    """The API of published apps, awaitable."""

    def __init__(
        self,
        app_code: str | None = None,
        *,
        user_id: str | None = None,
        passport: str | None = None,
        base_url: str | None = None,
        timeout: TimeoutTypes = None,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        middleware: Iterable[Middleware] = (),
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        """Make a client; nothing is sent yet. The arguments are those of `WebClient`, with an `httpx.AsyncClient`."""
        from .._core import AsyncCore

        options = _options(app_code, user_id, passport, base_url, timeout, max_retries, headers, middleware)
        super().__init__(AsyncCore(options, type(self).__name__, http_client))

    @cached_property
    def with_raw_response(self) -> Web[RawAsync]:
        """The same operations, answering a `RawResponse`."""
        return Web(self._core.derived(raw=True))


def _options(
    app_code: str | None,
    user_id: str | None,
    passport: str | None,
    base_url: str | None,
    timeout: TimeoutTypes,
    max_retries: int,
    headers: Mapping[str, str] | None,
    middleware: Iterable[Middleware],
) -> Options:
    url = follower_url(base_url, variable="DIFY_WEB_URL") + PREFIX
    credentials = WebCredentials(app_code, user_id, passport)
    return options_of(url, credentials, user=user_id, timeout=timeout, max_retries=max_retries, headers=headers, middleware=middleware)


def _credentials(resource: Resource[M]) -> WebCredentials:
    found = resource._core.options.credentials
    assert isinstance(found, WebCredentials)
    return found


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
