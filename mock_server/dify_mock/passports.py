"""Who asks on the web tier: what a passport says, and whether it still holds; in the words and the order of the real server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from .cookies import cookie
from .exchange import Request
from .refusals import NO_SUCH_PAGE, AppGone, NoEntry
from .state import App, EndUser
from .tokens import issue, unauthorized, verify
from .world import World

_LOGIN_SECONDS: Final = 3600
_SUBJECT: Final = "Web API Passport"


@dataclass(frozen=True)
class SignIn:
    """Who has signed in on an enterprise server."""

    user_id: str
    email: str
    kind: str
    until: int


def page_of(world: World, request: Request) -> App:
    """The app whose page the request names."""
    code = request.headers.get("x-app-code")
    if code is None:
        raise unauthorized("X-App-Code header is missing.")
    app = world.app_of(code)
    if app is None or not app.enable_site:
        raise _gone()
    return app


def passport(world: World, request: Request, app: App, user_id: str | None) -> str:
    """A passport for somebody on a page; where it is not public, for the one who has signed in."""
    claims = {"iss": app.id, "sub": _SUBJECT, "app_id": app.id, "app_code": app.site.code}
    if world.enterprise is None or world.enterprise.access_mode(app.id) == "public":
        return issue(world, {**claims, "end_user_id": world.visitor(app, user_id).id})
    signed_in = _signed_in(world, request)
    if signed_in is None:
        raise _sign_in()
    wanted = "external" if world.enterprise.access_mode(app.id) == "sso_verified" else "internal"
    if signed_in.kind != wanted:
        raise _sign_in(f"Please login as {wanted} user.")
    person = world.visitor(app, signed_in.email, is_anonymous=False)
    told = {"user_id": signed_in.user_id, "end_user_id": person.id, "auth_type": signed_in.kind, "granted_at": world.clock.seconds()}
    return issue(world, {**claims, **told, "token_source": "webapp", "exp": signed_in.until})


def holder(
    world: World, request: Request, code: str | None = None, user_id: str | None = None, *, bearer: bool = False
) -> tuple[App, EndUser]:
    """The app and the end user that the request's passport stands for. The code only says which cookie to look at."""
    claims: dict[str, Any] = {}
    try:
        claims = verify(world, _shown(world, request, code or request.headers.get("x-app-code", ""), bearer=bearer))
        app, person = _known(world, claims)
        if user_id is not None and person.session_id != user_id:
            raise unauthorized("Authentication has expired.")
        _check_access(world, app, claims)
    except NoEntry as refusal:
        page = world.app_of(claims.get("app_code") or code or request.headers.get("x-app-code"))
        if refusal.code == "unauthorized" and page and world.enterprise and world.enterprise.access_mode(page.id) != "public":
            raise _sign_in() from None
        raise
    return app, person


def login(world: World, user_id: str, email: str, kind: str = "internal") -> str:
    """The token of somebody who has signed in."""
    claims = {"user_id": user_id, "session_id": email, "token_source": "webapp_login_token", "auth_type": kind}
    return issue(world, {**claims, "exp": world.clock.seconds() + _LOGIN_SECONDS})


def login_token(request: Request) -> str:
    """What a request shows of a sign-in, unread."""
    return cookie(request, "webapp_access_token") or request.bearer


def _signed_in(world: World, request: Request) -> SignIn | None:
    token = login_token(request)
    if not token:
        return None
    told = verify(world, token)
    if told.get("token_source") != "webapp_login_token":
        raise unauthorized("Invalid token source. Expected 'webapp_login_token'.")
    return SignIn(told["user_id"], told["session_id"], told["auth_type"], told["exp"])


def signed_in_id(world: World, request: Request) -> str:
    """The member who has signed in; a refusal where there is none."""
    found = _signed_in(world, request)
    if found is None:
        raise unauthorized("Access token is missing.")
    return found.user_id


def _shown(world: World, request: Request, code: str, *, bearer: bool) -> str:
    """The passport that a request shows."""
    if world.settings.bearer_passports:
        if "authorization" not in request.headers:
            raise unauthorized("Authorization header is missing.")
        token = request.bearer
        if not token:
            raise unauthorized("Invalid Authorization header format. Expected 'Bearer <api-key>' format.")
        return token
    token = cookie(request, f"passport-{code}") or request.headers.get("x-app-passport", "") or (request.bearer if bearer else "")
    if not token:
        raise unauthorized("App token is missing.")
    return token


def _known(world: World, claims: dict[str, Any]) -> tuple[App, EndUser]:
    """The app and the end user, while both are there and the page is open."""
    app = world.apps.get(claims.get("app_id", ""))
    if app is None:
        raise _gone()
    if app.site.code != claims.get("app_code"):
        raise NoEntry(400, "bad_request", "Site URL is no longer valid.")
    if not app.enable_site:
        raise NoEntry(400, "bad_request", "Site is disabled.")
    person = world.end_users.get(claims.get("end_user_id", ""))
    if person is None:
        raise _gone()
    return app, person


def _check_access(world: World, app: App, claims: dict[str, Any]) -> None:
    """Whether the page still admits this passport."""
    is_signed_in = claims.get("token_source") == "webapp"
    if world.enterprise is None or world.enterprise.access_mode(app.id) == "public":
        if is_signed_in:
            raise unauthorized("webapp token expired.")
        return
    if not is_signed_in:
        raise _sign_in()
    if not world.enterprise.admits(app.id, claims["user_id"]):
        raise unauthorized("You do not have permission to access this web app.", "web_app_access_denied")


def _gone() -> AppGone:
    return AppGone(404, "not_found", NO_SUCH_PAGE)


def _sign_in(message: str = "Web app authentication required.") -> NoEntry:
    return unauthorized(message, "web_sso_auth_required")
