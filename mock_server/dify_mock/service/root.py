"""Handlers: what the server says of itself."""

from __future__ import annotations

from dify_sdk.service import Service
from dify_sdk.shared.server import ServerInfo

from ..profiles.plain import VERSION
from ..registry import handles
from ..visit import Visit


@handles(Service.server_info)
def server_info(visit: Visit) -> ServerInfo:
    return ServerInfo(welcome="Dify OpenAPI", api_version="v1", server_version=VERSION)
