"""Who asks on the console tier, and what they may there; in the words and the order of the real server."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Final

from .accounts import Account, Role, Workspace
from .console_sessions import signed_in
from .exchange import Request
from .installations import InstalledApp
from .refusals import NO_PERMISSION, NO_SUCH_PAGE, NoEntry, Refusal, WrongRole, forbidden, not_found
from .registry import Handler
from .state import App
from .tokens import unauthorized
from .visit import Caller
from .world import World

_FOR_BEGINNERS: Final = frozenset({"console.account.initialize", "console.remote_files.get", "console.remote_files.upload"})
"""What an account may do before it was told its name and language."""
_CLOUD: Final = ("console.account.education.", "console.notifications.")
"""Areas that only the cloud has."""


def caller(world: World, handler: Handler, request: Request, path: Mapping[str, str]) -> Caller:
    """Who is signed in, with their workspace and the app that the path names."""
    operation = handler.declaration.id
    account, workspace = _who(world, request)
    if account.status == "uninitialized" and operation not in _FOR_BEGINNERS:
        raise Refusal(
            400,
            "account_not_initialized",
            "The account has not been initialized yet. Please proceed with the initialization process first.",
        )
    if operation.startswith(_CLOUD) and not world.settings.is_cloud:
        raise not_found(NO_SUCH_PAGE)
    if handler.roles:
        check_role(workspace, account, handler.roles)
    if "installed_app_id" in path:
        app = installed_app(world, workspace, account, path["installed_app_id"]).app
        return Caller(app, world.explorer(app, account), account, workspace=workspace)
    if operation.startswith("console.trial_apps."):
        app = _app_to_try(world, account, path["app_id"])
        return Caller(app, world.explorer(app, account), account, workspace=workspace)
    named = operation.startswith("console.apps.") and "app_id" in path
    return Caller(app_of(world, workspace, path["app_id"]) if named else None, account=account, workspace=workspace)


def check_role(workspace: Workspace, account: Account, roles: frozenset[Role]) -> None:
    """Refuse somebody who is something else in the workspace."""
    if workspace.roles.get(account.id) not in roles:
        raise WrongRole(403, "forbidden", NO_PERMISSION)


def app_of(world: World, workspace: Workspace, app_id: str) -> App:
    """An app of the workspace."""
    app = world.apps.get(app_id)
    if app is None or world.workspace_of(app) != workspace.id:
        raise not_found("App not found.", "app_not_found")
    return app


def installed_app(world: World, workspace: Workspace | None, account: Account, installed_app_id: str) -> InstalledApp:
    """What the workspace has at hand, for those whom an enterprise lets."""
    found = world.installations.find(installed_app_id, workspace.id) if workspace else None
    if found is None:
        raise not_found("Installed app not found")
    if world.enterprise is not None and not world.enterprise.admits(found.app.id, account.id):
        raise forbidden("App access denied.", "access_denied")
    return found


def _app_to_try(world: World, account: Account, app_id: str) -> App:
    """A recommended app that the account may still try."""
    if not world.settings.apps_can_be_tried:
        raise forbidden("Trial app feature is not enabled.", "trial_app_feature_disabled")
    recommended = world.recommendations.apps.get(app_id)
    if recommended is None or not recommended.trials:
        raise forbidden("the app is not allowed to be trial.", "trial_app_not_allowed")
    if world.recommendations.tried[account.id, app_id] >= recommended.trials:
        raise forbidden("The user has exceeded the trial app limit.", "trial_app_limit_exceeded")
    return world.apps[app_id]


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


def _who(world: World, request: Request) -> tuple[Account, Workspace]:
    """Who is signed in, and where they are. The administrator's key acts as the owner of the workspace that it is shown for."""
    accounts = world.accounts
    workspace = accounts.workspaces.get(request.headers.get("x-workspace-id", ""))
    owner = accounts.known.get(workspace.owner_id or "") if workspace else None
    if workspace and owner and _is_key(world, request.bearer):
        return owner, workspace
    account = signed_in(world, request)
    accounts.saw(account)
    workspace = accounts.workspaces.get(account.current_workspace_id or "")
    if workspace is None:  # who belongs nowhere is nobody
        raise unauthorized("Invalid Authorization token.")
    return account, workspace


def _is_key(world: World, shown: str) -> bool:
    return world.settings.admin_api_key is not None and hmac.compare_digest(shown.encode(), world.settings.admin_api_key.encode())
