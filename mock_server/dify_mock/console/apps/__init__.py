"""Handlers: apps, and everything below them."""

from . import mcp_server

__all__ = ["mcp_server"]
