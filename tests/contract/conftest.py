"""Stories are told once and run on both twins and in both profiles; against a live server where `DIFY_BASE_URL` names one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import get_args

import pytest

from dify_mock import MockServer
from dify_mock.contract import record
from dify_mock.contract.place import Place, Twin
from dify_mock.contract.twins import Bridge
from dify_mock.mock import Profile


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "empty: the story begins on a server before its first set-up")
    config.addinivalue_line("markers", "profiles(*names, reason): the story is about the wire of these profiles alone")


@pytest.hookimpl(tryfirst=True)  # the profile stands first in the id
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A story runs in every profile unless it says otherwise; a live server has one, Dify's own."""
    if "place" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("profiles")
        here = ("dify",) if os.environ.get("DIFY_BASE_URL") else get_args(Profile)
        metafunc.parametrize("profile", [one for one in here if marker is None or one in marker.args])


@pytest.fixture(params=["sync", "async"])
def twin(request: pytest.FixtureRequest) -> Twin:
    found: Twin = request.param
    return found


@pytest.fixture
def place(profile: Profile, twin: Twin, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Where the story takes place."""
    is_empty = request.node.get_closest_marker("empty") is not None
    if os.environ.get("DIFY_BASE_URL"):
        if is_empty:
            pytest.skip("the server was set up already")
        mock = None
    else:
        mock = MockServer(profile, "empty" if is_empty else "demo", pace=0)
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
