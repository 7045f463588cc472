"""Handlers of apps that are tried before they are installed."""

from . import files, running, trial_apps

__all__ = ["files", "running", "trial_apps"]
