"""Handlers: apps, and everything below them."""

from . import audio, chat, chat_conversations, completion, completion_conversations

__all__ = ["audio", "chat", "chat_conversations", "completion", "completion_conversations"]
