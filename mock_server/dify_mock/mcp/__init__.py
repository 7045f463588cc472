"""Handlers of the MCP tier."""

from . import server

__all__ = ["server"]
