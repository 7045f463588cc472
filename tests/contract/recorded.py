"""Exchanges recorded from a live server, each with the operation that asked and the call that would ask so again.

`DIFY_RECORDINGS` names the folder: `<tier>.jsonl` with one exchange a line, and `sse/` with the raw streams.
"""

import json
import os
import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from inspect import Parameter
from pathlib import Path
from typing import Literal, get_args, get_origin
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from contract.declared import is_undeclared
from dify_mock.contract.upstream import operations, table
from dify_sdk import _registry
from dify_sdk._plan import PLACEHOLDER, members
from dify_sdk.console.session import Session

FOLDER = os.environ.get("DIFY_RECORDINGS")
NO_FOLDER = "DIFY_RECORDINGS does not name a folder of recordings"
ROOT = "http://dify.test"
CREDENTIALS = {
    "service": {"api_key": "app-key", "dataset_api_key": "dataset-key"},
    "web": {"app_code": "code", "passport": "eyJ.e30.masked"},
    "console": {"session": Session(dict.fromkeys(("access_token", "refresh_token", "csrf_token"), "***"))},
    "files": {},
}
ADMINISTRATOR = {"admin_api_key": "admin-key"}


@dataclass
class Row:
    """One exchange."""

    told: dict
    skipped: str | None = None  # why it has no call
    operation: _registry.Operation | None = None
    path: dict = field(default_factory=dict)
    is_alias: bool = False  # it was sent under another spelling than the operation's own

    @property
    def id(self):
        return f"{self.told['tier']}.{self.told['name']}"

    @property
    def status(self):
        return self.told["status"]

    @property
    def asked(self):
        return self.told["request_body"]

    @property
    def media_type(self):
        """The type of the request's body, without parameters."""
        return self.told["request_headers"].get("content-type", "").partition(";")[0]

    @property
    def query(self):
        return parse_qsl(urlsplit(self.told["url"]).query, keep_blank_values=True)

    @property
    def is_stream(self):
        return "sse_file" in self.told

    @property
    def was_cut(self):
        """Whether the one who recorded it hung up."""
        return "closed the connection early" in self.told.get("note", "")

    @cached_property
    def body(self):
        """The reply's body; of a binary one only its beginning and its length were kept."""
        told = self.told["response_body"]
        if self.is_stream:
            return (Path(FOLDER) / self.told["sse_file"]).read_bytes()
        if isinstance(told, dict) and told.keys() == {"bytes", "content_type", "head_hex"}:
            return bytes.fromhex(told["head_hex"]).ljust(told["bytes"], b"\0")
        if "json" in self.told["response_headers"].get("content-type", ""):
            return b"" if self.status == 204 else json.dumps(told).encode()
        return (told or "").encode()

    @property
    def headers(self):
        return {name: value for name, value in self.told["response_headers"].items() if name != "content-length"}

    def response(self, stream=None):
        several = [(name, one) for name, value in self.headers.items() for one in (value if isinstance(value, list) else [value])]
        return httpx.Response(self.status, headers=several, **({"content": self.body} if stream is None else {"stream": stream}))

    @property
    def arguments(self):
        """The recorded request as arguments of the method, under their names there."""
        given = dict(self.path)
        named = {one.wire: one for one in self.declaration.plan.arguments.values()}
        for name, text in self.query:
            if name == "response_mode":
                continue
            given[named[name].name] = _typed(named[name], text)
        if self.media_type == "multipart/form-data":
            for name, text in self.asked.get("form", {}).items():
                given[name] = text if name not in named or named[name].is_text else loaded(text)
            for one in self.asked.get("files", ()):
                given[one["field"]] = (one["filename"], b"x" * one["bytes"], one["content_type"])
        elif isinstance(self.asked, dict):
            given |= {named[name].name if name in named else name: value for name, value in self.asked.items() if name != "response_mode"}
        return given

    @property
    def fitting_arguments(self):
        """The same as far as they fit the method, and something in the place of what is missing."""
        plan = self.declaration.plan
        missing = {
            name: b"x" if argument.place == "file" else get_args(argument.type)[0] if get_origin(argument.type) is Literal else "x"
            for name, argument in plan.arguments.items()
            if argument.default is Parameter.empty or (argument.from_client and argument.from_client.required)
        }
        return missing | {name: value for name, value in self.arguments.items() if name in plan.arguments}

    @property
    def declaration(self):
        return self.operation.declaration

    def method(self, client):
        found = client
        for name in self.operation.path.split("."):
            found = getattr(found, name)
        return found


def loaded(text):
    """A part of a form that should be JSON, as the client takes it; as it is where it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _typed(argument, text):
    kinds = members(argument.type)
    if bool in kinds and text in {"true", "false"}:
        return text == "true"
    return int(text) if int in kinds and text.isdecimal() else text


@cache
def rows():
    """All exchanges of the folder with their operations, in their order."""
    found = []
    for file in sorted(Path(FOLDER).glob("*.jsonl")):
        found += [_row(json.loads(line)) for line in file.read_text("utf-8").splitlines()]
    return found


def _row(told):
    row = Row(told)
    tier, facts, path = _route(told["method"], unquote(urlsplit(told["url"]).path))
    if facts is None:
        row.skipped = "no operation"
        return row
    if "alias_of" in facts:
        row.is_alias = True
        facts = operations(tier)[facts["alias_of"]]
    if is_undeclared(tier, facts["id"]):
        row.skipped = "not declared yet"
        return row
    row.path = path
    streams = row.is_stream or (isinstance(row.asked, dict) and row.asked.get("response_mode") == "streaming")
    found = [one for one in _registry.operations(tier) if one.contract_id == facts["id"]]
    row.operation = next((one for one in found if one.declaration.streams == streams), found[0])
    return row


@cache
def _patterns():
    """Every route of the table, those with fewer placeholders first."""
    found = []
    for tier, listed in table().items():
        for facts in listed:
            pattern = PLACEHOLDER.sub(lambda one, facts=facts: f"(?P<{one[1]}>{_SEGMENT[facts['params'][one[1]]]})", facts["path"])
            found.append((facts["path"].count("{"), re.compile(pattern), tier, facts))
    return sorted(found, key=lambda one: one[0])


_SEGMENT = {"": "[^/]+", "uuid": "[^/]+", "path": ".+"}


def _route(method, path):
    for _, pattern, tier, facts in _patterns():
        if facts["method"] == method and (found := pattern.fullmatch(path)):
            return tier, facts, found.groupdict()
    return None, None, {}


def client(operation, bridge, handler):
    """A client for the operation, whose requests go to the handler; asynchronous where there is a bridge."""
    blocking, awaiting = operation.tier.clients
    shown = ADMINISTRATOR if operation.declaration.key == "admin" else CREDENTIALS[operation.tier.name]
    kind, http = (blocking, httpx.Client) if bridge is None else (awaiting, httpx.AsyncClient)
    made = kind(**shown, base_url=ROOT, max_retries=0, http_client=http(transport=httpx.MockTransport(handler)))
    return made if bridge is None else bridge.blocking(made, blocking)
