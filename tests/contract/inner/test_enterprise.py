"""Stories of an enterprise's own management."""

from __future__ import annotations

import pytest
import yaml

from dify_mock import seed
from dify_mock.contract.place import Place
from dify_mock.workflow.publishing import keep_draft
from dify_sdk.errors import BadRequestError, NotFoundError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def test_a_workspace_is_created(place: Place, caller: dict[str, str]) -> None:
    made = place.management().enterprise.workspaces.create(name="Other", owner_email=seed.EMAIL).tenant
    assert (made.name, made.status) == ("Other", "normal")
    assert place.inner().invoke.speech2text(**{**caller, "tenant_id": made.id}, provider="p", model="m", file="").data.result
    assert [one.name for one in place.openapi().workspaces.list().workspaces] == ["Admin's Workspace", "Other"]
    with pytest.raises(NotFoundError, match="owner account not found"):
        place.management().enterprise.workspaces.create(name="Other", owner_email="nobody@example.com")


def test_mail_goes_out(place: Place) -> None:
    client = place.management()
    client.enterprise.send_mail(to=["a@example.com"], subject="Hi", body="{{name}}", substitutions={"name": "Ada"})
    client.billing.send_mail(to=["b@example.com", "c@example.com"], subject="Bill", body="Pay.")
    assert [(one.to, one.subject, one.substitutions) for one in place.mock.world.interior.mail] == [
        (("a@example.com",), "Hi", {"name": "Ada"}),
        (("b@example.com", "c@example.com"), "Bill", {}),
    ]


@pytest.mark.parametrize("mode", ["workflow", "chat"])
def test_an_app_travels_as_text(place: Place, mode: str) -> None:
    world, client = place.mock.world, place.management()
    app = next(one for one in world.apps.values() if one.mode == mode)
    text = client.enterprise.apps.export_dsl(app.id).data
    told = client.enterprise.workspaces.import_dsl(world.workspace_id, yaml_content=text, creator_email=seed.EMAIL, name="Twin")
    assert (told.status, told.app_mode, told.imported_dsl_version) == ("completed", mode, told.current_dsl_version)
    made = world.apps[told.app_id or ""]
    assert (made.name, made.description, made.workspace_id) == ("Twin", app.description, world.workspace_id)
    again = yaml.safe_load(client.enterprise.apps.export_dsl(made.id).data)
    theirs = yaml.safe_load(text)
    assert {**again, "app": None} == {**theirs, "app": None}
    assert {**again["app"], "name": ""} == {**theirs["app"], "name": ""}


def test_secrets_go_along_where_they_are_wanted(place: Place) -> None:
    world, client = place.mock.world, place.management()
    app = world.first_app("workflow")
    assert app.draft is not None
    app.draft.environment_variables = [
        {"name": "key", "value_type": "secret", "value": "s1"},
        {"name": "host", "value_type": "string", "value": "h1"},
    ]
    told = [client.enterprise.apps.export_dsl(app.id, include_secret=wanted).data for wanted in (False, True)]
    values = [[one["value"] for one in yaml.safe_load(text)["workflow"]["environment_variables"]] for text in told]
    assert values == [["", "h1"], ["s1", "h1"]]


def test_a_version_is_exported_by_its_id(place: Place) -> None:
    world, client = place.mock.world, place.management()
    app = world.first_app("workflow")
    draft = keep_draft(world, app, {"nodes": [], "edges": []})
    assert yaml.safe_load(client.enterprise.apps.export_dsl(app.id).data)["workflow"]["graph"] == draft.graph
    assert yaml.safe_load(client.enterprise.apps.export_dsl(app.id, workflow_id=app.published).data)["workflow"]["graph"]["nodes"]
    with pytest.raises(BadRequestError, match="not published"):
        client.enterprise.apps.export_dsl(app.id, workflow_id=draft.id)
    with pytest.raises(NotFoundError, match="version not found"):
        client.enterprise.apps.export_dsl(app.id, workflow_id=UNKNOWN)
    with pytest.raises(BadRequestError, match="Invalid workflow id"):
        client.enterprise.apps.export_dsl(app.id, workflow_id="first")
    with pytest.raises(NotFoundError, match="app not found"):
        client.enterprise.apps.export_dsl(UNKNOWN)


def test_an_app_of_another_version_waits(place: Place) -> None:
    world, client = place.mock.world, place.management()
    count = len(world.apps)
    text = client.enterprise.apps.export_dsl(world.first_app("chat").id).data.replace("version: 0.7.0", "version: 9.0.0")
    told = client.enterprise.workspaces.import_dsl(world.workspace_id, yaml_content=text, creator_email=seed.EMAIL)
    assert (told.status, told.app_id, told.imported_dsl_version, len(world.apps)) == ("pending", None, "9.0.0", count)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b: c", "Invalid YAML format"),
        ("[]", "must be a mapping"),
        ("{}", "Missing app data"),
        ('{"app": {"mode": "odd"}}', "'odd' is not a valid AppMode"),
    ],
)
def test_a_text_that_is_no_app_fails(place: Place, text: str, said: str) -> None:
    world = place.mock.world
    with pytest.raises(BadRequestError, match=said):
        place.management().enterprise.workspaces.import_dsl(world.workspace_id, yaml_content=text, creator_email=seed.EMAIL)


def test_an_import_is_for_a_workspace_and_an_account_that_there_are(place: Place) -> None:
    imports = place.management().enterprise.workspaces
    with pytest.raises(NotFoundError, match="workspace not found"):
        imports.import_dsl(UNKNOWN, yaml_content="{}", creator_email=seed.EMAIL)
    with pytest.raises(NotFoundError, match="creator account not found"):
        imports.import_dsl(place.mock.world.workspace_id, yaml_content="{}", creator_email="nobody@example.com")
