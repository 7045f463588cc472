"""Handlers: apps, and everything below them."""

from . import api_keys, apps, configuring, listing, site

__all__ = ["api_keys", "apps", "configuring", "listing", "site"]
