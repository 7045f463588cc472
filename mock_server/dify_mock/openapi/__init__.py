"""Handlers of the OpenAPI tier."""

from . import account, app_imports, app_runs, apps, device, device_sso, members, permitted_external_apps, server, workspaces

__all__ = [
    "account", "app_imports", "app_runs", "apps", "device", "device_sso", "members", "permitted_external_apps", "server", "workspaces",
]  # fmt: skip
