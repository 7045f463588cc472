"""Stories of what begins the runs of a workflow: told of, switched off, and on again."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract import drawings
from dify_mock.contract.drawings import WEBHOOK
from dify_mock.contract.place import Place
from dify_mock.state import App
from dify_mock.triggering import Heard
from dify_mock.workflow.publishing import keep_draft, publish
from dify_sdk.errors import NotFoundError, PermissionDeniedError, UnprocessableEntityError

ENDPOINT = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def put(place: Place, drawn: dict[str, Any]) -> tuple[App, str]:
    """A published workflow, and a key of it."""
    key = drawings.put(place.mock, "workflow", drawn)
    return list(place.mock.world.apps.values())[-1], key


def runs(place: Place, key: str) -> int:
    return place.service_with(key).workflows.logs.list().total or 0


def test_the_webhook_of_a_published_workflow_is_a_trigger(place: Place) -> None:
    app, _ = put(place, drawings.hooked())
    [trigger] = place.console().apps.triggers.list(app.id).data
    assert (trigger.trigger_type, trigger.title, trigger.node_id) == ("trigger-webhook", "Webhook", "hook1")
    assert (trigger.status, trigger.icon, trigger.created_at) == ("enabled", "", trigger.updated_at)


def test_a_workflow_that_only_people_begin_has_no_triggers(place: Place) -> None:
    assert place.console().apps.triggers.list(place.mock.world.first_app("workflow").id).data == []


def test_a_webhook_that_is_switched_off_begins_nothing_until_it_is_on_again(place: Place) -> None:
    app, key = put(place, drawings.hooked())
    triggers, hooks = place.console().apps.triggers, place.triggers().webhooks
    [trigger] = triggers.list(app.id).data
    place.mock.clock.advance(60)
    off = triggers.set_enabled(app.id, trigger_id=trigger.id, enable_trigger=False)
    assert (off.id, off.status, off.updated_at != off.created_at) == (trigger.id, "disabled", True)
    with pytest.raises(NotFoundError):
        hooks.post(WEBHOOK, json={})
    assert runs(place, key) == 0
    triggers.set_enabled(app.id, trigger_id=trigger.id, enable_trigger=True)
    hooks.post(WEBHOOK, json={})
    assert runs(place, key) == 1
    assert [one.status for one in triggers.list(app.id).data] == ["enabled"]


def test_an_event_of_a_plugin_begins_nothing_where_its_trigger_is_off(place: Place) -> None:
    place.mock.world.triggering.plugins[ENDPOINT] = lambda _: Heard(events={"issue": {"title": "Broken"}})
    app, key = put(place, drawings.told(ENDPOINT, "issue", "title"))
    triggers, plugins = place.console().apps.triggers, place.triggers().plugins
    [trigger] = triggers.list(app.id).data
    assert trigger.trigger_type == "trigger-plugin"
    assert (trigger.icon or "").endswith("/icon")
    triggers.set_enabled(app.id, trigger_id=trigger.id, enable_trigger=False)
    plugins.post(ENDPOINT, json={})
    assert runs(place, key) == 0
    triggers.set_enabled(app.id, trigger_id=trigger.id, enable_trigger=True)
    plugins.post(ENDPOINT, json={})
    assert runs(place, key) == 1


def test_a_trigger_stays_off_when_its_workflow_is_published_anew(place: Place) -> None:
    app, _ = put(place, drawings.hooked())
    triggers = place.console().apps.triggers
    [trigger] = triggers.list(app.id).data
    triggers.set_enabled(app.id, trigger_id=trigger.id, enable_trigger=False)
    publish(place.mock.world, app, drawings.hooked(method="get"), {})
    assert [(one.id, one.status) for one in triggers.list(app.id).data] == [(trigger.id, "disabled")]


def test_a_webhook_is_called_at_the_address_that_is_told(place: Place) -> None:
    app, key = put(place, drawings.hooked())
    webhook = place.console().apps.triggers.get_webhook(app.id, node_id="hook1")
    assert (webhook.node_id, webhook.webhook_id) == ("hook1", WEBHOOK)
    assert webhook.webhook_url.endswith(f"/triggers/webhook/{webhook.webhook_id}")
    assert webhook.webhook_debug_url.endswith(f"/triggers/webhook-debug/{webhook.webhook_id}")
    place.triggers().webhooks.post(webhook.webhook_id, json={})
    assert runs(place, key) == 1


def test_a_webhook_of_a_draft_has_an_address_before_it_is_a_trigger(place: Place) -> None:
    app = place.mock.world.first_app("workflow")
    triggers = place.console().apps.triggers
    keep_draft(place.mock.world, app, drawings.hooked())
    assert triggers.get_webhook(app.id, node_id="hook1").webhook_id == WEBHOOK
    assert triggers.list(app.id).data == []


def test_an_app_that_comes_of_another_is_called_at_an_address_of_its_own(place: Place) -> None:
    app, key = put(place, drawings.hooked())
    apps = place.console().apps
    dsl = apps.export_dsl(app.id).data
    assert WEBHOOK not in dsl
    deployed = apps.deploy(dsl)
    addresses = {apps.triggers.get_webhook(one, node_id="hook1").webhook_id for one in (app.id, apps.copy(app.id).id, deployed.app_id)}
    assert len(addresses) == 3
    place.triggers().webhooks.post(apps.triggers.get_webhook(deployed.app_id, node_id="hook1").webhook_id, json={})
    assert (runs(place, key), runs(place, str(deployed.key))) == (0, 1)


def test_a_webhook_keeps_its_address_when_its_workflow_is_replaced(place: Place) -> None:
    app, key = put(place, drawings.hooked())
    apps = place.console().apps
    apps.deploy(apps.export_dsl(app.id).data, app_id=app.id)
    place.triggers().webhooks.post(WEBHOOK, json={})
    assert runs(place, key) == 1


def test_what_is_no_trigger_of_the_app_is_not_found(place: Place) -> None:
    app, _ = put(place, drawings.hooked())
    triggers, other = place.console().apps.triggers, place.mock.world.first_app("workflow")
    [trigger] = triggers.list(app.id).data
    with pytest.raises(NotFoundError):
        triggers.set_enabled(other.id, trigger_id=trigger.id, enable_trigger=False)
    with pytest.raises(NotFoundError):
        triggers.get_webhook(app.id, node_id="end1")
    assert [one.status for one in triggers.list(app.id).data] == ["enabled"]


def test_only_workflows_have_triggers(place: Place) -> None:
    with pytest.raises(NotFoundError):
        place.console().apps.triggers.list(place.mock.world.first_app("chat").id)


@pytest.mark.profiles("dify", reason="the documents have one form for all arguments that do not fit")
def test_what_is_missing_is_named(place: Place) -> None:
    app, _ = put(place, drawings.hooked())
    with pytest.raises(UnprocessableEntityError) as refused:
        place.console().apps.triggers.set_enabled(app.id, trigger_id="x", enable_trigger="odd")  # type: ignore[arg-type]  # wrong on purpose
    assert list(refused.value.params) == ["enable_trigger"]


def test_editors_switch_triggers_and_others_only_look(place: Place) -> None:
    app, _ = put(place, drawings.hooked())
    [trigger] = place.member("normal").apps.triggers.list(app.id).data
    with pytest.raises(PermissionDeniedError):
        place.member("normal").apps.triggers.set_enabled(app.id, trigger_id=trigger.id, enable_trigger=False)
    assert place.member("editor").apps.triggers.set_enabled(app.id, trigger_id=trigger.id, enable_trigger=False).status == "disabled"
