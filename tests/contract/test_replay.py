"""Every recorded reply and stream through the client that asked: no field unknown, none lost, errors to their class.

It runs where `DIFY_RECORDINGS` names a folder of recordings.
"""

import json
import random
from functools import partial
from itertools import pairwise

import httpx
import pytest
from pydantic import BaseModel

from contract import recorded
from dify_sdk import UnknownEvent, errors
from dify_sdk._endpoint import Download, Paged
from dify_sdk.errors import APIStatusError, StreamError, StreamInterruptedError
from dify_sdk.shared.pipelines import DatasourceRun

if recorded.FOLDER is None:
    pytest.skip(recorded.NO_FOLDER, allow_module_level=True)

ROWS = recorded.rows()
# What servers say no with, and the class that says so. A code beyond these comes as the class of its status.
CLASSES = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    405: "MethodNotAllowedError",
    409: "ConflictError",
    412: "PreconditionFailedError",
    413: "PayloadTooLargeError",
    415: "UnsupportedMediaTypeError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
    500: "InternalServerError",
}
NARROWER = {
    "app_unavailable": "AppUnavailableError",
    "audio_too_large": "AudioTooLargeError",
    "completion_request_error": "CompletionRequestError",
    "end_user_not_found": "EndUserNotFoundError",
    "file_not_found": "UploadedFileNotFoundError",
    "file_too_large": "FileTooLargeError",
    "human_input_form_submitted": "FormSubmittedError",
    "invalid_form_data": "InvalidFormDataError",
    "invalid_param": "InvalidParamError",
    "not_chat_app": "NotChatAppError",
    "not_workflow_app": "NotWorkflowAppError",
    "rate_limit_error": "QuotaExceededError",
    "speech_to_text_disabled": "SpeechToTextDisabledError",
    "unsupported_audio_type": "UnsupportedAudioTypeError",
    "unsupported_file_type": "UnsupportedFileTypeError",
}


def each(rows):
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.id)


def call(row, bridge, response):
    client = recorded.client(row.operation, bridge, lambda request: response)
    return row.method(client)(**row.fitting_arguments)


