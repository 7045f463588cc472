"""Stories of what the mock answers by a sample: the arguments are checked, and what comes fits."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import APIStatusError, InvalidParamError

MODEL = {"provider": "p", "model": "m"}
SETTINGS: dict[str, Any] = {"provider": "p", "name": "m", "mode": "chat"}


def version(caller: dict[str, str]) -> dict[str, Any]:
    return {**caller, "config_version_id": "v1", "config_version_kind": "draft"}


def test_models_of_other_kinds_answer(place: Place, caller: dict[str, str]) -> None:
    invoke = place.inner().invoke
    assert invoke.moderation(**caller, **MODEL, text="x").data.result is False
    assert invoke.summary(**caller, text="x", instruction="y").data.summary
    assert invoke.text_embedding(**caller, **MODEL, texts=["x"]).data.embeddings
    assert invoke.question_classifier(**caller, query="x", model=SETTINGS, classes=[], instruction="y").data
    assert invoke.parameter_extractor(**caller, query="x", model=SETTINGS, parameters=[], instruction="y").data
    assert invoke.encrypt(**caller, opt="encrypt", namespace="endpoint", identity="i", data={}, config=[]).data


def test_an_agent_calls_a_tool(place: Place, caller: dict[str, str]) -> None:
    about = {**caller, "user_from": "end-user", "app_id": "a", "invoke_from": "service-api"}
    tool: dict[str, Any] = {"provider_type": "builtin", "provider_id": "p", "tool_name": "t"}
    assert place.inner().invoke.agent_tool(caller=about, tool=tool).observation
    with pytest.raises(InvalidParamError, match="tenant not found"):
        place.inner().invoke.agent_tool(caller={**about, "tenant_id": "nothere"}, tool=tool)


def test_an_agents_configuration_is_read_and_written(place: Place, caller: dict[str, str]) -> None:
    config = place.inner().agent_config
    assert config.get_manifest("a1", **version(caller)).skills.items
    assert config.push("a1", **version(caller), note="n").agent_id
    assert config.update_env("a1", **version(caller), env_text="A=1").env_keys
    assert config.update_note("a1", **version(caller), note="n").note
    assert config.request_download("a1", **version(caller), config={"kind": "file", "name": "f"}).download_uri
    assert config.skills.inspect("a1", "s1", **version(caller)).name


def test_credentials_are_resolved(place: Place) -> None:
    tenant_id = place.mock.world.workspace_id
    assert place.management().enterprise.credentials.resolve(tenant_id=tenant_id).credentials


def test_arguments_of_samples_are_checked(place: Place, caller: dict[str, str]) -> None:
    broken: Any = {**version(caller), "config_version_kind": "odd"}
    with pytest.raises(APIStatusError, match="config_version_kind"):
        place.inner().agent_config.update_note("a1", **broken, note="n")
