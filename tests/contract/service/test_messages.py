"""Stories of messages: how they are listed, rated, and what may follow them."""

from __future__ import annotations

import pytest

from dify_mock.contract import drawings
from dify_mock.contract.place import Place
from dify_sdk.errors import APIStatusError, BadRequestError, InvalidParamError, NotChatAppError, NotFoundError, StreamError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
NOTE = ("note.txt", b"words", "text/plain")


def test_a_message_shows_in_its_conversation(place: Place) -> None:
    client = place.service()
    sent = client.chat.send(query="Hello", inputs={"name": "Bob"})
    [message] = client.messages.list(conversation_id=sent.conversation_id).data
    assert (message.id, message.query, message.answer) == (sent.message_id, "Hello", sent.answer)
    assert (message.status, message.error, message.feedback) == ("normal", None, None)
    assert message.parent_message_id == "00000000-0000-0000-0000-000000000000"
    assert message.inputs["name"] == "Bob"
    assert (message.agent_thoughts, message.message_files, message.retriever_resources, message.extra_contents) == ([], [], [], [])


def test_a_message_tells_what_it_cost(place: Place) -> None:
    client = place.service()
    sent = client.chat.send(query="Hello")
    [message] = client.messages.list(conversation_id=sent.conversation_id).data
    usage = sent.metadata.usage if sent.metadata else None
    assert usage
    assert (message.message_tokens, message.answer_tokens) == (usage.prompt_tokens, usage.completion_tokens)
    assert message.total_tokens == usage.total_tokens
    assert (message.total_price, message.currency) == (usage.total_price, "USD")
    assert message.provider_response_latency


def test_pages_go_back_in_time_and_each_reads_forward(place: Place) -> None:
    client = place.service()
    conversation_id = client.chat.send(query="number 0").conversation_id
    for number in range(1, 5):
        client.chat.send(query=f"number {number}", conversation_id=conversation_id)
        if place.live:
            pytest.skip("messages of one second have no order on a live server")
    page = client.messages.list(conversation_id=conversation_id, limit=2)
    assert [one.query for one in page.data] == ["number 3", "number 4"]
    assert page.has_more
    earlier = client.messages.list(conversation_id=conversation_id, limit=2, first_id=page.data[0].id)
    assert [one.query for one in earlier.data] == ["number 1", "number 2"]
    assert [one.query for one in client.messages.list(conversation_id=conversation_id, first_id=earlier.data[0].id).data] == ["number 0"]


def test_a_walk_visits_every_message_once(place: Place) -> None:
    client = place.service()
    sent = [client.chat.send(query="number 0")]
    sent += [client.chat.send(query=f"number {number}", conversation_id=sent[0].conversation_id) for number in range(1, 5)]
    walked = [one.id for one in client.messages.list(conversation_id=sent[0].conversation_id, limit=2)]
    assert sorted(walked) == sorted(one.message_id for one in sent)


def test_a_message_shows_the_files_that_came_with_it(place: Place) -> None:
    client = place.service()
    reference = client.files.upload_and_reference(file=NOTE)
    sent = client.chat.send(query="look", files=[reference])
    [file] = client.messages.list(conversation_id=sent.conversation_id).data[0].message_files
    assert (file.filename, file.type, file.transfer_method, file.belongs_to) == ("note.txt", "document", "local_file", "user")
    assert (file.size, file.mime_type, file.upload_file_id) == (5, "text/plain", reference["upload_file_id"])
    assert file.url and "sign=" in file.url


def test_addresses_are_signed_anew_at_every_look(place: Place) -> None:
    client = place.service()
    reference = client.files.upload_and_reference(file=NOTE)
    sent = client.chat.send(query="look", files=[reference])
    first, second = (client.messages.list(conversation_id=sent.conversation_id).data[0].message_files[0].url for _ in range(2))
    assert first != second


def test_an_agents_message_shows_its_steps(place: Place) -> None:
    client = place.service("agent-chat")
    with client.chat.stream(query="please [[tool:echo]]") as stream:
        reply = stream.result()
    [message] = client.messages.list(conversation_id=reply.conversation_id).data
    first, second = message.agent_thoughts
    assert (first.position, first.tool, first.message_id) == (1, "echo", message.id)
    assert first.observation and "hello" in first.observation
    assert (second.position, second.tool) == (2, "")


