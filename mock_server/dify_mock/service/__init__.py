"""Handlers of the service tier."""

from . import annotations, app, audio, chat, completion, conversations, end_users, files, messages, models, root

__all__ = [
    "annotations", "app", "audio", "chat", "completion", "conversations", "end_users", "files", "messages", "models", "root",
]  # fmt: skip
