"""Stories of webhooks: whoever has the address begins a run."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract import drawings
from dify_mock.contract.drawings import WEBHOOK
from dify_mock.contract.place import Place
from dify_mock.graphs import parameter
from dify_mock.workflow.publishing import keep_draft
from dify_sdk.errors import BadRequestError, ConflictError, NotFoundError, PayloadTooLargeError, RateLimitError

VERBS = ("get", "post", "put", "patch", "delete")
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


def last_run(place: Place, key: str) -> Any:
    """The run that the log tells of last."""
    client = place.service_with(key)
    [row, *_] = client.workflows.logs.list().data
    return client.workflows.runs.get(row.workflow_run.id)


def test_a_call_begins_a_run_that_the_log_tells_of(place: Place) -> None:
    key = drawings.put_webhook(place.mock, body=[parameter("name")])
    reply = place.triggers().webhooks.post(WEBHOOK, json={"name": "Ada"})
    assert (reply.status_code, reply.json()) == (200, {"status": "success", "message": "Webhook processed successfully"})
    client = place.service_with(key)
    [row] = client.workflows.logs.list().data
    assert (row.workflow_run.triggered_from, row.workflow_run.status) == ("webhook", "succeeded")
    assert (row.created_from, row.created_by_end_user.type) == ("trigger", "trigger")
    assert client.workflows.runs.get(row.workflow_run.id).outputs == {"name": "Ada"}


@pytest.mark.parametrize("verb", VERBS)
def test_a_call_comes_by_the_verb_of_the_node_and_no_other(place: Place, verb: str) -> None:
    key = drawings.put_webhook(place.mock, method=verb, params=[parameter("city")])
    hooks = place.triggers().webhooks
    getattr(hooks, verb)(WEBHOOK, query={"city": "Bergen"})
    assert last_run(place, key).outputs == {"city": "Bergen"}
    other = next(one for one in VERBS if one != verb)
    with pytest.raises(BadRequestError, match=rf"HTTP method mismatch\. Expected {verb.upper()}, got {other.upper()}"):
        getattr(hooks, other)(WEBHOOK)


def test_a_body_of_another_kind_is_refused(place: Place) -> None:
    drawings.put_webhook(place.mock)
    with pytest.raises(BadRequestError, match=r"Content-type mismatch\. Expected application/json, got text/plain"):
        place.triggers().webhooks.post(WEBHOOK, content="words")


def test_json_that_is_none_is_refused(place: Place) -> None:
    drawings.put_webhook(place.mock)
    with pytest.raises(BadRequestError, match="Invalid JSON body"):
        place.triggers().webhooks.post(WEBHOOK, content="{", headers={"content-type": "application/json"})


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"params": [parameter("city", required=True)]}, "Required parameter missing: city"),
        ({"headers": [parameter("X-Token", required=True)]}, "Required header missing: X-Token"),
        ({"body": [parameter("name", required=True)]}, "Required body parameter missing: name"),
    ],
)
def test_what_is_required_must_be_there(place: Place, settings: dict[str, Any], said: str) -> None:
    key = drawings.put_webhook(place.mock, **settings)
    hooks = place.triggers().webhooks
    with pytest.raises(BadRequestError, match=said):
        hooks.post(WEBHOOK, json={})
    assert place.service_with(key).workflows.logs.list().data == []
    hooks.post(WEBHOOK, json={"name": "Ada"}, query={"city": "Bergen"}, headers={"x-token": "t1"})
    assert list(last_run(place, key).outputs.values()) in (["Bergen"], ["t1"], ["Ada"])


@pytest.mark.parametrize(
    ("kind", "good", "wrong"),
    [
        ("string", "a", 1),
        ("number", 1.5, True),
        ("boolean", True, "true"),
        ("object", {"a": 1}, []),
        ("array[string]", ["a"], [1]),
        ("array[object]", [{}], {}),
    ],
)
def test_json_must_be_of_the_kind_that_the_node_names(place: Place, kind: str, good: Any, wrong: Any) -> None:
    key = drawings.put_webhook(place.mock, body=[parameter("it", kind)])
    hooks = place.triggers().webhooks
    hooks.post(WEBHOOK, json={"it": good, "beside": 1})
    assert last_run(place, key).outputs == {"it": good}
    with pytest.raises(BadRequestError, match=r"Parameter 'it' validation failed: Expected .*, got"):
        hooks.post(WEBHOOK, json={"it": wrong})


def test_the_fields_of_a_form_become_values(place: Place) -> None:
    fields = [parameter("name"), parameter("age", "number"), parameter("ok", "boolean")]
    key = drawings.put_webhook(place.mock, content_type=FORM, body=fields)
    hooks = place.triggers().webhooks
    hooks.post(WEBHOOK, form={"name": "Ada", "age": 36, "ok": True})
    assert last_run(place, key).outputs == {"name": "Ada", "age": 36, "ok": True}
    with pytest.raises(BadRequestError, match="Parameter 'age' validation failed: Cannot convert 'old' to number"):
        hooks.post(WEBHOOK, form={"age": "old"})
    with pytest.raises(BadRequestError, match="Cannot convert 'perhaps' to boolean"):
        hooks.post(WEBHOOK, form={"ok": "perhaps"})


def test_files_of_a_form_can_be_fetched(place: Place) -> None:
    fields = [parameter("note"), parameter("photo", "file", required=True)]
    key = drawings.put_webhook(place.mock, content_type=MULTIPART, body=fields)
    hooks = place.triggers().webhooks
    hooks.post(WEBHOOK, form={"note": "hi"}, files={"photo": ("a.png", b"PNG", "image/png")})
    outputs = last_run(place, key).outputs
    photo = outputs["photo"]
    assert (outputs["note"], photo["filename"], photo["type"], photo["size"]) == ("hi", "a.png", "image", 3)
    assert place.files().files.download_url(photo["url"]).read() == b"PNG"
    with pytest.raises(BadRequestError, match="Required body parameter missing: photo"):
        hooks.post(WEBHOOK, form={"note": "hi"}, files={"other": b"x"})


def test_a_text_is_all_of_the_body(place: Place) -> None:
    key = drawings.put_webhook(place.mock, content_type="text/plain", body=[parameter("words")])
    place.triggers().webhooks.post(WEBHOOK, content="grüß dich")
    assert last_run(place, key).outputs == {"words": "grüß dich"}


def test_bytes_come_as_a_file(place: Place) -> None:
    key = drawings.put_webhook(place.mock, content_type="application/octet-stream", body=[parameter("it", "file")])
    place.triggers().webhooks.post(WEBHOOK, content=b"\0\xff")
    assert last_run(place, key).outputs["it"]["size"] == 2


def test_a_header_is_found_by_its_name_in_any_case(place: Place) -> None:
    key = drawings.put_webhook(place.mock, headers=[parameter("X-Signature")])
    place.triggers().webhooks.post(WEBHOOK, json={}, headers={"x-signature": "s1"})
    assert last_run(place, key).outputs == {"X_Signature": "s1"}


@pytest.mark.parametrize(
    ("text", "answered"),
    [('{"ok": [1]}', {"ok": [1]}), ("thanks", {"message": "thanks"}), ("{no json", {"message": "{no json"})],
)
def test_the_node_says_what_is_answered(place: Place, text: str, answered: Any) -> None:
    drawings.put_webhook(place.mock, status_code=202, response_body=text)
    reply = place.triggers().webhooks.post(WEBHOOK, json={})
    assert (reply.status_code, reply.json()) == (202, answered)


def test_an_unknown_webhook_is_not_found(place: Place) -> None:
    drawings.put_webhook(place.mock)
    with pytest.raises(NotFoundError):
        place.triggers().webhooks.post("nothere", json={})


def test_a_webhook_that_is_switched_off_begins_nothing(place: Place) -> None:
    key = drawings.put_webhook(place.mock)
    [switch] = next(reversed(place.mock.world.triggering.switches.values())).values()
    switch.is_on = False
    with pytest.raises(NotFoundError):
        place.triggers().webhooks.post(WEBHOOK, json={})
    assert place.service_with(key).workflows.logs.list().data == []


def test_a_body_that_is_too_large_is_refused(place: Place) -> None:
    drawings.put_webhook(place.mock)
    place.mock.world.triggering.largest = 10
    with pytest.raises(PayloadTooLargeError):
        place.triggers().webhooks.post(WEBHOOK, json={"name": "x" * 10})


def test_a_workspace_without_runs_begins_none(place: Place) -> None:
    key = drawings.put_webhook(place.mock)
    place.mock.world.triggering.runs_left = 1
    hooks = place.triggers().webhooks
    hooks.post(WEBHOOK, json={})
    with pytest.raises(RateLimitError):
        hooks.post(WEBHOOK, json={})
    assert place.service_with(key).workflows.logs.list().total == 1


@pytest.mark.parametrize("verb", VERBS)
def test_a_draft_is_run_while_the_editor_listens_and_once(place: Place, verb: str) -> None:
    mock = place.mock
    key = drawings.put_webhook(mock)
    app = list(mock.world.apps.values())[-1]
    keep_draft(mock.world, app, drawings.hooked(method=verb, params=[parameter("city")]))
    hooks = place.triggers().debug_webhooks
    with pytest.raises(ConflictError):
        getattr(hooks, verb)(WEBHOOK)
    mock.world.triggering.listening.add(WEBHOOK)
    getattr(hooks, verb)(WEBHOOK, query={"city": "Bergen"})
    run = place.service_with(key).workflows.runs.get(next(reversed(mock.world.runs)))
    assert run.outputs == {"city": "Bergen"}
    assert place.service_with(key).workflows.logs.list().data == []  # it was only tried
    with pytest.raises(ConflictError):
        getattr(hooks, verb)(WEBHOOK)


def test_what_is_published_is_no_draft(place: Place) -> None:
    mock = place.mock
    drawings.put_webhook(mock)
    keep_draft(mock.world, list(mock.world.apps.values())[-1], drawings.approval())
    with pytest.raises(NotFoundError):
        place.triggers().debug_webhooks.post(WEBHOOK, json={})
    assert place.triggers().webhooks.post(WEBHOOK, json={}).status_code == 200
