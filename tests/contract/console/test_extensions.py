"""Stories of services elsewhere that apps call."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_mock.extensions import BuiltIn
from dify_sdk.console.extensions import Extension
from dify_sdk.errors import BadRequestError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
KEY = "a-secret-key"


def made(place: Place, name: str = "Weather") -> Extension:
    return place.console().extensions.create(name=name, api_endpoint="https://weather.example.com/dify", api_key=KEY)


def test_a_service_is_made_known_changed_and_forgotten(place: Place) -> None:
    extensions, first = place.console().extensions, made(place)
    assert (first.name, first.api_endpoint) == ("Weather", "https://weather.example.com/dify")
    assert first.created_at
    assert [one.id for one in extensions.list()] == [first.id]
    changed = extensions.update(first.id, name="Rain", api_endpoint="https://rain.example.com", api_key="another-key-1")
    assert changed == extensions.get(first.id)
    assert (changed.name, changed.api_endpoint) == ("Rain", "https://rain.example.com")
    assert extensions.delete(first.id) is None
    assert extensions.list() == []


def test_of_a_key_only_the_ends_are_shown(place: Place) -> None:
    first = made(place)
    assert first.api_key == "a-s******key"
    assert first.api_key not in repr(first)
    short = place.console().extensions.update(first.id, name="Weather", api_endpoint=first.api_endpoint, api_key="12345")
    assert short.api_key == "1******5"


def test_a_key_that_is_hidden_stays_as_it_is(place: Place) -> None:
    first = made(place)
    kept = place.console().extensions.update(first.id, name="Rain", api_endpoint=first.api_endpoint, api_key="[__HIDDEN__]")
    assert (kept.name, kept.api_key) == ("Rain", first.api_key)


def test_two_services_have_different_names(place: Place) -> None:
    extensions, first, second = place.console().extensions, made(place), made(place, "Tides")
    assert [one.name for one in extensions.list()] == ["Tides", "Weather"]
    with pytest.raises(BadRequestError):
        made(place)
    with pytest.raises(BadRequestError):
        extensions.update(second.id, name="Weather", api_endpoint=second.api_endpoint, api_key=KEY)
    assert extensions.update(first.id, name="Weather", api_endpoint=first.api_endpoint, api_key=KEY).id == first.id


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"api_endpoint": ""},
        {"api_key": ""},
        {"api_key": "1234"},
        {"api_endpoint": "ftp://x.org"},
        {"api_endpoint": "http://[::1"},
    ],
)
def test_a_service_is_set_up_right(place: Place, wrong: dict[str, str]) -> None:
    right = {"name": "Weather", "api_endpoint": "https://weather.example.com", "api_key": KEY}
    with pytest.raises(BadRequestError):
        place.console().extensions.create(**{**right, **wrong})
    assert place.console().extensions.list() == []


def test_a_service_that_does_not_answer_is_not_taken(place: Place) -> None:
    with pytest.raises(BadRequestError, match="connection error"):
        place.console().extensions.create(name="Nowhere", api_endpoint="https://nowhere.invalid/", api_key=KEY)


def test_what_is_not_there_is_not_found(place: Place) -> None:
    extensions = place.console().extensions
    for ask in (extensions.get, extensions.delete):
        with pytest.raises(BadRequestError, match="not found"):
            ask(UNKNOWN)
    with pytest.raises(BadRequestError):
        extensions.update(UNKNOWN, name="x", api_endpoint="https://x.org", api_key=KEY)


def test_another_workspace_has_services_of_its_own(place: Place) -> None:
    first, accounts = made(place), place.mock.world.accounts
    accounts.register("ann@example.com", "a-password-1")
    hers = place.console_of("ann@example.com", "a-password-1").extensions
    assert hers.list() == []
    with pytest.raises(BadRequestError):
        hers.get(first.id)
    assert hers.create(name="Weather", api_endpoint=first.api_endpoint, api_key=KEY).id != first.id


def test_extensions_that_the_server_was_built_with_are_listed(place: Place) -> None:
    extensions = place.console().extensions
    assert (extensions.list_code_based(module="moderation").module, extensions.list_code_based(module="moderation").data) == (
        "moderation",
        [],
    )
    form = [{"type": "text-input", "label": {"en-US": "City"}, "variable": "city", "required": True}]
    place.mock.world.extensions.built_in["external_data_tool"].append(BuiltIn("weather_search", {"en-US": "Weather"}, form))
    [found] = extensions.list_code_based(module="external_data_tool").data
    assert (found.name, found.label, found.form_schema) == ("weather_search", {"en-US": "Weather"}, form)
    with pytest.raises(BadRequestError, match="not found"):
        extensions.list_code_based(module="weather")
