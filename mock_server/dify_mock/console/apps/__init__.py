"""Handlers: apps, and everything below them."""

from . import agent_config, agent_skills, mcp_server, tracing, triggers

__all__ = ["agent_config", "agent_skills", "mcp_server", "tracing", "triggers"]
