"""Stories of who may use a page, where pages are open to everybody."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import InvalidParamError


def test_pages_are_public(place: Place) -> None:
    client = place.web()
    assert client.webapp.access_mode(appId=client.app.site().app_id).accessMode == "public"


def test_everybody_may_use_a_page(place: Place) -> None:
    client = place.web()
    assert client.webapp.permission(appId=client.app.site().app_id).result is True


def test_a_permission_is_one_to_use_an_app(place: Place) -> None:
    with pytest.raises(InvalidParamError, match="appId must be provided"):
        place.web().webapp.permission(appId="")
