"""Stories of addresses that plugins listen at."""

from __future__ import annotations

import json

import pytest

from dify_mock.contract import drawings
from dify_mock.contract.place import Place
from dify_mock.exchange import Request
from dify_mock.triggering import Heard, PluginError
from dify_sdk.errors import BadRequestError, NotFoundError
from dify_sdk.triggers import Reply

ENDPOINT = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def issues(request: Request) -> Heard:
    """A plugin that tells of new issues, to those who sign."""
    if request.headers.get("x-signature") != "s1":
        raise PluginError("the signature is wrong")
    if request.method != "POST":
        return Heard(Reply(request.method.encode(), 202, {"content-type": "text/plain"}))
    return Heard(Reply(b"ok", 200, {"content-type": "text/plain"}), {"opened": {"title": json.loads(request.body)["title"]}})


@pytest.mark.parametrize("verb", ["get", "post", "put", "patch", "delete"])
def test_a_plugin_answers_as_it_likes(place: Place, verb: str) -> None:
    place.mock.world.triggering.plugins[ENDPOINT] = issues
    reply = getattr(place.triggers().plugins, verb)(ENDPOINT, json={"title": "x"}, headers={"x-signature": "s1"})
    assert (reply.status_code, reply.text) == ((200, "ok") if verb == "post" else (202, verb.upper()))


def test_an_event_begins_the_workflows_that_wait_for_it(place: Place) -> None:
    place.mock.world.triggering.plugins[ENDPOINT] = issues
    waiting = drawings.put(place.mock, "workflow", drawings.told(ENDPOINT, "opened", "title"))
    others = drawings.put(place.mock, "workflow", drawings.told(ENDPOINT, "closed", "title"))
    place.triggers().plugins.post(ENDPOINT, json={"title": "It breaks"}, headers={"x-signature": "s1"})
    client = place.service_with(waiting)
    [row] = client.workflows.logs.list().data
    assert row.workflow_run.triggered_from == "plugin"
    assert client.workflows.runs.get(row.workflow_run.id).outputs == {"title": "It breaks"}
    assert place.service_with(others).workflows.logs.list().data == []


def test_a_plugin_may_refuse(place: Place) -> None:
    place.mock.world.triggering.plugins[ENDPOINT] = issues
    with pytest.raises(BadRequestError, match="the signature is wrong"):
        place.triggers().plugins.post(ENDPOINT, json={"title": "x"})


@pytest.mark.parametrize("endpoint", [ENDPOINT, "no-uuid"])
def test_where_no_plugin_listens_nothing_is_found(place: Place, endpoint: str) -> None:
    with pytest.raises(NotFoundError):
        place.triggers().plugins.post(endpoint, json={})
