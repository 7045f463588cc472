"""Every recorded request, as the client sends it: method, path, query, header names and body.

It runs where `DIFY_RECORDINGS` names a folder of recordings.
"""

import json
from collections import Counter
from urllib.parse import urlsplit

import httpx
import pytest

from contract import recorded
from dify_mock import multipart
from dify_sdk.errors import ConfigurationError

if recorded.FOLDER is None:
    pytest.skip(recorded.NO_FOLDER, allow_module_level=True)

ROWS = recorded.rows()
NOISE = {"accept", "accept-encoding", "connection", "content-length", "host", "user-agent"}

# Requests that no client of ours sends: how many of each kind are known, and why. The numbers may only shrink.
SKIPPED = {
    "not declared yet": (188, "`declared.py` lists what that is"),
    "no operation": (11, "a path or a method that no operation has: the server was asked what it says to that"),
    "another body": (19, "no JSON object, or none at all, or a form where JSON is due; in a form, what should be JSON and is not"),
    "other files": (5, "two files, no file name or no media type, where the method takes one whole file"),
    "another place": (1, "an argument in the query that the server reads in the form"),
    "another key": (
        14,
        "a key without its scheme, of another scheme, or none; a passport in a cookie, without its code, or none; half a session",
    ),
    "another mode": (3, "a response_mode that is no mode, or where there is but one"),
    "inputs left out": (3, "the client always sends inputs: servers require them"),
    "refused": (25, "an argument was left out that the client asks for; the server refused it too"),
}


def kind_of_skip(row):
    if row.skipped:
        return row.skipped
    asked, told = row.asked, row.told["request_headers"]
    if row.declaration.key in {"app", "dataset"} and not told.get("authorization", "").startswith("Bearer "):
        return "another key"
    if row.declaration.key == "admin" and "authorization" not in told:
        return "another key"
    if row.declaration.key in {"code", "passport"} and ("x-app-code" not in told or "cookie" in told):
        return "another key"
    if row.declaration.key == "passport" and "x-app-passport" not in told:
        return "another key"
    if row.declaration.key == "session" and ("access_token=" not in told.get("cookie", "") or "x-csrf-token" not in told):
        return "another key"
    plan = row.declaration.plan
    if row.media_type != ("multipart/form-data" if plan.multipart else "application/json" if plan.has_json else ""):
        return "another body"
    if plan.has_json and (not isinstance(asked, dict) or "raw_text" in asked):
        return "another body"
    if plan.multipart:
        if any(one.place == "form" and one.wire in dict(row.query) for one in plan.arguments.values()):
            return "another place"
        files = asked.get("files", [])
        if len(files) != 1 or not files[0]["filename"] or not files[0]["content_type"]:
            return "other files"
        if any(recorded.loaded(text) is text for name, text in asked.get("form", {}).items() if name in json_parts(plan)):
            return "another body"
    if isinstance(asked, dict):
        modes = {"blocking", "streaming"} if row.declaration.constants else {None}
        if asked.get("response_mode", next(iter(modes))) not in modes:
            return "another mode"
        if plan.always.keys() - asked.keys():
            return "inputs left out"
    return None


def json_parts(plan):
    """The parts of a form that hold JSON."""
    return {one.wire for one in plan.arguments.values() if one.place == "form" and not one.is_text}


class SentError(Exception):
    """Carries a request out of the transport: nothing answers it."""


def send(row, bridge):
    def sent(request):
        if row.is_alias and request.url.path != urlsplit(row.told["url"]).path:
            return httpx.Response(404)  # a server that does not know the modern spelling
        raise SentError(request)

    method = row.method(recorded.client(row.operation, bridge, sent))
    with pytest.raises(SentError) as raised:
        answer = method(**row.arguments)
        answer.result()  # streams are sent when they are asked
    return raised.value.args[0]


def test_what_is_skipped_is_known():
    kinds = Counter(kind for row in ROWS if (kind := kind_of_skip(row)))
    kinds["refused"] = len([row for row in ROWS if not kind_of_skip(row) and is_refused(row)])
    assert kinds == {kind: count for kind, (count, _) in SKIPPED.items()}


def is_refused(row):
    """Whether the client refuses the call."""
    try:
        send(row, None)
    except (TypeError, ConfigurationError):
        return True
    return False


@pytest.mark.parametrize("row", [row for row in ROWS if not kind_of_skip(row)], ids=lambda row: row.id)
def test_the_request_is_sent_again(row, bridge):
    try:
        request = send(row, bridge)
    except (TypeError, ConfigurationError):
        assert row.status >= 400  # the server refused it too
        return
    assert request.method == row.told["method"]
    assert request.url.raw_path.decode().partition("?")[0] == urlsplit(row.told["url"]).path
    assert sorted(request.url.params.multi_items()) == sorted(asked_in_query(row))
    headers = dict(row.told["request_headers"])
    shown = set(headers) - NOISE
    if row.declaration.key == "none":
        shown -= {"authorization", "cookie", "x-csrf-token"}  # whoever recorded it showed a key where none is asked for
    if row.declaration.key == "known":
        known = {"web": {"x-app-code", "x-app-passport"}, "console": {"cookie", "x-csrf-token"}}
        shown |= known[row.operation.tier.name]  # the client shows what it knows
    assert set(request.headers) - NOISE == shown
    assert request.headers["accept"] == headers["accept"]
    if "authorization" in shown:
        assert request.headers["authorization"].startswith(headers["authorization"].rstrip("*"))
    assert request.headers.get("content-type", "").partition(";")[0] == row.media_type
    check_body(row, request)


def asked_in_query(row):
    mode_is_left_out = row.declaration.constants and not row.declaration.plan.has_json and "response_mode" not in dict(row.query)
    return [*row.query, ("response_mode", "blocking")] if mode_is_left_out else row.query  # what servers take it for


def loaded_if(is_json, text):
    return json.loads(text) if is_json else text


def check_body(row, request):
    content = request.read()
    if row.media_type == "multipart/form-data":
        form = multipart.parse(request.headers["content-type"], content)
        written = json_parts(row.declaration.plan)
        assert [(name, loaded_if(name in written, text)) for name, text in form.fields.items()] == [
            (name, loaded_if(name in written, text)) for name, text in row.asked.get("form", {}).items()
        ]
        sent = [
            {"field": name, "filename": file.name, "bytes": len(file.read()), "content_type": file.content_type}
            for name, file in form.files
        ]
        assert sent == row.asked["files"]
    elif row.asked is None:
        assert content == b""
    else:
        asked = dict(row.asked)
        if row.declaration.constants:
            asked.setdefault("response_mode", "blocking")  # what servers take it for
        assert json.loads(content) == asked
