"""Stories of chats and agents: sending, streaming, stopping, failing."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import (
    AuthenticationError,
    CompletionRequestError,
    InvalidParamError,
    NotChatAppError,
    NotFoundError,
    ProviderNotInitializedError,
    QuotaExceededError,
    StreamError,
)
from dify_sdk.shared.events import (
    AgentMessageEvent,
    AgentThoughtEvent,
    MessageEndEvent,
    MessageEvent,
    MessageFileEvent,
    MessageReplaceEvent,
    TTSMessageEndEvent,
    TTSMessageEvent,
)

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
NOTE = ("note.txt", b"words", "text/plain")
PICTURE = ("pic.png", b"\x89PNG", "image/png")


def test_a_question_is_answered(place: Place) -> None:
    reply = place.service().chat.send(query="Hello")
    assert reply.answer
    assert (reply.mode, reply.event, reply.id) == ("chat", "message", reply.message_id)
    assert reply.metadata and reply.metadata.usage and reply.metadata.usage.currency
    assert reply.metadata.annotation_reply is None


def test_the_pieces_of_a_stream_are_the_answer(place: Place) -> None:
    with place.service().chat.stream(query="Hello") as stream:
        pieces = list(stream.text_deltas())
        assert len(pieces) > 1
        assert "".join(pieces) == stream.result().answer


def test_a_stream_ends_with_an_empty_piece_and_the_cost(place: Place) -> None:
    with place.service().chat.stream(query="Hello") as stream:
        *pieces, last, end = list(stream)
    assert all(isinstance(one, MessageEvent) for one in pieces)
    assert isinstance(last, MessageEvent) and last.answer == ""
    assert isinstance(end, MessageEndEvent) and end.metadata and end.metadata.usage and end.metadata.usage.total_tokens


def test_every_event_carries_the_ids(place: Place) -> None:
    with place.service().chat.stream(query="Hello") as stream:
        found = {(one.task_id, one.message_id, one.conversation_id) for one in stream}  # type: ignore[union-attr]  # every event of a chat
        assert found == {(stream.task_id, stream.message_id, stream.conversation_id)}


def test_a_conversation_goes_on(place: Place) -> None:
    client = place.service()
    first = client.chat.send(query="Hello")
    second = client.chat.send(query="And again", conversation_id=first.conversation_id)
    assert second.conversation_id == first.conversation_id
    before, after = (one.metadata.usage for one in (first, second) if one.metadata)
    assert before and after and after.prompt_tokens > before.prompt_tokens
    assert {one.query for one in client.messages.list(conversation_id=first.conversation_id)} == {"Hello", "And again"}


def test_an_empty_conversation_id_begins_a_new_one(place: Place) -> None:
    chat = place.service().chat
    assert chat.send(query="Hello", conversation_id="").conversation_id != chat.send(query="Hello", conversation_id="").conversation_id


def test_a_new_conversation_is_named_after_its_question_unless_the_model_may(place: Place) -> None:
    client = place.service()
    made = client.chat.send(query="Named later", auto_generate_name=False).conversation_id
    assert next(one for one in client.conversations.list() if one.id == made).name == "Named later"


def test_a_user_may_be_a_number(place: Place) -> None:
    client = place.service(user=42)
    made = client.chat.send(query="Hello").conversation_id
    assert made in [one.id for one in client.conversations.list(user="42")]


def test_a_file_goes_with_a_question_and_comes_back_at_its_end(place: Place) -> None:
    client = place.service()
    reference = client.files.upload_and_reference(file=PICTURE)
    with client.chat.stream(query="look", files=[reference]) as stream:
        end = [one for one in stream if isinstance(one, MessageEndEvent)][-1]
    [file] = end.files
    assert (file.filename, file.extension, file.type, file.transfer_method) == ("pic.png", ".png", "image", "local_file")  # type: ignore[union-attr]  # a chat's
    assert file.upload_file_id == reference["upload_file_id"]  # type: ignore[union-attr]  # a chat's
    assert file.url and "sign=" in file.url


def test_a_file_may_come_from_elsewhere(place: Place) -> None:
    assert place.mock
    client = place.service()
    file = {"type": "image", "transfer_method": "remote_url", "url": "https://example.com/pic.png"}
    sent = client.chat.send(query="look", files=[file])  # type: ignore[list-item]  # a plain dict is one too
    [shown] = client.messages.list(conversation_id=sent.conversation_id).data[0].message_files
    assert (shown.filename, shown.transfer_method, shown.url) == ("pic.png", "remote_url", "https://example.com/pic.png")


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ({"type": "hologram", "transfer_method": "local_file", "upload_file_id": UNKNOWN}, "'hologram' is not a valid FileType"),
        ({"type": "image", "transfer_method": "local_file"}, "Invalid upload file id"),
        ({"type": "image", "transfer_method": "local_file", "upload_file_id": "abc"}, "Invalid upload file id format"),
        ({"type": "image", "transfer_method": "local_file", "upload_file_id": UNKNOWN}, "Invalid upload file"),
        ({"type": "video", "transfer_method": "remote_url", "url": "http://127.0.0.1:9/health"}, "File validation failed for file: health"),
    ],
)
def test_a_file_that_the_app_does_not_take_is_refused(place: Place, file: dict[str, str], why: str) -> None:
    with pytest.raises(InvalidParamError, match=why):
        place.service().chat.send(query="look", files=[file])  # type: ignore[list-item]  # wrong on purpose


def test_a_file_must_be_what_it_is_called(place: Place) -> None:
    client = place.service()
    reference = client.files.upload_and_reference(file=NOTE, type="image")
    with pytest.raises(InvalidParamError, match="Detected file type does not match"):
        client.chat.send(query="look", files=[reference])


def test_there_may_be_so_many_files(place: Place) -> None:
    client = place.service()
    files = [client.files.upload_and_reference(file=PICTURE) for _ in range(4)]
    assert client.chat.send(query="look", files=files[:3]).answer
    with pytest.raises(InvalidParamError, match="Number of image files exceeds the maximum limit 3"):
        client.chat.send(query="look", files=files)


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ({"tone": "angry"}, "tone in input form must be one of the following"),
        ({"age": "old"}, "age in input form must be a valid number"),
        ({"name": "n" * 49}, "name in input form must be less than 48 characters"),
        ({"name": 5}, "name in input form must be a string"),
    ],
)
def test_a_variable_must_be_what_the_form_asks_for(place: Place, inputs: dict[str, object], why: str) -> None:
    with pytest.raises(InvalidParamError, match=why):
        place.service().chat.send(query="Hello", inputs=inputs)


def test_a_variable_that_the_form_does_not_know_is_left_out(place: Place) -> None:
    client = place.service()
    made = client.chat.send(query="Hello", inputs={"zzz": "x"}).conversation_id
    assert "zzz" not in next(one for one in client.conversations.list() if one.id == made).inputs


def test_a_question_needs_words(place: Place) -> None:
    with pytest.raises(InvalidParamError, match="query is required"):
        place.service().chat.send(query="")


def test_a_conversation_id_is_a_uuid(place: Place) -> None:
    with pytest.raises(InvalidParamError) as refused:
        place.service().chat.send(query="Hello", conversation_id="abc")
    assert list(refused.value.params) == ["conversation_id"]


def test_an_unknown_conversation_is_not_found(place: Place) -> None:
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        place.service().chat.send(query="Hello", conversation_id=UNKNOWN)


def test_a_conversation_of_somebody_else_is_not_found(place: Place) -> None:
    client = place.service()
    made = client.chat.send(query="Hello").conversation_id
    with pytest.raises(NotFoundError, match="Conversation Not Exists"):
        client.chat.stream(query="Hello", conversation_id=made, user="stranger").result()


@pytest.mark.parametrize("mode", ["completion", "workflow"])
def test_chats_are_for_chat_apps(place: Place, mode: str) -> None:
    client = place.service(mode)  # type: ignore[arg-type]  # two of the modes
    with pytest.raises(NotChatAppError):
        client.chat.send(query="Hello")
    with pytest.raises(NotChatAppError):
        client.chat.stream(query="Hello").result()
    with pytest.raises(NotChatAppError):
        client.chat.stop(UNKNOWN)


def test_a_slow_answer_comes_piece_by_piece(place: Place) -> None:
    clock = place.mock.clock
    with place.service().chat.stream(query="[[slow]]") as stream:
        begun = clock.now()
        answer = stream.result().answer
    assert answer.split()[:3] == ["slow0", "slow1", "slow2"]
    assert len(answer.split()) == 60
    assert clock.now() - begun == pytest.approx(29.5, abs=0.1)


def test_a_stopped_answer_ends_early_and_is_kept(place: Place) -> None:
    client = place.service()
    with client.chat.stream(query="[[slow]]") as stream:
        for _ in range(3):
            next(stream)
        stream.stop()
        reply = stream.result()
    assert 3 <= len(reply.answer.split()) < 60
    [message] = client.messages.list(conversation_id=reply.conversation_id).data
    assert (message.answer, message.status) == (reply.answer, "normal")


def test_a_stopped_answer_costs_nothing(place: Place) -> None:
    with place.service().chat.stream(query="[[slow]]") as stream:
        next(stream)
        stream.stop()
        reply = stream.result()
    assert reply.metadata and reply.metadata.usage
    assert (reply.metadata.usage.total_tokens, reply.metadata.usage.total_price) == (0, "0E-7")
    assert reply.metadata.usage.latency > 0


def test_nobody_else_can_stop_my_answer(place: Place) -> None:
    client = place.service()
    with client.chat.stream(query="[[slow]]") as stream:
        next(stream)
        assert client.chat.stop(str(stream.task_id), user="stranger").result == "success"
        assert len(stream.result().answer.split()) == 60


def test_stopping_an_unknown_task_succeeds(place: Place) -> None:
    assert place.service().chat.stop(UNKNOWN).result == "success"


def test_an_answer_that_is_given_up_leaves_room_for_the_next(place: Place) -> None:
    place.mock.world.first_app("chat").max_active_requests = 1
    client = place.service()
    with client.chat.stream(query="[[slow]]"):
        pass
    assert client.chat.send(query="Hello").answer


def test_an_app_answers_so_many_at_once(place: Place) -> None:
    place.mock.world.first_app("chat").max_active_requests = 1
    client = place.service()
    with client.chat.stream(query="[[slow]]") as stream:
        next(stream)
        with pytest.raises(InvalidParamError, match="Too many requests"):
            client.chat.stream(query="Hello").result()
        with pytest.raises(InvalidParamError, match="Too many requests"):
            client.chat.send(query="Hello")
        stream.result()
    assert client.chat.send(query="Hello").answer


def test_silence_is_broken_by_pings(place: Place) -> None:
    clock = place.mock.clock
    stream = place.service().chat.stream(query="[[silent]]")
    begun, pings = clock.now(), list[float]()
    first = None
    for sse in stream.iter_sse():
        if sse.event == "ping":
            pings.append(clock.now() - begun)
        elif first is None:
            first = clock.now() - begun
    assert pings == pytest.approx([10.0, 20.0])
    assert first == pytest.approx(25.0, abs=0.1)


def test_pings_are_no_events(place: Place) -> None:
    with place.service().chat.stream(query="[[silent]]") as stream:
        assert {one.event for one in stream} == {"message", "message_end"}


def test_a_long_answer_is_complete(place: Place) -> None:
    words = place.service().chat.stream(query="[[long]]").result().answer.split()
    assert len(words) == 400
    assert (words[0], words[-1]) == ("word0", "word399")


def test_an_answer_may_be_empty(place: Place) -> None:
    assert place.service().chat.stream(query="[[empty]]").result().answer == ""
    assert place.service().chat.send(query="[[empty]]").answer == ""


def test_a_chat_thinks_aloud(place: Place) -> None:
    answer = place.service().chat.send(query="[[think]]").answer
    assert answer.startswith("<think>")
    assert answer.endswith("answer.")


def test_a_model_that_breaks_off_leaves_what_it_said(place: Place) -> None:
    client = place.service()
    with pytest.raises(StreamError, match="provider went away") as failed:
        client.chat.stream(query="[[fail-mid]]").result()
    assert failed.value.partial.answer == "part0 part1 part2 "
    assert failed.value.task_id


@pytest.mark.parametrize(
    ("marker", "why"),
    [
        ("fail-start", "forced internal error"),
        ("fail-mid", "provider went away"),
        ("auth", "Incorrect API key provided"),
        ("badreq", "InvokeBadRequestError"),
        ("conn", "InvokeConnectionError"),
        ("server", "InvokeServerUnavailableError"),
        ("rate", "InvokeRateLimitError"),
    ],
)
def test_a_blocking_call_tells_every_failure_as_a_bad_request(place: Place, marker: str, why: str) -> None:
    with pytest.raises(CompletionRequestError, match=why) as failed:
        place.service().chat.send(query=f"[[{marker}]]")
    assert failed.value.status_code == 400


@pytest.mark.profiles("dify", reason="a stream of the documents fails in words alone")
def test_a_model_that_breaks_off_is_a_bad_request(place: Place) -> None:
    with pytest.raises(CompletionRequestError) as failed:
        place.service().chat.stream(query="[[fail-mid]]").result()
    assert failed.value.status_code == 400


@pytest.mark.profiles("dify", reason="a stream of the documents fails in words alone")
@pytest.mark.parametrize("marker", ["fail-start", "auth", "badreq", "conn", "server"])
def test_a_stream_tells_a_failure_as_its_only_event(place: Place, marker: str) -> None:
    with pytest.raises(CompletionRequestError) as failed:
        place.service().chat.stream(query=f"[[{marker}]]").result()
    assert isinstance(failed.value, StreamError)
    assert not isinstance(failed.value, AuthenticationError)
    assert failed.value.message_id


@pytest.mark.profiles("dify", reason="a stream of the documents fails in words alone")
def test_a_providers_limit_is_told_apart_in_a_stream(place: Place) -> None:
    with pytest.raises(QuotaExceededError) as limited:
        place.service().chat.stream(query="[[rate]]").result()
    assert (limited.value.status_code, limited.value.code) == (429, "rate_limit_error")


def test_a_model_of_an_unknown_provider_is_refused_before_the_stream(place: Place) -> None:
    config = place.mock.world.first_app("chat").config
    assert config is not None
    config["model"]["provider"] = "langgenius/openai/openai"
    with pytest.raises(InvalidParamError, match="Provider langgenius/openai/openai does not exist") as refused:
        place.service().chat.stream(query="Hello").result()
    assert not isinstance(refused.value, StreamError)


def test_a_provider_without_credentials_is_refused(place: Place) -> None:
    place.mock.world.provider_is_ready = False
    with pytest.raises(ProviderNotInitializedError):
        place.service().chat.send(query="Hello")


def test_an_agent_only_streams(place: Place) -> None:
    with pytest.raises(InvalidParamError, match="Agent Chat App does not support blocking mode"):
        place.service("agent-chat").chat.send(query="Hello")
    assert place.service("agent-chat").chat.stream(query="Hello").result().answer


def test_an_agent_calls_a_tool_and_thinks_about_what_it_said(place: Place) -> None:
    with place.service("agent-chat").chat.stream(query="please [[tool:echo]]") as stream:
        events = list(stream)
        reply = stream.result()
    assert {type(one) for one in events} == {AgentThoughtEvent, AgentMessageEvent, MessageEndEvent}
    first, second = reply.thoughts
    assert (first.tool, first.position) == ("echo", 1)
    assert first.observation and "echo: hello" in first.observation
    assert second.thought and second.thought.startswith("The tool said: echo: hello")
    assert reply.answer == f"{first.thought}{second.thought}"


def test_a_tool_that_fails_is_something_to_think_about(place: Place) -> None:
    reply = place.service("agent-chat").chat.stream(query="[[tool:boom]]").result()
    assert reply.thoughts[0].observation and "tool invoke error: boom" in reply.thoughts[0].observation


def test_a_tool_that_there_is_not_is_something_to_think_about(place: Place) -> None:
    reply = place.service("agent-chat").chat.stream(query="[[tool:nothing]]").result()
    assert reply.thoughts[0].observation and "there is not a tool named nothing" in reply.thoughts[0].observation


def test_a_tool_may_make_a_picture(place: Place) -> None:
    with place.service("agent-chat").chat.stream(query="[[tool:make_image]]") as stream:
        events = list(stream)
        [made] = stream.result().made_files
    [told] = [one for one in events if isinstance(one, MessageFileEvent)]
    assert made.id == told.id
    assert (told.type, told.belongs_to) == ("image", "assistant")
    assert told.url and ".png?" in told.url


def test_an_agent_that_breaks_off_leaves_what_it_said(place: Place) -> None:
    with pytest.raises(StreamError) as failed:
        place.service("agent-chat").chat.stream(query="[[fail-mid]]").result()
    assert failed.value.partial.answer == "part0 part1 part2 "


def test_a_stopped_agent_ends_early(place: Place) -> None:
    client = place.service("agent-chat")
    with client.chat.stream(query="[[slow]]") as stream:
        for _ in range(4):
            next(stream)
        stream.stop()
        reply = stream.result()
    assert 0 < len(reply.answer.split()) < 60
    assert client.messages.list(conversation_id=reply.conversation_id).data[0].answer == reply.answer


def moderated(place: Place, *, words: str, on_input: bool = False, on_output: bool = False) -> None:
    config = place.mock.world.first_app("chat").config
    assert config is not None
    config["sensitive_word_avoidance"] = {
        "enabled": True,
        "type": "keywords",
        "config": {
            "keywords": words,
            "inputs_config": {"enabled": on_input, "preset_response": "Input refused."},
            "outputs_config": {"enabled": on_output, "preset_response": "Output refused."},
        },
    }


def test_a_forbidden_question_gets_a_ready_answer(place: Place) -> None:
    moderated(place, words="secret\npassword", on_input=True)
    chat = place.service().chat
    assert chat.send(query="tell me the secret").answer == "Input refused."
    assert chat.send(query="Hello", inputs={"bio": "my password"}).answer == "Input refused."
    assert chat.send(query="Hello").answer != "Input refused."


def test_a_forbidden_answer_is_replaced(place: Place) -> None:
    moderated(place, words="slow30", on_output=True)
    client = place.service()
    with client.chat.stream(query="[[slow]]") as stream:
        events = list(stream)
        reply = stream.result()
    [replaced] = [one for one in events if isinstance(one, MessageReplaceEvent)]
    assert replaced.answer == reply.answer == "Output refused."
    assert sum(isinstance(one, MessageEvent) for one in events) < 60
    assert client.messages.list(conversation_id=reply.conversation_id).data[0].answer == "Output refused."


def test_an_app_may_read_its_answers_aloud(place: Place) -> None:
    config = place.mock.world.first_app("chat").config
    assert config is not None
    config["text_to_speech"] = {"enabled": True, "voice": "alloy", "language": "en-US", "autoPlay": "enabled"}
    with place.service().chat.stream(query="Hello") as stream:
        events = list(stream)
    kinds = [type(one) for one in events]
    assert kinds.index(TTSMessageEvent) < kinds.index(MessageEndEvent)
    assert kinds[-1] is TTSMessageEndEvent
    assert isinstance(events[-1], TTSMessageEndEvent) and events[-1].audio == ""
