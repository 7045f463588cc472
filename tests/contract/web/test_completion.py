"""Stories of completions on a page."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place, reach
from dify_sdk.errors import CompletionRequestError, InvalidParamError, NotCompletionAppError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def test_a_text_is_written(place: Place) -> None:
    client = place.web("completion")
    reply = client.completion.send(inputs={"query": "write"})
    assert place.live or reply.answer == "Hello from the stub. You said: write"
    assert reply.metadata and reply.metadata.usage is None
    client.saved_messages.create(message_id=reply.message_id)
    [kept] = client.saved_messages.list()
    assert (kept.answer, kept.inputs) == (reply.answer, {"query": "write"})


def test_a_text_is_followed_while_it_is_written(place: Place) -> None:
    with place.web("completion").completion.stream(inputs={"query": "write"}) as stream:
        assert "".join(stream.text_deltas()) == stream.result().answer


def test_a_text_is_stopped(place: Place) -> None:
    with place.web("completion").completion.stream(inputs={"query": "[[slow]]"}) as stream:
        reach(stream, "message")
        stream.stop()
        assert 0 < len(stream.result().answer.split()) < 60


def test_a_stop_of_an_unknown_task_is_fine(place: Place) -> None:
    assert place.web("completion").completion.stop(UNKNOWN).result == "success"


def test_a_variable_that_is_required_must_be_there(place: Place) -> None:
    with pytest.raises(InvalidParamError, match="query is required in input form"):
        place.web("completion").completion.send(inputs={})


def test_a_model_that_fails_is_an_error(place: Place) -> None:
    with pytest.raises(CompletionRequestError):
        place.web("completion").completion.send(inputs={"query": "[[fail-start]]"})


def test_a_page_of_another_mode_completes_nothing(place: Place) -> None:
    for ask in (place.web().completion.send, lambda: place.web().completion.stop(UNKNOWN)):
        with pytest.raises(NotCompletionAppError, match="Completion app mode"):
            ask()
