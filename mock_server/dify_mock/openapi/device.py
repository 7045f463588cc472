"""Handlers: the device grant. Its errors have the form of RFC 8628."""

from __future__ import annotations

from dify_sdk.openapi.oauth import Device, DeviceCode, DeviceDecision, DeviceLookup, DeviceToken

from ..devices import CODE_SECONDS, INTERVAL, Code
from ..refusals import Refusal
from ..registry import handles
from ..visit import Visit
from .account import subject_facts

_HOUR = 3600.0


def in_plain_words(refusal: Refusal) -> Refusal:
    """These routes look at their arguments themselves."""
    return Refusal(400, "bad_request", refusal.message)


@handles(Device.request_code, payload="DeviceCodeRequest", refuse=in_plain_words)
def request_code(visit: Visit, *, client_id: str, device_label: str) -> DeviceCode:
    check_limit(visit, "device codes", 60, _HOUR)
    devices = visit.world.devices
    if client_id not in devices.clients:
        raise _error(400, "unsupported_client")
    code = devices.request(client_id, device_label)
    return DeviceCode(
        device_code=code.device_code,
        user_code=code.user_code,
        verification_uri=f"{visit.request.base_url}/device",
        expires_in=CODE_SECONDS,
        interval=INTERVAL,
    )


@handles(Device.poll_token, payload="DevicePollRequest", refuse=in_plain_words)
def poll_token(visit: Visit, *, device_code: str, client_id: str) -> DeviceToken:
    devices = visit.world.devices
    if devices.is_too_soon(device_code):
        raise _error(400, "slow_down")
    code = devices.asked_for(device_code, client_id)
    if code is None:
        raise _error(400, "expired_token")
    if code.status == "pending":
        raise _error(400, "authorization_pending")
    if code.status == "denied":
        raise _error(400, "access_denied")
    session = devices.collect(code)
    facts = subject_facts(visit.world, session.subject)
    return DeviceToken(token=session.token, expires_at=visit.world.clock.zoned(session.expires_at), token_id=session.id, **facts)


@handles(Device.lookup, payload="DeviceLookupQuery", refuse=in_plain_words)
def lookup(visit: Visit, *, user_code: str) -> DeviceLookup:
    check_limit(visit, "device lookups", 60, 300.0)
    code = visit.world.devices.code(user_code)
    if code is None or code.status != "pending":
        return DeviceLookup(valid=False, expires_in_remaining=0, client_id=None)
    return DeviceLookup(valid=True, expires_in_remaining=CODE_SECONDS, client_id=code.client_id)


@handles(Device.approve, payload="DeviceMutateRequest", refuse=in_plain_words)
def approve(visit: Visit, *, user_code: str) -> DeviceDecision:
    code = _to_decide(visit, user_code)
    visit.world.devices.approve(code.user_code, visit.account)
    return DeviceDecision(status="approved")


@handles(Device.deny, payload="DeviceMutateRequest", refuse=in_plain_words)
def deny(visit: Visit, *, user_code: str) -> DeviceDecision:
    code = _to_decide(visit, user_code)
    visit.world.devices.deny(code.user_code)
    return DeviceDecision(status="denied")


def check_limit(visit: Visit, what: str, most: int, seconds: float) -> None:
    """Refuse who asks too often."""
    if not visit.world.limits.admits(what, most, seconds):
        raise Refusal(429, "too_many_requests", "rate_limited")


def _to_decide(visit: Visit, user_code: str) -> Code:
    check_limit(visit, f"device decisions {visit.account.id}", 10, _HOUR)
    code = visit.world.devices.code(user_code)
    if code is None:
        raise _error(404, "expired_or_unknown")
    if code.status != "pending":
        raise _error(409, "already_resolved")
    return code


def _error(status: int, code: str) -> Refusal:
    return Refusal(status, code, code, body={"error": code})
