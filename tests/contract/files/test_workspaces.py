"""Stories of what a workspace shows to everybody."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import NotFoundError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def test_a_workspace_shows_its_logo(place: Place) -> None:
    workspace = place.console().workspace
    uploaded = workspace.upload_webapp_logo(file=("logo.png", b"\x89PNG", "image/png"))
    workspace.update_custom_config(replace_webapp_logo=uploaded.id)
    shown = place.files().workspaces.get_webapp_logo(workspace.get_summary().id)
    assert (shown.read(), shown.content_type) == (b"\x89PNG", "image/png")


def test_a_workspace_without_a_logo_shows_none(place: Place) -> None:
    for workspace_id in (place.mock.world.workspace_id, UNKNOWN):
        with pytest.raises(NotFoundError, match="logo is not found"):
            place.files().workspaces.get_webapp_logo(workspace_id)
