"""Stories of agents that look into knowledge."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import NotFoundError, PermissionDeniedError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def asked(place: Place, **changes: Any) -> dict[str, Any]:
    world = place.mock.world
    app_id = world.first_app("agent-chat").id
    caller = {"tenant_id": world.workspace_id, "user_id": "ann", "app_id": app_id, "user_from": "end-user", "invoke_from": "service-api"}
    return {
        "caller": {**caller, **changes},
        "dataset_ids": [next(iter(world.knowledge.datasets))],
        "retrieval": {"mode": "multiple", "top_k": 1},
        "query": "When do owls hunt?",
    }


def test_an_agent_finds_what_is_known(place: Place) -> None:
    found = place.inner().knowledge.retrieve(**asked(place))
    [source] = found.results
    assert (source.title, "Owls hunt at night." in (source.content or "")) == ("Owls", True)
    assert source.metadata.dataset_name == "Demo Knowledge"
    assert found.usage is not None


def test_documents_are_chosen_by_their_metadata(place: Place) -> None:
    condition = {"name": "document_name", "comparison_operator": "is", "value": "Foxes"}
    [dataset_id] = asked(place)["dataset_ids"]
    place.knowledge().datasets.metadata.built_in.toggle(dataset_id, "enable")
    filtering: dict[str, Any] = {"mode": "manual", "conditions": {"logical_operator": "and", "conditions": [condition]}}
    wide = {**asked(place), "retrieval": {"mode": "multiple", "top_k": 9}, "query": "Foxes"}
    found = [place.inner().knowledge.retrieve(**wide, **more).results for more in ({}, {"metadata_filtering": filtering})]
    assert [{one.title for one in results} for results in found] == [{"Foxes", "Owls"}, {"Foxes"}]


def test_what_is_not_there_is_not_found(place: Place) -> None:
    client = place.inner()
    with pytest.raises(NotFoundError, match="App not found"):
        client.knowledge.retrieve(**asked(place, app_id=UNKNOWN))
    with pytest.raises(NotFoundError, match=UNKNOWN):
        client.knowledge.retrieve(**{**asked(place), "dataset_ids": [UNKNOWN]})
    with pytest.raises(PermissionDeniedError):
        client.knowledge.retrieve(**asked(place, tenant_id=UNKNOWN))
