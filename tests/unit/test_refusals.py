"""Every form in which a Dify server, or a proxy before it, says no."""

import json

import hypothesis.strategies as st
import pytest
from hypothesis import given

from dify_sdk import errors
from dify_sdk._refusals import decoded, error_from, read

PYDANTIC_TEXT = """\
2 validation errors for ChatRequestPayload
query
  Field required [type=missing, input_value={'password': 'hunter2'}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.11/v/missing
inputs.age
  Input should be a valid integer [type=int_type, input_value='hunter2', input_type=str]
    For further information visit https://errors.pydantic.dev/2.11/v/int_type"""
PYDANTIC_LIST = json.dumps(
    [
        {"type": "missing", "loc": ["query"], "msg": "Field required", "input": {"password": "hunter2"}},
        {"type": "int_type", "loc": ["inputs", "age"], "msg": "Input should be a valid integer", "input": "hunter2"},
    ]
)
PAGE = "<!doctype html>\n<html><head><style>h1 { color: red }</style><title>404 Not Found</title></head><h1>Not Found</h1></html>"

# The envelopes by the letters of the reference, with what must come out: class, code, message, params, request id.
ENVELOPES = {
    "A": (404, {"code": "not_found", "message": "Gone.", "status": 404}, "NotFoundError", "not_found", "Gone.", {}, None),
    "A by its code": (400, {"code": "not_chat_app", "message": "m", "status": 400}, "NotChatAppError", "not_chat_app", "m", {}, None),
    "B": (
        400,
        {"code": "invalid_param", "message": "too long", "params": "query", "status": 400},
        "InvalidParamError",
        "invalid_param",
        "too long",
        {"query": "too long"},
        None,
    ),
    "C": (
        502,
        {"code": "plugin_runtime_error", "message": "boom", "status": 502, "details": {"request_id": "r-7"}},
        "InternalServerError",
        "plugin_runtime_error",
        "boom",
        {},
        "r-7",
    ),
    "D": (
        400,
        {"custom": "max_keys_exceeded", "message": "Cannot create more than 10 API keys."},
        "BadRequestError",
        "max_keys_exceeded",
        "Cannot create more than 10 API keys.",
        {},
        None,
    ),
    "D without more": (404, {"message": "App not found."}, "NotFoundError", "", "App not found.", {}, None),
    "E": (
        400,
        {"errors": {"name": "Missing required parameter"}, "message": "Input payload validation failed"},
        "BadRequestError",
        "",
        "Input payload validation failed",
        {"name": "Missing required parameter"},
        None,
    ),
    "F": (401, {"code": "unauthorized", "message": "Unauthorized."}, "AuthenticationError", "unauthorized", "Unauthorized.", {}, None),
    "G": (401, {"result": "fail", "message": "No refresh token"}, "AuthenticationError", "", "No refresh token", {}, None),
    "H": (200, {"result": "fail", "data": "workspace not found"}, "APIStatusError", "", "workspace not found", {}, None),
    "I": (400, {"error": "1 segment is empty"}, "BadRequestError", "", "1 segment is empty", {}, None),
    "I with a word": (400, {"error": "slow_down"}, "SlowDownError", "slow_down", "slow_down", {}, None),
    "J": (
        422,
        {"error": {"type": "validation_error", "message": "Validation error for parameter 'payload'", "status": 422}},
        "UnprocessableEntityError",
        "validation_error",
        "Validation error for parameter 'payload'",
        {},
        None,
    ),
    "K": (
        422,
        {
            "code": "invalid_param",
            "message": "Request validation failed",
            "status": 422,
            "details": [{"type": "missing", "loc": ["query"], "msg": "Field required"}],
        },
        "UnprocessableEntityError",
        "invalid_param",
        "Request validation failed",
        {"query": "Field required"},
        None,
    ),
    "L": (429, {"error": "Too Many Requests", "message": "quota"}, "RateLimitError", "too_many_requests", "quota", {}, None),
    "M": (400, {"code": "plugin_error", "message": "no daemon"}, "BadRequestError", "plugin_error", "no daemon", {}, None),
    "N": (
        400,
        {"jsonrpc": "2.0", "id": 1, "error": {"code": -32601, "message": "Method not found"}},
        "BadRequestError",
        "-32601",
        "Method not found",
        {},
        None,
    ),
    "documented for pages": (
        404,
        {"success": False, "message": "应用暂时不可用", "error_code": "NotFound", "request_id": "r"},
        "NotFoundError",
        "NotFound",
        "应用暂时不可用",
        {},
        "r",
    ),
    "documented for pages, named": (
        400,
        {
            "success": False,
            "message": "请求参数错误",
            "validation_errors": [{"type": "missing", "loc": ["query"], "msg": "Field required"}, {"loc": [], "msg": "odd"}],
        },
        "BadRequestError",
        "",
        "请求参数错误",
        {"query": "Field required", "": "odd"},
        None,
    ),
    "documented": (
        400,
        {
            "error": {
                "code": "NotChatAppError",
                "message": "m",
                "request_id": "r-1",
                "type": "api_error",
                "error_code": "not_chat_app",
                "param": "query",
            }
        },
        "NotChatAppError",
        "not_chat_app",
        "m",
        {"query": "m"},
        "r-1",
    ),
    "documented, by the name of a class": (
        404,
        {"error": {"code": "EndUserNotFoundError", "message": "m", "request_id": "r-1", "type": "api_error"}},
        "EndUserNotFoundError",
        "EndUserNotFoundError",
        "m",
        {},
        "r-1",
    ),
    "documented, arguments that do not validate": (
        400,
        {
            "error": {
                "code": "VALIDATION_ERROR",
                "message": "m",
                "details": [{"type": "missing", "loc": ["query"], "msg": "Field required", "input": {}}],
            }
        },
        "InvalidParamError",
        "VALIDATION_ERROR",
        "m",
        {"query": "Field required"},
        None,
    ),
    "O": (404, PAGE, "NotFoundError", "", "Not Found", {}, None),
    "P": (400, {"status": "error", "error": "no trigger"}, "BadRequestError", "", "no trigger", {}, None),
    "Q": (500, {"data": None, "error": "bridge broke"}, "InternalServerError", "", "bridge broke", {}, None),
    "R": (404, "workflow version not found", "NotFoundError", "", "workflow version not found", {}, None),
    "S": (
        400,
        {"id": "i-1", "status": "failed", "app_id": None, "error": "Missing app data in YAML"},
        "BadRequestError",
        "",
        "Missing app data in YAML",
        {},
        None,
    ),
}


