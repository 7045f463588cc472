"""Console: who is calling. Whoever has a password is signed in with the first call that needs it, and again when a session is over."""

from __future__ import annotations

import base64
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any, Final

from .._auth import Key, checked
from .._refusals import decoded, read
from .._steps import Steps, alone, ask
from .._turns import Turn
from ..errors import APIConnectionError, APIStatusError, AuthenticationError, ConfigurationError
from .session import Session

if TYPE_CHECKING:
    import httpx

    from .._call import Call
    from .._endpoint import Resource
    from .signing_in import SignedIn

_HOPELESS: Final = frozenset({"not_setup", "not_init_validated", "unauthorized_and_force_logout", "authentication_failed"})
_PLAIN_PASSWORDS: Final = (1, 9)  # servers before this version do not read base64
_NOBODY: Final = Session()
_SHOWN: Final = ("authorization", "cookie", "x-csrf-token")


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
        if (email is None) != (password is None):
            msg = "email and password go together: give both"
            raise ConfigurationError(msg)
        if email == "" or password == "":
            msg = f"{'email' if not email else 'password'} is empty"
            raise ConfigurationError(msg)
        ways = {"email": email, "access_token": bearer, "admin_api_key": key}
        if len(given := [name for name, one in ways.items() if one]) > 1:
            msg = f"{' and '.join(given)} are different ways in: give one of them"
            raise ConfigurationError(msg)
        if workspace_id and not key:
            msg = "workspace_id goes with admin_api_key; whoever has signed in chooses with `workspaces.switch`"
            raise ConfigurationError(msg)
        self._account = (email, password) if email and password else None
        self._plain = False  # the server wants the password as it is
        self._admin = _admin_headers(key, workspace_id)
        self._held = session or Session(bearer=bearer)
        self._turn = Turn()

    @property
    def has_password(self) -> bool:
        """Whether a password will travel."""
        return self._account is not None

    @property
    def session(self) -> Session | None:
        """What there is to go on with."""
        return self._held if self._held.is_signed_in else None

    def headers(self, key: Key) -> Mapping[str, str]:
        if key in {"none", "known"}:
            return {}
        if key == "admin":
            if "Authorization" not in self._admin:
                msg = "this operation needs the client's admin_api_key"
                raise ConfigurationError(msg)
            return {"Authorization": self._admin["Authorization"]}
        if self._admin:
            if len(self._admin) < 2:
                msg = "this operation is about a workspace: with admin_api_key give workspace_id too"
                raise ConfigurationError(msg)
            return self._admin
        if not (self._account or self._held.is_signed_in):
            msg = "this operation needs the client's email and password, a session, access_token or admin_api_key"
            raise ConfigurationError(msg)
        return {}

    def account(self, email: str, password: str) -> None:
        """Go on as somebody with this password; a session from before is of no use."""
        self._account = (email, password)
        self._held = _NOBODY

    def forget(self) -> None:
        """Go on as nobody, until the next call signs in again."""
        self._held = _NOBODY

    @property
    def link(self) -> Any:
        """The link that shows the session, keeps what the server makes of it, and renews it once where it is refused."""
        return self._link

    def _link(self, request: httpx.Request) -> Generator[Any, Any, httpx.Response]:
        call: Call = request.extensions["dify"]
        key: Key = call.declaration.key
        given = dict(request.headers)
        if key != "session" or self._admin:
            response = yield from self._exchange(request, given, self._held if key == "known" else _NOBODY)
            return response
        held = self._held if self._held.is_signed_in else (yield from self._renewed(None))
        response = yield from self._exchange(request, given, held)
        if response.status_code != 401 or read(decoded(response.content)).code in _HOPELESS:
            return response
        if self._account is None and not held.can_be_renewed:
            return response
        fresh = yield from self._renewed(held)
        if not fresh.is_signed_in:
            return response
        response = yield from self._exchange(request, given, fresh)
        return response

    def _exchange(self, request: httpx.Request, given: Mapping[str, str], shown: Session) -> Steps[httpx.Response]:
        """Send a request, given with these headers, as somebody; what was shown before is not shown."""
        for name in _SHOWN:
            request.headers.pop(name, None)
            if name in given:
                request.headers[name] = given[name]
        for name, value in shown.headers().items():
            own = given.get("cookie") if name == "cookie" else None  # a gateway may have one of its own
            request.headers[name] = f"{own}; {value}" if own else value
        response: httpx.Response = yield request
        self._held = self._held.after(response.headers.get_list("set-cookie"))
        return response

    def _renewed(self, refused: Session | None) -> Steps[Session]:
        """A session other than the refused one; of many who need it at once, one sees to it."""
        return alone(self._turn, self._seen_to(refused))

    def _seen_to(self, refused: Session | None) -> Steps[Session]:
        from . import Console

        if self._held.is_signed_in and self._held != refused:
            return self._held
        if refused is not None and refused.can_be_renewed:
            try:
                yield from ask(Console.refresh_token)
                return self._held
            except AuthenticationError:  # it was used already, or is too old
                self.forget()
            except APIConnectionError:  # it may be used now, and what came of it is lost
                if self._account is None:
                    raise
        if self._account is not None:
            self.forget()
            yield from self.sign_in()
        return self._held

    def sign_in(self) -> Steps[None]:
        """Sign in with the password."""
        from . import Console

        if self._account is None:
            msg = "signing in needs an email and a password"
            raise ConfigurationError(msg)
        email, password = self._account
        try:
            answer: SignedIn = yield from ask(Console.login, email=email, password=password if self._plain else in_base64(password))
        except APIStatusError as refusal:
            if self._plain or not _is_old(refusal):
                raise
            answer = yield from ask(Console.login, email=email, password=password)
            self._plain = True
        if (tokens := answer.tokens) is not None:
            self._held = Session(bearer=tokens.access_token)


def credentials_of(resource: Resource[Any]) -> ConsoleCredentials:
    """Who is calling, on the client of a resource."""
    found = resource._core.options.credentials
    assert isinstance(found, ConsoleCredentials)
    return found


def in_base64(text: str) -> str:
    """How passwords and codes travel, so that they are not read in passing."""
    return base64.b64encode(text.encode()).decode()


def _admin_headers(key: str | None, workspace_id: str | None) -> dict[str, str]:
    if key is None:
        return {}
    return {"Authorization": f"Bearer {key}", **({"X-WORKSPACE-ID": workspace_id} if workspace_id else {})}


def _is_old(refusal: APIStatusError) -> bool:
    """Whether the server is one that compares the password as it came."""
    have = tuple(int(part) for part in refusal.headers.get("x-version", "").split(".")[:2] if part.isdecimal())
    return bool(have) and have < _PLAIN_PASSWORDS
