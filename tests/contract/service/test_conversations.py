"""Stories of conversations and their variables."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import BadRequestError, InvalidParamError, NotChatAppError, NotFoundError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def test_a_new_conversation_is_listed_renamed_and_deleted(place: Place) -> None:
    client = place.service()
    made = client.chat.send(query="Hello").conversation_id
    assert made in [one.id for one in client.conversations.list()]
    assert client.conversations.rename(made, name="My title").name == "My title"
    assert next(one for one in client.conversations.list() if one.id == made).name == "My title"
    assert client.conversations.delete(made) is None
    assert made not in [one.id for one in client.conversations.list()]
    with pytest.raises(NotFoundError):
        client.conversations.delete(made)


def test_a_walk_visits_every_conversation_once(place: Place) -> None:
    client = place.service(user="walker")
    made = [client.chat.send(query=f"number {number}").conversation_id for number in range(5)]
    page = client.conversations.list(limit=2, sort_by="created_at")
    assert (len(page.data), page.has_more) == (2, True)
    assert sorted(one.id for one in page) == sorted(made)


def test_conversations_belong_to_their_user(place: Place) -> None:
    client = place.service()
    made = client.chat.send(query="Hello").conversation_id
    assert made not in [one.id for one in client.conversations.list(user="stranger")]
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        client.conversations.delete(made, user="stranger")


def test_the_model_may_find_a_name(place: Place) -> None:
    client = place.service()
    made = client.chat.send(query="Named later", auto_generate_name=False).conversation_id
    assert client.conversations.rename(made, auto_generate=True).name
    with pytest.raises(InvalidParamError) as refused:
        client.conversations.rename(made)
    assert "name is required" in f"{refused.value.message} {refused.value.params}"


def test_a_conversation_keeps_the_variables_of_its_first_message(place: Place) -> None:
    client = place.service()
    made = client.chat.send(query="Hello", inputs={"name": "Bob", "tone": "formal", "age": 30}).conversation_id
    conversation = next(one for one in client.conversations.list() if one.id == made)
    assert conversation.inputs == {"name": "Bob", "tone": "formal", "bio": None, "age": 30}
    assert conversation.introduction == "Hi Bob, welcome."


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 101}, {"sort_by": "name"}, {"last_id": "abc"}])
def test_a_list_refuses_what_the_server_does_not_take(place: Place, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidParamError) as refused:
        place.service().conversations.list(**wrong)  # type: ignore[arg-type]  # wrong on purpose
    assert list(refused.value.params) == list(wrong)


def test_a_page_after_an_unknown_conversation_is_not_found(place: Place) -> None:
    with pytest.raises(NotFoundError, match="Last Conversation Not Exists"):
        place.service().conversations.list(last_id=UNKNOWN)


def test_conversations_are_for_chat_apps(place: Place) -> None:
    with pytest.raises(NotChatAppError):
        place.service("completion").conversations.list()


def test_an_id_that_is_no_uuid_is_no_route(place: Place) -> None:
    with pytest.raises(NotFoundError, match="not found on the server"):
        place.service().conversations.delete("abc")


def test_variables_of_an_unknown_conversation_are_not_found(place: Place) -> None:
    with pytest.raises(NotFoundError):
        place.service().conversations.variables.list(UNKNOWN)
    with pytest.raises((NotFoundError, BadRequestError)):
        place.service().conversations.variables.update(UNKNOWN, UNKNOWN, value=1)
