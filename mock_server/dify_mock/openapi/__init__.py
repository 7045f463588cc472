"""Handlers of the OpenAPI tier."""

from . import account, app_imports, app_runs, apps, server

__all__ = ["account", "app_imports", "app_runs", "apps", "server"]
