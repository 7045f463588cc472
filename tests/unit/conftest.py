"""Fixtures of the unit tests: a clean environment, the two twins, and pauses that take no time."""

import os

import pytest

from unit.twins import Twin


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    """No setting of the machine reaches a test."""
    for name in list(os.environ):
        if name.startswith(("DIFY_", "SSL_CERT")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(params=["sync", "async"])
def twin(request):
    """Either client; a test that takes it runs once for each."""
    return Twin(request.param)


@pytest.fixture
def pauses(monkeypatch):
    """The seconds that were slept, without sleeping."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("time.sleep", slept.append)
    monkeypatch.setattr("anyio.sleep", sleep)
    return slept


@pytest.fixture
def clock(monkeypatch):
    """A clock that passes when it is told to."""
    return Clock(monkeypatch)


class Clock:
    def __init__(self, monkeypatch):
        self._now = 1000.0
        monkeypatch.setattr("time.monotonic", lambda: self._now)

    def pass_(self, seconds):
        self._now += seconds
