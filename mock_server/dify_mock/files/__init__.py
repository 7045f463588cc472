"""Handlers of the files tier."""

from . import files, workspaces

__all__ = ["files", "workspaces"]
