"""Stories of where runs are traced to: providers are configured, switched on, and never tell their secrets."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import BadRequestError, NotFoundError, PermissionDeniedError, UnprocessableEntityError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
LANGFUSE: dict[str, Any] = {"public_key": "pk-lf-0123456789", "secret_key": "sk-lf-9876543210", "host": "https://traces.example"}


def app_of(place: Place) -> str:
    return place.mock.world.first_app("chat").id


def test_nothing_is_traced_until_it_is_switched_on(place: Place) -> None:
    tracing, app_id = place.console().apps.tracing, app_of(place)
    status = tracing.get(app_id)
    assert (status.enabled, status.tracing_provider) == (False, None)
    assert tracing.update(app_id, enabled=True, tracing_provider="langfuse").result == "success"
    status = tracing.get(app_id)
    assert (status.enabled, status.tracing_provider) == (True, "langfuse")
    tracing.update(app_id, enabled=False)
    assert tracing.get(app_id).enabled is False


def test_each_app_is_traced_by_itself(place: Place) -> None:
    tracing = place.console().apps.tracing
    tracing.update(app_of(place), enabled=True, tracing_provider="opik")
    tracing.configs.create(app_of(place), tracing_provider="langfuse", tracing_config=LANGFUSE)
    other = place.mock.world.first_app("workflow").id
    assert tracing.get(other).enabled is False
    assert tracing.configs.get(other, tracing_provider="langfuse").has_not_configured


def test_traces_go_to_no_provider_that_there_is_not(place: Place) -> None:
    tracing, app_id = place.console().apps.tracing, app_of(place)
    with pytest.raises(BadRequestError):
        tracing.update(app_id, enabled=True, tracing_provider="nobody")
    with pytest.raises(BadRequestError):
        tracing.update(app_id, enabled=True)
    for write in (tracing.configs.create, tracing.configs.update):
        with pytest.raises(BadRequestError):
            write(app_id, tracing_provider="nobody", tracing_config={"key": "x"})
    assert tracing.get(app_id).enabled is False


def test_a_provider_is_configured_and_its_secrets_are_never_told(place: Place) -> None:
    configs, app_id = place.console().apps.tracing.configs, app_of(place)
    assert configs.get(app_id, tracing_provider="langfuse").has_not_configured
    assert configs.create(app_id, tracing_provider="langfuse", tracing_config=LANGFUSE).result == "success"
    told = configs.get(app_id, tracing_provider="langfuse")
    assert (told.app_id, told.tracing_provider, told.is_active, told.has_not_configured) == (app_id, "langfuse", True, None)
    config = told.tracing_config or {}
    assert (config["public_key"], config["secret_key"]) == ("pk-lf-************89", "sk-lf-************10")
    assert config["host"] == "https://traces.example"
    assert "traces.example" not in repr(told)


def test_a_short_secret_is_not_told_at_all(place: Place) -> None:
    configs, app_id = place.console().apps.tracing.configs, app_of(place)
    configs.create(app_id, tracing_provider="langsmith", tracing_config={"api_key": "short", "project": "p"})
    config = configs.get(app_id, tracing_provider="langsmith").tracing_config or {}
    assert (config["api_key"], config["project"]) == ("*" * 20, "p")
    assert config["endpoint"] == "https://api.smith.langchain.com"


def test_the_secrets_stand_in_no_journal(place: Place) -> None:
    configs, app_id = place.console().apps.tracing.configs, app_of(place)
    configs.create(app_id, tracing_provider="langfuse", tracing_config=LANGFUSE)
    configs.update(app_id, tracing_provider="langfuse", tracing_config=LANGFUSE)
    written = str(list(place.mock.journal))
    assert not [one for one in ("pk-lf", "sk-lf") if one in written]


def test_a_masked_secret_stays_what_it_is(place: Place) -> None:
    configs, app_id = place.console().apps.tracing.configs, app_of(place)
    configs.create(app_id, tracing_provider="langfuse", tracing_config=LANGFUSE)
    before = configs.get(app_id, tracing_provider="langfuse")
    place.mock.clock.advance(60)
    changed = {**(before.tracing_config or {}), "secret_key": "sk-lf-new-one-11", "host": "https://other.example"}
    assert configs.update(app_id, tracing_provider="langfuse", tracing_config=changed).result == "success"
    after = configs.get(app_id, tracing_provider="langfuse")
    config = after.tracing_config or {}
    assert (config["public_key"], config["secret_key"]) == ("pk-lf-************89", "sk-lf-************11")
    assert (config["host"], after.id) == ("https://other.example", before.id)
    assert (after.created_at, after.updated_at != before.updated_at) == (before.created_at, True)
    held = place.mock.world.tracing.configs[app_id, "langfuse"].secrets
    assert held == {"public_key": LANGFUSE["public_key"], "secret_key": "sk-lf-new-one-11"}


def test_a_provider_is_configured_once_and_forgotten_once(place: Place) -> None:
    configs, app_id = place.console().apps.tracing.configs, app_of(place)
    with pytest.raises(BadRequestError):
        configs.update(app_id, tracing_provider="langfuse", tracing_config=LANGFUSE)
    configs.create(app_id, tracing_provider="langfuse", tracing_config=LANGFUSE)
    with pytest.raises(BadRequestError):
        configs.create(app_id, tracing_provider="langfuse", tracing_config=LANGFUSE)
    assert configs.delete(app_id, tracing_provider="langfuse") is None
    assert configs.get(app_id, tracing_provider="langfuse").has_not_configured
    with pytest.raises(BadRequestError):
        configs.delete(app_id, tracing_provider="langfuse")


def test_a_provider_takes_no_configuration_without_its_keys(place: Place) -> None:
    configs, app_id = place.console().apps.tracing.configs, app_of(place)
    with pytest.raises(BadRequestError):
        configs.create(app_id, tracing_provider="langfuse", tracing_config={"host": "https://traces.example"})
    configs.create(app_id, tracing_provider="langfuse", tracing_config=LANGFUSE)
    with pytest.raises(BadRequestError):
        configs.update(app_id, tracing_provider="langfuse", tracing_config={**LANGFUSE, "secret_key": ""})


def test_there_is_nothing_to_trace_of_an_app_that_is_not_there(place: Place) -> None:
    tracing = place.console().apps.tracing
    with pytest.raises(NotFoundError):
        tracing.get(UNKNOWN)
    with pytest.raises(NotFoundError):
        tracing.configs.get(UNKNOWN, tracing_provider="langfuse")


@pytest.mark.profiles("dify", reason="the documents have one form for all arguments that do not fit")
def test_what_does_not_fit_is_named(place: Place) -> None:
    with pytest.raises(UnprocessableEntityError) as refused:
        place.console().apps.tracing.update(app_of(place), enabled="odd")  # type: ignore[arg-type]  # wrong on purpose
    assert list(refused.value.params) == ["enabled"]


def test_editors_say_where_traces_go_and_others_only_look(place: Place) -> None:
    app_id = app_of(place)
    place.member("editor").apps.tracing.configs.create(app_id, tracing_provider="langfuse", tracing_config=LANGFUSE)
    tracing = place.member("normal").apps.tracing
    assert tracing.get(app_id).enabled is False
    assert tracing.configs.get(app_id, tracing_provider="langfuse").tracing_provider == "langfuse"
    for attempt in (
        lambda: tracing.update(app_id, enabled=True, tracing_provider="langfuse"),
        lambda: tracing.configs.create(app_id, tracing_provider="opik", tracing_config={"api_key": "a-secret"}),
        lambda: tracing.configs.update(app_id, tracing_provider="langfuse", tracing_config=LANGFUSE),
        lambda: tracing.configs.delete(app_id, tracing_provider="langfuse"),
    ):
        with pytest.raises(PermissionDeniedError):
            attempt()
