"""The keys of apps."""

from __future__ import annotations

from ..state import ApiKey, App
from ..world import World


def make_key(world: World, app: App) -> ApiKey:
    """Make a key for an app."""
    made = ApiKey(world.ids.uuid(), f"app-{world.ids.token(24)}", "app", app.id, world.clock.seconds())
    world.api_keys[made.id] = made
    return made


def keys_of(world: World, app: App) -> list[ApiKey]:
    """The keys of an app, in the order they were made."""
    return [one for one in world.api_keys.values() if one.app_id == app.id]
