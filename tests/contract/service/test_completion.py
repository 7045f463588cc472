"""Stories of completions."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import (
    AppUnavailableError,
    CompletionRequestError,
    InvalidParamError,
    ProviderNotInitializedError,
    QuotaExceededError,
    StreamError,
)

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def test_a_prompt_is_completed(place: Place) -> None:
    reply = place.service("completion").completion.send(inputs={"query": "write a line"})
    assert reply.answer
    assert (reply.mode, reply.event, reply.id) == ("completion", "message", reply.message_id)
    assert reply.metadata and reply.metadata.usage and reply.metadata.usage.total_tokens


def test_the_inputs_go_into_the_prompt(place: Place) -> None:
    assert place.mock
    reply = place.service("completion").completion.send(inputs={"query": "write a line"})
    assert reply.answer == "Hello from the stub. You said: write a line"


def test_a_stream_comes_to_what_the_blocking_call_answers(place: Place) -> None:
    client = place.service("completion")
    with client.completion.stream(inputs={"query": "write a line"}) as stream:
        pieces = list(stream.text_deltas())
        reply = stream.result()
    assert len(pieces) > 1
    assert "".join(pieces) == reply.answer
    assert place.live or reply.answer == client.completion.send(inputs={"query": "write a line"}).answer


def test_the_conversation_of_a_completion_is_nowhere_to_be_seen(place: Place) -> None:
    client = place.service("completion")
    with client.completion.stream(inputs={"query": "write a line"}) as stream:
        first = next(stream)
        stream.result()
        assert stream.conversation_id is None
    assert "conversation_id" not in (first.model_extra or {})


def test_a_stopped_completion_ends_early(place: Place) -> None:
    with place.service("completion").completion.stream(inputs={"query": "[[slow]]"}) as stream:
        for _ in range(3):
            next(stream)
        stream.stop()
        reply = stream.result()
    assert place.live or reply.answer == "slow0 slow1 slow2 "
    assert reply.metadata and reply.metadata.usage and reply.metadata.usage.total_tokens == 0


def test_a_stopped_completion_keeps_what_it_wrote(place: Place) -> None:
    with place.service("completion").completion.stream(inputs={"query": "[[slow]]"}) as stream:
        next(stream)
        stream.stop()
        message_id = stream.result().message_id
    assert place.mock.world.messages[message_id].answer == "slow0 "


def test_stopping_an_unknown_task_succeeds(place: Place) -> None:
    assert place.service("completion").completion.stop(UNKNOWN).result == "success"


def test_a_file_goes_with_a_prompt(place: Place) -> None:
    client = place.service("completion")
    reference = client.files.upload_and_reference(file=("note.txt", b"words", "text/plain"))
    assert client.completion.send(inputs={"query": "sum this up"}, files=[reference]).answer
    assert client.files.preview(reference["upload_file_id"]).read() == b"words"


def test_a_needed_variable_is_missed(place: Place) -> None:
    with pytest.raises(InvalidParamError, match="query is required in input form"):
        place.service("completion").completion.send()


def test_a_needed_variable_is_missed_before_a_stream_begins(place: Place) -> None:
    with pytest.raises(InvalidParamError, match="query is required in input form") as refused:
        place.service("completion").completion.stream().result()
    assert not isinstance(refused.value, StreamError)


@pytest.mark.parametrize("mode", ["chat", "workflow"])
def test_completions_are_for_completion_apps(place: Place, mode: str) -> None:
    client = place.service(mode)  # type: ignore[arg-type]  # two of the modes
    with pytest.raises(AppUnavailableError):
        client.completion.send(inputs={"query": "x"})
    with pytest.raises(AppUnavailableError):
        client.completion.stream(inputs={"query": "x"}).result()
    with pytest.raises(AppUnavailableError):
        client.completion.stop(UNKNOWN)


def test_a_model_that_fails_is_a_bad_request(place: Place) -> None:
    with pytest.raises(CompletionRequestError, match="provider went away"):
        place.service("completion").completion.send(inputs={"query": "[[fail-mid]]"})


def test_a_stream_that_fails_keeps_what_came(place: Place) -> None:
    with pytest.raises(StreamError) as failed:
        place.service("completion").completion.stream(inputs={"query": "[[fail-mid]]"}).result()
    assert failed.value.partial.answer == "part0 part1 part2 "


@pytest.mark.profiles("dify", reason="a stream of the documents fails in words alone")
def test_a_providers_limit_is_told_apart_in_a_stream_only(place: Place) -> None:
    client = place.service("completion")
    with pytest.raises(QuotaExceededError) as limited:
        client.completion.stream(inputs={"query": "[[rate]]"}).result()
    assert limited.value.status_code == 429
    with pytest.raises(CompletionRequestError) as refused:
        client.completion.send(inputs={"query": "[[rate]]"})
    assert refused.value.status_code == 400


def test_without_a_provider_there_is_no_completion(place: Place) -> None:
    place.mock.world.provider_is_ready = False
    with pytest.raises(ProviderNotInitializedError):
        place.service("completion").completion.send(inputs={"query": "x"})


def test_an_app_takes_so_many_prompts_at_once(place: Place) -> None:
    app = place.mock.world.first_app("completion")
    app.max_active_requests = 1
    client = place.service("completion")
    with client.completion.stream(inputs={"query": "[[slow]]"}) as stream:
        next(stream)
        with pytest.raises(InvalidParamError, match="Too many requests"):
            client.completion.send(inputs={"query": "x"})
        stream.stop()
        stream.result()
    assert client.completion.send(inputs={"query": "x"}).answer
