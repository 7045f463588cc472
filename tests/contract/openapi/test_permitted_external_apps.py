"""Stories of apps that are open to somebody without an account, as enterprise servers have them."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_mock.devices import Stranger
from dify_mock.enterprise import AccessMode, Enterprise
from dify_sdk.errors import NotFoundError, PermissionDeniedError, UnprocessableEntityError
from dify_sdk.openapi import OpenAPIClient

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


@pytest.fixture
def client(place: Place) -> OpenAPIClient:
    """A program of somebody without an account."""
    place.mock.world.enterprise = Enterprise()
    return place.openapi_with(place.mock.world.devices.sign_in(Stranger("carl@elsewhere.example", "https://sso.example.com")).token)


def close(place: Place, mode: AccessMode) -> str:
    """Keep the page of the chat for some; answers the app's id."""
    world = place.mock.world
    assert world.enterprise
    app = world.first_app("chat")
    world.enterprise.access[app.id] = mode
    return app.id


def test_apps_are_listed_the_newest_first(place: Place, client: OpenAPIClient) -> None:
    rows = client.permitted_external_apps.list()
    assert [one.name for one in rows] == ["Demo Workflow", "Demo Chatflow", "Demo Agent", "Demo Completion", "Demo Chat"]
    assert rows.data[0].workspace_id == place.mock.world.workspace_id


def test_apps_are_found_by_mode_and_name(client: OpenAPIClient) -> None:
    apps = client.permitted_external_apps
    assert [one.name for one in apps.list(mode="workflow")] == ["Demo Workflow"]
    assert [one.name for one in apps.list(name="chat")] == ["Demo Chatflow", "Demo Chat"]
    first = apps.list(limit=2)
    assert (len(first.data), first.total, first.has_more) == (2, 5, True)
    with pytest.raises(UnprocessableEntityError):
        apps.list(limit=201)


@pytest.mark.parametrize(("mode", "is_open"), [("public", True), ("sso_verified", True), ("private", False), ("private_all", False)])
def test_only_open_apps_are_there(place: Place, client: OpenAPIClient, mode: AccessMode, is_open: bool) -> None:  # noqa: FBT001  # a case
    app_id = close(place, mode)
    assert (app_id in [one.id for one in client.permitted_external_apps.list()]) is is_open
    if is_open:
        info = client.permitted_external_apps.get(app_id, fields="info").info
        assert info
        assert info.name == "Demo Chat"
    else:
        with pytest.raises(NotFoundError, match="app not found"):
            client.permitted_external_apps.get(app_id)


def test_an_app_is_described_by_its_parts(place: Place, client: OpenAPIClient) -> None:
    told = client.permitted_external_apps.get(place.mock.world.first_app("workflow").id)
    assert told.info
    assert told.parameters
    assert told.input_schema
    assert told.input_schema["properties"]["inputs"]["required"] == ["query"]
    with pytest.raises(NotFoundError, match="app not found"):
        client.permitted_external_apps.get(UNKNOWN)


def test_accounts_have_apps_of_their_own(place: Place, client: OpenAPIClient) -> None:
    with pytest.raises(PermissionDeniedError, match="unsupported_token_type"):
        place.openapi().permitted_external_apps.list()


def test_the_community_edition_knows_nobody_from_elsewhere(place: Place, client: OpenAPIClient) -> None:
    place.mock.world.enterprise = None
    with pytest.raises(PermissionDeniedError, match="external_sso_requires_ee"):
        client.permitted_external_apps.list()
