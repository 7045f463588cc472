"""Handlers of the web tier."""

from . import (
    app,
    audio,
    chat,
    completion,
    conversations,
    files,
    human_input_forms,
    messages,
    passports,
    remote_files,
    saved_messages,
    signing_in,
    system_features,
    webapp,
    workflows,
)

__all__ = [
    "app", "audio", "chat", "completion", "conversations", "files", "human_input_forms", "messages", "passports", "remote_files",
    "saved_messages", "signing_in", "system_features", "webapp", "workflows",
]  # fmt: skip
