"""Handlers: apps, and everything below them."""

from . import mcp_server, triggers

__all__ = ["mcp_server", "triggers"]
