"""Stories of apps as YAML: written, brought in again, fetched, confirmed, and refused."""

from __future__ import annotations

import pytest
import yaml

from dify_mock import seed
from dify_mock.contract.place import Place
from dify_mock.state import Mode, RemoteFile
from dify_sdk.console.apps.dsl import AppImport
from dify_sdk.errors import (
    BadRequestError,
    InvalidParamError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    UnprocessableEntityError,
)

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
MODES: tuple[Mode, ...] = ("chat", "completion", "agent-chat", "advanced-chat", "workflow")
DRAWN: tuple[Mode, ...] = ("advanced-chat", "workflow")
SECRET = {"id": "e1", "name": "KEY", "value": "hidden-qwz", "value_type": "secret", "description": "", "selector": ["env", "KEY"]}
MISSING = "{type: marketplace, value: {marketplace_plugin_unique_identifier: 'else/where:1.2.3'}}"


def written(place: Place, mode: Mode, *, include_secret: bool = False) -> str:
    """The YAML of the demo's app of a mode; that of a workflow has a secret."""
    app = place.mock.world.first_app(mode)
    if app.draft is not None:
        app.draft.environment_variables = [SECRET]
    return place.console().apps.export_dsl(app.id, include_secret=include_secret).data


def brought_in(place: Place, dsl: str, app_id: str | None = None) -> AppImport:
    return place.console().apps.import_dsl(mode="yaml-content", yaml_content=dsl, app_id=app_id)


def newer(dsl: str) -> str:
    return dsl.replace("version: 0.7.0", "version: 1.0.0")


def failure(place: Place, dsl: str, app_id: str | None = None) -> str:
    """Why an import comes to nothing, and nothing comes of it."""
    known = len(place.mock.world.apps)
    with pytest.raises(BadRequestError) as refused:
        brought_in(place, dsl, app_id)
    assert len(place.mock.world.apps) == known
    return refused.value.message


def test_the_version_is_told_to_everybody(place: Place) -> None:
    assert place.console_of(access_token="nobody's").apps.get_dsl_version().app_dsl_version == "0.7.0"
    assert "\nversion: 0.7.0\n" in written(place, "chat")


@pytest.mark.parametrize("include_secret", [False, True])
@pytest.mark.parametrize("mode", MODES)
def test_what_comes_in_goes_out_the_same(place: Place, mode: Mode, include_secret: bool) -> None:  # noqa: FBT001  # a parameter of the story
    apps = place.console().apps
    dsl = written(place, mode, include_secret=include_secret)
    made = brought_in(place, dsl)
    assert (made.status, made.app_mode, made.imported_dsl_version, made.error) == ("completed", mode, "0.7.0", "")
    assert made.app_id
    assert made.app_id != place.mock.world.first_app(mode).id
    assert apps.export_dsl(made.app_id, include_secret=include_secret).data == dsl
    assert ("hidden-qwz" in dsl) == (include_secret and mode in DRAWN)
    assert "hidden-qwz" not in str(list(place.mock.journal))


def test_an_import_changes_what_it_is_told_to(place: Place) -> None:
    console, dsl = place.console().apps, written(place, "chat")
    made = console.import_dsl(
        mode="yaml-content", yaml_content=dsl, name="Another", description="Else", icon_type="emoji", icon="🦉", icon_background="#000000"
    )
    assert made.app_id
    told = console.export_dsl(made.app_id).data
    for line in ("name: Another", "description: Else", "icon: 🦉", "icon_background: '#000000'"):
        assert f"  {line}\n" in told
    assert "Demo Chat" not in told


def test_a_definition_is_fetched_from_its_address(place: Place) -> None:
    apps, url = place.console().apps, "https://example.com/chat.yml"
    with pytest.raises(BadRequestError, match="Error fetching YAML from URL"):
        apps.import_dsl(mode="yaml-url", yaml_url=url)
    dsl = written(place, "chat")
    place.mock.world.remote_files[url] = RemoteFile(dsl.encode())
    made = apps.import_dsl(mode="yaml-url", yaml_url=url)
    assert made.app_id
    assert apps.export_dsl(made.app_id).data == dsl


