"""The declarations of a tier as OpenAPI 3.1."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Union, get_args

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from dify_sdk import _registry
from dify_sdk._endpoint import Declaration, Download, Paged, Relayed, Streamed
from dify_sdk._params import OMIT, Uuid, Within
from dify_sdk._plan import PLACEHOLDER, Argument, members

from ..profiles import Dress, wire_of
from .upstream import VERSION

Schema = dict[str, Any]
_SCHEMES: Final = {
    "app": {"type": "http", "scheme": "bearer", "description": "The key of an app (`app-...`)."},
    "dataset": {"type": "http", "scheme": "bearer", "description": "A key for knowledge (`dataset-...`)."},
    "passport": {"type": "apiKey", "in": "header", "name": "X-App-Passport", "description": "The passport of an end user."},
    "code": {"type": "apiKey", "in": "header", "name": "X-App-Code", "description": "The code in the address of an app's page."},
}
_BINARY: Final = {"type": "string", "contentMediaType": "application/octet-stream"}
_ENTRY: Final = re.compile(r"(\w+): (.*)")


def written(tier: str, profile: str = "dify") -> str:
    """The document as JSON."""
    return json.dumps(document(tier, profile), indent=2, ensure_ascii=False)


def document(tier: str, profile: str = "dify") -> dict[str, Any]:
    """The document of a server of this profile; what one method and path answer in two ways is one operation there."""
    found, wire = _registry.tiers()[tier], wire_of(profile)
    dress = wire.dress(tier)
    operations = [one for one in _registry.operations(tier) if wire.serves(one.declaration) and not one.declaration.route.anywhere]
    schemas = _Schemas(operations)
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        told = _operation(one, schemas, dress)
        ways = {(one.declaration.route.verb, one.url_path): told}
        ways |= {
            way: {**told, "operationId": " ".join(way), **_further(told, way[1])} for way in wire.beside(one.declaration, found.prefix)
        }
        for (method, path), words in ways.items():
            at, verb = paths.setdefault(PLACEHOLDER.sub(r"{\1}", path.removeprefix(found.prefix)), {}), method.lower()
            at[verb] = _merged(at[verb], words) if verb in at else words
    keys = sorted({one.declaration.key for one in operations} & _SCHEMES.keys())
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Dify, {tier} tier", "version": VERSION, "description": inspect.getdoc(found.areas) or ""},
        "servers": [{"url": found.prefix}],
        "paths": paths,
        "components": {
            "schemas": {"Refusal": dress.refusal_schema, **schemas.shared},
            "securitySchemes": {key: _SCHEMES[key] for key in keys},
        },
    }


class _Schemas:
    """The schemas of all arguments and replies of a tier, made together so that they share their models."""

    def __init__(self, operations: Iterable[_registry.Operation]) -> None:
        wanted: list[tuple[tuple[str, str], JsonSchemaMode, TypeAdapter[Any]]] = []
        for one in operations:
            declaration = one.declaration
            told = [argument for argument in declaration.plan.arguments.values() if argument.place not in {"file", "whole"}]
            wanted.extend(((declaration.id, argument.name), "validation", TypeAdapter(_bare(argument))) for argument in told)
            if not isinstance(declaration, (Download, Relayed)):
                wanted.append(((declaration.id, "return"), "validation", declaration.adapter))
        found, rest = TypeAdapter.json_schemas(wanted, ref_template="#/components/schemas/{model}")
        self._found = {key: schema for (key, _), schema in found.items()}
        self.shared: dict[str, Any] = rest.get("$defs", {})

    def of(self, declaration: Declaration[..., Any], argument: Argument) -> Schema:
        """The schema of an argument, with what the server says it takes."""
        if argument.place == "file":
            return dict(_BINARY)
        schema = dict(self._found[declaration.id, argument.name])
        within: Within | None = argument.marker(Within)
        if within:
            is_number = any(kind in {int, float} for kind in members(argument.type))
            least, most = ("minimum", "maximum") if is_number else ("minLength", "maxLength")
            limits = ((least, within.least), (most, None if within.capped else within.most))
            schema |= {name: limit for name, limit in limits if limit is not None}
        uuid: Uuid | None = argument.marker(Uuid)
        if uuid and not uuid.empty:
            schema["format"] = "uuid"
        if not any(argument.default is nothing for nothing in (inspect.Parameter.empty, None, OMIT)):
            schema["default"] = argument.default
        return schema

    def of_reply(self, declaration: Declaration[..., Any]) -> Schema:
        """The schema of a reply, or of an event."""
        return self._found[declaration.id, "return"]


def _bare(argument: Argument) -> Any:
    """The type that travels: without what only says that nothing is given."""
    any_of: Any = Union
    kinds = tuple(members(argument.type))
    sends_null = argument.nullable and type(None) in get_args(argument.type)
    return any_of[(*kinds, type(None))] if sends_null else any_of[kinds]


def _operation(one: _registry.Operation, schemas: _Schemas, dress: type[Dress]) -> dict[str, Any]:
    declaration = one.declaration
    words = _Words.of(declaration.__doc__ or "")
    found: dict[str, Any] = {
        "operationId": one.contract_id,
        "x-operation-ids": [declaration.id],
        **({"x-documented": True} if declaration.route.documented else {"x-since": declaration.route.since}),
        "summary": words.summary,
        "tags": [one.path.rpartition(".")[0] or one.tier.name],
        "security": [{declaration.key: []}] if declaration.key in _SCHEMES else [],
        "responses": {str(declaration.route.status): _reply(declaration, schemas, dress), "default": _refused()},
    }
    if words.description:
        found["description"] = words.description
    if words.raises:
        found["x-raises"] = words.raises
    if parameters := _parameters(declaration, schemas, words.arguments):
        found["parameters"] = parameters
    if body := _body(declaration, schemas, words.arguments):
        found["requestBody"] = body
    return found


def _merged(before: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """A method and its streaming twin as one operation, in the words of the first."""
    responses = dict(before["responses"])
    for status, reply in other["responses"].items():
        if status != "default":
            content = {**responses.get(status, {}).get("content", {}), **reply.get("content", {})}
            responses[status] = {**reply, "description": "The finished result, or its events.", "content": content}
    return {**before, "x-operation-ids": [*before["x-operation-ids"], *other["x-operation-ids"]], "responses": responses}


def _parameters(declaration: Declaration[..., Any], schemas: _Schemas, words: Mapping[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for argument in declaration.plan.arguments.values():
        if argument.place not in {"path", "query", "header"}:
            continue
        schema = schemas.of(declaration, argument)
        if declaration.plan.converters.get(argument.name) == "uuid":
            schema["format"] = "uuid"
        found.append(
            {
                "name": argument.wire,
                "in": argument.place,
                "required": argument.place == "path" or _is_required(declaration, argument),
                "schema": schema,
                **_described(words.get(argument.name)),
            }
        )
    if declaration.constants and not declaration.plan.has_json:
        schema = {"enum": ["blocking", "streaming"]}
        found.append({"name": "response_mode", "in": "query", "required": True, "schema": schema})
    return found


def _further(told: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The parameters of another path: it may name more, and what it has no place for stands in the query."""
    named = [name for name, _ in PLACEHOLDER.findall(path)]
    known: list[dict[str, Any]] = [
        {**one, "in": "query"} if one["in"] == "path" and one["name"] not in named else one for one in told.get("parameters", [])
    ]
    more = [name for name in named if not any((one["in"], one["name"]) == ("path", name) for one in known)]
    schema = {"type": "string", "format": "uuid"}
    found = [*({"name": name, "in": "path", "required": True, "schema": schema} for name in more), *known]
    return {"parameters": found} if found else {}


