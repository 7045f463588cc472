"""Handlers of the service tier."""

from . import (
    annotations,
    app,
    audio,
    chat,
    completion,
    conversations,
    datasets,
    end_users,
    files,
    human_input_forms,
    messages,
    models,
    root,
    workflows,
)

__all__ = [
    "annotations", "app", "audio", "chat", "completion", "conversations", "datasets", "end_users", "files",
    "human_input_forms", "messages", "models", "root", "workflows",
]  # fmt: skip
