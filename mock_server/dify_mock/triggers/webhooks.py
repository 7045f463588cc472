"""Handlers: webhooks, of what is published and of drafts. The node's settings say how a call is read, so each reads it by itself."""

from __future__ import annotations

import json
from typing import Any

from dify_sdk._replies import Reply
from dify_sdk.triggers.webhooks import DebugWebhooks, Webhooks

from ..refusals import Refusal, not_found
from ..registry import handles
from ..visit import Visit
from .beginning import Trigger, begin, failure, is_on, triggers
from .calls import WrongCall, read


@handles(Webhooks.get)
@handles(Webhooks.post)
@handles(Webhooks.put)
@handles(Webhooks.patch)
@handles(Webhooks.delete)
def call(visit: Visit, webhook_id: str, **_: Any) -> Reply:
    trigger = _webhook(visit, webhook_id)
    if not is_on(visit.world, trigger):
        raise not_found(f"Webhook trigger is disabled for webhook {webhook_id}")
    begin(visit, trigger, _inputs(visit, trigger), "webhook")
    return _answer(trigger)


@handles(DebugWebhooks.get)
@handles(DebugWebhooks.post)
@handles(DebugWebhooks.put)
@handles(DebugWebhooks.patch)
@handles(DebugWebhooks.delete)
def debug(visit: Visit, webhook_id: str, **_: Any) -> Reply:
    trigger = _webhook(visit, webhook_id, drafts=True)
    inputs = _inputs(visit, trigger)
    listening = visit.world.triggering.listening
    if webhook_id not in listening:
        raise failure(409, "No active debug listener", "The webhook debug URL is only active while the editor is listening.")
    listening.remove(webhook_id)
    begin(visit, trigger, inputs, "debugging")
    return _answer(trigger)


def _webhook(visit: Visit, webhook_id: str, *, drafts: bool = False) -> Trigger:
    known = triggers(visit.world, "trigger-webhook", drafts=drafts)
    found = next((one for one in known if one.settings.get("webhook_id") == webhook_id), None)
    if found is None:
        raise not_found(f"Webhook not found: {webhook_id}")
    return found


def _inputs(visit: Visit, trigger: Trigger) -> dict[str, Any]:
    """What the run is begun with."""
    size, most = len(visit.request.body), visit.world.triggering.largest
    if size > most:
        raise Refusal(
            413, "request_entity_too_large", f"Webhook request too large: {size} bytes exceeds maximum allowed size of {most} bytes"
        )
    try:
        told = read(visit.world, visit.request, trigger.settings)
    except WrongCall as wrong:
        raise failure(400, "Bad Request", str(wrong)) from None
    parts = {f"webhook_{name}": told[name] for name in ("headers", "query_params", "body")}
    return {"webhook_data": told, **parts}


def _answer(trigger: Trigger) -> Reply:
    """What the node's settings say; a text that is no JSON is a message."""
    status, text = int(trigger.settings.get("status_code") or 200), str(trigger.settings.get("response_body") or "")
    body: Any = {"status": "success", "message": "Webhook processed successfully"}
    if text:
        document = _document(text)
        body = {"message": text} if document is None else document
    return Reply(json.dumps(body).encode() + b"\n", status, {"content-type": "application/json"})


def _document(text: str) -> Any:
    if not text.strip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None
