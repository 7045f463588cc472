"""Handlers: what begins the runs of a published workflow."""

from __future__ import annotations

from typing import Final

from dify_sdk.console.apps import triggers as told
from dify_sdk.console.apps.triggers import TriggerList, Triggers, Webhook

from ...accounts import EDITORS
from ...ids import Ids
from ...refusals import not_found
from ...registry import OfModes, handles
from ...triggering import Switch
from ...triggers.beginning import Trigger, triggers_of
from ...visit import Visit

_WORKFLOWS: Final = OfModes(frozenset({"workflow"}))


@handles(Triggers.list, modes=_WORKFLOWS)
def list_triggers(visit: Visit, app_id: str) -> TriggerList:  # the visit has found the app by it
    switches = visit.world.triggering.switches.get(visit.app.id, {})
    known = [(one, switches[one.id]) for one in triggers_of(visit.app, visit.app.workflow)]
    newest = sorted(known, key=lambda one: (one[1].created_at, one[1].id), reverse=True)
    return TriggerList(data=[_told(visit, *one) for one in newest])


@handles(Triggers.set_enabled, payload="ParserEnable", decorated=True, modes=_WORKFLOWS, roles=EDITORS)
def set_enabled(visit: Visit, app_id: str, *, trigger_id: str, enable_trigger: bool) -> told.Trigger:
    switches = visit.world.triggering.switches.get(visit.app.id, {})
    for trigger in triggers_of(visit.app, visit.app.workflow):
        switch = switches[trigger.id]
        if switch.id == trigger_id:
            switch.is_on, switch.updated_at = enable_trigger, visit.world.clock.now()
            return _told(visit, trigger, switch)
    raise not_found("Trigger not found")


@handles(Triggers.get_webhook, payload="Parser", decorated=True, modes=_WORKFLOWS)
def get_webhook(visit: Visit, app_id: str, *, node_id: str) -> Webhook:
    for workflow in (visit.app.workflow, visit.app.draft):
        for trigger in triggers_of(visit.app, workflow):
            if trigger.id == node_id and trigger.settings["type"] == "trigger-webhook":
                return _webhook(visit, trigger)
    raise not_found("Webhook trigger not found for this node")


def _webhook(visit: Visit, trigger: Trigger) -> Webhook:
    webhook_id, root = str(trigger.settings["webhook_id"]), f"{visit.request.base_url}/triggers"
    return Webhook(
        id=Ids(f"{visit.app.id} {trigger.id}").uuid(),  # the same whenever it is asked for, and not that of the trigger
        webhook_id=webhook_id,
        webhook_url=f"{root}/webhook/{webhook_id}",
        webhook_debug_url=f"{root}/webhook-debug/{webhook_id}",
        node_id=trigger.id,
        created_at=visit.world.clock.iso(trigger.workflow.created_at),
    )


def _told(visit: Visit, trigger: Trigger, switch: Switch) -> told.Trigger:
    kind, provider = str(trigger.settings["type"]), str(trigger.settings.get("provider_id", ""))
    icons = f"{visit.request.base_url}/console/api/workspaces/current/tool-provider/builtin"
    return told.Trigger(
        id=switch.id,
        trigger_type=kind,
        title=str(trigger.settings.get("title", "")),
        node_id=trigger.id,
        provider_name=provider,
        icon=f"{icons}/{provider}/icon" if kind == "trigger-plugin" else "",
        status="enabled" if switch.is_on else "disabled",
        created_at=visit.world.clock.iso(switch.created_at),
        updated_at=visit.world.clock.iso(switch.updated_at),
    )
