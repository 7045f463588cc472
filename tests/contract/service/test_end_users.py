"""Stories of the people an app serves."""

from __future__ import annotations

import datetime

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import EndUserNotFoundError, NotFoundError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def test_who_uploads_a_file_is_found_by_the_id_of_the_upload(place: Place) -> None:
    client = place.service(user="walker")
    upload = client.files.upload(file=("note.txt", b"words", "text/plain"))
    found = client.end_users.get(str(upload.created_by))
    assert (found.id, found.session_id, found.external_user_id) == (upload.created_by, "walker", "walker")
    assert (found.is_anonymous, found.type, found.tenant_id) == (False, "service-api", upload.tenant_id)
    assert datetime.datetime.fromisoformat(found.created_at).tzinfo is None


def test_whoever_gives_no_name_is_one_anonymous_user(place: Place) -> None:
    client = place.service(user=None)
    first, second = (client.files.upload(file=("note.txt", b"words", "text/plain")).created_by for _ in range(2))
    assert first == second
    found = client.end_users.get(str(first))
    assert (found.session_id, found.is_anonymous) == ("DEFAULT-USER", True)


def test_one_name_in_two_apps_is_two_people(place: Place) -> None:
    chat, agent = place.service(user="twin"), place.service("agent-chat", user="twin")
    upload = chat.files.upload(file=("note.txt", b"words", "text/plain"))
    assert upload.created_by != agent.files.upload(file=("note.txt", b"words", "text/plain")).created_by
    with pytest.raises(EndUserNotFoundError):
        agent.end_users.get(str(upload.created_by))


def test_an_unknown_end_user_is_not_found(place: Place) -> None:
    with pytest.raises(EndUserNotFoundError, match="End user not found"):
        place.service().end_users.get(UNKNOWN)


def test_a_name_is_no_id(place: Place) -> None:
    with pytest.raises(NotFoundError, match="not found on the server"):
        place.service().end_users.get("ann")
