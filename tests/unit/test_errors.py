"""The tree of errors: its shape, its words, and its way through pickle and copy."""

import copy
import inspect
import pickle

import httpx
import pytest

from dify_sdk import errors
from dify_sdk.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    ConfigurationError,
    DifyError,
    IndexingError,
    IndexingFailedError,
    MCPError,
    QuotaExceededError,
    RateLimitError,
    StreamError,
    StreamInterruptedError,
    StreamTimeoutError,
    WorkflowFailedError,
    in_stream,
)
from dify_sdk.service.datasets.indexing import BatchIndexing
from dify_sdk.shared.runs import ChatReply, WorkflowRun

EVERY = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, DifyError)]
REFUSALS = [kind for kind in EVERY if issubclass(kind, APIStatusError)]


def example(kind):
    """An error of a kind with everything on it that one can carry."""
    if issubclass(kind, APIStatusError):
        headers = httpx.Headers({"Retry-After": "3"})
        error = kind("no", status_code=429, code="a_code", params={"x": "why"}, body={"a": [1]}, headers=headers, request_id="r-1")
    elif kind is MCPError:
        error = kind("no such method", code=-32601, data={"method": "x"})
    elif kind is WorkflowFailedError:
        error = kind("failed", run=WorkflowRun(task_id="t"))
    elif issubclass(kind, IndexingError):
        error = kind({"d-1": "why"} if kind is IndexingFailedError else "not indexed", report=BatchIndexing(data=[]))
    else:
        error = kind("went wrong")
    if isinstance(error, APIError):
        error.partial = ChatReply(answer="half")
        error.task_id, error.workflow_run_id = "t-1", "w-1"
    error.add_note("while calling something")
    return error


@pytest.mark.parametrize("kind", EVERY + [in_stream(kind) for kind in REFUSALS], ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))], ids=["copy", "deepcopy", "pickle"]
)
def test_an_error_survives_copy_and_pickle(kind, again):
    error = example(kind)

    twin = again(error)

    assert type(twin) is type(error)
    assert str(twin) == str(error)
    assert twin.args == error.args
    assert vars(twin) == vars(error)
    assert twin.__notes__ == ["while calling something"]


def test_the_drawing_at_the_top_of_the_module_is_the_tree():
    """Every class that the docstring draws hangs below the class above it."""
    above = {0: DifyError}
    for line in errors.__doc__.splitlines():
        drawn = line.replace("├──", "└──")
        if "└──" not in drawn:
            continue
        level = drawn.index("└──") // 4 + 1
        kind = getattr(errors, drawn.split("└──")[1].split()[0])
        assert issubclass(kind, above[level - 1]), line
        above[level] = kind


def test_every_class_says_what_it_means():
    assert [kind for kind in EVERY if not kind.__dict__.get("__doc__")] == []


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_a_class_for_a_code_lies_below_the_class_of_its_status(kind):
    if kind is not APIStatusError:
        assert issubclass(kind, APIStatusError.by_status[kind.status])


def test_the_words_of_a_refusal_are_status_code_and_message():
    assert str(APIStatusError("no such app", status_code=404, code="not_found")) == "404 not_found: no such app"
    assert str(APIStatusError("Bad Gateway", status_code=502)) == "502 Bad Gateway"
    assert str(APIStatusError("", status_code=500)) == "500"


def test_a_wrong_setting_is_also_a_value_error():
    assert issubclass(ConfigurationError, ValueError)


def test_a_stream_that_fell_silent_is_a_timeout_a_lost_connection_and_a_stream_error():
    assert issubclass(StreamTimeoutError, (StreamInterruptedError, APITimeoutError))
    assert issubclass(StreamInterruptedError, APIConnectionError)
    assert issubclass(StreamInterruptedError, StreamError)


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_inside_a_stream_a_refusal_is_also_a_stream_error_under_the_same_name(kind):
    both = in_stream(kind)

    assert issubclass(both, kind)
    assert issubclass(both, StreamError)
    assert both.__name__ == kind.__name__
    assert in_stream(kind) is both


def test_an_error_outside_a_stream_has_no_ids_and_no_partial_result():
    error = APIConnectionError("refused")

    assert [error.partial, error.task_id, error.message_id, error.conversation_id, error.workflow_run_id] == [None] * 5


def test_classes_made_for_streams_do_not_take_over_codes_and_statuses():
    in_stream(QuotaExceededError)

    assert APIStatusError.by_code["rate_limit_error"] is QuotaExceededError
    assert APIStatusError.by_status[429] is RateLimitError


def test_a_rate_limit_error_tells_the_seconds_to_wait():
    assert RateLimitError("slow down", status_code=429, headers=httpx.Headers({"Retry-After": "7"})).retry_after == 7.0
    assert RateLimitError("slow down", status_code=429).retry_after is None
