"""Handlers: apps, and everything below them."""

from . import mcp_server, tracing, triggers

__all__ = ["mcp_server", "tracing", "triggers"]
