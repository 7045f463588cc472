"""Handlers of the console tier."""

from . import email_login, root, setup, tags

__all__ = ["email_login", "root", "setup", "tags"]