@pytest.mark.parametrize("letter", ENVELOPES)
def test_every_envelope_gives_class_code_message_params_and_request_id(letter):
    status, body, kind, code, message, params, request_id = ENVELOPES[letter]
    content = body.encode() if letter == "O" else json.dumps(body).encode()

    error = error_from(status, content, {})

    assert type(error) is getattr(errors, kind)
    assert (error.status_code, error.code, error.message) == (status, code, message)
    assert (error.params, error.request_id, error.body) == (params, request_id, body)


def test_the_request_id_of_the_headers_wins():
    body = json.dumps({"code": "x", "message": "m", "details": {"request_id": "inner"}}).encode()

    assert error_from(502, body, {"x-request-id": "outer"}).request_id == "outer"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, "APIStatusError"),
        (400, "BadRequestError"),
        (401, "AuthenticationError"),
        (403, "PermissionDeniedError"),
        (404, "NotFoundError"),
        (405, "MethodNotAllowedError"),
        (409, "ConflictError"),
        (412, "PreconditionFailedError"),
        (413, "PayloadTooLargeError"),
        (415, "UnsupportedMediaTypeError"),
        (418, "APIStatusError"),
        (422, "UnprocessableEntityError"),
        (429, "RateLimitError"),
        (500, "InternalServerError"),
        (503, "InternalServerError"),
        (524, "InternalServerError"),
    ],
)
def test_without_a_known_code_the_status_tells_the_class(status, kind):
    assert type(error_from(status, b"", {})) is getattr(errors, kind)


