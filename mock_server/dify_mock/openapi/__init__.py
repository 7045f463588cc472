"""Handlers of the OpenAPI tier."""

from . import account, device, device_sso, members, server, workspaces

__all__ = ["account", "device", "device_sso", "members", "server", "workspaces"]
