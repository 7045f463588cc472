"""Stories of the apps that a workspace has at hand: its own, those it installs, and their order."""

from __future__ import annotations

import pytest

from contract.console.hands import at_hand
from dify_mock.contract.place import Place
from dify_mock.enterprise import Enterprise
from dify_sdk import ConsoleClient
from dify_sdk.errors import BadRequestError, NotFoundError, PermissionDeniedError, RateLimitError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def newcomer(place: Place) -> ConsoleClient:
    """Somebody with a workspace of their own, which has no apps."""
    place.mock.world.accounts.register("newcomer@example.com", "a-password-1")
    return place.console_of("newcomer@example.com", "a-password-1")


def test_a_workspace_has_its_own_apps(place: Place) -> None:
    client = place.console()
    found = {one.app.id: one for one in client.installed_apps.list()}
    assert set(found) == set(place.mock.world.apps)
    chat = found[place.mock.world.first_app("chat").id]
    assert (chat.app.name, chat.app.mode, chat.app.icon_type) == ("Demo Chat", "chat", "emoji")
    assert (chat.app_owner_tenant_id, chat.editable, chat.uninstallable) == (place.mock.world.workspace_id, True, True)
    assert client.installed_apps.get(chat.id) == chat
    client.apps.update(chat.app.id, name="Renamed", use_icon_as_answer_icon=True)
    told = client.installed_apps.get(chat.id).app
    assert (told.name, told.use_icon_as_answer_icon) == ("Renamed", True)


def test_a_new_app_is_at_hand_and_a_deleted_one_is_not(place: Place) -> None:
    client = place.console()
    made = client.apps.create(name="New", mode="chat")
    [found] = client.installed_apps.list(name="new")
    assert found.app.id == made.id
    client.apps.delete(made.id)
    assert list(client.installed_apps.list(name="new")) == []
    with pytest.raises(NotFoundError):
        client.installed_apps.get(found.id)


def test_a_walk_goes_through_all_pages_by_the_servers_cursor(place: Place) -> None:
    client = place.console()
    page = client.installed_apps.list(limit=2)
    assert (len(page.data), page.has_more, bool(page.next_cursor)) == (2, True, True)
    assert [one.id for one in page] == [one.id for one in client.installed_apps.list()]
    last = list(page.pages())[-1]
    assert (last.has_more, last.next_cursor) == (False, None)


def test_a_cursor_that_the_server_has_not_made_is_refused(place: Place) -> None:
    for cursor in ("nonsense", "e30", "WzEsMl0"):
        with pytest.raises(BadRequestError):
            place.console().installed_apps.list(cursor=cursor)


def test_a_pinned_app_stands_first(place: Place) -> None:
    apps = place.console().installed_apps
    last = list(apps.list())[-1]
    assert apps.update(last.id, is_pinned=True).result == "success"
    assert apps.list(limit=1).data == [last.model_copy(update={"is_pinned": True})]
    assert place.member("normal").installed_apps.list(limit=1).data[0].is_pinned
    apps.update(last.id)
    assert apps.get(last.id).is_pinned
    apps.update(last.id, is_pinned=False)
    assert list(apps.list())[-1] == last


def test_an_app_that_was_used_stands_before_others(place: Place) -> None:
    client = place.console()
    last = next(one for one in reversed(list(client.installed_apps.list())) if one.app.mode == "chat")
    assert last.last_used_at is None
    client.installed_apps.chat.send(last.id, query="Hello")
    first = client.installed_apps.list(limit=1).data[0]
    assert (first.id, first.last_used_at) == (last.id, place.mock.clock.seconds())


def test_a_recommended_app_is_installed_used_and_taken_away(place: Place) -> None:
    client, world = newcomer(place), place.mock.world
    app = world.first_app("chat")
    assert list(client.installed_apps.list()) == []
    for _ in range(2):  # the second time is no other
        assert client.installed_apps.create(app_id=app.id).message
    [found] = client.installed_apps.list()
    assert (found.app.id, found.app_owner_tenant_id, found.uninstallable) == (app.id, world.workspace_id, False)
    assert client.installed_apps.chat.send(found.id, query="Hello").answer == "Hello from the stub. You said: Hello"
    assert client.installed_apps.delete(found.id) is None
    assert list(client.installed_apps.list()) == []
    with pytest.raises(NotFoundError):
        client.installed_apps.chat.send(found.id, query="Hello")


def test_a_plan_without_room_for_apps_installs_none(place: Place) -> None:
    client, world = newcomer(place), place.mock.world
    [app_id, *_] = world.recommendations.apps
    workspace = world.accounts.workspaces[client.workspace.get_summary().id]
    workspace.quotas["apps"] = 0
    with pytest.raises((PermissionDeniedError, RateLimitError), match="apps"):
        client.installed_apps.create(app_id=app_id)
    assert list(client.installed_apps.list()) == []
    del workspace.quotas["apps"]
    assert client.installed_apps.create(app_id=app_id).message


def test_what_nobody_recommends_is_not_installed(place: Place) -> None:
    apps = newcomer(place).installed_apps
    for app_id in (place.mock.world.first_app("completion").id, UNKNOWN):
        with pytest.raises(NotFoundError):
            apps.create(app_id=app_id)
    assert list(apps.list()) == []


def test_a_workspace_keeps_its_own_apps(place: Place) -> None:
    client = place.console()
    with pytest.raises(BadRequestError):
        client.installed_apps.delete(at_hand(place, "chat"))
    assert at_hand(place, "chat")


def test_what_is_installed_elsewhere_is_not_there(place: Place) -> None:
    mine = at_hand(place, "chat")
    for client, installed_app_id in ((newcomer(place), mine), (place.console(), UNKNOWN)):
        apps = client.installed_apps
        for touch in (apps.get, apps.delete, apps.update, apps.meta, apps.parameters, apps.conversations.list):
            with pytest.raises(NotFoundError):
                touch(installed_app_id)


def test_only_managers_may_edit(place: Place) -> None:
    app_id = at_hand(place, "chat")
    told = {role: place.member(role).installed_apps.get(app_id).editable for role in ("admin", "editor", "normal")}
    assert told == {"admin": True, "editor": False, "normal": False}


def test_what_an_enterprise_closes_is_closed_here_too(place: Place) -> None:
    client, world = place.console(), place.mock.world
    app_id, app = at_hand(place, "chat"), world.first_app("chat")
    world.enterprise = Enterprise(access={app.id: "private"})
    assert list(client.installed_apps.list(app_id=app.id)) == []
    with pytest.raises(PermissionDeniedError):
        client.installed_apps.get(app_id)
    world.enterprise.allowed[app.id] = {world.owner_id}
    assert client.installed_apps.get(app_id).app.id == app.id


def test_an_app_tells_its_variables_and_the_icons_of_its_tools(place: Place) -> None:
    client = place.console()
    told = client.installed_apps.parameters(at_hand(place, "chat"))
    assert told == place.service().app.parameters()
    icons = client.installed_apps.meta(at_hand(place, "agent-chat")).tool_icons
    assert set(icons) == {"current_time", "make_image", "echo", "boom"}