@pytest.mark.parametrize("code", errors.APIStatusError.by_code)
def test_every_known_code_has_its_class(code):
    kind = errors.APIStatusError.by_code[code]

    assert type(error_from(kind.status, json.dumps({"code": code, "message": "m"}).encode(), {})) is kind


def test_a_code_never_contradicts_the_status():
    error = error_from(500, b'{"code": "not_chat_app", "message": "m"}', {})

    assert type(error) is errors.InternalServerError
    assert error.code == "not_chat_app"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("NotChatAppError", "NotChatAppError"),
        ("CompletionRequestError", "CompletionRequestError"),
        ("ProviderNotInitializeError", "ProviderNotInitializedError"),
        ("BadRequest", "BadRequestError"),
        ("EndUserNotFoundError", "BadRequestError"),
        ("", "BadRequestError"),
    ],
)
def test_the_name_of_a_servers_class_counts_as_its_code_where_the_status_agrees(name, kind):
    error = error_from(400, json.dumps({"error": {"code": name, "message": "m"}}).encode(), {})

    assert type(error) is getattr(errors, kind)
    assert error.code == name


def test_an_empty_body_leaves_the_reason():
    error = error_from(502, b"", {})

    assert (error.message, error.body, error.code) == ("Bad Gateway", None, "")
    assert error_from(502, b"", {}, reason="Upstream Gone").message == "Upstream Gone"
    assert error_from(599, b"", {}).message == "an answer without a body"


def test_of_a_page_only_its_words_are_kept():
    assert error_from(404, PAGE.encode(), {}).message == "Not Found"
    assert len(error_from(502, b"<p>" + b"word " * 10_000, {}).message) <= 500


@pytest.mark.parametrize("tag", ["<", "<script", "<style ", "</"])
def test_a_page_of_tags_without_end_is_not_looked_through_again_and_again(tag):
    """Looking for the end of each would take hours."""
    assert len(error_from(502, tag.encode() * 500_000, {}).message) <= 500


def test_a_body_that_is_not_utf8_is_still_told():
    assert error_from(400, b"\xff\xfe\xfa no", {}).message.endswith(" no")


@pytest.mark.parametrize("message", [PYDANTIC_TEXT, PYDANTIC_LIST], ids=["text", "list"])
def test_what_pydantic_complains_about_is_named_without_the_input_it_quotes(message):
    error = error_from(400, json.dumps({"code": "invalid_param", "message": message}).encode(), {})

    assert error.params == {"query": "Field required", "inputs.age": "Input should be a valid integer"}
    assert error.message == "query: Field required; inputs.age: Input should be a valid integer"
    assert "hunter2" not in str(error)


def test_two_complaints_about_one_field_are_both_kept():
    told = read({"message": "m", "details": [{"loc": ["a"], "msg": "one"}, {"loc": ["a"], "msg": "two"}]})

    assert told.params == {"a": "one; two"}


@pytest.mark.parametrize(
    ("message", "hint"),
    [("Agent Chat App does not support blocking mode", "agents only stream"), ("Access token is invalid", "of the other kind")],
)
def test_messages_that_puzzle_come_with_a_hint(message, hint):
    error = error_from(401, json.dumps({"code": "unauthorized", "message": message}).encode(), {})

    assert hint in error.__notes__[0]


def test_a_body_nested_beyond_reason_is_taken_as_text():
    nested = b"[" * 100_000

    assert decoded(nested) == nested.decode()


KEYS = ["code", "message", "status", "params", "param", "details", "errors", "error", "data", "result", "custom", "type", "loc", "msg"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=5),
)


@given(json_values)
def test_no_body_whatever_its_shape_hides_the_refusal(body):
    error = error_from(400, json.dumps(body).encode(), {})

    assert isinstance(error, errors.BadRequestError)
    assert isinstance(error.code, str)
    assert isinstance(error.message, str)
    assert all(isinstance(name, str) and isinstance(why, str) for name, why in error.params.items())


@given(st.binary())
def test_no_bytes_hide_the_refusal(content):
    assert error_from(500, content, {}).status_code == 500
