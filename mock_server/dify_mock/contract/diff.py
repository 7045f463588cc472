"""A server's own specification beside the declarations of a tier, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import urlsplit

import httpx

from dify_sdk import _registry
from dify_sdk._options import server_url
from dify_sdk._transport import told_as_ours
from dify_sdk.errors import ConfigurationError

from . import openapi, upstream

_NAMES: Final = ("openapi.json", "swagger.json")
_VERBS: Final = ("get", "post", "put", "patch", "delete")
_PLACEHOLDER: Final = re.compile(r"[{<][^}>]*[}>]")
_SECONDS: Final = 30.0


@dataclass(frozen=True)
class _Operation:
    """What the comparison looks at."""

    query: frozenset[str]
    body: frozenset[str]


def compared(server: str, tier: str) -> list[str]:
    """What differs, one finding a line. Nothing but the server is asked."""
    prefix = _registry.tiers()[tier].prefix
    theirs = _surface(_fetched(server_url(server, variable="", default="", argument="--server"), prefix), prefix)
    ours = _surface(openapi.document(tier), prefix)
    aliases = {_key(one["method"], one["path"], prefix) for one in upstream.table().get(tier, []) if "alias_of" in one}
    found = [f"{key}: only the server has it" for key in theirs.keys() - ours.keys() - aliases]
    found += [f"{key}: only declared" for key in ours.keys() - theirs.keys()]
    for key in theirs.keys() & ours.keys():
        for place in ("query", "body"):
            one: frozenset[str] = getattr(theirs[key], place)
            other: frozenset[str] = getattr(ours[key], place)
            found += [f"{key}: in the {place}, only the server has {name}" for name in one - other]
            found += [f"{key}: in the {place}, only declared: {name}" for name in other - one]
    return sorted(found)


def _fetched(root: str, prefix: str) -> dict[str, Any]:
    with told_as_ours(), httpx.Client(trust_env=False, timeout=_SECONDS) as http:
        for name in _NAMES:
            response = http.get(f"{root}{prefix}/{name}")
            if response.is_success:
                read: dict[str, Any] = response.json()
                return read
    msg = f"{root} publishes no specification: neither {prefix}/{_NAMES[0]} nor {prefix}/{_NAMES[1]} is there"
    raise ConfigurationError(msg)


def _surface(document: dict[str, Any], prefix: str) -> dict[str, _Operation]:
    """The operations of a document, in the form of Swagger 2 or OpenAPI 3."""
    servers: list[dict[str, str]] = document.get("servers") or [{"url": document.get("basePath", "")}]
    base = urlsplit(servers[0]["url"]).path
    found: dict[str, _Operation] = {}
    for path, item in document["paths"].items():
        for verb in _VERBS:
            if verb in item:
                parameters = [*item.get("parameters", []), *item[verb].get("parameters", [])]
                found[_key(verb, base.rstrip("/") + path, prefix)] = _operation(document, parameters, item[verb])
    return found


def _key(verb: str, path: str, prefix: str) -> str:
    return f"{verb.upper()} {_PLACEHOLDER.sub('{}', path.removeprefix(prefix))}"


def _operation(document: dict[str, Any], parameters: list[Any], told: Mapping[str, Any]) -> _Operation:
    query, body = set[str](), set[str]()
    for one in (_resolved(document, parameter) for parameter in parameters):
        if one["in"] == "query":
            query.add(one["name"])
        elif one["in"] == "formData":
            body.add(one["name"])
        elif one["in"] == "body":
            body.update(_fields(document, one["schema"]))
    for media in _resolved(document, told.get("requestBody", {})).get("content", {}).values():
        body.update(_fields(document, media.get("schema", {})))
    return _Operation(frozenset(query), frozenset(body))


def _fields(document: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    found = _resolved(document, schema)
    yield from found.get("properties", {})
    for together in ("allOf", "anyOf", "oneOf"):
        for one in found.get(together, []):
            yield from _fields(document, one)


def _resolved(document: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """What a reference points to."""
    found: Any = told
    while "$ref" in found:
        steps: list[str] = found["$ref"].removeprefix("#/").split("/")
        found = document
        for step in steps:
            found = found[step.replace("~1", "/").replace("~0", "~")]
    return cast("dict[str, Any]", found)