def unknown(value, where=""):
    """The fields, at any depth, that a model has no name for."""
    if isinstance(value, BaseModel):
        yield from (f"{where}.{name}" for name in value.model_extra or ())
        for name in type(value).model_fields:
            yield from unknown(getattr(value, name), f"{where}.{name}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from unknown(one, f"{where}[{number}]")


def lost(told, kept, where=""):
    """The leaves of what was recorded that are not in what was kept."""
    if isinstance(told, dict) and isinstance(kept, dict):
        for name, value in told.items():
            yield from lost(value, kept[name], f"{where}.{name}") if name in kept else [f"{where}.{name}"]
    elif isinstance(told, list) and isinstance(kept, list) and len(told) == len(kept):
        for number, (one, other) in enumerate(zip(told, kept, strict=True)):
            yield from lost(one, other, f"{where}[{number}]")
    elif told != kept:
        yield f"{where}: {told!r} became {kept!r}"


def dumped(model):
    return model.model_dump(by_alias=True, mode="json")


def check(told, value):
    """A value as it should be made of what was told."""
    assert list(unknown(value)) == []
    kept = [dumped(one) if isinstance(one, BaseModel) else one for one in value] if isinstance(value, list) else dumped(value)
    assert list(lost(told, kept)) == []


@each([row for row in ROWS if row.operation and row.status < 400 and not row.is_stream])
def test_a_reply_comes_out_whole(row, bridge):
    answer = call(row, bridge, row.response())
    if isinstance(row.declaration, Download):
        assert answer.content_type == row.headers["content-type"]
        assert answer.read() == row.body
    elif row.status == 204:
        assert answer is None
    else:
        answer = answer.result() if row.declaration.streams else answer  # the server did not stream what it could have
        check(row.told["response_body"], answer.listing if isinstance(row.declaration, Paged) else answer)


@each([row for row in ROWS if row.status >= 400])
def test_an_error_comes_out_as_its_class(row, bridge):
    """Errors of operations that are not declared are read too: every tier says no in the same ways."""
    asked = row if row.operation else next(one for one in ROWS if one.operation)
    with pytest.raises(APIStatusError) as raised:
        answer = call(asked, bridge, row.response())
        answer.result()  # streams are sent when they are asked
    error, told = raised.value, row.told["response_body"]
    assert error.status_code == row.status
    assert error.code == code_of(told)
    assert isinstance(error, getattr(errors, CLASSES[min(row.status, 500)]))
    if row.operation and error.code in NARROWER:
        assert type(error) is getattr(errors, NARROWER[error.code])
    assert error.body == told or row.body == b""
    assert error.headers["content-type"] == row.headers["content-type"]
    if isinstance(told, dict) and isinstance(message := told.get("message"), str) and not error.params:
        assert error.message == message or not message


def code_of(told):
    """The server's own word, in any of the forms it comes in."""
    if not isinstance(told, dict):
        return ""
    if isinstance(told.get("error"), dict):
        return told["error"]["type"]
    return told.get("code") or told.get("custom") or ""


STREAMS = [row for row in ROWS if row.operation and row.is_stream]


class Chunks(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in pieces, for either twin."""

    def __init__(self, pieces):
        self.pieces = pieces

    def __iter__(self):
        yield from self.pieces

    async def __aiter__(self):
        for piece in self.pieces:
            yield piece


def by(size, body):
    return [body[at : at + size] for at in range(0, len(body), size)]


def at_random(body):
    places = random.Random(len(body))
    cuts = sorted({0, len(body), *(places.randrange(len(body)) for _ in range(len(body) // 40 + 3))})
    return [body[start:end] for start, end in pairwise(cuts)]


WAYS = {
    "whole": lambda body: [body],
    "bytes": partial(by, 1),
    "sevens": partial(by, 7),
    "random": at_random,
    "CRLF": lambda body: at_random(body.replace(b"\n", b"\r\n")),
    "no last blank line": lambda body: by(97, body.rstrip(b"\n")),
}


def events_of(body):
    """The events of a body, read as plainly as possible."""
    blocks = body.decode().split("\n\n")
    return [json.loads(line.removeprefix("data: ")) for block in blocks for line in block.split("\n") if line.startswith("data: ")]


def play(row, bridge, pieces):
    """The events of a stream, and what it came to: a result or an error."""
    stream = call(row, bridge, row.response(Chunks(pieces)))
    events = []
    try:
        for event in stream:
            events.append(event)  # noqa: PERF402  # those before an error too
        return events, stream.result()
    except StreamError as error:
        return events, error


@pytest.mark.parametrize("way", WAYS)
@each(STREAMS)
def test_a_stream_comes_out_whole(row, way, bridge):
    told = events_of(row.body)
    failure = told.pop() if told[-1]["event"] == "error" else None
    events, end = play(row, bridge, WAYS[way](row.body))
    assert len(events) == len(told)
    for one, event in zip(told, events, strict=True):
        assert not isinstance(event, UnknownEvent), one
        check(one, event)
    if failure:
        assert (end.status_code, end.code, end.message) == (failure["status"], failure["code"], failure["message"])
        assert isinstance(end, getattr(errors, NARROWER[end.code]))
    elif is_over(told):
        check_result(row, told, end)
    else:
        assert isinstance(end, StreamInterruptedError), end
    if isinstance(end, StreamError):
        assert end.partial is not None
        assert text_of(told) == (end.partial.text if hasattr(end.partial, "text") else end.partial.answer)
        for name in ("task_id", "message_id", "conversation_id", "workflow_run_id"):
            assert getattr(end, name) == next((one[name] for one in (*told, failure or {}) if one.get(name)), None)


@each([row for row in STREAMS if len(events_of(row.body)) > 3])
def test_a_stream_that_is_cut_says_what_had_come(row, bridge):
    body = row.body[: len(row.body) // 2]
    told = events_of(body[: body.rindex(b"\n\n")])
    events, end = play(row, bridge, by(1000, body))
    assert len(events) == len(told)
    assert isinstance(end, StreamInterruptedError)
    assert text_of(told) == (end.partial.text if hasattr(end.partial, "text") else end.partial.answer)


def is_over(told):
    """Whether the events have come to the end of their run, or to a pause."""
    kinds = [one["event"] for one in told]
    if kinds[-1] in {"datasource_completed", "datasource_error"}:
        return True
    if "workflow_started" in kinds or "workflow_finished" in kinds:
        return kinds[-1] in {"workflow_finished", "workflow_paused"} or "workflow_finished" in kinds
    return "message_end" in kinds


def text_of(told):
    text = ""
    for one in told:
        if one["event"] in {"message", "agent_message"}:
            text += one["answer"]
        elif one["event"] == "message_replace":
            text = one["answer"]
        elif one["event"] == "text_chunk":
            text += one["data"]["text"]
    return text


def check_result(row, told, result):
    """What the blocking twin would have answered, put together from the events without the fold."""
    like = row.declaration.like
    assert like is None or type(result) is like.plan.result
    last = {one["event"]: one for one in told}
    if isinstance(result, DatasourceRun):
        assert result.data == [one for event in told if event["event"] == "datasource_completed" for one in event["data"]]
        assert result.error == last.get("datasource_error", {}).get("error")
        return
    if ending := last.get("workflow_finished") or last.get("workflow_paused"):
        run = result if hasattr(result, "outputs") else result.run
        told_data = {name: value for name, value in ending["data"].items() if name not in {"created_by", "workflow_run_id"}}
        assert list(lost(told_data, dumped(run.data))) == []
        assert run.workflow_run_id == ending["workflow_run_id"]
    if ending := last.get("message_end"):
        if text := text_of(told):
            assert result.answer == text if hasattr(result, "answer") else result.text == text
        if hasattr(result, "metadata"):
            check(ending["metadata"], result.metadata)
            assert result.message_id == result.id == ending["message_id"]
            assert list(lost(ending["files"], [dumped(one) for one in result.files])) == []
    assert result.task_id == told[0]["task_id"]
