"""Stories of apps as somebody who has signed in sees them."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import InternalServerError, NotFoundError, PermissionDeniedError, UnprocessableEntityError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def workspace_of(place: Place) -> str:
    found = place.openapi().account.get().default_workspace_id
    assert found
    return found


def app_of(place: Place, mode: str) -> str:
    apps = place.openapi().apps.list(workspace_id=workspace_of(place))
    return next(one.id for one in apps if one.mode == mode)


def test_the_apps_of_a_workspace_are_listed(place: Place) -> None:
    apps = place.openapi().apps
    every = list(apps.list(workspace_id=workspace_of(place)))
    assert {one.mode for one in every} >= {"chat", "completion", "agent-chat", "advanced-chat", "workflow"}
    assert {one.workspace_id for one in every} == {workspace_of(place)}
    page = apps.list(workspace_id=workspace_of(place), limit=2)
    assert (len(page.data), page.has_more, page.total) == (2, True, len(every))
    assert [one.id for one in apps.list(workspace_id=workspace_of(place), limit=2)] == [one.id for one in every]


def test_apps_are_found_by_mode_name_and_id(place: Place) -> None:
    apps, workspace_id = place.openapi().apps, workspace_of(place)
    assert {one.mode for one in apps.list(workspace_id=workspace_id, mode="workflow")} == {"workflow"}
    assert [one.name for one in apps.list(workspace_id=workspace_id, name="demo chatf")] == ["Demo Chatflow"]
    wanted = app_of(place, "workflow")
    assert [one.id for one in apps.list(workspace_id=workspace_id, name=wanted)] == [wanted]
    assert list(apps.list(workspace_id=workspace_id, name="nothing like it")) == []


def test_the_apps_of_other_workspaces_are_not_told(place: Place) -> None:
    with pytest.raises(NotFoundError, match="workspace not found"):
        place.openapi().apps.list(workspace_id=UNKNOWN)


def test_a_list_wants_the_id_of_a_workspace(place: Place) -> None:
    with pytest.raises(UnprocessableEntityError, match="Request validation failed"):
        place.openapi().apps.list(workspace_id="none")


def test_an_app_describes_itself(place: Place) -> None:
    told = place.openapi().apps.get(app_of(place, "chat"))
    assert told.info is not None
    assert (told.info.name, told.info.mode, told.info.service_api_enabled, told.info.is_agent) == ("Demo Chat", "chat", True, False)
    assert told.parameters is not None
    assert told.parameters["suggested_questions"] == ["What can you do?", "Who are you?"]
    assert told.input_schema is not None
    assert told.input_schema["required"] == ["query", "inputs"]
    inputs = told.input_schema["properties"]["inputs"]["properties"]
    assert inputs["tone"] == {"type": "string", "title": "Tone", "enum": ["formal", "casual"]}
    assert inputs["name"]["maxLength"] == 48


def test_an_app_describes_only_what_is_asked_for(place: Place) -> None:
    told = place.openapi().apps.get(app_of(place, "workflow"), fields="input_schema")
    assert (told.info, told.parameters) == (None, None)
    assert told.input_schema is not None
    assert told.input_schema["required"] == ["inputs"]
    with pytest.raises(UnprocessableEntityError):
        place.openapi().apps.get(app_of(place, "workflow"), fields="info,secrets")


def test_an_app_that_nobody_has_published_describes_nothing_of_its_inputs(place: Place) -> None:
    app = place.mock.world.first_app("workflow")
    app.published = None
    told = place.openapi().apps.get(app.id)
    assert told.parameters is not None
    assert told.parameters["user_input_form"] == []
    assert told.input_schema is not None
    assert told.input_schema["properties"] == {}


def test_there_is_no_other_app(place: Place) -> None:
    with pytest.raises(NotFoundError, match="app not found"):
        place.openapi().apps.get(UNKNOWN)


def test_an_app_that_is_closed_to_programs_is_closed_here_too(place: Place) -> None:
    app = place.mock.world.first_app("chat")
    app.enable_api = False
    with pytest.raises(PermissionDeniedError, match="service_api_disabled"):
        place.openapi().apps.get(app.id)


def test_a_token_that_nobody_knows_breaks_the_server(place: Place) -> None:
    with pytest.raises(InternalServerError):
        place.openapi_with("dfoa_nobody").apps.get(app_of(place, "chat"))


def test_the_plugins_of_an_app_are_there(place: Place) -> None:
    assert place.openapi().apps.check_dependencies(app_of(place, "agent-chat")).leaked_dependencies == []
