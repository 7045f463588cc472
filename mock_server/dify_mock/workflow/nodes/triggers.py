"""Where a run begins that something outside has begun."""

from __future__ import annotations

from typing import Any

from ..step import Outcome, Step
from ..values import part


def trigger_webhook(step: Step) -> Outcome:
    """What the settings name of a call goes into the graph; of a body without fields, all of it."""
    told: dict[str, Any] = step.pool.get((step.node.id, "webhook_data")) or {}
    headers = {name.lower().replace("-", "_"): value for name, value in part(told, "headers").items()}
    body, files = part(told, "body"), part(told, "files")
    is_whole = step.data.get("content_type") in {"text/plain", "application/octet-stream"}
    outputs: dict[str, Any] = {}
    for one in step.data.get("headers", []):
        name = one["name"].replace("-", "_")
        outputs[name] = headers.get(name.lower())
    for one in step.data.get("params", []):
        outputs[one["name"]] = part(told, "query_params").get(one["name"])
    for one in step.data.get("body", []):
        held = files if one.get("type") == "file" and not is_whole else body
        outputs[one["name"]] = held.get("raw" if is_whole else one["name"])
    return Outcome({**outputs, "_webhook_raw": told}, {"webhook_data": told})


def trigger_plugin(step: Step) -> Outcome:
    """What a plugin tells goes into the graph."""
    event = {name: value for name, value in step.engine.run.inputs.items() if not name.startswith("sys.")}
    return Outcome(event, dict(event))