@pytest.mark.parametrize("mode", DRAWN)
def test_an_import_into_an_app_changes_its_draft_alone(place: Place, mode: Mode) -> None:
    app, apps = place.mock.world.first_app(mode), place.console().apps
    before = apps.export_dsl(app.id, workflow_id=app.published).data
    changed = brought_in(place, written(place, mode).replace("You are a stub.", "You are an owl."), app.id)
    assert (changed.status, changed.app_id) == ("completed", app.id)
    assert "You are an owl." in apps.export_dsl(app.id).data
    assert apps.export_dsl(app.id, workflow_id=app.published).data == before
    assert "You are a stub." in before


def test_only_workflows_are_changed_by_an_import(place: Place) -> None:
    dsl = written(place, "workflow")
    assert failure(place, dsl, UNKNOWN) == "App not found"
    assert failure(place, dsl, place.mock.world.first_app("chat").id) == "Only workflow or advanced chat apps can be overwritten"


def test_an_import_of_a_newer_version_waits_to_be_confirmed(place: Place) -> None:
    apps, dsl = place.console().apps, written(place, "workflow")
    waiting = brought_in(place, newer(dsl))
    assert place.mock.journal[-1].status == 202
    assert (waiting.status, waiting.app_id, waiting.current_dsl_version, waiting.imported_dsl_version) == (
        "pending",
        None,
        "0.7.0",
        "1.0.0",
    )
    made = apps.confirm_import(waiting.id)
    assert (made.id, made.status, made.app_mode, made.imported_dsl_version) == (waiting.id, "completed", "workflow", "1.0.0")
    assert made.app_id
    assert apps.export_dsl(made.app_id).data == dsl
    with pytest.raises(BadRequestError, match="expired or does not exist"):
        apps.confirm_import(waiting.id)


def test_an_import_does_not_wait_for_ever(place: Place) -> None:
    waiting = brought_in(place, newer(written(place, "chat")))
    place.mock.clock.advance(601)
    with pytest.raises(BadRequestError, match="expired or does not exist"):
        place.console().apps.confirm_import(waiting.id)


def test_an_import_of_an_older_version_is_no_more_than_a_warning(place: Place) -> None:
    made = brought_in(place, written(place, "chat").replace("version: 0.7.0", "version: 0.3.0"))
    assert (made.status, made.imported_dsl_version) == ("completed-with-warnings", "0.3.0")


@pytest.mark.profiles("dify", reason="the documents have one form for all refusals")
def test_a_failed_import_is_the_body_of_the_error(place: Place) -> None:
    """As a server was heard to say it."""
    with pytest.raises(BadRequestError) as refused:
        brought_in(place, "not: [a dsl")
    body = refused.value.body
    assert isinstance(body, dict)
    assert body.pop("id")
    assert body == {
        "status": "failed",
        "app_id": None,
        "app_mode": None,
        "permission_keys": [],
        "current_dsl_version": "0.7.0",
        "imported_dsl_version": "",
        "error": 'Invalid YAML format: while parsing a flow sequence\n  in "<unicode string>", line 1, column 6:\n    not: [a dsl\n'
        "         ^\nexpected ',' or ']', but got '<stream end>'\n  in \"<unicode string>\", line 1, column 12:\n    not: [a dsl\n"
        "               ^",
        "warnings": [],
    }
    assert refused.value.message == body["error"]


def test_an_import_says_what_is_missing(place: Place) -> None:
    apps = place.console().apps
    with pytest.raises(BadRequestError, match="yaml_content is required when import_mode is yaml-content"):
        apps.import_dsl(mode="yaml-content")
    with pytest.raises(BadRequestError, match="yaml_url is required when import_mode is yaml-url"):
        apps.import_dsl(mode="yaml-url", yaml_content=written(place, "chat"))
    with pytest.raises(InvalidParamError, match="Invalid import_mode: by-hand"):
        apps.import_dsl(mode="by-hand")  # type: ignore[arg-type]  # what the story is about
    assert failure(place, "- just\n- a list\n") == "Invalid YAML format: content must be a mapping"
    assert failure(place, "app: {mode: oracle}") == "'oracle' is not a valid AppMode"


@pytest.mark.profiles("dify", reason="the documents have one form for all arguments that do not fit")
def test_arguments_that_do_not_fit_are_named(place: Place) -> None:
    with pytest.raises(UnprocessableEntityError) as refused:
        place.console().apps.import_dsl(mode="yaml-content", yaml_content=1)  # type: ignore[arg-type]  # wrong on purpose
    assert list(refused.value.params) == ["yaml_content"]


