"""Where webhooks are called: each node that runs begin at has an address, which no other app has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..state import App
from ..world import World


def webhooks_of(app: App) -> Iterator[tuple[str, str]]:
    """The nodes that the versions of an app's workflow begin at when they are called, and the webhooks that they have."""
    nodes = (node for one in app.workflows.values() for node in one.graph["nodes"])
    return ((node["id"], node["data"]["webhook_id"]) for node in nodes if "webhook_id" in node["data"])


def addressed(world: World, app: App, drawn: dict[str, Any]) -> dict[str, Any]:
    """A graph whose webhooks have the addresses that are drawn or that they had; new ones where those are another app's or none."""
    taken = {webhook for other in world.apps.values() if other is not app for _, webhook in webhooks_of(other)}
    return {**drawn, "nodes": list(_addressed(world, drawn["nodes"], dict(webhooks_of(app)), taken))}


def unaddressed(graph: dict[str, Any]) -> dict[str, Any]:
    """A graph as it is told elsewhere: whoever knows a webhook may call it."""
    nodes = ({**node, "data": {name: told for name, told in node["data"].items() if name != "webhook_id"}} for node in graph["nodes"])
    return {**graph, "nodes": list(nodes)}


def _addressed(world: World, nodes: list[dict[str, Any]], ours: dict[str, str], taken: set[str]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        if node["data"]["type"] != "trigger-webhook":
            yield node
            continue
        webhook = node["data"].get("webhook_id") or ours.get(node["id"])
        if webhook is None or webhook in taken:
            webhook = world.triggering.ids.token(24)
        yield {**node, "data": {**node["data"], "webhook_id": webhook}}
