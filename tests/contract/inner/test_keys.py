"""Stories of the keys that the parts of a server share."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import AuthenticationError, InvalidParamError, NotFoundError


def test_plugins_with_a_wrong_key_find_nothing(place: Place, caller: dict[str, str]) -> None:
    app_id = place.mock.world.first_app("chat").id
    for key in ("wrong", place.mock.credentials.inner_key):
        with pytest.raises(NotFoundError):
            place.inner_with(key).apps.info(**caller, app_id=app_id)


def test_management_with_a_wrong_key_is_told(place: Place) -> None:
    for key in ("wrong", place.mock.credentials.inner_plugin_key):
        with pytest.raises(AuthenticationError, match="inner API key"):
            place.inner_with(key).enterprise.workspaces.create_ownerless(name="Other")
        with pytest.raises(AuthenticationError):
            place.inner_with(key).billing.send_mail(to=["a@example.com"], subject="s", body="b")


def test_management_may_be_switched_off(place: Place, caller: dict[str, str]) -> None:
    place.mock.world.interior.is_open = False
    with pytest.raises(NotFoundError):
        place.management().enterprise.workspaces.create_ownerless(name="Other")
    assert place.inner().apps.info(**caller, app_id=place.mock.world.first_app("chat").id).data


def test_a_workspace_that_there_is_not_is_refused(place: Place) -> None:
    client = place.inner()
    other = {"tenant_id": "59f9d59a-4750-450f-8923-95571dc4f3b7", "user_id": "ann"}
    with pytest.raises(InvalidParamError, match="tenant not found"):
        client.apps.info(**other, app_id=place.mock.world.first_app("chat").id)
    with pytest.raises(InvalidParamError, match="tenant not found"):
        client.invoke.summary(**other, text="x", instruction="y")  # a sample asks that too