def test_what_is_half_configured_comes_in_and_goes_out(place: Place) -> None:
    nodes = [("llm", {"model": {}}), ("llm", {"model": None}), ("tool", {}), ("code", {})]
    drawn = [{"id": str(number), "data": {"type": kind, **data}} for number, (kind, data) in enumerate(nodes)]
    made = brought_in(place, yaml.safe_dump({"app": {"mode": "workflow"}, "workflow": {"graph": {"nodes": drawn, "edges": []}}}))
    assert made.app_id
    told = yaml.safe_load(place.console().apps.export_dsl(made.app_id).data)
    assert (told["workflow"]["graph"]["nodes"], told["dependencies"]) == (drawn, [])


def test_the_tools_of_an_agent_have_names(place: Place) -> None:
    for agent_mode in ("odd", {"tools": [{}]}, {"tools": ["odd"]}):
        config = {"model": {"provider": "a/b/c", "name": "m"}, "agent_mode": agent_mode}
        assert failure(place, yaml.safe_dump({"app": {"mode": "agent-chat"}, "model_config": config}))


def test_a_plan_without_room_for_apps_takes_none(place: Place) -> None:
    workspace, dsl = place.mock.world.accounts.workspaces[place.mock.world.workspace_id], written(place, "chat")
    workspace.quotas["apps"] = len(place.mock.world.apps)
    for attempt in (lambda: brought_in(place, dsl), lambda: place.console().apps.create(name="One more", mode="chat")):
        with pytest.raises((PermissionDeniedError, RateLimitError), match="apps"):
            attempt()
    workspace.quotas["apps"] += 1
    assert brought_in(place, dsl).app_id


def test_an_app_that_nobody_has_drawn_yet_cannot_be_exported(place: Place) -> None:
    apps, world = place.console().apps, place.mock.world
    with pytest.raises(InvalidParamError, match="Missing draft workflow configuration"):
        apps.export_dsl(seed.add_app(world, "Empty", "workflow").id)
    with pytest.raises(InvalidParamError, match="Missing app configuration"):
        apps.export_dsl(seed.add_app(world, "Empty", "chat").id)
    with pytest.raises(InvalidParamError, match="Missing draft workflow configuration"):
        apps.export_dsl(world.first_app("workflow").id, workflow_id=UNKNOWN)
    with pytest.raises(NotFoundError):
        apps.export_dsl(UNKNOWN)


def test_plugins_that_are_missing_are_told_for_ten_minutes(place: Place) -> None:
    apps, dsl = place.console().apps, written(place, "workflow")
    made = brought_in(place, dsl.replace("dependencies:\n", f"dependencies:\n- {MISSING}\n"))
    assert made.app_id
    [missing] = apps.check_dependencies(made.app_id).leaked_dependencies
    assert (missing.type, missing.value["marketplace_plugin_unique_identifier"]) == ("marketplace", "else/where:1.2.3")
    place.mock.clock.advance(601)
    assert apps.check_dependencies(made.app_id).leaked_dependencies == []
    with pytest.raises(NotFoundError):
        apps.check_dependencies(UNKNOWN)


def test_an_app_belongs_to_the_workspace_that_it_came_into(place: Place) -> None:
    world, dsl = place.mock.world, written(place, "workflow")
    other = world.accounts.add_workspace("Other", world.owner)
    made = place.openapi().workspaces.apps.import_dsl(other.id, mode="yaml-content", yaml_content=dsl)
    assert made.app_id
    assert failure(place, dsl, made.app_id) == "App not found"
    with pytest.raises(NotFoundError):
        place.console().apps.export_dsl(made.app_id)
    waiting = place.openapi().workspaces.apps.import_dsl(other.id, mode="yaml-content", yaml_content=newer(dsl))
    with pytest.raises(BadRequestError, match="expired or does not exist"):
        place.console().apps.confirm_import(waiting.id)


def test_only_those_who_may_edit_have_apps_as_yaml(place: Place) -> None:
    dsl, app_id = written(place, "chat"), place.mock.world.first_app("chat").id
    waiting = brought_in(place, newer(dsl))
    apps = place.member("normal").apps
    for refused in (
        lambda: apps.export_dsl(app_id),
        lambda: apps.import_dsl(mode="yaml-content", yaml_content=dsl),
        lambda: apps.confirm_import(waiting.id),
        lambda: apps.check_dependencies(app_id),
    ):
        with pytest.raises(PermissionDeniedError):
            refused()
    editor = place.member("editor").apps
    assert editor.export_dsl(app_id).data == dsl
    assert editor.confirm_import(waiting.id).status == "completed"
