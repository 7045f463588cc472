"""Web: what proves who the end user is. A passport is fetched when the first call needs one, and again when the server refuses it."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any, Final

from .._auth import Key, checked
from .._refusals import decoded, read
from .._steps import Steps, alone, ask
from .._turns import Turn
from ..errors import ConfigurationError
from .passports import Passports

if TYPE_CHECKING:
    import httpx

    from .._call import Call

_OLD_FORM: Final = "Authorization header"  # how servers before 1.9 say that they read another header
_HOPELESS: Final = frozenset({"web_sso_auth_required", "web_app_access_denied"})  # only signing in helps


class WebCredentials:
    """A page's code, and the passports of its end users. Copies of a client share them."""

    def __init__(self, app_code: str | None, user_id: str | None, passport: str | None) -> None:
        self.app_code = checked(app_code, "app_code", "DIFY_APP_CODE")
        self.login_token: str | None = None
        self._passports: dict[str | None, str] = {}
        if passport := checked(passport, "passport", None):
            self._passports[user_id] = passport
        self._old_form = False
        self._turn = Turn()

    def headers(self, key: Key) -> Mapping[str, str]:
        if key == "none":
            return {}
        if self.app_code is None and (key == "code" or (key == "passport" and not self._passports)):
            msg = "this operation needs the client's app_code (the end of the page's address) or a passport"
            raise ConfigurationError(msg)
        return {"X-App-Code": self.app_code} if self.app_code else {}

    def sign_in(self, token: str) -> None:
        """Go on as the one who has signed in; passports from before are of no use."""
        self.login_token = token
        self._passports.clear()

    def sign_out(self) -> None:
        """Forget who has signed in, and all passports."""
        self.login_token = None
        self._passports.clear()

    @property
    def link(self) -> Any:
        """The link that shows the passport, and renews it once where it is refused."""
        return self._link

    def _link(self, request: httpx.Request) -> Generator[Any, Any, httpx.Response]:
        call: Call = request.extensions["dify"]
        user: str | None = call.core.options.user
        key: Key = call.declaration.key
        if key in {"code", "known"} and self.login_token:
            request.headers["Authorization"] = f"Bearer {self.login_token}"
        if key == "known" and user in self._passports:
            request.headers["X-App-Passport"] = self._passports[user]
        if key != "passport":
            response: httpx.Response = yield request
            return response
        passport = self._passports.get(user) or (yield from self._renewed(user, None))
        response = yield self._showing(request, passport)
        if response.status_code != 401:
            return response
        told = read(decoded(response.content))
        if not self._old_form and told.message.startswith(_OLD_FORM):
            self._old_form = True
        elif self.app_code is None or told.code in _HOPELESS:
            return response
        else:
            passport = yield from self._renewed(user, passport)
        response = yield self._showing(request, passport)
        return response

    def _showing(self, request: httpx.Request, passport: str) -> httpx.Request:
        request.headers["X-App-Passport"] = passport
        if self._old_form:
            request.headers["Authorization"] = f"Bearer {passport}"
        return request

    def _renewed(self, user: str | None, refused: str | None) -> Steps[str]:
        """A passport other than the refused one; of many who need it at once, one fetches it."""
        return alone(self._turn, self._fetched(user, refused))

    def _fetched(self, user: str | None, refused: str | None) -> Steps[str]:
        held = self._passports.get(user)
        if held is not None and held != refused:
            return held
        fresh = yield from ask(Passports.get, user_id=user)
        self._passports[user] = fresh.access_token
        return fresh.access_token
