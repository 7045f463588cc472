"""Who asks in stories of the inner tier."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place


@pytest.fixture
def caller(place: Place) -> dict[str, str]:
    """A workspace and a user of it, as plugins name them."""
    return {"tenant_id": place.mock.world.workspace_id, "user_id": "ann"}
