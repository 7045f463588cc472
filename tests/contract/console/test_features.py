"""Stories of what a server and a workspace can do."""

from __future__ import annotations

from typing import Literal

import pytest

from dify_mock.accounts import Role
from dify_mock.contract.place import Place
from dify_mock.enterprise import Enterprise, License
from dify_sdk.errors import AuthenticationError, PermissionDeniedError


def test_the_console_and_the_pages_of_apps_tell_the_same(place: Place) -> None:
    told = place.console_of().system_features.get()  # nobody has signed in
    assert told == place.web().system_features.get()
    assert place.live or (told.deployment_edition, told.license and told.license.status) == ("COMMUNITY", "none")


def test_whether_strangers_may_register_is_told(place: Place) -> None:
    assert place.console_of().system_features.get().is_allow_register is False
    place.mock.world.settings.registration_is_open = True
    assert place.console_of().system_features.get().is_allow_register is True


@pytest.mark.empty
def test_a_server_tells_what_it_can_before_it_is_set_up(place: Place) -> None:
    assert place.console_of().system_features.get().enable_email_password_login is True


@pytest.mark.parametrize("role", ["owner", "normal"])
def test_the_community_edition_has_no_licence(place: Place, role: Role) -> None:
    client = place.console() if role == "owner" else place.member(role)
    told = client.system_features.get_license()
    assert (told.status, told.expired_at) == ("none", "")
    assert told.workspaces and told.seats
    assert (told.workspaces.enabled, told.seats.enabled) == (False, False)


def test_a_licence_says_how_much_of_it_is_taken(place: Place) -> None:
    world = place.mock.world
    world.enterprise = Enterprise(license=License("expiring", "2026-02-01", workspaces=5, seats=20))
    world.accounts.register("ann@example.com", "a-password-1")
    told = place.console().system_features.get_license()
    assert (told.status, told.expired_at) == ("expiring", "2026-02-01")
    assert told.workspaces and (told.workspaces.enabled, told.workspaces.size, told.workspaces.limit) == (True, 2, 5)
    assert told.seats and (told.seats.size, told.seats.limit) == (2, 20)
    shown = place.console_of().system_features.get()
    assert (shown.deployment_edition, shown.license and shown.license.status) == ("ENTERPRISE", "expiring")


@pytest.mark.parametrize("status", ["inactive", "expired", "lost"])
def test_without_a_licence_everybody_is_signed_out(place: Place, status: Literal["inactive", "expired", "lost"]) -> None:
    client, world = place.console(), place.mock.world
    client.sign_in()
    world.enterprise = Enterprise(license=License(status))
    with pytest.raises((AuthenticationError, PermissionDeniedError)):
        client.apps.list()
    assert client.session is None
    told = client.system_features.get().license
    assert told and told.status == status
    assert client.features.get().billing, "what says so is still told"
    world.enterprise.license.status = "expiring"
    assert client.apps.list().data


def test_a_workspace_tells_what_it_can(place: Place) -> None:
    told = place.console().features.get()
    assert told.billing and told.billing.subscription
    assert (told.billing.enabled, told.billing.subscription.plan) == (False, "sandbox")
    assert (told.can_replace_logo, told.dataset_operator_enabled, told.webapp_copyright_enabled) == (False, False, False)
    assert told.is_allow_transfer_workspace is True
    settings = place.mock.world.settings
    settings.logo_is_replaceable = settings.has_dataset_operators = True
    changed = place.console().features.get()
    assert (changed.can_replace_logo, changed.dataset_operator_enabled) == (True, True)


def test_the_cloud_says_that_it_is_the_cloud(place: Place) -> None:
    client = place.console_of()
    assert client.system_features.get().deployment_edition == "COMMUNITY"
    place.mock.world.settings.is_cloud = True
    assert client.system_features.get().deployment_edition == "CLOUD"


def test_an_enterprises_workspace_can_more_and_counts_its_members(place: Place) -> None:
    world = place.mock.world
    world.enterprise = Enterprise(lets_owners_transfer=False)
    world.accounts.workspaces[world.workspace_id].seats = 3
    place.member("normal")
    told = place.console().features.get()
    assert told.workspace_members and told.knowledge_pipeline
    assert (told.workspace_members.enabled, told.workspace_members.size, told.workspace_members.limit) == (True, 2, 3)
    assert (told.webapp_copyright_enabled, told.knowledge_pipeline.publish_enabled) == (True, True)
    assert told.is_allow_transfer_workspace is False


def test_room_for_vectors_is_told(place: Place) -> None:
    told = place.console().features.get_vector_space()
    assert (told.size, told.limit) == (0, 5)
