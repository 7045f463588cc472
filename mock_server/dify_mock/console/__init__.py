"""Handlers of the console tier."""

from . import apps, email_login, root, setup, tags

__all__ = ["apps", "email_login", "root", "setup", "tags"]
