"""Handlers: passports."""

from __future__ import annotations

from dify_sdk.web.passports import Passport, Passports

from .. import passports
from ..registry import handles
from ..visit import Visit


@handles(Passports.get)
def get(visit: Visit, *, user_id: str | None = None) -> Passport:
    return Passport(access_token=passports.passport(visit.world, visit.request, visit.app, user_id))
