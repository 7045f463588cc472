"""Handlers: endpoints of plugins. What a plugin tells begins the workflows that wait for it."""

from __future__ import annotations

from typing import Any

from dify_sdk._replies import Reply
from dify_sdk.triggers.plugins import Plugins

from ..refusals import not_found
from ..registry import handles
from ..routing import UUID
from ..triggering import PluginError
from ..visit import Visit
from .beginning import begin, failure, is_on, triggers


@handles(Plugins.get)
@handles(Plugins.post)
@handles(Plugins.put)
@handles(Plugins.patch)
@handles(Plugins.delete)
def call(visit: Visit, endpoint_id: str, **_: Any) -> Reply:
    if not UUID.fullmatch(endpoint_id):
        raise not_found("Invalid endpoint ID")
    plugin = visit.world.triggering.plugins.get(endpoint_id)
    if plugin is None:
        raise failure(404, "Endpoint not found")
    try:
        heard = plugin(visit.request)
    except PluginError as error:
        raise failure(400, "Endpoint processing failed", str(error)) from None
    listening = (one for one in triggers(visit.world, "trigger-plugin") if one.settings.get("subscription_id") == endpoint_id)
    for trigger in [one for one in listening if is_on(visit.world, one)]:
        if (event := heard.events.get(trigger.settings["event_name"])) is not None:
            begin(visit, trigger, dict(event), "plugin")
    return heard.reply
