"""Stories of workspaces."""

from __future__ import annotations

import pytest

from dify_mock.accounts import Workspace
from dify_mock.contract.place import Place
from dify_sdk.errors import NotFoundError, PermissionDeniedError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


@pytest.fixture
def second(place: Place) -> Workspace:
    """Another workspace, where the owner of the first is an editor."""
    world = place.mock.world
    ann = world.accounts.add("ann@example.com")
    made = world.accounts.add_workspace("Second", ann)
    world.accounts.join(made, world.owner, "editor")
    return made


def test_an_account_sees_its_workspaces(place: Place, second: Workspace) -> None:
    world = place.mock.world
    world.accounts.add_workspace("Not theirs", world.accounts.add("bob@example.com"))
    told = place.openapi().workspaces.list().workspaces
    assert [(one.name, one.role, one.current) for one in told] == [("Admin's Workspace", "owner", True), ("Second", "editor", False)]


def test_a_workspace_is_looked_up(place: Place) -> None:
    told = place.openapi().workspaces.get(place.mock.world.workspace_id)
    assert (told.name, told.role, told.status, told.created_at) == ("Admin's Workspace", "owner", "normal", "2026-01-05T09:00:00Z")


def test_an_account_goes_to_another_workspace(place: Place, second: Workspace) -> None:
    client = place.openapi()
    assert client.workspaces.switch(second.id).current is True
    assert [one.current for one in client.workspaces.list().workspaces] == [False, True]
    assert client.account.get().default_workspace_id == second.id


def test_workspaces_of_others_are_not_there(place: Place, second: Workspace) -> None:
    world, client = place.mock.world, place.openapi()
    world.accounts.leave(second, world.owner)
    for workspace_id in (second.id, UNKNOWN):
        for ask in (client.workspaces.get, client.workspaces.switch, client.workspaces.members.list):
            with pytest.raises(NotFoundError, match="workspace not found"):
                ask(workspace_id)


def test_whoever_leaves_goes_back_to_where_they_were(place: Place, second: Workspace) -> None:
    world, client = place.mock.world, place.openapi()
    client.workspaces.switch(second.id)
    world.accounts.leave(second, world.owner)
    assert client.account.get().default_workspace_id == world.workspace_id


def test_an_archived_workspace_is_closed(place: Place, second: Workspace) -> None:
    second.status = "archive"
    with pytest.raises(PermissionDeniedError, match="workspace unavailable"):
        place.openapi().workspaces.get(second.id)
