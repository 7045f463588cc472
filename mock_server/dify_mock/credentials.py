"""Who is asking, and what for: the check of a key, in the words and the order of the real server."""

from __future__ import annotations

from dify_sdk._auth import Key

from .exchange import Request
from .knowledge.state import Dataset
from .refusals import AppGone, NoEntry, forbidden, not_found
from .world import App, World


def authorized(world: World, key: Key, request: Request) -> App | None:
    """The app that the request's key belongs to; None for a key of the workspace's knowledge, or where none is needed."""
    if key == "none":
        return None
    header = request.headers.get("authorization", "")
    scheme, _, token = header.partition(" ")
    if not token:
        raise _unknown("Authorization header must be provided and start with 'Bearer'")
    if scheme.lower() != "bearer":
        raise _unknown("Authorization scheme must be 'Bearer'")
    found = next((one for one in world.api_keys.values() if one.token == token), None)
    if found is None or found.kind != key:
        raise _unknown("Access token is invalid")
    if found.app_id is None:
        return None
    app = world.apps.get(found.app_id)
    if app is None:
        raise AppGone(403, "forbidden", "The app no longer exists.")
    if not app.enable_api:
        raise NoEntry(403, "forbidden", "The app's API service has been disabled.")
    return app


def opened(world: World, dataset_id: str) -> Dataset:
    """The dataset that a key for knowledge opens."""
    dataset = world.knowledge.datasets.get(dataset_id)
    if dataset is None:
        raise not_found("Dataset not found.")
    if not dataset.enable_api:
        raise forbidden("Dataset api access is not enabled.")
    return dataset


def _unknown(message: str) -> NoEntry:
    return NoEntry(401, "unauthorized", message)
