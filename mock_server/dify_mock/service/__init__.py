"""Handlers of the service tier."""

from . import chat, conversations

__all__ = ["chat", "conversations"]
