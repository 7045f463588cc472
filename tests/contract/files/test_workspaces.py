"""Stories of what a workspace shows to everybody."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_mock.state import RemoteFile
from dify_sdk.errors import NotFoundError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def test_a_workspace_shows_its_logo(place: Place) -> None:
    place.mock.world.logo = RemoteFile(b"\x89PNG", "image/png")
    shown = place.files().workspaces.get_webapp_logo(place.mock.world.workspace_id)
    assert (shown.read(), shown.content_type) == (b"\x89PNG", "image/png")


def test_a_workspace_without_a_logo_shows_none(place: Place) -> None:
    for workspace_id in (place.mock.world.workspace_id, UNKNOWN):
        with pytest.raises(NotFoundError, match="logo is not found"):
            place.files().workspaces.get_webapp_logo(workspace_id)
