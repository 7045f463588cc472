"""Stories are told once and run on both twins; against a live server where `DIFY_BASE_URL` names one."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from dify_mock import MockServer
from dify_mock.contract import record
from dify_mock.contract.place import Place, Twin
from dify_mock.contract.twins import Bridge


@pytest.fixture(params=["sync", "async"])
def twin(request: pytest.FixtureRequest) -> Twin:
    found: Twin = request.param
    return found


@pytest.fixture
def place(twin: Twin, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Where the story takes place."""
    mock = None if os.environ.get("DIFY_BASE_URL") else MockServer(pace=0)
    place = Place(twin, mock)
    yield place
    place.close()
    if mock is not None:
        record.note(request.node, mock.journal)


@pytest.fixture(scope="module", params=["sync", "async"])
def bridge(request: pytest.FixtureRequest) -> Iterator[Bridge | None]:
    """None for the blocking twin, a loop for the other; for tests too many to have a loop each."""
    if request.param == "sync":
        yield None
        return
    found = Bridge()
    yield found
    found.close()
