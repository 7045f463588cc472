"""Fixtures for tests that talk to Dify: a mock server, and clients on it. Nothing is imported before it is used."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dify_sdk import AsyncServiceClient, ServiceClient

    from .mock import MockServer


@pytest.fixture
def dify_mock() -> Iterator[MockServer]:
    """A mock Dify with an app of every mode, on a real socket of this machine."""
    from .mock import MockServer

    with MockServer() as mock:
        yield mock


@pytest.fixture
def dify_client(dify_mock: MockServer) -> Iterator[ServiceClient]:
    """A client with the keys of the mock's chat app and knowledge."""
    from dify_sdk import ServiceClient

    credentials = dify_mock.credentials
    with ServiceClient(
        credentials.app_keys["chat"], dataset_api_key=credentials.dataset_key, base_url=dify_mock.url, user="test-user"
    ) as client:
        yield client


@pytest.fixture
async def async_dify_client(dify_mock: MockServer) -> AsyncIterator[AsyncServiceClient]:
    """The asynchronous twin of `dify_client`; it wants anyio's plugin, or another that runs asynchronous fixtures."""
    from dify_sdk import AsyncServiceClient

    credentials = dify_mock.credentials
    async with AsyncServiceClient(
        credentials.app_keys["chat"], dataset_api_key=credentials.dataset_key, base_url=dify_mock.url, user="test-user"
    ) as client:
        yield client
