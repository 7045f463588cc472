"""Handlers of the console tier."""

from . import (
    account,
    apps,
    email_change,
    email_login,
    forgot_password,
    notifications,
    oauth,
    oauth_provider,
    onboarding,
    registration,
    root,
    setup,
    tags,
)

__all__ = [
    "account",
    "apps",
    "email_change",
    "email_login",
    "forgot_password",
    "notifications",
    "oauth",
    "oauth_provider",
    "onboarding",
    "registration",
    "root",
    "setup",
    "tags",
]
