"""Handlers: apps, and everything below them."""

from . import dsl, workflows

__all__ = ["dsl", "workflows"]
