"""Handlers: apps, and everything below them."""

from . import (
    api_keys,
    apps,
    configuring,
    dsl,
    listing,
    site,
    workflows,
)

__all__ = [
    "api_keys",
    "apps",
    "configuring",
    "dsl",
    "listing",
    "site",
    "workflows",
]
