"""Stories of apps that come from what was written down of them, and are written down again."""

from __future__ import annotations

import pytest

from dify_mock import seed
from dify_mock.contract.place import Place
from dify_mock.state import RemoteFile
from dify_sdk.errors import APIError, BadRequestError, NotFoundError, PermissionDeniedError, UnprocessableEntityError
from dify_sdk.openapi.workspaces import AppImport
from dify_sdk.shared.runs import ChatReply, WorkflowRun

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
ECHO = """\
app:
  name: Echo
  mode: workflow
  description: >-
    Says again
    what it hears.
  icon: "\\U0001F4E3"
  icon_type: emoji
  icon_background: '#FFEAD5'
kind: app
version: 0.7.0
workflow:
  environment_variables:
  - {id: e1, name: KEY, value: hidden, value_type: secret, description: '', selector: [env, KEY]}
  features: {}
  graph:
    edges:
    - id: begin-template
      source: begin
      sourceHandle: source
      target: template
    - {source: template, target: end}
    nodes:
    - id: begin
      data:
        type: start
        title: Start
        variables:   # one
        - variable: query
          label: Query
          type: paragraph
          required: true
          max_length: 2000
    - id: template
      data:
        type: template-transform
        title: Again
        template: |-
          You said:
          {{ query }}
        variables:
        - variable: query
          value_selector: [begin, query]
    - id: end
      data:
        type: end
        title: End
        outputs:
        - variable: text
          value_selector: [template, output]
          value_type: string
"""


def workspace_of(place: Place) -> str:
    found = place.openapi().account.get().default_workspace_id
    assert found
    return found


def brought_in(place: Place, definition: str = ECHO, **changes: str) -> AppImport:
    workspace_id = workspace_of(place)
    return place.openapi().workspaces.apps.import_dsl(workspace_id, mode="yaml-content", yaml_content=definition, **changes)  # type: ignore[arg-type]  # only texts


def published(place: Place, definition: str = ECHO, **changes: str) -> str:
    """The id of an app that was brought in and can be run; this tier only makes drafts."""
    made = brought_in(place, definition, **changes)
    assert made.app_id
    place.console().apps.workflows.publish(made.app_id)
    return made.app_id


def failure(place: Place, definition: str, **changes: str) -> str:
    """Why an import comes to nothing."""
    known = len(place.mock.world.apps)
    with pytest.raises(BadRequestError) as refused:
        brought_in(place, definition, **changes)
    assert isinstance(refused.value.body, dict)
    assert refused.value.body["status"] == "failed"
    assert len(place.mock.world.apps) == known
    return str(refused.value.body["error"])


def test_an_app_is_made_of_what_was_written_down_and_runs_when_it_is_published(place: Place) -> None:
    made = brought_in(place)
    assert (made.status, made.app_mode, made.imported_dsl_version, made.error) == ("completed", "workflow", "0.7.0", "")
    assert made.app_id
    told = place.openapi().apps.get(made.app_id, fields="info").info
    assert told is not None
    assert (told.name, told.description) == ("Echo", "Says again what it hears.")
    with pytest.raises(BadRequestError):
        place.openapi().apps.run(made.app_id, inputs={"query": "hi"})
    place.console().apps.workflows.publish(made.app_id)
    run = place.openapi().apps.run(made.app_id, inputs={"query": "hi"})
    assert isinstance(run, WorkflowRun)
    assert run.outputs == {"text": "You said:\nhi"}


def test_what_is_written_down_makes_the_same_app_again(place: Place) -> None:
    apps = place.openapi().apps
    first = brought_in(place).app_id
    assert first
    written = apps.export_dsl(first).data
    second = brought_in(place, written).app_id
    assert second
    assert second != first
    assert apps.export_dsl(second).data == written
    assert place.mock.world.apps[first].icon == place.mock.world.apps[second].icon == "\U0001f4e3"


