"""Handlers: the device grant for somebody who signs in elsewhere. Only enterprise servers have this way in; its errors are pages."""

from __future__ import annotations

from urllib.parse import urlencode

from dify_sdk.openapi.oauth import ApprovalContext, Device, DeviceDecision

from .. import sso
from ..devices import Code
from ..refusals import NoEntry, PageRefusal, Refusal
from ..registry import handles
from ..visit import Visit
from .device import check_limit, in_plain_words


def _without_code(refusal: Refusal) -> Refusal:
    return PageRefusal(refusal.status, "bad_request", "user_code required")


@handles(Device.initiate_sso, refuse=_without_code)
def initiate_sso(visit: Visit, *, user_code: str) -> None:
    check_limit(visit, "device sign-ins", 60, 3600.0)
    code = _pending(visit, user_code)
    if code is None:
        raise PageRefusal(400, "bad_request", "invalid_user_code")
    query = urlencode({"state": code.user_code, "redirect_uri": f"{visit.request.base_url}/openapi/v1/oauth/device/sso-complete"})
    visit.headers["location"] = f"{sso.ISSUER}/authorize?{query}"


@handles(Device.complete_sso)
def complete_sso(visit: Visit, *, sso_assertion: str) -> None:
    back = f"{visit.request.base_url}/device"
    try:
        held = sso.grant_of(visit.world, sso_assertion)
    except NoEntry:
        visit.headers["location"] = f"{back}?sso_error=invalid_assertion"
        return
    kept = f"Max-Age={sso.SECONDS}; HttpOnly; Path=/openapi/v1/oauth/device; SameSite=Lax"
    visit.headers["location"] = f"{back}?sso_verified=1"
    visit.cookies.append(f"{sso.COOKIE}={held}; {kept}")


@handles(Device.get_approval_context)
def get_approval_context(visit: Visit) -> ApprovalContext:
    grant = sso.grant(visit.world, visit.request)
    return ApprovalContext(
        subject_email=grant.stranger.email,
        subject_issuer=grant.stranger.issuer,
        user_code=grant.user_code,
        csrf_token=grant.csrf_token,
        expires_at=visit.world.clock.zoned(grant.until),
    )


@handles(Device.approve_external, payload="DeviceApproveExternalPayload", refuse=in_plain_words)
def approve_external(visit: Visit, *, user_code: str, csrf_token: str | None = None) -> DeviceDecision:
    world, grant = visit.world, sso.grant(visit.world, visit.request)
    if csrf_token != grant.csrf_token:
        raise PageRefusal(403, "forbidden", "csrf_mismatch")
    if user_code.strip().upper() != grant.user_code:
        raise PageRefusal(400, "bad_request", "user_code_mismatch")
    if grant.id in world.devices.used_grants:
        raise PageRefusal(401, "unauthorized", "session_already_consumed")
    if _pending(visit, user_code) is None:
        raise PageRefusal(409, "conflict", "user_code_not_pending")
    if world.accounts.by_email(grant.stranger.email):
        raise PageRefusal(409, "conflict", "email_belongs_to_dify_account")
    world.devices.used_grants.add(grant.id)
    world.devices.approve(grant.user_code, grant.stranger)
    return DeviceDecision(status="approved")


def _pending(visit: Visit, user_code: str) -> Code | None:
    code = visit.world.devices.code(user_code)
    return code if code and code.status == "pending" else None
