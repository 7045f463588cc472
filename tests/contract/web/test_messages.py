"""Stories of messages on a page: read, rated, and written once more."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import (
    APIStatusError,
    InvalidParamError,
    NotChatAppError,
    NotCompletionAppError,
    NotFoundError,
    PermissionDeniedError,
    StreamInterruptedError,
)

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def test_messages_are_read_page_by_page_backwards(place: Place) -> None:
    client = place.web()
    first = client.chat.send(query="one")
    for query in ("two", "three"):
        client.chat.send(query=query, conversation_id=first.conversation_id)
    page = client.messages.list(conversation_id=first.conversation_id, limit=2)
    assert ([one.query for one in page.data], page.has_more) == (["two", "three"], True)
    assert {one.query for one in page} == {"one", "two", "three"}


def test_a_message_keeps_what_it_cost_even_if_the_answer_did_not_say(place: Place) -> None:
    client = place.web()
    reply = client.chat.send(query="Hello")
    [message] = client.messages.list(conversation_id=reply.conversation_id)
    assert message.metadata["usage"]["total_tokens"] == message.total_tokens
    assert message.metadata["annotation_reply"] is None


def test_a_rating_is_seen_changed_and_taken_back(place: Place) -> None:
    client = place.web()
    reply = client.chat.send(query="Hello")

    def rating() -> str | None:
        [message] = client.messages.list(conversation_id=reply.conversation_id)
        return message.feedback.rating if message.feedback else None

    assert rating() is None
    assert client.messages.feedback(reply.message_id, rating="dislike", content="meh").result == "success"
    assert rating() == "dislike"
    client.messages.feedback(reply.message_id, rating="like")
    assert rating() == "like"
    client.messages.feedback(reply.message_id, rating=None)
    assert rating() is None
    with pytest.raises(InvalidParamError, match="rating cannot be None"):
        client.messages.feedback(reply.message_id, rating=None)


def test_a_rating_that_is_none_is_named(place: Place) -> None:
    client = place.web()
    reply = client.chat.send(query="Hello")
    with pytest.raises(APIStatusError) as refused:
        client.messages.feedback(reply.message_id, rating="meh")  # type: ignore[arg-type]  # that is the point
    assert refused.value.status_code == (422 if place.profile == "dify" else 400)
    assert refused.value.params == {"rating": "Input should be 'like' or 'dislike'"}


def test_a_message_of_others_is_not_there(place: Place) -> None:
    reply = place.web(user_id="ann").chat.send(query="Hello")
    other = place.web(user_id="bob")
    for touch in (lambda: other.messages.feedback(reply.message_id, rating="like"), lambda: other.messages.suggested(reply.message_id)):
        with pytest.raises(NotFoundError, match="Message Not Exists"):
            touch()
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        other.messages.list(conversation_id=reply.conversation_id)


def test_questions_are_suggested(place: Place) -> None:
    client = place.web()
    assert len(client.messages.suggested(client.chat.send(query="Hello").message_id).data) > 0


def test_an_app_may_suggest_nothing(place: Place) -> None:
    client = place.web()
    reply = client.chat.send(query="Hello")
    config = place.mock.world.first_app("chat").config or {}
    config["suggested_questions_after_answer"] = {"enabled": False}
    with pytest.raises(PermissionDeniedError):
        client.messages.suggested(reply.message_id)


def test_a_text_is_written_once_more(place: Place) -> None:
    client = place.web("completion")
    first = client.completion.send(inputs={"query": "write"})
    second = client.messages.more_like_this(first.message_id)
    assert (second.message_id != first.message_id, second.mode) == (True, "completion")
    assert place.live or second.answer == first.answer
    client.saved_messages.create(message_id=second.message_id)
    [kept, *_] = client.saved_messages.list()
    assert kept.inputs == {"query": "write"}


def test_a_stream_of_another_text_breaks_off(place: Place) -> None:
    client = place.web("completion")
    first = client.completion.send(inputs={"query": "write"})
    with pytest.raises(StreamInterruptedError):
        client.messages.stream_more_like_this(first.message_id).result()


def test_an_app_may_refuse_to_write_once_more(place: Place) -> None:
    client = place.web("completion")
    first = client.completion.send(inputs={"query": "write"})
    config = place.mock.world.first_app("completion").config or {}
    config["more_like_this"] = {"enabled": False}
    with pytest.raises(PermissionDeniedError, match="More like this"):
        client.messages.more_like_this(first.message_id)
    with pytest.raises(NotFoundError, match="Message Not Exists"):
        client.messages.more_like_this(UNKNOWN)
    with pytest.raises(NotCompletionAppError):
        place.web().messages.more_like_this(UNKNOWN)


def test_completions_have_no_lists_of_messages(place: Place) -> None:
    with pytest.raises(NotChatAppError):
        place.web("completion").messages.list(conversation_id=UNKNOWN)


def test_a_list_without_its_conversation_is_refused(place: Place) -> None:
    with pytest.raises(APIStatusError) as refused:
        place.web().messages.list(conversation_id="no-uuid")
    assert (refused.value.status_code, set(refused.value.params)) == (422 if place.profile == "dify" else 400, {"conversation_id"})
