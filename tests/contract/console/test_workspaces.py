"""Stories of workspaces: looked at, renamed, dressed, gone to and listed."""

from __future__ import annotations

import pytest

from dify_mock.accounts import Role, Workspace
from dify_mock.contract.place import Place
from dify_mock.enterprise import Enterprise
from dify_sdk.errors import (
    AuthenticationError,
    ConfigurationError,
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    UnsupportedFileTypeError,
)

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
LOGO = ("logo.png", b"\x89PNG", "image/png")


@pytest.fixture
def second(place: Place) -> Workspace:
    """Another workspace, where the owner of the first is an editor."""
    accounts = place.mock.world.accounts
    made = accounts.add_workspace("Second", accounts.add("ann@example.com"))
    accounts.join(made, place.mock.world.owner, "editor")
    return made


@pytest.mark.parametrize("role", ["owner", "admin", "editor", "normal", "dataset_operator"])
def test_everybody_sees_where_they_are_and_as_what(place: Place, role: Role) -> None:
    client = place.console() if role == "owner" else place.member(role)
    told = client.workspace.get_summary()
    assert (told.name, told.role) == ("Admin's Workspace", role)
    [mine] = client.workspaces.list().workspaces
    assert (mine.id, mine.name, mine.status, mine.current) == (told.id, told.name, "normal", True)
    assert mine.created_at and mine.last_opened_at


def test_a_workspace_gets_another_name(place: Place) -> None:
    client = place.console()
    changed = client.workspace.rename(name="Ours")
    assert (changed.result, changed.tenant.name, changed.tenant.role) == ("success", "Ours", "owner")
    assert client.workspace.get_summary().name == "Ours"
    assert place.openapi().workspaces.get(changed.tenant.id).name == "Ours"


def test_whoever_goes_to_another_workspace_sees_what_is_there(place: Place, second: Workspace) -> None:
    client, at_home = place.console(), place.console()
    client.tags.create(name="of the first", type="app")
    place.mock.clock.advance(60)
    there = client.workspaces.switch(tenant_id=second.id)
    assert (there.result, there.new_tenant.id, there.new_tenant.name, there.new_tenant.role) == ("success", second.id, "Second", "editor")
    for session in (client, at_home):  # all of the account's sessions go
        assert session.workspace.get_summary().id == second.id
        assert session.tags.list(type="app") == []
    told = {one.name: one for one in client.workspaces.list().workspaces}
    assert {name: one.current for name, one in told.items()} == {"Admin's Workspace": False, "Second": True}
    assert told["Second"].last_opened_at == (told["Admin's Workspace"].last_opened_at or 0) + 60

    client.tags.create(name="of the first", type="app")  # names are taken in one workspace at a time
    client.workspaces.switch(tenant_id=place.mock.world.workspace_id)
    assert [one.binding_count for one in client.tags.list(type="app")] == ["0"]


def test_labels_of_another_workspace_are_not_there(place: Place, second: Workspace) -> None:
    client = place.console()
    made = client.tags.create(name="of the first", type="app")
    client.workspaces.switch(tenant_id=second.id)
    with pytest.raises(NotFoundError):
        client.tags.update(made.id, name="taken along")
    with pytest.raises(NotFoundError):
        client.tags.delete(made.id)


def test_datasets_of_another_workspace_are_not_there_to_be_labelled(place: Place, second: Workspace) -> None:
    client, dataset = place.console(), place.knowledge().datasets.create(name="of the first")
    client.workspaces.switch(tenant_id=second.id)
    label = client.tags.create(name="of the second", type="knowledge")
    with pytest.raises(NotFoundError):
        client.tags.bind(tag_ids=[label.id], target_id=dataset.id, type="knowledge")


def test_a_program_follows_to_the_workspace(place: Place, second: Workspace) -> None:
    place.console().workspaces.switch(tenant_id=second.id)
    assert place.openapi().account.get().default_workspace_id == second.id
    place.openapi().workspaces.switch(place.mock.world.workspace_id)
    assert place.console().workspace.get_summary().id == place.mock.world.workspace_id


def test_nobody_goes_where_they_do_not_belong(place: Place, second: Workspace) -> None:
    client = place.console()
    place.mock.world.accounts.leave(second, place.mock.world.owner)
    for workspace_id in (second.id, UNKNOWN):
        with pytest.raises(PermissionDeniedError):
            client.workspaces.switch(tenant_id=workspace_id)
    assert client.workspace.get_summary().id == place.mock.world.workspace_id


