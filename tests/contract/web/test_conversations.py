"""Stories of a user's conversations on a page."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk import WebClient
from dify_sdk.errors import APIStatusError, NotChatAppError, NotFoundError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def begun(client: WebClient, *queries: str) -> list[str]:
    """A conversation for each question."""
    return [client.chat.send(query=query).conversation_id for query in queries]


def ids(client: WebClient, **asked: bool) -> list[str]:
    return [one.id for one in client.conversations.list(**asked)]


def test_conversations_are_listed_newest_first(place: Place) -> None:
    client = place.web(user_id="who-lists")
    one, two, three = begun(client, "one", "two", "three")
    assert ids(client)[:3] == [three, two, one]
    assert client.conversations.list(limit=1).has_more


def test_a_walk_goes_through_all_pages(place: Place) -> None:
    client = place.web(user_id="who-walks")
    made = begun(client, *"abcde")
    assert [one.id for one in client.conversations.list(limit=2)][:5] == made[::-1]


def test_a_conversation_is_pinned_and_unpinned(place: Place) -> None:
    client = place.web(user_id="who-pins")
    one, two = begun(client, "one", "two")
    assert client.conversations.pin(one).result == "success"
    assert one in ids(client, pinned=True)
    assert two in ids(client, pinned=False)
    assert one not in ids(client, pinned=False)
    assert {one, two} <= set(ids(client))
    assert client.conversations.unpin(one).result == "success"
    assert one not in ids(client, pinned=True)


def test_who_unpins_what_is_not_there_is_told_nothing(place: Place) -> None:
    assert place.web().conversations.unpin(UNKNOWN).result == "success"


def test_a_conversation_is_renamed(place: Place) -> None:
    client = place.web()
    [made] = begun(client, "Hello")
    assert client.conversations.rename(made, name="Mine").name == "Mine"
    assert next(one.name for one in client.conversations.list() if one.id == made) == "Mine"
    assert client.conversations.rename(made, auto_generate=True).name not in {"", "Mine"}


def test_a_conversation_needs_a_name_from_somewhere(place: Place) -> None:
    client = place.web()
    [made] = begun(client, "Hello")
    with pytest.raises(APIStatusError) as refused:
        client.conversations.rename(made)
    assert refused.value.status_code == 400
    assert refused.value.params == {"": "Value error, name is required when auto_generate is false"}


def test_a_conversation_is_deleted_once(place: Place) -> None:
    client = place.web()
    [made] = begun(client, "Hello")
    assert client.conversations.delete(made) is None
    assert made not in ids(client)
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        client.conversations.delete(made)
    with pytest.raises(NotFoundError):
        client.messages.list(conversation_id=made)


def test_nobody_touches_the_conversations_of_others(place: Place) -> None:
    [made] = begun(place.web(user_id="ann"), "Hello")
    other = place.web(user_id="bob")
    for touch in (other.conversations.delete, other.conversations.pin, lambda one: other.conversations.rename(one, name="x")):
        with pytest.raises(NotFoundError):
            touch(made)
    other.conversations.unpin(made)
    assert made in ids(place.web(user_id="ann"))


@pytest.mark.parametrize("limit", [0, 101])
def test_a_page_has_its_limits(place: Place, limit: int) -> None:
    with pytest.raises(APIStatusError) as refused:
        place.web().conversations.list(limit=limit)
    assert (refused.value.status_code, set(refused.value.params)) == (400, {"limit"})


def test_a_page_that_never_was_has_no_next_one(place: Place) -> None:
    with pytest.raises(NotFoundError, match="Last Conversation Not Exists"):
        place.web().conversations.list(last_id=UNKNOWN)


def test_a_completion_has_no_conversations(place: Place) -> None:
    with pytest.raises(NotChatAppError):
        place.web("completion").conversations.list()