@pytest.mark.parametrize("mode", ["chat", "completion", "agent-chat", "advanced-chat", "workflow"])
def test_an_app_of_any_mode_is_written_down_and_comes_back(place: Place, mode: str) -> None:
    apps, workspace_id = place.openapi().apps, workspace_of(place)
    known = next(one.id for one in apps.list(workspace_id=workspace_id) if one.mode == mode)
    made = brought_in(place, apps.export_dsl(known).data, name="A twin")
    assert made.app_id
    assert made.app_mode == mode
    if mode in {"advanced-chat", "workflow"}:
        place.console().apps.workflows.publish(made.app_id)
    assert apps.get(made.app_id).parameters == apps.get(known).parameters
    given = {"inputs": {"query": "hi"}} if mode in {"completion", "workflow"} else {"query": "hi"}
    reply = apps.run(made.app_id, **given)  # type: ignore[arg-type]  # of each mode its own
    assert reply.outputs["text"] if isinstance(reply, WorkflowRun) else reply.answer


def test_an_import_changes_what_it_is_told_to(place: Place) -> None:
    made = brought_in(place, name="Another", description="And other words", icon="🦉", icon_background="#000000")
    assert made.app_id
    app = place.mock.world.apps[made.app_id]
    assert (app.name, app.description, app.icon, app.icon_background) == ("Another", "And other words", "🦉", "#000000")


def test_an_app_is_changed_by_an_import(place: Place) -> None:
    app_id = published(place)
    changed = brought_in(place, ECHO.replace("You said:", "I heard:"), app_id=app_id)
    assert changed.app_id == app_id
    outputs = []
    for _ in range(2):  # what runs is what was published
        run = place.openapi().apps.run(app_id, inputs={"query": "hi"})
        assert isinstance(run, WorkflowRun)
        outputs.append(run.outputs)
        place.console().apps.workflows.publish(app_id)
    assert outputs == [{"text": "You said:\nhi"}, {"text": "I heard:\nhi"}]


def test_a_definition_is_fetched_from_its_address(place: Place) -> None:
    imports, workspace_id = place.openapi().workspaces.apps, workspace_of(place)
    url = "https://example.com/echo.yml"
    with pytest.raises(BadRequestError) as refused:
        imports.import_dsl(workspace_id, mode="yaml-url", yaml_url=url)
    assert "Error fetching YAML from URL" in str(refused.value.body)
    place.mock.world.remote_files[url] = RemoteFile(ECHO.encode())
    assert imports.import_dsl(workspace_id, mode="yaml-url", yaml_url=url).status == "completed"


def test_an_import_of_a_newer_version_waits_to_be_confirmed(place: Place) -> None:
    imports, workspace_id = place.openapi().workspaces.apps, workspace_of(place)
    waiting = brought_in(place, ECHO.replace("version: 0.7.0", "version: 0.9.0"))
    assert (waiting.status, waiting.app_id, waiting.current_dsl_version) == ("pending", None, "0.7.0")
    assert place.mock.journal[-1].status == 202
    made = imports.confirm_import(workspace_id, waiting.id)
    assert (made.id, made.status, made.imported_dsl_version) == (waiting.id, "completed", "0.9.0")
    assert made.app_id
    assert place.openapi().apps.get(made.app_id).info
    with pytest.raises(BadRequestError) as refused:
        imports.confirm_import(workspace_id, waiting.id)
    assert "expired or does not exist" in str(refused.value.body)


def test_an_import_does_not_wait_for_ever(place: Place) -> None:
    waiting = brought_in(place, ECHO.replace("version: 0.7.0", "version: 1.0.0"))
    place.mock.clock.advance(601)
    with pytest.raises(BadRequestError) as refused:
        place.openapi().workspaces.apps.confirm_import(workspace_of(place), waiting.id)
    assert "expired or does not exist" in str(refused.value.body)


def test_an_import_of_an_older_version_is_no_more_than_a_warning(place: Place) -> None:
    assert brought_in(place, ECHO.replace("version: 0.7.0", "version: 0.3.1")).status == "completed-with-warnings"


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("app:\n  name", "app: [\n  name", "Invalid YAML format: "),
        ("version: 0.7.0", "version: 0.7", "Invalid version type, expected str, got <class 'float'>"),
        ("  mode: workflow\n", "", "loss app mode"),
        ("mode: workflow", "mode: oracle", "'oracle' is not a valid AppMode"),
        ("mode: workflow", "mode: chat", "Missing model_config for chat/agent-chat/completion app"),
        ("\nworkflow:", "\nsomething:", "Missing workflow data for workflow/advanced chat app"),
        ("name: KEY,", "", "This is no variable: "),
        ("  features: {}", "  conversation_variables: {a: b}", "conversation_variables is no list of objects"),
        ("    nodes:", "    knots:", "The graph of a workflow has nodes and edges"),
    ],
)
def test_what_is_no_app_comes_to_nothing(place: Place, before: str, after: str, reason: str) -> None:
    assert before in ECHO
    assert failure(place, ECHO.replace(before, after)).startswith(reason)


