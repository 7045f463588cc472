"""Handlers: services elsewhere that apps call for moderation and data."""

from __future__ import annotations

from typing import Final

from dify_sdk.console import extensions as told
from dify_sdk.console.extensions import CodeBasedExtension, CodeBasedExtensions, Extensions

from ..extensions import Extension, answers
from ..refusals import invalid
from ..registry import handles
from ..visit import Visit

_HIDDEN: Final = "[__HIDDEN__]"
_SHORTEST_KEY: Final = 5


@handles(Extensions.list)
def list_extensions(visit: Visit) -> list[told.Extension]:
    return [_told(one) for one in visit.world.extensions.of(visit.workspace.id)]


@handles(Extensions.create, payload="APIBasedExtensionPayload", decorated=True)
def create(visit: Visit, *, name: str, api_endpoint: str, api_key: str) -> told.Extension:
    _check(visit, None, name, api_endpoint, api_key)
    return _told(visit.world.extensions.add(visit.workspace.id, name, api_endpoint, api_key))


@handles(Extensions.get)
def get(visit: Visit, extension_id: str) -> told.Extension:
    return _told(_of(visit, extension_id))


@handles(Extensions.update, payload="APIBasedExtensionPayload", decorated=True)
def update(visit: Visit, extension_id: str, *, name: str, api_endpoint: str, api_key: str) -> told.Extension:
    extension = _of(visit, extension_id)
    key = extension.api_key if api_key == _HIDDEN else api_key
    _check(visit, extension, name, api_endpoint, key)
    extension.name, extension.api_endpoint, extension.api_key = name, api_endpoint, key
    return _told(extension)


@handles(Extensions.delete)
def delete(visit: Visit, extension_id: str) -> None:
    visit.world.extensions.remove(_of(visit, extension_id))


@handles(Extensions.list_code_based, payload="CodeBasedExtensionQuery")
def list_code_based(visit: Visit, *, module: str) -> CodeBasedExtensions:
    built_in = visit.world.extensions.built_in.get(module)
    if built_in is None:
        raise invalid(f"Extension Module {module} not found")
    data = [CodeBasedExtension(name=one.name, label=dict(one.label), form_schema=one.form_schema) for one in built_in]
    return CodeBasedExtensions(module=module, data=data)


def _check(visit: Visit, extension: Extension | None, name: str, api_endpoint: str, api_key: str) -> None:
    """Refuse a service that is not set up right; the first thing that is wrong decides."""
    is_taken = any(one.name == name and one is not extension for one in visit.world.extensions.of(visit.workspace.id))
    wrong = {
        "name must not be empty": not name,
        "name must be unique, it is already existed": is_taken,
        "api_endpoint must not be empty": not api_endpoint,
        "api_key must not be empty": not api_key,
        f"api_key must be at least {_SHORTEST_KEY} characters": len(api_key) < _SHORTEST_KEY,
        "connection error: request connection error": not answers(api_endpoint),
    }
    for message, is_so in wrong.items():
        if is_so:
            raise invalid(message)


def _of(visit: Visit, extension_id: str) -> Extension:
    found = next((one for one in visit.world.extensions.of(visit.workspace.id) if one.id == extension_id), None)
    if found is None:
        raise invalid("API based extension is not found")
    return found


def _told(extension: Extension) -> told.Extension:
    return told.Extension(
        id=extension.id,
        name=extension.name,
        api_endpoint=extension.api_endpoint,
        api_key=extension.masked_key,
        created_at=extension.created_at,
    )
