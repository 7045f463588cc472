"""What a server says of itself."""

from __future__ import annotations

from .._models import Model


class ServerInfo(Model):
    """A server's greeting."""

    welcome: str = ""
    api_version: str = ""
    server_version: str = ""
