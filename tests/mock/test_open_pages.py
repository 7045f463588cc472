"""Pages that are open to everybody: the server's health, and what tiers say of themselves."""

import os

import httpx
import pytest

from dify_mock import MockServer
from dify_mock.contract import openapi
from dify_mock.contract.diff import compared
from dify_mock.profiles import WIRES
from dify_sdk import _registry

TALKING = sorted(_registry.tiers().keys() - {"triggers"})


@pytest.fixture(params=WIRES)
def http(request):
    mock = MockServer(request.param, pace=0)
    with httpx.Client(transport=mock.transport, base_url="http://mock") as http:
        http.profile = request.param
        yield http


def test_the_server_tells_how_it_is(http):
    reply = http.get("/health")
    assert reply.json() == {"pid": os.getpid(), "status": "ok", "version": "1.16.1"}
    assert http.head("/health").headers["content-length"] == str(len(reply.content))


@pytest.mark.parametrize("tier", TALKING)
def test_a_tier_publishes_its_specification_under_both_names(http, tier):
    prefix = _registry.tiers()[tier].prefix
    told = [http.get(f"{prefix}/{name}").json() for name in ("openapi.json", "swagger.json")]
    assert told == [openapi.document(tier, http.profile)] * 2


@pytest.mark.parametrize("tier", TALKING)
def test_a_tier_lists_its_operations_on_a_page(http, tier):
    found = _registry.tiers()[tier]
    page, older = (http.get(f"{found.prefix}/{name}") for name in ("swagger-ui.html", "docs"))
    assert (page.headers["content-type"], older.text) == ("text/html; charset=utf-8", page.text)
    assert f'href="{found.prefix}/openapi.json"' in page.text
    for path in openapi.document(tier, http.profile)["paths"]:
        assert f" {found.prefix}{path}</code>" in page.text


def test_webhooks_say_nothing_of_themselves(http):
    assert http.get("/triggers/openapi.json").status_code == 404


def test_a_mock_does_not_differ_from_the_declarations():
    with MockServer(pace=0) as mock:
        assert compared(mock.url, "service") == []
