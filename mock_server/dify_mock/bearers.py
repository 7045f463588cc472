"""Who asks on the OpenAPI tier: a token, and what it opens; in the words and the order of the real server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .access import Access
from .accounts import Account, Workspace
from .devices import Session, Stranger
from .exchange import Request
from .refusals import NoEntry
from .state import App
from .tokens import unauthorized
from .visit import Caller
from .world import World

_MINUTE: Final = 60.0


def caller(world: World, request: Request, access: Access, path: Mapping[str, str]) -> Caller:
    """What a request's token opens, or the server's word for one that does not."""
    session = _session(world, request)
    _check_limit(world, session)
    if session.subject_type not in access.subjects:
        raise _forbidden("unsupported_token_type")
    if session.subject_type == "external_sso" and world.enterprise is None:
        raise _forbidden("external_sso_requires_ee")
    app = _app(world, path["app_id"]) if "app_id" in path else None
    if not access.allows(session.subject_type):
        raise _forbidden("insufficient_scope")
    subject = session.subject
    account = subject if isinstance(subject, Account) else None
    workspace_id = world.workspace_of(app) if app else path.get("workspace_id")
    workspace = member_of(world, workspace_id, account, access) if account and workspace_id is not None else None
    if app and access.by_mode:
        _check_mode(world, app, session)
    session.last_used_at = world.clock.now()
    person = world.person(app, *_named(session)) if app else None
    return Caller(app, person, account, session, workspace)


def is_open_to_strangers(world: World, app: App) -> bool:
    """Whether somebody known elsewhere may use an app."""
    return world.enterprise is not None and world.enterprise.access_mode(app.id) in {"public", "sso_verified"}


def _session(world: World, request: Request) -> Session:
    if not request.bearer:
        raise unauthorized("bearer required")
    found = world.devices.session(request.bearer)
    if found is None:
        raise NoEntry(500, "internal_server_error", "Internal Server Error")  # the server trips over a token that it does not know
    if isinstance(found.subject, Account) and found.subject.id not in world.accounts.known:
        raise unauthorized("account not found")
    return found


def _check_limit(world: World, session: Session) -> None:
    most = world.devices.calls_a_minute
    if most is not None and not world.limits.admits(f"calls by {session.id}", most, _MINUTE):
        raise NoEntry(429, "too_many_requests", "rate_limited", {"retry-after": str(int(_MINUTE))})


def _app(world: World, app_id: str) -> App:
    app = world.apps.get(app_id)
    if app is None:
        raise NoEntry(404, "not_found", "app not found")
    if not app.enable_api:
        raise _forbidden("service_api_disabled")
    return app


def member_of(world: World, workspace_id: str, account: Account, access: Access) -> Workspace:
    """A workspace that an account belongs to, as what the access asks for."""
    workspace = world.accounts.workspaces.get(workspace_id)
    role = workspace.roles.get(account.id) if workspace else None
    if workspace is None or role is None:
        raise NoEntry(404, "not_found", "workspace not found")
    if workspace.status != "normal":
        raise _forbidden("workspace unavailable")
    if access.roles and role not in access.roles:
        raise _forbidden("insufficient workspace role")
    return workspace


def _check_mode(world: World, app: App, session: Session) -> None:
    if isinstance(session.subject, Stranger):
        if not is_open_to_strangers(world, app):
            raise _forbidden("subject_not_allowed_for_access_mode")
    elif world.enterprise and not world.enterprise.admits(app.id, session.subject.id):
        raise _forbidden("user_not_allowed_for_private_app")


def _named(session: Session) -> tuple[str, str]:
    """What the one behind a session is called among an app's users, and as what."""
    subject = session.subject
    return (subject.id, "account") if isinstance(subject, Account) else (subject.email, "openapi")


def _forbidden(message: str) -> NoEntry:
    return NoEntry(403, "forbidden", message)
