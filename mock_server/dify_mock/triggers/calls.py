"""A call of a webhook, read and checked as the settings of its node say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from ..attachments import kind_of
from ..exchange import Request
from ..uploads import ending_of
from ..workflow.files import tool_file
from ..workflow.values import as_object
from ..world import World

FORMS: Final = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})
WHOLE: Final = frozenset({"text/plain", "application/octet-stream"})
_TRUE: Final = frozenset({"true", "1", "yes"})
_FALSE: Final = frozenset({"false", "0", "no"})
_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "string": (str,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array[string]": (list,),
    "array[number]": (list,),
    "array[boolean]": (list,),
    "array[object]": (list,),
}


class WrongCall(Exception):  # noqa: N818  # it is an answer
    """The call is not as the settings want it."""


def read(world: World, request: Request, settings: Mapping[str, Any]) -> dict[str, Any]:
    """What a run is given of a call."""
    method, media_type = str(settings.get("method", "get")).upper(), str(settings.get("content_type", "application/json")).lower()
    if request.method != method:
        raise WrongCall(f"HTTP method mismatch. Expected {method}, got {request.method}")
    told = request.media_type.partition(";")[0].strip().lower() or "application/json"
    if told != media_type:
        raise WrongCall(f"Content-type mismatch. Expected {media_type}, got {told}")
    body, files = _body(world, request, media_type)
    query = _converted(settings.get("params", []), dict(request.pairs), "Required parameter missing", as_text=True)
    names = {name.replace("-", "_") for name in request.headers}
    for one in settings.get("headers", []):
        if one.get("required") and one["name"].lower().replace("-", "_") not in names:
            raise WrongCall(f"Required header missing: {one['name']}")
    if media_type not in WHOLE:
        wanted = [one for one in settings.get("body", []) if one.get("type") != "file" or one["name"] not in files]
        body = _converted(wanted, body, "Required body parameter missing", as_text=media_type in FORMS)
    return {"method": request.method, "headers": dict(request.headers), "query_params": query, "body": body, "files": files}


def _body(world: World, request: Request, media_type: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of a body and its files; what is neither JSON nor a form is one field."""
    if media_type == "multipart/form-data":
        files = {name: _kept(world, request, file.read(), file.name, file.media_type) for name, file in request.form.files}
        return dict(request.form.fields), files
    if media_type == "application/x-www-form-urlencoded":
        return dict(request.form.fields), {}
    if media_type == "text/plain":
        return {"raw": request.body.decode("utf-8", "replace")}, {}
    if media_type == "application/octet-stream":
        if not request.body:
            return {"raw": None}, {}
        return {"raw": _kept(world, request, request.body, "body.bin", media_type)}, {}
    if media_type != "application/json":
        raise WrongCall(f"Unsupported Content-Type: {media_type}")
    if not request.body.strip():
        return {}, {}
    try:
        value = json.loads(request.body)
    except ValueError as error:
        raise WrongCall(f"Invalid JSON body: {error}") from None
    fields = as_object(value)
    return ({"raw": value} if fields is None else fields), {}


def _kept(world: World, request: Request, content: bytes, name: str, media_type: str) -> dict[str, Any]:
    """A file of a call, for nodes to read."""
    ending = ending_of(name) or "bin"
    made = world.tool_file(content, ending, media_type, name)
    return {**tool_file(world, request.base_url, made), "type": kind_of(ending), "filename": name}


def _converted(wanted: list[dict[str, Any]], given: Mapping[str, Any], missing: str, *, as_text: bool) -> dict[str, Any]:
    """The values that were given, as the settings have their types; what they do not name stays as it is."""
    kinds = {one["name"]: str(one.get("type", "string")) for one in wanted}
    for one in wanted:
        if one.get("required") and one["name"] not in given:
            raise WrongCall(f"{missing}: {one['name']}")
    return {name: _value(name, value, kinds[name], as_text=as_text) if name in kinds else value for name, value in given.items()}


def _value(name: str, value: Any, kind: str, *, as_text: bool) -> Any:
    try:
        return _parsed(value, kind) if as_text else _fitting(value, kind)
    except ValueError as error:
        raise WrongCall(f"Parameter '{name}' validation failed: {error}") from None


def _parsed(text: str, kind: str) -> Any:
    """A text as a value."""
    if kind == "number":
        try:
            number = float(text)
        except ValueError:
            raise ValueError(f"Cannot convert '{text}' to number") from None
        return int(number) if number.is_integer() and "." not in text else number
    if kind == "boolean":
        if text.lower() in _TRUE | _FALSE:
            return text.lower() in _TRUE
        raise ValueError(f"Cannot convert '{text}' to boolean")
    return text


def _fitting(value: Any, kind: str) -> Any:
    """A value of JSON, if it is of its kind."""
    inner = _KINDS.get(kind[len("array[") : -1]) if kind.startswith("array[") else None
    good = kind not in _KINDS or _is(value, _KINDS[kind])
    if not good or (inner and not all(_is(one, inner) for one in value)):
        raise ValueError(f"Expected {kind}, got {type(value).__name__}")
    return value


def _is(value: Any, kinds: tuple[type, ...]) -> bool:
    """Whether a value is of a kind; true and false are no numbers."""
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
