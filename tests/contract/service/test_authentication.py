"""Stories of keys, and of the server's root, which needs none."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import AuthenticationError, ConfigurationError, NotFoundError, PermissionDeniedError


def test_the_root_tells_what_server_this_is(place: Place) -> None:
    try:
        info = place.service_with(None).server_info()
    except NotFoundError:
        assert place.live  # a server on a stock web framework does not know its own root
        return
    assert info.api_version
    assert info.server_version


def test_an_unknown_key_is_refused(place: Place) -> None:
    with pytest.raises(AuthenticationError, match="Access token is invalid") as refused:
        place.service_with("app-unknown").app.info()
    assert refused.value.code == "unauthorized"
    assert refused.value.headers["www-authenticate"] == 'Bearer realm="api"'


def test_a_refused_key_is_no_reason_to_look_at_the_rest(place: Place) -> None:
    with pytest.raises(AuthenticationError):
        place.service_with("app-unknown").chat.send(query="")


def test_a_key_for_knowledge_does_not_open_an_app(place: Place) -> None:
    key = place.mock.credentials.dataset_key
    with pytest.raises(AuthenticationError, match="Access token is invalid"):
        place.service_with(key.replace("dataset-", "app-")).app.info()
    with pytest.raises(ConfigurationError, match="app-"):
        place.service_with(key).app.info()


def test_a_key_of_an_app_does_not_open_knowledge(place: Place) -> None:
    key = place.mock.credentials.app_keys["chat"]
    with pytest.raises(AuthenticationError, match="Access token is invalid"):
        place.service_with(None, dataset_api_key=key.replace("app-", "dataset-")).models.list("llm")


def test_without_a_key_nothing_is_sent(place: Place) -> None:
    with pytest.raises(ConfigurationError, match="api_key"):
        place.service_with(None).app.info()


def test_an_app_whose_api_is_switched_off_is_forbidden(place: Place) -> None:
    place.mock.world.first_app("chat").enable_api = False
    with pytest.raises(PermissionDeniedError, match="API service has been disabled"):
        place.service().chat.send(query="Hello")


def test_the_key_of_a_deleted_app_is_forbidden(place: Place) -> None:
    world = place.mock.world
    del world.apps[world.first_app("chat").id]
    with pytest.raises(PermissionDeniedError, match="no longer exists"):
        place.service().app.info()


def test_a_refused_stream_raises_before_its_first_event(place: Place) -> None:
    with pytest.raises(AuthenticationError), place.service_with("app-unknown").chat.stream(query="Hello"):
        pass