def test_a_picture_that_a_tool_made_shows_with_the_message(place: Place) -> None:
    client = place.service("agent-chat")
    with client.chat.stream(query="please [[tool:make_image]]") as stream:
        reply = stream.result()
    [message] = client.messages.list(conversation_id=reply.conversation_id).data
    [file] = message.message_files
    assert (file.type, file.transfer_method, file.belongs_to) == ("image", "tool_file", "assistant")
    assert message.agent_thoughts[0].files == [file.id]


def test_a_message_that_failed_says_why(place: Place) -> None:
    client = place.service()
    with pytest.raises(StreamError) as failed, client.chat.stream(query="[[fail-mid]]") as stream:
        stream.result()
    [message] = client.messages.list(conversation_id=str(failed.value.conversation_id)).data
    assert (message.status, message.error, message.answer) == ("error", "stub: provider went away mid-stream", "")


def test_a_form_that_waits_shows_with_the_message_and_so_does_what_was_filled_in(place: Place) -> None:
    client = place.service_with(drawings.put(place.mock, "advanced-chat", drawings.approved_chat()))
    with client.chat.stream(query="approve me") as stream:
        conversation_id = stream.result().conversation_id
    [waiting] = client.messages.list(conversation_id=conversation_id).data[0].extra_contents
    form = waiting.form_definition
    assert (waiting.submitted, waiting.form_submission_data) == (False, None)
    assert form and form.form_content.startswith("Please review: approve me")
    assert [action.id for action in form.actions] == ["approve", "reject"]
    client.human_input_forms.submit(str(form.form_token), inputs={"comment": "fine"}, action="approve")
    assert stream.resume().result().answer == "You said: fine"
    [filled] = client.messages.list(conversation_id=conversation_id).data[0].extra_contents
    data = filled.form_submission_data
    assert (filled.submitted, filled.form_definition) == (True, None)
    assert data and (data.action_id, data.submitted_data) == ("approve", {"comment": "fine"})
    assert data.rendered_content == "Please review: approve me\n\nfine"


def test_messages_of_somebody_else_are_not_found(place: Place) -> None:
    client = place.service()
    sent = client.chat.send(query="Hello")
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        client.messages.list(conversation_id=sent.conversation_id, user="stranger")
    with pytest.raises(NotFoundError, match="Message Not Exists"):
        client.messages.feedback(sent.message_id, rating="like", user="stranger")
    with pytest.raises(NotFoundError, match="Message Not Exists"):
        client.messages.suggested(sent.message_id, user="stranger")


def test_an_unknown_conversation_is_not_found(place: Place) -> None:
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        place.service().messages.list(conversation_id=UNKNOWN)


def test_a_page_before_an_unknown_message_is_not_found(place: Place) -> None:
    client = place.service()
    sent = client.chat.send(query="Hello")
    with pytest.raises(NotFoundError, match="First Message Not Exists"):
        client.messages.list(conversation_id=sent.conversation_id, first_id=UNKNOWN)


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 101}, {"first_id": "abc"}, {"conversation_id": "abc"}])
def test_the_list_refuses_what_the_server_does_not_take(place: Place, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidParamError) as refused:
        place.service().messages.list(**{"conversation_id": UNKNOWN, **wrong})  # type: ignore[arg-type]  # wrong on purpose
    assert list(refused.value.params) == list(wrong)


def test_messages_are_listed_for_chat_apps(place: Place) -> None:
    with pytest.raises(NotChatAppError):
        place.service("completion").messages.list(conversation_id=UNKNOWN)


def test_a_rating_is_given_changed_and_taken_back(place: Place) -> None:
    client = place.service()
    sent = client.chat.send(query="Hello")

    def rating() -> str | None:
        [message] = client.messages.list(conversation_id=sent.conversation_id).data
        return message.feedback.rating if message.feedback else None

    assert client.messages.feedback(sent.message_id, rating="like", content="good").result == "success"
    assert rating() == "like"
    client.messages.feedback(sent.message_id, rating="dislike")
    assert rating() == "dislike"
    client.messages.feedback(sent.message_id, rating=None)
    assert rating() is None


def test_a_changed_rating_keeps_its_id_and_forgets_its_words(place: Place) -> None:
    client = place.service()
    sent = client.chat.send(query="Hello")
    client.messages.feedback(sent.message_id, rating="like", content="good")
    [first] = client.app.feedbacks.list().data
    client.messages.feedback(sent.message_id, rating="dislike")
    [second] = client.app.feedbacks.list().data
    assert (second.id, second.rating, second.content) == (first.id, "dislike", None)


