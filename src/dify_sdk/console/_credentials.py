"""Console: who is calling. Whoever has a password is signed in with the first call that needs it, and again when a session is over."""

from __future__ import annotations

import base64
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from .._auth import Key, checked
from .._call import too_new
from .._options import checked_header
from .._refusals import decoded, read
from .._steps import Steps, alone, ask
from .._turns import Turn
from ..errors import APIConnectionError, APIStatusError, AuthenticationError, ConfigurationError
from .session import Session
from .signing_in import SigningIn

if TYPE_CHECKING:
    import httpx

    from .._call import Call
    from .._endpoint import Resource
    from .signing_in import SignedIn

_HOPELESS: Final = frozenset({"not_setup", "not_init_validated", "unauthorized_and_force_logout", "authentication_failed"})
_PLAIN_SECRETS: Final = "1.9"  # servers before this version do not read base64
_NOBODY: Final = Session()


class ConsoleCredentials:
    """An account with its password, a session, a token, or the key of an administrator. Copies of a client share them."""

    def __init__(
        self,
        email: str | None,
        password: str | None,
        access_token: str | None,
        admin_api_key: str | None,
        workspace_id: str | None,
        session: Session | None,
    ) -> None:
        bearer = checked(access_token, "access_token", None)
        key = checked(admin_api_key, "admin_api_key", None)
        workspace_id = checked(workspace_id, "workspace_id", None)
        if email == "" or password == "":
            msg = f"{'email' if not email else 'password'} is empty"
            raise ConfigurationError(msg)
        ways = {"email": email, "session": session, "access_token": bearer, "admin_api_key": key}
        given = [name for name, one in ways.items() if one]
        if len(given) > 1 and given != ["email", "session"]:
            msg = f"{' and '.join(given)} are different ways in: give one of them"
            raise ConfigurationError(msg)
        if workspace_id and not key:
            msg = "workspace_id goes with admin_api_key; whoever has signed in chooses with `workspaces.switch`"
            raise ConfigurationError(msg)
        self._account = _pair(email, password)
        self._plain = False  # the server wants secrets as they are
        self._admin = _admin_headers(key, workspace_id)
        self._held = session or Session(bearer=bearer)
        for name, value in self._held.headers().items():
            checked_header(name, value)
        self._turn = Turn()  # of whoever makes another session of the one there is

    @property
    def has_password(self) -> bool:
        """Whether a password will travel."""
        return self._account is not None

    @property
    def session(self) -> Session | None:
        """What there is to go on with."""
        held = self._held
        return held if held.is_signed_in else None

    def headers(self, key: Key) -> Mapping[str, str]:
        if key == "admin":
            if "Authorization" not in self._admin:
                msg = "this operation needs the client's admin_api_key"
                raise ConfigurationError(msg)
            return {"Authorization": self._admin["Authorization"]}
        if key != "session" or not self._admin:
            return {}
        if len(self._admin) < 2:
            msg = "this operation is about a workspace: with admin_api_key give workspace_id too"
            raise ConfigurationError(msg)
        return self._admin

    def sign_in(self, email: str | None = None, password: str | None = None) -> Steps[None]:
        """Sign in with a password, the client's own where none is given, and keep to it. What fails changes nothing."""
        account = _pair(email, password) or self._account
        if account is None:
            msg = "signing in needs an email and a password"
            raise ConfigurationError(msg)
        yield from alone(self._turn, self._with_password(*account))

    def sign_in_with_code(self, email: str, code: str, token: str) -> Steps[None]:
        """Sign in with a code from an e-mail; the password of another account is of no use from then on."""
        yield from alone(self._turn, self._with_code(email, code, token))

    def sign_out(self) -> Steps[None]:
        """End the session, and go on as nobody until the next call signs in again."""
        yield from alone(self._turn, self._ended())

    @property
    def link(self) -> Any:
        """The link that shows the session, keeps what the server makes of it, and renews it once where it is refused."""
        return self._link

    def _link(self, request: httpx.Request) -> Generator[Any, Any, httpx.Response]:
        call: Call = request.extensions["dify"]
        key: Key = call.declaration.key
        held = self._held
        if key != "session" or self._admin:
            response = yield from self._exchange(request, held if key == "known" else _NOBODY)
            return response
        if not held.is_signed_in:
            held = yield from self._renewed(None)
        response = yield from self._exchange(request, held)
        if response.status_code != 401 or read(decoded(response.content)).code in _HOPELESS:
            return response
        fresh = yield from self._renewed(held)
        if fresh is held or not fresh.is_signed_in:
            return response
        response = yield from self._exchange(request, fresh)
        return response

    def _exchange(self, request: httpx.Request, shown: Session) -> Steps[httpx.Response]:
        """Send a request as somebody. It is another one that goes out: the request may be sent again as somebody else."""
        response: httpx.Response = yield _as_somebody(request, shown)
        told = shown.after(response.headers.get_list("set-cookie"))
        is_late = shown is not self._held and shown is not _NOBODY  # whoever was somebody else by then stays so
        if told is not shown and not is_late:
            self._held = told
        return response

    def _renewed(self, refused: Session | None) -> Steps[Session]:
        """A session other than the refused one, where there can be one; of many who need it at once, one sees to it."""
        return alone(self._turn, self._seen_to(refused))

    def _seen_to(self, refused: Session | None) -> Steps[Session]:
        held = self._held
        if held.is_signed_in and held is not refused:
            return held
        if held.can_be_renewed:
            try:
                yield from ask(SigningIn.refresh_token)
                return self._held
            except AuthenticationError:  # it was used already, or is too old
                self._held = _NOBODY
            except APIConnectionError as error:  # it may be used now, and what came of it is lost
                if self._account is None or not error.sent:
                    raise
        if self._account is not None:
            yield from self._with_password(*self._account)
        elif refused is None:
            msg = "this operation needs the client's email and password, a session, access_token or admin_api_key"
            raise ConfigurationError(msg)
        return self._held

    def _with_password(self, email: str, password: str) -> Steps[None]:
        yield from self._let_in(lambda told: ask(SigningIn.login, email=email, password=told), password)
        self._account = (email, password)

    def _with_code(self, email: str, code: str, token: str) -> Steps[None]:
        from .email_login import EmailLogin

        yield from self._let_in(lambda told: ask(EmailLogin.verify_code, email=email, code=told, token=token), code)
        if self._account is not None and self._account[0].lower() != email.lower():
            self._account = None

    def _let_in(self, attempt: Callable[[str], Steps[SignedIn]], secret: str) -> Steps[None]:
        """Show a secret in the form that the server reads, which it tells when it refuses the other one."""
        try:
            answer = yield from attempt(self._told(secret))
        except APIStatusError as refusal:
            is_old = _is_old(refusal)
            if refusal.status_code not in {400, 401} or is_old == self._plain:
                raise
            self._plain = is_old
            answer = yield from attempt(self._told(secret))
        if (tokens := answer.tokens) is not None:
            self._held = Session(bearer=tokens.access_token)

    def _told(self, secret: str) -> str:
        """How passwords and codes travel, so that they are not read in passing."""
        return secret if self._plain else base64.b64encode(secret.encode()).decode()

    def _ended(self) -> Steps[None]:
        try:
            if not self._held.cookies:  # a token alone ends by itself
                return
            try:
                yield from ask(SigningIn.logout)
            except AuthenticationError:  # the server does not see any more whose session it is
                with suppress(AuthenticationError):  # what renews it has ended too
                    yield from ask(SigningIn.refresh_token)
                    yield from ask(SigningIn.logout)
        finally:
            self._held = _NOBODY


