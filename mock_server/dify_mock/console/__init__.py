"""Handlers of the console tier."""

from . import apps, email_login, explore, installed_apps, root, setup, tags, trial_apps

__all__ = ["apps", "email_login", "explore", "installed_apps", "root", "setup", "tags", "trial_apps"]