def _body(declaration: Declaration[..., Any], schemas: _Schemas, words: Mapping[str, str]) -> dict[str, Any] | None:
    inside = [one for one in declaration.plan.arguments.values() if one.place in {"json", "form", "file"}]
    if not inside:
        return None
    properties = {one.wire: {**schemas.of(declaration, one), **_described(words.get(one.name))} for one in inside}
    if declaration.constants:
        properties["response_mode"] = {"enum": ["blocking", "streaming"]}
    required = [one.wire for one in inside if _is_required(declaration, one)]
    content: dict[str, Any] = {"schema": {"type": "object", "properties": properties, **({"required": required} if required else {})}}
    if encoded := {one.wire: {"contentType": "application/json"} for one in inside if one.place == "form" and not one.is_text}:
        content["encoding"] = encoded
    media_type = "multipart/form-data" if declaration.plan.multipart else "application/json"
    return {"required": True, "content": {media_type: content}}


def _is_required(declaration: Declaration[..., Any], argument: Argument) -> bool:
    source = argument.from_client
    by_client = argument.name in declaration.plan.always or bool(source and source.required)
    return by_client or argument.default is inspect.Parameter.empty


def _reply(declaration: Declaration[..., Any], schemas: _Schemas, dress: type[Dress]) -> dict[str, Any]:
    if isinstance(declaration, Download):
        return {"description": "The file.", "content": {"*/*": {}}}
    if isinstance(declaration, Relayed):
        return {"description": "Whatever is answered.", "content": {"*/*": {}}}
    if declaration.plan.result is type(None):
        return {"description": "Done."}
    schema = schemas.of_reply(declaration)
    if isinstance(declaration, Streamed):
        return {"description": "The events.", "content": {"text/event-stream": {"schema": schema}}}
    dressed = dress.schema(schema, paged=isinstance(declaration, Paged) and declaration.items == "data")
    return {"description": "The answer.", "content": {"application/json": {"schema": dressed}}}


def _refused() -> dict[str, Any]:
    return {
        "description": "The server says no.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
    }


def _described(words: str | None) -> dict[str, str]:
    return {"description": words} if words else {}


@dataclass
class _Words:
    """A docstring, taken apart."""

    summary: str = ""
    description: str = ""
    arguments: dict[str, str] = field(default_factory=dict[str, str])
    raises: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def of(cls, docstring: str) -> _Words:
        text, *sections = re.split(r"^(Args|Raises):\n", inspect.cleandoc(docstring), flags=re.MULTILINE)
        summary, _, description = text.partition("\n")
        found = cls(summary.strip(), description.strip())
        for name, section in zip(sections[::2], sections[1::2], strict=True):
            into = found.arguments if name == "Args" else found.raises
            last = ""
            for line in inspect.cleandoc(section).splitlines():
                if entry := None if line.startswith(" ") else _ENTRY.match(line):
                    last = entry[1]
                    into[last] = entry[2]
                elif last:
                    into[last] += f" {line.strip()}"
        return found
