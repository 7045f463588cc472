"""The mock beside a live server: recorded requests, asked in a world like the recorded one, and what their replies have in common."""

import json
import re
from itertools import groupby

import httpx

from dify_mock import MockServer


class Scene:
    """A demo world; `ids` are the recorded ones and ours, `key` is that of the app which is asked."""

    def __init__(self):
        self.mock = MockServer(pace=0)
        self.http = httpx.Client(transport=self.mock.transport, base_url="http://mock")
        self.key, self.dataset_key = "", self.mock.credentials.dataset_key
        self.ids = {}

    def post(self, path, *, key=None, **body):
        reply = self.http.post(path, headers={"authorization": f"Bearer {key or self.key}"}, **body)
        assert reply.is_success, reply.text
        return reply.json() if reply.content else None

    def ask(self, row):
        return self.http.request(**self.request(row))

    def request(self, row):
        told = row.told
        headers = {name: self.shown(row, value) for name, value in told["request_headers"].items() if name != "host"}
        url, asked = self.here(told["url"]), told["request_body"]
        if row.media_type == "multipart/form-data":
            body = multipart(asked, headers)
        elif isinstance(asked, dict) and "raw_text" in asked:
            body = asked["raw_text"].encode()
        elif isinstance(asked, dict) and "form" in asked:
            body = str(httpx.QueryParams(asked["form"])).encode()
        else:
            body = b"" if asked is None else self.here(json.dumps(asked)).encode()
        return {"method": told["method"], "url": url, "headers": headers, "content": body}

    def shown(self, row, value):
        """A recorded header with what proves who asks, which is masked there."""
        return re.sub(r"[^\s=]*\*{3}", lambda masked: self.secret(row, masked[0]), value)

    def secret(self, row, masked):
        return {"app-***": self.key, "data***": self.dataset_key}[masked]

    def here(self, text):
        """A text of the recordings with the ids of this world."""
        return re.sub("|".join(self.ids), lambda found: self.ids[found[0]], text) if self.ids else text


def multipart(asked, headers):
    """The recorded form: also one that no client would send."""
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{text}'.encode() for name, text in asked.get("form", {}).items()]
    for one in asked["files"]:
        kind = f"\r\nContent-Type: {one['content_type']}" if one["content_type"] else ""
        head = f'Content-Disposition: form-data; name="{one["field"]}"; filename="{one["filename"]}"{kind}\r\n\r\n'
        parts.append(head.encode() + b"x" * one["bytes"])
    headers["content-type"] = "multipart/form-data; boundary=line"
    return b"".join(b"--line\r\n" + part + b"\r\n" for part in parts) + b"--line--\r\n"


def check_reply(reply, row):
    """Status, headers, fields with their types, and what is said of errors."""
    told = row.told
    same((reply.status_code, reply.headers.get("content-type")), (row.status, told["response_headers"].get("content-type")), reply.text)
    passing = {"content-length", "transfer-encoding", "www-authenticate"}
    same(set(reply.headers) - passing, set(told["response_headers"]) - passing)
    if told["method"] == "HEAD":
        return
    if "json" not in reply.headers.get("content-type", "") or not reply.content:
        same(bool(reply.content), bool(row.body))
        return
    theirs = told["response_body"]
    same(compared(reply.json(), theirs), {})
    if row.status >= 400:
        for name in theirs.keys() & {"code", "message", "error"}:
            same(said(reply.json()[name]), said(theirs[name]))


def same(ours, theirs, told=""):
    assert ours == theirs, f"ours {ours!r}, theirs {theirs!r} {told}"


def shape(value, at=""):
    """Every path in a JSON value with the types it has; the items of a list are as one."""
    if isinstance(value, dict):
        found = {}
        for name, inner in value.items():
            for path, kinds in shape(inner, f"{at}.{name}").items():
                found[path] = found.get(path, frozenset()) | kinds
        return found or {at: frozenset({"object"})}
    if isinstance(value, list):
        found = {}
        for inner in value:
            for path, kinds in shape(inner, f"{at}[]").items():
                found[path] = found.get(path, frozenset()) | kinds
        return found or {at: frozenset({"list"})}
    return {at: frozenset({type(value).__name__})}


def compared(ours, theirs):
    """What differs: paths that only one has, and types that the recording does not have there, inputs apart."""
    ours, theirs = shape(ours), shape(theirs)
    odd = {path: (sorted(ours.get(path, ())), sorted(theirs.get(path, ()))) for path in ours.keys() ^ theirs.keys()}
    return odd | {
        path: (sorted(ours[path]), sorted(theirs[path]))
        for path in ours.keys() & theirs.keys()
        if not ours[path] <= theirs[path] and ".inputs." not in path
    }


def said(message):
    """A message without what depends on the server's libraries: suggested routes, quoted inputs, ids, the order of complaints."""
    if isinstance(message, dict):
        return {name: said(value) if isinstance(value, str) else value for name, value in message.items()}
    message = message.replace("literal_error", "enum")  # how a server keeps its choices is its own affair
    message = re.sub(r"\{'[^{}]*'\}", lambda found: str(sorted(found[0][1:-1].split(", "))), message)  # a set has no order
    suggested, quoted, pages = r"\.( You have requested this URI .*)?$", r", input_value=.*", r"\s+For further information visit \S+"
    for noise in (suggested, quoted, pages, r"(?<=errors\.pydantic\.dev/)\d+\.\d+"):
        message = re.sub(noise, "", message)
    message = re.sub(r"[0-9a-f]{8}([-_])[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}", "<id>", message)
    return sorted(message.split("\n")) if "validation errors for" in message else message


def events(body):
    """The events of a stream: of each its name and what it holds."""
    told = [line.removeprefix("data: ") for line in body.decode().splitlines() if line.startswith(("data: ", "event: "))]
    return [(json.loads(one)["event"], json.loads(one)) if one.startswith("{") else (one, {}) for one in told]


def check_stream(scene, row, *, stop=None, counts=True):
    """Status, media type, and the events in their order, each with the fields of a recorded one. `stop` ends the run before its last event."""
    theirs = events(row.body)
    body = b""
    with scene.http.stream(**scene.request(row)) as reply:
        for piece in reply.iter_bytes():
            body += piece
            if stop and len(events(body)) == len(theirs) - 1:
                stop(events(body)[-1][1]["task_id"])
    same((reply.status_code, reply.headers["content-type"]), (200, row.told["response_headers"]["content-type"]))
    ours = events(body)[: len(theirs)] if row.was_cut else events(body)
    exact = counts and not row.was_cut
    same(_counted(ours, exact=exact), _counted(theirs, exact=exact))
    for name, mine in ours:
        assert {} in [compared(mine, one) for kind, one in theirs if kind == name], (name, mine)


def _counted(listed, *, exact):
    """The names of events in their order with their numbers, where the numbers do not depend on the hour."""
    return [(name, len(list(same)) if exact else "some") for name, same in groupby(name for name, _ in listed)]
