"""Who asks on the console tier, and what they may there; in the words and the order of the real server."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Final

from .accounts import Account, Role, Workspace
from .console_sessions import signed_in
from .exchange import Request
from .refusals import NoEntry, QuotaReached, Refusal, WrongRole, not_found
from .registry import Handler
from .state import App
from .tokens import unauthorized
from .visit import Caller
from .world import World

_FORBIDDEN: Final = (
    "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server."
)
_FOR_BEGINNERS: Final = frozenset({"console.account.initialize", "console.remote_files.get", "console.remote_files.upload"})
"""What an account may do before it was told its name and language."""


def caller(world: World, handler: Handler, request: Request, path: Mapping[str, str]) -> Caller:
    """Who is signed in, with their workspace and the app that the path names."""
    operation = handler.declaration.id
    account = _administrator(world, request) or signed_in(world, request)
    if account.status == "uninitialized" and operation not in _FOR_BEGINNERS:
        raise Refusal(
            400,
            "account_not_initialized",
            "The account has not been initialized yet. Please proceed with the initialization process first.",
        )
    workspace = world.accounts.workspaces.get(account.current_workspace_id or "")
    if handler.roles:
        check_role(workspace, account, handler.roles)
    app = app_of(world, workspace, path["app_id"]) if operation.startswith("console.apps.") and "app_id" in path else None
    return Caller(app, account=account, workspace=workspace)


def check_role(workspace: Workspace | None, account: Account, roles: frozenset[Role]) -> None:
    """Refuse somebody who is something else in the workspace."""
    if workspace is None or workspace.roles.get(account.id) not in roles:
        raise WrongRole(403, "forbidden", _FORBIDDEN)


def check_quota(workspace: Workspace, resource: str, used: int) -> None:
    """Refuse one more where the plan of the workspace has no room for it."""
    if used >= workspace.quotas.get(resource, used + 1):
        raise QuotaReached(resource)


def app_of(world: World, workspace: Workspace | None, app_id: str) -> App:
    """An app of the workspace."""
    app = world.apps.get(app_id)
    if app is None or workspace is None or world.workspace_of(app) != workspace.id:
        raise not_found("App not found.", "app_not_found")
    return app


def check_administrator(world: World, request: Request) -> None:
    """For what only the administrator's key opens."""
    if world.settings.admin_api_key is None or (request.bearer and not _is_key(world, request.bearer)):
        raise unauthorized("API key is invalid.")
    if not request.bearer:
        raise unauthorized("Authorization header is missing.")


def check_set_up(world: World) -> None:
    """Nobody is let in before the server has its first account."""
    if world.set_up_at is None:
        if world.settings.init_password is not None:
            raise NoEntry(
                401,
                "not_init_validated",
                "Init validation has not been completed yet. Please proceed with the init validation process first.",
            )
        raise NoEntry(
            401,
            "not_setup",
            "Dify has not been initialized and installed yet. Please proceed with the initialization and installation process first.",
        )


def _administrator(world: World, request: Request) -> Account | None:
    """The owner of the workspace that the administrator's key is shown for."""
    workspace = world.accounts.workspaces.get(request.headers.get("x-workspace-id", ""))
    if workspace is None or not _is_key(world, request.bearer):
        return None
    owner = next((account_id for account_id, role in workspace.roles.items() if role == "owner"), "")
    account = world.accounts.known.get(owner)
    if account is not None:
        account.current_workspace_id = workspace.id
    return account


def _is_key(world: World, shown: str) -> bool:
    return world.settings.admin_api_key is not None and hmac.compare_digest(shown.encode(), world.settings.admin_api_key.encode())
