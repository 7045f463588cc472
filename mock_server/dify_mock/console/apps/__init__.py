"""Handlers: apps, and everything below them."""

from . import (
    annotations,
    api_keys,
    apps,
    chatflows,
    configuring,
    dsl,
    feedbacks,
    listing,
    messages,
    site,
    statistics,
    workflows,
)

__all__ = [
    "annotations",
    "api_keys",
    "apps",
    "chatflows",
    "configuring",
    "dsl",
    "feedbacks",
    "listing",
    "messages",
    "site",
    "statistics",
    "workflows",
]
