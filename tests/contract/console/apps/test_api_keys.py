"""Stories of the keys of an app: made, used, counted and taken away."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import AuthenticationError, BadRequestError, NotFoundError, PermissionDeniedError

UNKNOWN = "66339d0e-c3f9-4ac1-bb56-e7ab511fd5a2"


def test_a_key_opens_its_app_until_it_is_deleted(place: Place) -> None:
    keys, app = place.console().apps.api_keys, place.mock.world.first_app("completion")
    made = keys.create(app.id)
    assert (made.type, made.token[:4], made.last_used_at) == ("app", "app-", None)
    service = place.service_with(made.token)
    assert service.app.info().name == app.name
    assert made.id in [one.id for one in keys.list(app.id).data]
    assert keys.delete(app.id, made.id) is None
    assert made.id not in [one.id for one in keys.list(app.id).data]
    with pytest.raises(AuthenticationError):
        service.app.info()


def test_a_key_tells_when_it_was_used_last(place: Place) -> None:
    keys, app = place.console().apps.api_keys, place.mock.world.first_app("chat")
    made = keys.create(app.id)
    place.mock.clock.advance(60)
    place.service_with(made.token).app.info()
    used = {one.id: one.last_used_at for one in keys.list(app.id).data}
    assert used[made.id] == (made.created_at or 0) + 60


def test_a_key_is_not_shown_by_accident(place: Place) -> None:
    made = place.console().apps.api_keys.create(place.mock.world.first_app("chat").id)
    assert made.token not in repr(made)


def test_an_app_has_ten_keys_at_most(place: Place) -> None:
    console, app = place.console(), place.mock.world.first_app("chat")
    keys = console.apps.api_keys
    while len(keys.list(app.id).data) < 10:
        keys.create(app.id)
    with pytest.raises(BadRequestError, match="Cannot create more than 10 API keys"):
        keys.create(app.id)
    assert len(keys.list(app.id).data) == 10
    assert keys.create(place.mock.world.first_app("workflow").id).token, "each app has ten of its own"


@pytest.mark.profiles("dify", reason="the documents have one form for all errors")
def test_one_key_too_many_is_told_in_words_of_its_own(place: Place) -> None:
    keys, app = place.console().apps.api_keys, place.mock.world.first_app("chat")
    for _ in range(9):
        keys.create(app.id)
    with pytest.raises(BadRequestError) as refused:
        keys.create(app.id)
    assert refused.value.body == {
        "message": "Cannot create more than 10 API keys for this resource type.",
        "custom": "max_keys_exceeded",
    }


def test_a_key_of_another_app_is_not_there(place: Place) -> None:
    world = place.mock.world
    keys = place.console().apps.api_keys
    theirs = keys.create(world.first_app("workflow").id)
    for key_id in (theirs.id, UNKNOWN):
        with pytest.raises(NotFoundError, match="API key not found"):
            keys.delete(world.first_app("chat").id, key_id)
    assert place.service_with(theirs.token).app.info().mode == "workflow"
    with pytest.raises(NotFoundError):
        keys.list(UNKNOWN)
    with pytest.raises(NotFoundError):
        keys.create(UNKNOWN)


def test_who_may_see_and_make_keys(place: Place) -> None:
    app = place.mock.world.first_app("chat")
    normal, editor = place.member("normal").apps.api_keys, place.member("editor").apps.api_keys
    with pytest.raises(PermissionDeniedError):
        normal.list(app.id)
    with pytest.raises(PermissionDeniedError):
        normal.create(app.id)
    made = editor.create(app.id)
    with pytest.raises(PermissionDeniedError):
        editor.delete(app.id, made.id)
    assert place.member("admin").apps.api_keys.delete(app.id, made.id) is None
