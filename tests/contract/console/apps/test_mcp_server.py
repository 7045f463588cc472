"""Stories of apps that become servers of the Model Context Protocol, and are called."""

from __future__ import annotations

import pytest

from dify_mock import seed
from dify_mock.contract.place import Place
from dify_sdk.console.apps.mcp_server import MCPServer, NoMCPServer
from dify_sdk.errors import InternalServerError, InvalidParamError, NotFoundError, PermissionDeniedError, UnprocessableEntityError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def fresh(place: Place) -> str:
    """An app that is no server yet."""
    world = place.mock.world
    return seed.add_app(world, "Fresh", "completion", config=world.first_app("completion").config).id


def test_an_app_is_no_server_until_somebody_makes_it_one(place: Place) -> None:
    servers, app_id = place.console().apps.mcp_server, fresh(place)
    assert isinstance(servers.get(app_id), NoMCPServer)
    made = servers.create(app_id, description="Answers questions", parameters={"query": "What is asked"})
    assert (made.name, made.description, made.status) == ("Fresh", "Answers questions", "active")
    assert made.parameters == {"query": "What is asked"}
    assert servers.get(app_id) == made
    assert made.server_code not in repr(made)


def test_whoever_has_the_code_of_a_server_calls_the_app(place: Place) -> None:
    made = place.console().apps.mcp_server.create(fresh(place), description="Answers", parameters={"query": "What is asked"})
    client = place.mcp_with(made.server_code)
    [tool] = client.list_tools().tools
    assert (tool.name, tool.description) == ("Fresh", "Answers")
    assert tool.inputSchema["properties"]["query"]["description"] == "What is asked"
    assert "hi" in client.call_tool("Fresh", {"query": "hi"}).text


def test_a_server_says_of_the_app_what_the_app_says_of_itself(place: Place) -> None:
    servers, app_id = place.console().apps.mcp_server, fresh(place)
    made = servers.create(app_id, parameters={})
    assert made.description == "Fresh of the demo"
    assert servers.update(app_id, id=made.id, parameters={}, description="Mine").description == "Mine"
    assert servers.update(app_id, id=made.id, parameters={}).description == "Fresh of the demo"


def test_an_app_is_one_server_only(place: Place) -> None:
    servers, app_id = place.console().apps.mcp_server, fresh(place)
    made = servers.create(app_id, parameters={})
    with pytest.raises(InternalServerError):
        servers.create(app_id, parameters={})
    assert servers.get(app_id) == made


def test_what_callers_are_told_can_be_changed(place: Place) -> None:
    servers, app_id = place.console().apps.mcp_server, fresh(place)
    made = servers.create(app_id, parameters={"query": "old"})
    place.mock.clock.advance(60)
    changed = servers.update(app_id, id=made.id, parameters={"query": "new"}, description="Changed")
    assert isinstance(changed, MCPServer)
    assert (changed.created_at, changed.updated_at) == (made.created_at, (made.created_at or 0) + 60)
    [tool] = place.mcp_with(made.server_code).list_tools().tools
    assert (tool.description, tool.inputSchema["properties"]["query"]["description"]) == ("Changed", "new")


def test_a_server_that_is_switched_off_answers_nobody_until_it_is_on_again(place: Place) -> None:
    servers, app_id = place.console().apps.mcp_server, fresh(place)
    made = servers.create(app_id, parameters={})
    client = place.mcp_with(made.server_code)
    assert servers.update(app_id, id=made.id, parameters={}, status="inactive").status == "inactive"
    with pytest.raises(InternalServerError):
        client.list_tools()
    assert servers.update(app_id, id=made.id, parameters={}, status="active").status == "active"
    assert client.list_tools().tools


def test_a_new_code_is_the_only_one_that_opens(place: Place) -> None:
    servers, app_id = place.console().apps.mcp_server, fresh(place)
    made = servers.create(app_id, parameters={})
    renewed = servers.refresh(app_id)
    assert (renewed.id, renewed.server_code != made.server_code) == (made.id, True)
    with pytest.raises(InternalServerError):
        place.mcp_with(made.server_code).list_tools()
    assert place.mcp_with(renewed.server_code).list_tools().tools


def test_what_is_no_server_is_not_found(place: Place) -> None:
    servers, app_id = place.console().apps.mcp_server, fresh(place)
    with pytest.raises(NotFoundError):
        servers.refresh(app_id)
    with pytest.raises(NotFoundError):
        servers.update(app_id, id=UNKNOWN, parameters={})
    with pytest.raises(NotFoundError):
        servers.get(UNKNOWN)


def test_a_server_is_changed_through_its_own_app(place: Place) -> None:
    servers, app_id = place.console().apps.mcp_server, fresh(place)
    servers.create(app_id, parameters={})
    other = servers.get(place.mock.world.first_app("chat").id)
    assert isinstance(other, MCPServer)
    with pytest.raises(NotFoundError):
        servers.update(app_id, id=other.id, parameters={}, status="inactive")
    assert place.mcp().list_tools().tools


def test_there_are_three_statuses(place: Place) -> None:
    servers, app_id = place.console().apps.mcp_server, fresh(place)
    made = servers.create(app_id, parameters={})
    with pytest.raises(InvalidParamError):
        servers.update(app_id, id=made.id, parameters={}, status="odd")  # type: ignore[arg-type]  # wrong on purpose
    assert servers.get(app_id) == made


@pytest.mark.profiles("dify", reason="the documents have one form for all arguments that do not fit")
def test_what_does_not_fit_is_named(place: Place) -> None:
    with pytest.raises(UnprocessableEntityError) as refused:
        place.console().apps.mcp_server.create(fresh(place), parameters="none")  # type: ignore[arg-type]  # wrong on purpose
    assert list(refused.value.params) == ["parameters"]


def test_editors_make_servers_and_others_only_look(place: Place) -> None:
    app_id = fresh(place)
    made = place.member("editor").apps.mcp_server.create(app_id, parameters={})
    servers = place.member("normal").apps.mcp_server
    assert servers.get(app_id) == made
    for attempt in (
        lambda: servers.create(app_id, parameters={}),
        lambda: servers.update(app_id, id=made.id, parameters={}),
        lambda: servers.refresh(app_id),
    ):
        with pytest.raises(PermissionDeniedError):
            attempt()
