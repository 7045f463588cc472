"""Handlers of the console tier."""

from . import apps, email_login, files, remote_files, root, setup, tags

__all__ = ["apps", "email_login", "files", "remote_files", "root", "setup", "tags"]
