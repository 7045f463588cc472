"""Handlers: the keys of an app."""

from __future__ import annotations

from typing import Final

from dify_sdk.console.apps.api_keys import ApiKey, ApiKeys, AppApiKeys

from ... import state as held
from ...accounts import EDITORS, MANAGERS
from ...apps.keys import keys_of, make_key
from ...refusals import Refusal
from ...registry import handles
from ...visit import Visit

_MOST: Final = 10


@handles(AppApiKeys.list, roles=EDITORS)
def list_keys(visit: Visit, app_id: str) -> ApiKeys:
    return ApiKeys(data=[_told(one) for one in keys_of(visit.world, visit.app)])


@handles(AppApiKeys.create, roles=EDITORS)
def create(visit: Visit, app_id: str) -> ApiKey:
    if len(keys_of(visit.world, visit.app)) >= _MOST:
        code, message = "max_keys_exceeded", f"Cannot create more than {_MOST} API keys for this resource type."
        raise Refusal(400, code, message, body={"message": message, "custom": code})
    return _told(make_key(visit.world, visit.app))


@handles(AppApiKeys.delete, roles=MANAGERS)
def delete(visit: Visit, app_id: str, api_key_id: str) -> None:
    found = visit.world.api_keys.get(api_key_id)
    if found is None or found.app_id != visit.app.id:
        message = "API key not found"
        raise Refusal(404, "not_found", message, body={"message": message})
    del visit.world.api_keys[found.id]


def _told(key: held.ApiKey) -> ApiKey:
    return ApiKey(id=key.id, type=key.kind, token=key.token, last_used_at=key.last_used_at, created_at=key.created_at)
