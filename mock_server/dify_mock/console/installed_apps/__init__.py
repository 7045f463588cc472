"""Handlers of the apps that a workspace has at hand."""

from . import audio, chat, completion, conversations, installed_apps, messages, saved_messages, workflows

__all__ = ["audio", "chat", "completion", "conversations", "installed_apps", "messages", "saved_messages", "workflows"]
