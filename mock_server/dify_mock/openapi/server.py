"""Handlers: the server itself."""

from __future__ import annotations

from dify_sdk.openapi import Health, OpenAPI, ServerVersion

from ..profiles.plain import VERSION
from ..registry import handles
from ..visit import Visit


@handles(OpenAPI.health)
def health(visit: Visit) -> Health:
    return Health(ok=True)


@handles(OpenAPI.version)
def version(visit: Visit) -> ServerVersion:
    return ServerVersion(version=VERSION, edition="ENTERPRISE" if visit.world.enterprise else "COMMUNITY")