def test_an_import_says_what_is_missing(place: Place) -> None:
    assert failure(place, "- just\n- a list\n") == "Invalid YAML format: content must be a mapping"
    assert failure(place, "version: 0.7.0\n") == "Missing app data in YAML content"
    assert failure(place, "") == "yaml_content is required when import_mode is yaml-content"
    with pytest.raises(UnprocessableEntityError):
        place.openapi().workspaces.apps.import_dsl(workspace_of(place), mode="by-hand")  # type: ignore[arg-type]  # what the story is about


def test_only_workflows_are_changed_by_an_import(place: Place) -> None:
    assert failure(place, ECHO, app_id=UNKNOWN) == "App not found"
    chat = place.mock.world.first_app("chat").id
    assert failure(place, ECHO, app_id=chat) == "Only workflow or advanced chat apps can be overwritten"


def test_secrets_are_written_down_only_for_those_who_ask(place: Place) -> None:
    made = brought_in(place)
    assert made.app_id
    apps = place.openapi().apps
    assert "hidden" not in apps.export_dsl(made.app_id).data
    told = apps.export_dsl(made.app_id, include_secret=True)
    assert ("value: hidden" in told.data, "hidden" in repr(told)) == (True, False)
    assert "hidden" not in str(list(place.mock.journal))


def test_a_version_is_written_down_by_its_id(place: Place) -> None:
    app_id = published(place)
    earlier = place.mock.world.apps[app_id].published
    brought_in(place, ECHO.replace("You said:", "I heard:"), app_id=app_id)
    apps = place.openapi().apps
    assert "You said:" in apps.export_dsl(app_id, workflow_id=earlier).data
    assert "I heard:" in apps.export_dsl(app_id).data
    with pytest.raises(NotFoundError):
        apps.export_dsl(app_id, workflow_id=UNKNOWN)


def test_plugins_that_are_missing_are_told(place: Place) -> None:
    needs = "dependencies:\n- {type: marketplace, value: {marketplace_plugin_unique_identifier: 'else/where:1.2.3'}}\n"
    made = brought_in(place, needs + ECHO)
    assert made.app_id
    [missing] = place.openapi().apps.check_dependencies(made.app_id).leaked_dependencies
    assert (missing.type, missing.value["marketplace_plugin_unique_identifier"]) == ("marketplace", "else/where:1.2.3")
    assert failure(place, "dependencies: [{type: guesswork}]\n" + ECHO).startswith("This is no plugin")


def test_only_those_who_may_edit_bring_apps_in(place: Place) -> None:
    world = place.mock.world
    guest = world.accounts.add("guest@example.com")
    world.accounts.join(world.accounts.workspaces[world.workspace_id], guest, "normal")
    client = place.openapi_with(world.devices.sign_in(guest, "a test").token)
    with pytest.raises(PermissionDeniedError, match="insufficient workspace role"):
        client.workspaces.apps.import_dsl(world.workspace_id, mode="yaml-content", yaml_content=ECHO)


def test_an_app_belongs_to_the_workspace_that_it_came_into(place: Place) -> None:
    world, client = place.mock.world, place.openapi()
    other = world.accounts.add_workspace("Other", world.owner)
    made = client.workspaces.apps.import_dsl(other.id, mode="yaml-content", yaml_content=ECHO)
    assert [one.id for one in client.apps.list(workspace_id=other.id)] == [made.app_id]
    assert made.app_id not in [one.id for one in client.apps.list(workspace_id=world.workspace_id)]
    assert "App not found" in failure(place, ECHO, app_id=str(made.app_id))


def test_an_app_that_was_brought_in_is_open_to_keys(place: Place) -> None:
    made = brought_in(place, place.openapi().apps.export_dsl(place.mock.world.first_app("chat").id).data)
    assert made.app_id
    key = seed.add_app_key(place.mock.world, place.mock.world.apps[made.app_id])
    reply = place.service_with(key).chat.send(query="hi")
    assert isinstance(reply, ChatReply)
    assert reply.answer
    with pytest.raises(APIError):
        place.service_with(key).workflows.run(inputs={})
