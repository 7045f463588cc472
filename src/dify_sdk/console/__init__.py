"""The console tier (`/console/api`): everything that the console of Dify does."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .._client import AsyncClient, SyncClient, options_of
from .._endpoint import Async, M, RawAsync, RawSync, Sync, area, flow
from .._options import follower_url
from .._steps import Steps
from ._credentials import ConsoleCredentials, credentials_of
from .session import Session
from .signing_in import SigningIn

if TYPE_CHECKING:
    import httpx

    from .._options import Options, TimeoutTypes
    from .._steps import Middleware
    from .account import Account
    from .apps import Apps
    from .email_login import EmailLogin
    from .explore import Explore
    from .extensions import Extensions
    from .features import Features
    from .files import Files
    from .forgot_password import ForgotPassword
    from .installed_apps import InstalledApps
    from .invitations import Invitations
    from .members import Members
    from .notifications import Notifications
    from .oauth import OAuth
    from .onboarding import Onboarding
    from .registration import Registration
    from .remote_files import RemoteFiles
    from .setup import Setup
    from .system_features import SystemFeaturesArea
    from .tags import Tags
    from .trial_apps import TrialApps
    from .workspace import Workspace
    from .workspaces import Workspaces

PREFIX = "/console/api"
_OURSELVES = frozenset({"localhost", "127.0.0.1", "::1"})


class Console(SigningIn[M], area="console", key="none"):
    """The areas of the tier."""

    @area
    def account(self) -> Account[M]:
        """The account of whoever has signed in."""
        from .account import Account

        return Account(self._core)

    @area
    def apps(self) -> Apps[M]:
        """The apps of the workspace."""
        from .apps import Apps

        return Apps(self._core)

    @area
    def email_login(self) -> EmailLogin[M]:
        """Sign in by a code that comes by e-mail."""
        from .email_login import EmailLogin

        return EmailLogin(self._core)

    @area
    def extensions(self) -> Extensions[M]:
        """Services elsewhere that the apps of the workspace call."""
        from .extensions import Extensions

        return Extensions(self._core)

    @area
    def features(self) -> Features[M]:
        """What the current workspace can do."""
        from .features import Features

        return Features(self._core)

    @area
    def invitations(self) -> Invitations[M]:
        """Invitations, as whoever was invited sees them."""
        from .invitations import Invitations

        return Invitations(self._core)

    @area
    def members(self) -> Members[M]:
        """The members of the current workspace."""
        from .members import Members

        return Members(self._core)

    @area
    def forgot_password(self) -> ForgotPassword[M]:
        """A new password, by a code that comes by e-mail."""
        from .forgot_password import ForgotPassword

        return ForgotPassword(self._core)

    @area
    def notifications(self) -> Notifications[M]:
        """News that the cloud has for an account."""
        from .notifications import Notifications

        return Notifications(self._core)

    @area
    def oauth(self) -> OAuth[M]:
        """Signing in with an account elsewhere; and the other way round."""
        from .oauth import OAuth

        return OAuth(self._core)

    @area
    def onboarding(self) -> Onboarding[M]:
        """The tour that shows a newcomer around."""
        from .onboarding import Onboarding

        return Onboarding(self._core)

    @area
    def registration(self) -> Registration[M]:
        """An account that somebody makes themselves."""
        from .registration import Registration

        return Registration(self._core)

    @area
    def setup(self) -> Setup[M]:
        """How a new server gets its first account."""
        from .setup import Setup

        return Setup(self._core)

    @area
    def system_features(self) -> SystemFeaturesArea[M]:
        """What the server can do."""
        from .system_features import SystemFeaturesArea

        return SystemFeaturesArea(self._core)

    @area
    def tags(self) -> Tags[M]:
        """Labels on apps, datasets and snippets."""
        from .tags import Tags

        return Tags(self._core)

    @area
    def workspace(self) -> Workspace[M]:
        """The current workspace."""
        from .workspace import Workspace

        return Workspace(self._core)

    @area
    def workspaces(self) -> Workspaces[M]:
        """The workspaces of an account, and all that there are."""
        from .workspaces import Workspaces

        return Workspaces(self._core)

    @area
    def explore(self) -> Explore[M]:
        """What a server recommends."""
        from .explore import Explore

        return Explore(self._core)

    @area
    def installed_apps(self) -> InstalledApps[M]:
        """The apps that a workspace has at hand."""
        from .installed_apps import InstalledApps

        return InstalledApps(self._core)

    @area
    def trial_apps(self) -> TrialApps[M]:
        """Recommended apps to be tried before they are installed."""
        from .trial_apps import TrialApps

        return TrialApps(self._core)

    @area
    def files(self) -> Files[M]:
        """Uploads of the accounts: for knowledge, for messages and as pictures."""
        from .files import Files

        return Files(self._core)

    @area
    def remote_files(self) -> RemoteFiles[M]:
        """Files that the server fetches by itself."""
        from .remote_files import RemoteFiles

        return RemoteFiles(self._core)

    @flow
    def sign_in(self, *, email: str | None = None, password: str | None = None) -> Steps[None]:
        """Sign in now, and not with the first call that needs it; or as somebody else. What fails changes nothing.

        Args:
            email: The e-mail address; the client's own where it is not given.
            password: The password, as it is typed.

        Raises:
            AuthenticationError: They do not fit, or the account belongs to no workspace.
            BadRequestError: The account is banned.
            ConfigurationError: Only one of them is given, or none, and the client has none.
            RateLimitError: Too many attempts have failed.
        """
        yield from credentials_of(self).sign_in(email, password)

    @flow
    def sign_in_with_code(self, *, email: str, code: str, token: str) -> Steps[None]:
        """Sign in with a code that came by e-mail and go on as this account. What fails changes nothing.

        Args:
            email: Where the code was sent to.
            code: The code, as it is typed.
            token: What `email_login.send_code` answered.

        Raises:
            BadRequestError: The code is wrong, or too old; the account is banned, or belongs to no workspace.
        """
        yield from credentials_of(self).sign_in_with_code(email, code, token)

    @flow
    def sign_out(self) -> Steps[None]:
        """Sign out and forget the session, whatever comes. The next call that needs one signs in again, where there is a password."""
        yield from credentials_of(self).sign_out()


class ConsoleClient(SyncClient, Console[Sync]):
    """The API of the console, blocking."""

    def __init__(
        self,
        email: str | None = None,
        password: str | None = None,
        *,
        access_token: str | None = None,
        admin_api_key: str | None = None,
        workspace_id: str | None = None,
        session: Session | None = None,
        base_url: str | None = None,
        timeout: TimeoutTypes = None,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        middleware: Iterable[Middleware] = (),
        http_client: httpx.Client | None = None,
    ) -> None:
        """Make a client; nothing is sent yet. It signs in with the first call that needs it, and again when its session is over.

        Args:
            email: The account's e-mail address; `DIFY_CONSOLE_EMAIL` where no way in is given.
            password: The account's password, as it is typed; `DIFY_CONSOLE_PASSWORD` where no way in is given.
            access_token: A token of a server that takes one alone, as those before 1.9 do.
            admin_api_key: The key of the server's administrator.
            workspace_id: The workspace that the administrator's key acts in, as its owner.
            session: A session to go on with; the password, if it is given too, is for when it is over.
            base_url: The server's root; `DIFY_CONSOLE_URL`, or `DIFY_BASE_URL`, where it is not given.
            timeout: Seconds for every single wait, or a `Timeout`; see there for the defaults.
            max_retries: How often a failed request is sent again at most, where that does no harm.
            headers: Headers for every request.
            middleware: Generators around every attempt, the first one outermost.
            http_client: Your own `httpx.Client`; it stays yours to close.

        Raises:
            ConfigurationError: What is given cannot be right, or does not go together.
        """
        from .._core import SyncCore

        credentials = _checked(email, password, access_token, admin_api_key, workspace_id, session)
        options = _options(credentials, base_url, timeout, max_retries, headers, middleware)
        super().__init__(SyncCore(options, type(self).__name__, http_client))

    @property
    def session(self) -> Session | None:
        """The session, to go on with later; None while nobody has signed in."""
        return credentials_of(self).session

    @cached_property
    def with_raw_response(self) -> Console[RawSync]:
        """The same operations, answering a `RawResponse`."""
        return Console(self._core.derived(raw=True))


class AsyncConsoleClient(AsyncClient, Console[Async]):
    """The API of the console, awaitable."""

    def __init__(
        self,
        email: str | None = None,
        password: str | None = None,
        *,
        access_token: str | None = None,
        admin_api_key: str | None = None,
        workspace_id: str | None = None,
        session: Session | None = None,
        base_url: str | None = None,
        timeout: TimeoutTypes = None,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        middleware: Iterable[Middleware] = (),
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        """Make a client; nothing is sent yet. The arguments are those of `ConsoleClient`, with an `httpx.AsyncClient`."""
        from .._core import AsyncCore

        credentials = _checked(email, password, access_token, admin_api_key, workspace_id, session)
        options = _options(credentials, base_url, timeout, max_retries, headers, middleware)
        super().__init__(AsyncCore(options, type(self).__name__, http_client))

    @property
    def session(self) -> Session | None:
        """The session, to go on with later; None while nobody has signed in."""
        return credentials_of(self).session

    @cached_property
    def with_raw_response(self) -> Console[RawAsync]:
        """The same operations, answering a `RawResponse`."""
        return Console(self._core.derived(raw=True))


def _checked(
    email: str | None,
    password: str | None,
    access_token: str | None,
    admin_api_key: str | None,
    workspace_id: str | None,
    session: Session | None,
) -> ConsoleCredentials:
    if not any((email, password, access_token, admin_api_key, session)):
        email, password = os.environ.get("DIFY_CONSOLE_EMAIL") or email, os.environ.get("DIFY_CONSOLE_PASSWORD") or password
    return ConsoleCredentials(email, password, access_token, admin_api_key, workspace_id, session)


def _options(
    credentials: ConsoleCredentials,
    base_url: str | None,
    timeout: TimeoutTypes,
    max_retries: int,
    headers: Mapping[str, str] | None,
    middleware: Iterable[Middleware],
) -> Options:
    root = follower_url(base_url, variable="DIFY_CONSOLE_URL")
    parts = urlsplit(root)
    host = parts.hostname or ""
    if credentials.has_password and parts.scheme == "http" and host not in _OURSELVES and not host.endswith(".localhost"):
        msg = f"the password travels to {host} unencrypted: use https"
        warnings.warn(msg, UserWarning, stacklevel=3)
    return options_of(
        root + PREFIX, credentials, user=None, timeout=timeout, max_retries=max_retries, headers=headers, middleware=middleware
    )
