"""Handlers: how the server gets its first account."""

from __future__ import annotations

from dify_sdk.console.setup import InitStatus, Setup, SetupStatus
from dify_sdk.shared.results import Result

from ..cookies import cookie
from ..passwords import WEAK, is_strong
from ..refusals import forbidden, unprocessable
from ..registry import handles
from ..tokens import claims_of, issue, unauthorized
from ..visit import Visit

_COOKIE = "session"
_CLAIM = "is_init_validated"


@handles(Setup.init_status)
def init_status(visit: Visit) -> InitStatus:
    is_open = visit.world.set_up_at is not None or visit.world.settings.init_password is None or _is_validated(visit)
    return InitStatus(status="finished" if is_open else "not_started")


@handles(Setup.validate_init_password)
def validate_init_password(visit: Visit, *, password: str) -> Result:
    _check_new(visit)
    if password != visit.world.settings.init_password:
        raise unauthorized("Init validation failed, please check the password and try again.", "init_validate_failed")
    visit.cookies.append(f"{_COOKIE}={issue(visit.world, {_CLAIM: True})}; HttpOnly; Path=/; SameSite=Lax")
    return Result(result="success")


@handles(Setup.status)
def status(visit: Visit) -> SetupStatus:
    at = visit.world.set_up_at
    if at is None:
        return SetupStatus(step="not_started", setup_at=None)
    return SetupStatus(step="finished", setup_at=visit.world.clock.iso(at))


@handles(Setup.create_admin)
def create_admin(visit: Visit, *, email: str, name: str, password: str, language: str | None = None) -> Result:
    world = visit.world
    _check_new(visit)
    if world.settings.init_password is not None and not _is_validated(visit):
        raise unauthorized("Init validation has not been completed yet.", "not_init_validated")
    if not is_strong(password):
        raise unprocessable(WEAK, password, "password")
    owner = world.accounts.add(email, password, name=name, account_id=world.owner_id)
    owner.interface_language = language or owner.interface_language
    world.accounts.add_workspace(f"{name}'s Workspace", owner, workspace_id=world.workspace_id)
    world.set_up_at = world.clock.now()
    return Result(result="success")


def _check_new(visit: Visit) -> None:
    if visit.world.set_up_at is not None:
        raise forbidden(
            "Dify has been successfully installed. Please refresh the page or return to the dashboard homepage.", "already_setup"
        )


def _is_validated(visit: Visit) -> bool:
    return bool(claims_of(visit.world, cookie(visit.request, _COOKIE)).get(_CLAIM))
