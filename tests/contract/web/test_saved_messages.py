"""Stories of messages that a user keeps."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk import WebClient
from dify_sdk.errors import NotCompletionAppError, NotFoundError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def written(client: WebClient, *queries: str) -> list[str]:
    return [client.completion.send(inputs={"query": query}).message_id for query in queries]


def kept(client: WebClient) -> list[str]:
    return [one.id for one in client.saved_messages.list(limit=2)]


def test_messages_are_kept_newest_first_and_let_go(place: Place) -> None:
    client = place.web("completion", user_id="who-keeps")
    one, two, three = written(client, "one", "two", "three")
    for message_id in (three, one, two):
        assert client.saved_messages.create(message_id=message_id).result == "success"
    assert kept(client)[:3] == [two, one, three]
    assert client.saved_messages.delete(one) is None
    assert kept(client)[:2] == [two, three]


def test_who_keeps_twice_keeps_once(place: Place) -> None:
    client = place.web("completion", user_id="who-keeps-twice")
    [message_id] = written(client, "one")
    for _ in range(2):
        client.saved_messages.create(message_id=message_id)
    assert kept(client).count(message_id) == 1


def test_who_lets_go_what_is_not_kept_is_told_nothing(place: Place) -> None:
    assert place.web("completion").saved_messages.delete(UNKNOWN) is None


def test_nobody_keeps_messages_of_others(place: Place) -> None:
    [message_id] = written(place.web("completion", user_id="ann"), "one")
    other = place.web("completion", user_id="bob")
    with pytest.raises(NotFoundError, match="Message Not Exists"):
        other.saved_messages.create(message_id=message_id)
    assert message_id not in kept(other)


def test_only_completions_are_kept(place: Place) -> None:
    for ask in (place.web().saved_messages.list, lambda: place.web().saved_messages.create(message_id=UNKNOWN)):
        with pytest.raises(NotCompletionAppError):
            ask()


def test_a_page_that_never_was_has_no_next_one(place: Place) -> None:
    with pytest.raises(NotFoundError):
        place.web("completion").saved_messages.list(last_id=UNKNOWN)