def credentials_of(resource: Resource[Any]) -> ConsoleCredentials:
    """Who is calling, on the client of a resource."""
    found = resource._core.options.credentials
    assert isinstance(found, ConsoleCredentials)
    return found


def _pair(email: str | None, password: str | None) -> tuple[str, str] | None:
    if (email is None) != (password is None):
        msg = "email and password go together: give both"
        raise ConfigurationError(msg)
    return None if email is None or password is None else (email, password)


def _as_somebody(request: httpx.Request, shown: Session) -> httpx.Request:
    headers = request.headers.copy()
    for name, value in shown.headers().items():
        own = headers.get("cookie") if name == "cookie" else None  # a gateway may have one of its own
        headers[name] = f"{own}; {value}" if own else value
    return type(request)(request.method, request.url, headers=headers, stream=request.stream, extensions=request.extensions)


def _admin_headers(key: str | None, workspace_id: str | None) -> dict[str, str]:
    if key is None:
        return {}
    return {"Authorization": f"Bearer {key}", **({"X-WORKSPACE-ID": workspace_id} if workspace_id else {})}


def _is_old(refusal: APIStatusError) -> bool:
    """Whether the server is one that compares secrets as they came."""
    return too_new(_PLAIN_SECRETS, refusal.headers.get("x-version", "")) is not None
