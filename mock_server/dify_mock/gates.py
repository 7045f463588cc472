"""What a tier asks before it looks at who asks: that the program is not too old, and that the edition has such a thing."""

from __future__ import annotations

import re
from typing import Final

from .console_callers import check_set_up
from .console_sessions import farewell
from .exchange import Request
from .refusals import NO_SUCH_PAGE, PageRefusal, Refusal, SignedOut
from .world import World

_CLI: Final = re.compile(r"difyctl/(\d+)\.(\d+)\.(\d+)")
_OLDEST: Final = (0, 2, 0)
_FOR_ALL_VERSIONS: Final = frozenset({"openapi.health", "openapi.version"})
_ENTERPRISE: Final = frozenset(
    f"openapi.oauth.device.{name}" for name in ("initiate_sso", "complete_sso", "get_approval_context", "approve_external")
)
_BEFORE_SET_UP: Final = frozenset(
    f"console.{name}"
    for name in (
        "ping",
        "version",
        "refresh_token",
        "setup.init_status",
        "setup.validate_init_password",
        "setup.status",
        "setup.create_admin",
        "system_features.get",
        "invitations.accept",
        "invitations.check",
        "apps.get_dsl_version",
        "explore.list_banners",
        "oauth.callback",
        "oauth.login",
        "workspaces.list_all",
        "trial_apps.get",
        "trial_apps.list_datasets",
        "trial_apps.parameters",
        "trial_apps.site",
        "trial_apps.workflows.get",
    )
)
_WITHOUT_A_LICENSE: Final = tuple(
    f"/console/api/{path}"
    for path in (
        "system-features", "setup", "init", "login", "features", "account/profile", "workspaces/current", "version", "activate/check",
    )
)  # fmt: skip
"""What an enterprise's console answers even so."""
_DECODED: Final = frozenset({"console.login", "console.email_login.verify_code"})
"""Whose secrets are decoded before the server looks at anything else: it must be able to read the body."""


def check(world: World, operation: str, request: Request) -> None:
    """Refuse what the server refuses to everybody."""
    if operation.startswith("openapi.") and operation not in _FOR_ALL_VERSIONS:
        _check_version(request.headers.get("user-agent", ""))
    if operation.startswith("console."):
        _check_license(world, request)
        if operation not in _BEFORE_SET_UP:
            check_set_up(world)
    if operation in _DECODED:
        _check_readable(request)
    if operation in _ENTERPRISE and world.enterprise is None:
        raise PageRefusal(404, "not_found", NO_SUCH_PAGE)


def _check_version(agent: str) -> None:
    found = _CLI.match(agent)
    if found and tuple(map(int, found.groups())) < _OLDEST:
        oldest = ".".join(map(str, _OLDEST))
        hint = "Install a newer one: https://docs.dify.ai/cli/install"
        raise Refusal(426, "upgrade_required", f"difyctl {oldest} or newer is required", hint=hint)


def _check_license(world: World, request: Request) -> None:
    bought = world.enterprise.license if world.enterprise else None
    if bought and not bought.holds and not request.raw_path.startswith(_WITHOUT_A_LICENSE):
        message = f"Enterprise license is {bought.status}. Please contact your administrator."
        raise SignedOut("unauthorized_and_force_logout", message, farewell(world))


def _check_readable(request: Request) -> None:
    if request.is_json:
        _ = request.json
