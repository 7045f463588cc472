"""Handlers of the console tier."""

from . import (
    apps,
    email_login,
    extensions,
    features,
    invitations,
    members,
    ownership_transfer,
    root,
    setup,
    system_features,
    tags,
    workspace,
    workspaces,
)

__all__ = [
    "apps",
    "email_login",
    "extensions",
    "features",
    "invitations",
    "members",
    "ownership_transfer",
    "root",
    "setup",
    "system_features",
    "tags",
    "workspace",
    "workspaces",
]
