"""Stories of the models of the workspace."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import InvalidParamError
from dify_sdk.service.models import ModelType


@pytest.mark.parametrize("kind", ["llm", "text-embedding", "rerank", "tts", "speech2text", "moderation"])
def test_a_workspace_lists_the_models_of_a_type(place: Place, kind: ModelType) -> None:
    for provider in place.knowledge().models.list(kind).data:
        assert provider.provider.count("/") == 2
        assert {model.model_type for model in provider.models} == {kind}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("llm", ["stub-chat", "stub-vision", "stub-completion"]),
        ("text-embedding", ["stub-embed"]),
        ("rerank", ["stub-rerank"]),
        ("tts", ["stub-tts"]),
        ("speech2text", ["stub-asr"]),
        ("moderation", ["stub-moderation"]),
    ],
)
def test_the_mock_has_models_of_every_type(place: Place, kind: ModelType, expected: list[str]) -> None:
    [provider] = place.knowledge(base_url=place.mock.url).models.list(kind).data
    assert [model.model for model in provider.models] == expected
    assert provider.label and provider.label.en_US == "Stub AI"


def test_voices_are_among_the_properties_of_a_model(place: Place) -> None:
    assert place.mock
    [provider] = place.knowledge().models.list("tts").data
    assert [voice["mode"] for voice in provider.models[0].model_properties["voices"]] == ["alloy", "nova"]


def test_a_provider_without_credentials_is_not_listed(place: Place) -> None:
    place.mock.world.provider_is_ready = False
    assert place.knowledge().models.list("llm").data == []


def test_there_are_six_types_and_no_other(place: Place) -> None:
    with pytest.raises(InvalidParamError, match="'brain' is not a valid ModelType"):
        place.knowledge().models.list("brain")  # type: ignore[arg-type]  # wrong on purpose
