"""Handlers of the inner tier."""

from . import agents, apps, enterprise, files, invoke, knowledge, mail

__all__ = ["agents", "apps", "enterprise", "files", "invoke", "knowledge", "mail"]
