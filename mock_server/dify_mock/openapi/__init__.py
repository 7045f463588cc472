"""Handlers of the OpenAPI tier."""

from . import account, server

__all__ = ["account", "server"]
