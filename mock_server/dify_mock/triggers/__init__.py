"""Handlers of the triggers tier."""

from . import plugins, webhooks

__all__ = ["plugins", "webhooks"]