def test_an_archived_workspace_is_closed(place: Place, second: Workspace) -> None:
    client = place.console()
    client.workspaces.switch(tenant_id=second.id)
    second.status = "archive"
    with pytest.raises(ConflictError):
        client.workspace.get_summary()
    assert [one.name for one in client.workspaces.list().workspaces] == ["Admin's Workspace"]
    with pytest.raises(PermissionDeniedError):
        client.workspaces.switch(tenant_id=second.id)


def test_the_administrator_sees_all_workspaces(place: Place, second: Workspace) -> None:
    world = place.mock.world
    with pytest.raises(AuthenticationError):
        place.console_of(admin_api_key="admin-key").workspaces.list_all()
    world.settings.admin_api_key = "admin-key"
    page = place.console_of(admin_api_key="admin-key").workspaces.list_all(limit=1)
    assert (page.listing.total, page.listing.has_more) == (2, True)
    assert [(one.id, one.name, one.status) for one in page] == [
        (second.id, "Second", "normal"),
        (world.workspace_id, "Admin's Workspace", "normal"),
    ]
    with pytest.raises(ConfigurationError):
        place.console().workspaces.list_all()


def test_the_administrators_key_leaves_the_owner_where_they_are(place: Place) -> None:
    world, client = place.mock.world, place.console()
    other = world.accounts.add_workspace("Other", world.owner)
    world.settings.admin_api_key = "admin-key"
    administrator = place.console_of(admin_api_key="admin-key", workspace_id=other.id)
    assert administrator.workspace.rename(name="Renamed").tenant.role == "owner"
    assert [one.name for one in administrator.workspaces.list().workspaces if one.current] == ["Renamed"]
    assert client.workspace.get_summary().name == "Admin's Workspace"


def test_pages_show_the_logo_of_their_workspace(place: Place) -> None:
    place.mock.world.settings.logo_is_replaceable = True
    workspace = place.console().workspace
    assert (workspace.get_custom_config().remove_webapp_brand, workspace.get_custom_config().replace_webapp_logo) == (False, None)

    uploaded = workspace.upload_webapp_logo(file=LOGO)
    with pytest.raises(NotFoundError):  # it is not shown yet
        place.files().workspaces.get_webapp_logo(place.mock.world.workspace_id)
    changed = workspace.update_custom_config(remove_webapp_brand=True, replace_webapp_logo=uploaded.id)
    assert changed.tenant.custom_config == workspace.get_custom_config()
    assert place.files().workspaces.get_webapp_logo(changed.tenant.id).read() == LOGO[1]

    page = place.web().app.site()
    assert page.can_replace_logo and page.custom_config
    assert page.custom_config.remove_webapp_brand is True
    assert page.custom_config.replace_webapp_logo == workspace.get_custom_config().replace_webapp_logo


def test_a_logo_stays_until_another_is_named(place: Place) -> None:
    workspace = place.console().workspace
    uploaded = workspace.upload_webapp_logo(file=LOGO)
    workspace.update_custom_config(remove_webapp_brand=True, replace_webapp_logo=uploaded.id)
    workspace.update_custom_config()
    told = workspace.get_custom_config()
    assert told.remove_webapp_brand is False
    assert told.replace_webapp_logo
    workspace.update_custom_config(replace_webapp_logo="")
    assert workspace.get_custom_config().replace_webapp_logo is None


def test_what_pages_look_like_is_told_to_managers(place: Place) -> None:
    place.mock.world.settings.logo_is_replaceable = True
    assert place.member("admin").workspace.rename(name="A").tenant.custom_config
    assert place.member("normal").workspace.rename(name="B").tenant.custom_config is None
    place.mock.world.settings.logo_is_replaceable = False
    assert place.console().workspace.rename(name="C").tenant.custom_config is None
    assert place.web().app.site().custom_config is None


def test_a_logo_is_a_picture(place: Place) -> None:
    workspace = place.console().workspace
    assert workspace.upload_webapp_logo(file=("logo.SVG", b"<svg/>", "image/svg+xml")).id
    with pytest.raises(UnsupportedFileTypeError):
        workspace.upload_webapp_logo(file=("logo.txt", b"logo", "text/plain"))


def test_only_enterprises_have_rules_for_their_workspaces(place: Place) -> None:
    workspace = place.console().workspace
    with pytest.raises(NotFoundError):
        workspace.get_permissions()
    place.mock.world.enterprise = Enterprise()
    told = workspace.get_permissions()
    assert (told.workspace_id, told.allow_member_invite, told.allow_owner_transfer) == (place.mock.world.workspace_id, True, True)
