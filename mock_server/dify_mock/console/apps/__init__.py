"""Handlers: apps, and everything below them."""

from . import annotations, chatflows, feedbacks, messages, statistics

__all__ = ["annotations", "chatflows", "feedbacks", "messages", "statistics"]
