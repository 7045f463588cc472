"""Samples of replies: what they are made of, and that they are counted apart."""

import re

import httpx
import pytest
from pydantic import TypeAdapter

from dify_mock import MockServer
from dify_mock.contract import coverage
from dify_mock.registry import HANDLERS
from dify_mock.sampled import sample
from dify_mock.server import PREFIXES
from dify_sdk import ConsoleClient, _registry
from dify_sdk._endpoint import Download, Relayed, Streamed


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "sample"),
        ({"type": "string", "format": "date"}, "2026-01-05"),
        ({"type": "string", "default": ""}, ""),
        ({"type": "integer", "minimum": 3}, 3),
        ({"type": "boolean"}, False),
        ({"const": "a"}, "a"),
        ({"enum": ["b", "c"]}, "b"),
        ({"anyOf": [{"type": "null"}, {"type": "number"}]}, 1),
        ({"type": "array", "items": {"type": "string"}, "default": []}, ["sample"]),
        ({"type": "object", "properties": {"a": {"type": "boolean"}}}, {"a": False}),
        ({}, None),
    ],
)
def test_a_sample_fits_its_schema(schema, expected):
    assert sample(schema) == expected


def test_what_holds_itself_ends():
    node = {"type": "object", "properties": {"below": {"type": "array", "items": {"$ref": "#/$defs/Node"}}, "up": {"$ref": "#/$defs/Up"}}}
    up = {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]}
    assert sample({"$ref": "#/$defs/Node", "$defs": {"Node": node, "Up": up}}) == {"below": [], "up": None}


@pytest.mark.parametrize("tier", sorted(_registry.tiers()))
def test_every_reply_of_the_registry_can_be_sampled(tier):
    for one in _registry.operations(tier):
        if not isinstance(one.declaration, (Download, Relayed, Streamed)):
            adapter: TypeAdapter = one.declaration.adapter
            adapter.validate_python(sample(adapter.json_schema()))


def test_samples_are_counted_apart():
    found = coverage.tally("inner")
    assert found.handwritten | found.sampled == found.operations
    assert not found.handwritten & found.sampled
    assert "invoke.moderation" in found.sampled
    assert {"invoke.llm", "apps.info", "enterprise.workspaces.import_dsl"} <= found.handwritten


# What is answered by a sample. The list may only shrink.
SAMPLED = {
    *(f"console.account.education.{name}" for name in ("activate", "autocomplete", "status", "verify")),
    "console.apps.publish_to_creators_platform",
    *(f"inner.agent_config.{name}" for name in ("get_manifest", "push", "request_download", "skills.inspect", "update_env", "update_note")),
    "inner.enterprise.credentials.resolve",
    *(f"inner.invoke.{name}" for name in ("agent_tool", "encrypt", "moderation", "parameter_extractor", "question_classifier", "summary")),
    "inner.invoke.text_embedding",
}


def test_what_is_sampled_is_known():
    for tier in PREFIXES:
        coverage.tally(tier)  # registers its handlers
    assert {name for name, one in HANDLERS.items() if one.sampled} == SAMPLED


@pytest.mark.parametrize("name", sorted(one for one in SAMPLED if one.startswith("console.")))
def test_samples_of_the_console_are_for_those_who_have_signed_in(name):
    mock = MockServer()
    mock.world.settings.is_cloud = True  # where education is
    [one] = [one for one in _registry.operations("console") if one.declaration.id == name]
    path = re.sub(r"{app_id[^}]*}", mock.world.first_app("chat").id, one.url_path)
    with httpx.Client(transport=mock.transport) as http:
        client = ConsoleClient(mock.credentials.email, mock.credentials.password, base_url="http://mock.localhost", http_client=http)
        client.sign_in()
        whole = client.session.headers()
    half = {name: value for name, value in whole.items() if name.lower() != "x-csrf-token"}
    assert half != whole
    with httpx.Client(transport=mock.transport, base_url="http://mock.localhost") as http:
        statuses = [http.request(one.declaration.route.verb, path, headers=shown).status_code for shown in ({}, half, whole)]
    assert statuses[:2] == [401, 401]
    assert statuses[2] != 401