def test_a_rating_without_a_rating_takes_it_back(place: Place) -> None:
    client = place.service()
    sent = client.chat.send(query="Hello")
    client.messages.feedback(sent.message_id, rating="like")
    client.messages.feedback(sent.message_id)
    assert client.messages.list(conversation_id=sent.conversation_id).data[0].feedback is None


def test_there_must_be_a_rating_to_take_back(place: Place) -> None:
    client = place.service()
    sent = client.chat.send(query="Hello")
    with pytest.raises(InvalidParamError, match="rating cannot be None when feedback not exists"):
        client.messages.feedback(sent.message_id, rating=None)


def test_one_likes_or_dislikes(place: Place) -> None:
    client = place.service()
    sent = client.chat.send(query="Hello")
    with pytest.raises(InvalidParamError) as refused:
        client.messages.feedback(sent.message_id, rating="love")  # type: ignore[arg-type]  # wrong on purpose
    assert list(refused.value.params) == ["rating"]


def test_a_completion_can_be_rated(place: Place) -> None:
    client = place.service("completion")
    sent = client.completion.send(inputs={"query": "write a line"})
    assert client.messages.feedback(sent.message_id, rating="like").result == "success"
    assert sent.message_id in [one.message_id for one in client.app.feedbacks.list()]


def test_an_unknown_message_cannot_be_rated(place: Place) -> None:
    with pytest.raises(NotFoundError, match="Message Not Exists"):
        place.service().messages.feedback(UNKNOWN, rating="like")


def test_the_model_suggests_what_to_ask_next(place: Place) -> None:
    client = place.service()
    suggested = client.messages.suggested(client.chat.send(query="Hello").message_id)
    assert suggested.result == "success"
    assert suggested.data
    assert all(isinstance(one, str) for one in suggested.data)


def test_an_app_that_does_not_suggest_says_so(place: Place) -> None:
    config = place.mock.world.first_app("chat").config
    assert config is not None
    client = place.service()
    message_id = client.chat.send(query="Hello").message_id
    config["suggested_questions_after_answer"] = {"enabled": False}
    with pytest.raises(BadRequestError, match="Suggested Questions Is Disabled") as refused:
        client.messages.suggested(message_id)
    assert refused.value.code == "bad_request"


def test_nothing_is_suggested_after_an_unknown_message(place: Place) -> None:
    with pytest.raises(NotFoundError, match="Message Not Exists"):
        place.service().messages.suggested(UNKNOWN)


def test_suggestions_are_for_chat_apps(place: Place) -> None:
    with pytest.raises(NotChatAppError):
        place.service("completion").messages.suggested(UNKNOWN)


def test_a_name_is_no_message(place: Place) -> None:
    with pytest.raises(NotFoundError, match="not found on the server"):
        place.service().messages.feedback("abc", rating="like")


DOCUMENTED = pytest.mark.profiles("documented", reason="no release has the operation")


@DOCUMENTED
def test_a_message_is_looked_at_alone(place: Place) -> None:
    client = place.service()
    sent = client.chat.send(query="Hello")
    found = client.messages.get(sent.message_id)
    assert (found.query, found.answer, found.conversation_id) == ("Hello", sent.answer, sent.conversation_id)
    client.messages.feedback(sent.message_id, rating="like")
    feedback = client.messages.get(sent.message_id).feedback
    assert feedback and feedback.rating == "like"
    assert [client.messages.get(sent.message_id)] == client.messages.list(conversation_id=sent.conversation_id).data


@DOCUMENTED
def test_a_message_goes_with_its_conversation(place: Place) -> None:
    client = place.service()
    sent = client.chat.send(query="Hello")
    with pytest.raises(NotFoundError, match="Message Not Exists"):
        client.messages.get(sent.message_id, user="stranger")
    client.conversations.delete(sent.conversation_id)
    with pytest.raises(NotFoundError, match="Message Not Exists"):
        client.messages.get(sent.message_id)


@DOCUMENTED
def test_a_message_is_one_of_a_chat(place: Place) -> None:
    with pytest.raises(NotChatAppError):
        place.service("completion").messages.get(UNKNOWN)


@pytest.mark.profiles("dify", reason="the operation is there in the other")
def test_a_release_does_not_have_it_and_the_error_says_so(place: Place) -> None:
    with pytest.raises(APIStatusError) as refused:
        place.service().messages.get(UNKNOWN)
    assert refused.value.status_code in {404, 405}
    assert any("no release of Dify has this operation" in note for note in refused.value.__notes__)
