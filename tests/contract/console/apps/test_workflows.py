"""Stories of the versions of a workflow."""

from __future__ import annotations

import pytest

from dify_mock import seed
from dify_mock.contract.place import Place
from dify_sdk.errors import BadRequestError, InvalidParamError, NotFoundError, PermissionDeniedError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def test_what_is_published_is_what_runs(place: Place) -> None:
    app, client = place.mock.world.first_app("workflow"), place.console().apps
    before = app.published
    assert app.draft is not None
    app.draft.features = {"text_to_speech": {"enabled": True, "voice": "echo", "language": "de-DE"}}
    service = place.service("workflow")
    assert service.app.parameters().text_to_speech["voice"] == "alloy"
    published = client.workflows.publish(app.id, marked_name="v2", marked_comment="in German")
    assert published.result == "success"
    assert service.app.parameters().text_to_speech["voice"] == "echo"
    assert app.workflow is not None
    assert (app.workflow.marked_name, app.workflow.marked_comment) == ("v2", "in German")
    assert app.workflow.created_at == published.created_at
    assert "voice: alloy" in client.export_dsl(app.id, workflow_id=before).data


def test_the_draft_is_edited_further_without_harm_to_what_is_published(place: Place) -> None:
    app = place.mock.world.first_app("workflow")
    place.console().apps.workflows.publish(app.id)
    assert app.draft is not None
    app.draft.graph["nodes"].clear()
    assert place.service("workflow").workflows.run(inputs={"query": "hi"}).outputs["text"]


def test_only_a_workflow_with_a_draft_is_published(place: Place) -> None:
    world, workflows = place.mock.world, place.console().apps.workflows
    with pytest.raises(NotFoundError):
        workflows.publish(world.first_app("chat").id)
    with pytest.raises(NotFoundError):
        workflows.publish(UNKNOWN)
    with pytest.raises(InvalidParamError, match="No valid workflow found"):
        workflows.publish(seed.add_app(world, "Empty", "workflow").id)


def test_the_name_of_a_version_is_short(place: Place) -> None:
    app, workflows = place.mock.world.first_app("workflow"), place.console().apps.workflows
    with pytest.raises(BadRequestError):
        workflows.publish(app.id, marked_name="x" * 21)
    with pytest.raises(BadRequestError):
        workflows.publish(app.id, marked_comment="x" * 101)
    assert workflows.publish(app.id, marked_name="x" * 20, marked_comment="x" * 100).result == "success"


def test_only_those_who_may_edit_publish(place: Place) -> None:
    app = place.mock.world.first_app("workflow")
    with pytest.raises(PermissionDeniedError):
        place.member("normal").apps.workflows.publish(app.id)
    assert place.member("editor").apps.workflows.publish(app.id).result == "success"
