"""From a declared signature to the parts of a request, and (for the mock) back. No I/O, no httpx."""

from __future__ import annotations

import datetime
import decimal
import difflib
import enum
import inspect
import json
import re
import types
import uuid
from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints, is_typeddict
from urllib.parse import quote

from ._files import File
from ._options import checked_header, is_header_value
from ._params import OMIT, Always, Bearer, FromClient, In, Omit, Place, Within
from .errors import ConfigurationError

PLACEHOLDER: Final = re.compile(r"{(\w+)(?::(\w+))?}")
_BODIES: Final = frozenset({"json", "form", "files", "content"})


@dataclass
class Parts:
    """The parts of one request."""

    path: str = ""
    query: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    json: dict[str, Any] | None = None
    form: dict[str, str] | None = None
    files: list[tuple[str, File]] = field(default_factory=list[tuple[str, File]])
    raw: tuple[bytes, str] | None = None  # a body as it is, and its media type


@dataclass(frozen=True)
class Argument:
    """One parameter of the signature and where it travels."""

    name: str
    wire: str
    place: Place
    type: Any
    markers: tuple[Any, ...]
    default: Any
    nullable: bool  # None is a value to send, not a way to say nothing

    def marker(self, kind: type[Any]) -> Any:
        """The `Annotated` extra of a kind, or None."""
        return next((extra for extra in self.markers if isinstance(extra, kind)), None)

    @cached_property
    def from_client(self) -> FromClient | None:
        found: FromClient | None = self.marker(FromClient)
        return found

    @cached_property
    def most(self) -> int | None:
        """The largest number the server takes, where it says so."""
        within: Within | None = self.marker(Within)
        return within.most if within else None

    @cached_property
    def is_many(self) -> bool:
        """Whether it may be repeated in a query."""
        origins = [get_origin(kind) for kind in members(self.type)]
        return any(isinstance(origin, type) and issubclass(origin, (Sequence, AbstractSet)) for origin in origins)

    @cached_property
    def is_text(self) -> bool:
        """Whether it travels as bare text in a form (else as a JSON string)."""
        return all(
            get_origin(kind) is Literal
            or (isinstance(kind, type) and not is_typeddict(kind) and issubclass(kind, (str, int, float, bool, enum.Enum)))
            for kind in members(self.type)
        )


class Plan:
    """Where every argument of an operation travels."""

    def __init__(self, declaration: Callable[..., Any], verb: str, path: str, body: Place | None = None) -> None:
        self.path = path
        self.signature = signature_of(declaration)
        self.result: Any = self.signature.return_annotation
        parameters = list(self.signature.parameters.values())
        self.converters: dict[str, str] = dict(PLACEHOLDER.findall(path))
        split = {p.name: _split(p.annotation) for p in parameters}
        self.multipart = any(_place(extras) == "file" for _, extras in split.values())
        usual: Place = body or ("form" if self.multipart else "query" if verb in {"GET", "DELETE"} else "json")
        self.arguments = {p.name: self._argument(p, *split[p.name], usual) for p in parameters}
        self.always = {p.name: p.default for p in parameters if any(isinstance(one, Always) for one in split[p.name][1])}
        self.from_client = [a.name for a in self.arguments.values() if a.from_client]
        self.has_json = any(a.place == "json" for a in self.arguments.values())
        self.may_be_empty = type(None) in get_args(self.result)
        self._fixed_path = None if self.converters else path
        self._positional = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
        self._needed = {p.name for p in parameters if p.default is p.empty}

    def _argument(self, parameter: inspect.Parameter, bare: Any, extras: list[Any], usual: Place) -> Argument:
        told = next((extra for extra in extras if isinstance(extra, In)), In())
        place: Place = "path" if parameter.name in self.converters else told.place or usual
        return Argument(
            parameter.name, told.name or parameter.name, place, bare, tuple(extras), parameter.default, parameter.default is OMIT
        )

    def bind(self, args: tuple[Any, ...], kwargs: Mapping[str, Any], called: Callable[[], str]) -> dict[str, Any]:
        """The given arguments by name; a TypeError in Python's own words when they do not fit."""
        given = dict(zip(self._positional, args, strict=False)) if args else {}
        given.update(kwargs)
        if len(given) == len(args) + len(kwargs) and self._needed <= given.keys() <= self.arguments.keys():
            return given
        return bound(self.signature, args, kwargs, called)

    def encode(self, given: Mapping[str, Any], constants: Mapping[str, Any], options: Any, opened: ExitStack) -> Parts:
        """The request's parts; only what was given is sent."""
        parts = Parts(json={} if self.has_json else None, form={} if self.multipart else None)
        for name, argument in self.arguments.items():
            value = given.get(name, OMIT)
            if value is None and not argument.nullable:
                value = OMIT
            if value is OMIT and name in self.always:
                value = self.always[name]
            if value is OMIT and (source := argument.from_client):
                value = getattr(options, source.option) or OMIT
                if value is OMIT and source.required:
                    msg = f"{name!r} is needed: give it to the call or to the client"
                    raise ConfigurationError(msg)
            if argument.place != "path" and value is not OMIT:
                _put(parts, argument, value, opened)
        if parts.json is not None:
            parts.json.update(constants)
        else:
            parts.query += constants.items()
        parts.path = self._fixed_path or self.path_of(self.path, given, options.root)
        return parts

    def path_of(self, path: str, given: Mapping[str, Any], root: str = "") -> str:
        """A path of the operation, its own or another spelling of it, with the given arguments in their places."""

        def segment(found: re.Match[str]) -> str:
            value = given.get(found[1])
            if found[2] == "address":
                return located(found[1], value, root)
            return path_segment(found[1], OMIT if value is None else value, slashes=self.converters[found[1]] == "path")

        return PLACEHOLDER.sub(segment, path)

    def decode(self, path: Mapping[str, str], parts: Parts) -> dict[str, Any]:
        """The mock's side: the arguments that a request carries, still unvalidated."""
        query: dict[str, list[str]] = {}
        for name, text in parts.query:
            query.setdefault(name, []).append(text)
        sources: dict[Place, Mapping[str, Any]] = {
            "path": path,
            "query": query,
            "header": {name.lower(): text for name, text in parts.headers.items()},
            "json": parts.json or {},
            "form": parts.form or {},
            "file": dict(reversed(parts.files)),  # of two parts of one name the first counts
            "whole": _wholes(parts, query),
        }
        found: dict[str, Any] = {}
        for argument in self.arguments.values():
            source = sources[argument.place]
            wire = argument.wire.lower() if argument.place == "header" else argument.wire
            if wire not in source:
                continue
            value = source[wire]
            if argument.place == "query" and not argument.is_many:
                value = value[-1]
            elif argument.place == "form" and not argument.is_text:
                value = json.loads(value)
            elif argument.marker(Bearer):
                value = value.removeprefix("Bearer ")
            found[argument.name] = value
        return found


def signature_of(function: Callable[..., Any]) -> inspect.Signature:
    """A method's signature without `self`, its annotations resolved."""
    hints = get_type_hints(function, include_extras=True)
    raw = inspect.signature(function)
    parameters = [p.replace(annotation=hints[p.name]) for p in list(raw.parameters.values())[1:]]
    return raw.replace(parameters=parameters, return_annotation=hints["return"])


def bound(signature: inspect.Signature, args: tuple[Any, ...], kwargs: Mapping[str, Any], called: Callable[[], str]) -> dict[str, Any]:
    """The given arguments by name; a TypeError in Python's own words, with the nearest name, when they do not fit."""
    try:
        return dict(signature.bind(*args, **kwargs).arguments)
    except TypeError as error:
        said = str(error)
    if unknown := [name for name in kwargs if name not in signature.parameters]:
        near = difflib.get_close_matches(unknown[0], signature.parameters, n=1)
        said = f"got an unexpected keyword argument {unknown[0]!r}" + (f"; did you mean {near[0]!r}?" if near else "")
    raise TypeError(f"{called()} {said if said.startswith(('missing', 'got')) else f'got {said}'}")


def located(name: str, value: object, root: str) -> str:
    """An address as a reply has it: a whole one, or what follows the server's root."""
    written = str(value)
    if not re.match(r"https?://|/(?!/)", written):
        msg = f"{name!r} is {written!r}: an address begins with http://, https:// or a slash"
        raise ConfigurationError(msg)
    return written if "://" in written else root + written


def path_segment(name: str, value: object, *, slashes: bool) -> str:
    """A path argument, quoted so that it stays where it was put."""
    if value is OMIT:
        msg = f"{name!r} cannot be None: it is a part of the path"
        raise ConfigurationError(msg)
    written = _written(name, value)
    if not written or any(piece in {".", ".."} for piece in (written.split("/") if slashes else [written])):
        msg = f"{name!r} cannot be {written!r}: it is a part of the path, and that would lead elsewhere"
        raise ConfigurationError(msg)
    return quote(written, safe="/" if slashes else "")


def encode_json(value: object) -> bytes:
    """Compact JSON with raw UTF-8; models leave out what was not set."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_jsonable).encode()
    except (TypeError, ValueError, RecursionError) as error:
        msg = f"an argument cannot be written as JSON: {error}"
        raise ConfigurationError(msg) from error


def members(hint: Any) -> list[Any]:
    """The members of a union without None and OMIT."""
    whole = get_args(hint) if get_origin(hint) in {Union, types.UnionType} else (hint,)
    return [one for one in whole if one not in {type(None), Omit}]


def _put(parts: Parts, argument: Argument, value: Any, opened: ExitStack) -> None:
    if argument.place == "json":
        assert parts.json is not None
        parts.json[argument.wire] = value
    elif argument.place == "query":
        parts.query += _pairs(argument.wire, argument.name, value)
    elif argument.place == "header":
        scheme = "Bearer " if argument.marker(Bearer) else ""
        parts.headers[argument.wire] = scheme + _header(argument.name, _text(value))
    elif argument.place == "file":
        parts.files.append((argument.wire, File.of(value, opened)))
    elif argument.place == "whole":
        _put_whole(parts, argument.wire, value, opened)
    else:
        assert parts.form is not None
        parts.form[argument.wire] = _written(argument.name, value) if argument.is_text else encode_json(value).decode()


def _put_whole(parts: Parts, part: str, value: Any, opened: ExitStack) -> None:
    """An argument that is all of a part of the request."""
    if (parts.raw is not None and part in _BODIES) or (parts.form is not None and part in {"json", "content"}):
        msg = "a request has one body: json, content, or form and files"
        raise ConfigurationError(msg)
    if part == "json":
        parts.raw = encode_json(value), "application/json"
    elif part == "content":
        parts.raw = (value.encode(), "text/plain; charset=utf-8") if isinstance(value, str) else (value, "application/octet-stream")
    elif part == "headers":
        parts.headers.update(checked_header(name, text) for name, text in value.items())
    elif part == "query":
        parts.query += [pair for name, one in value.items() for pair in _pairs(name, name, one)]
    else:
        parts.form = parts.form or {}
        if part == "files":
            parts.files += [(name, File.of(one, opened)) for name, one in value.items()]
        else:
            parts.form |= {name: _written(name, one) for name, one in value.items()}


def _wholes(parts: Parts, query: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a request that there are, by the names that arguments in the place `whole` have."""
    found: dict[str, Any] = {"query": query, "headers": parts.headers, "form": parts.form, "files": dict(reversed(parts.files))}
    found = {name: part for name, part in found.items() if part}
    if parts.raw is not None:
        content, media_type = parts.raw
        is_json = media_type.startswith("application/json")
        found |= {"json": json.loads(content)} if is_json else {"content": content}
    return found


def _pairs(wire: str, name: str, value: Any) -> list[tuple[str, str]]:
    many = isinstance(value, (list, tuple, set, frozenset))
    values: list[Any] = list(cast("Sequence[Any]", value)) if many else [value]
    return [(wire, _written(name, one)) for one in values]


def _header(name: str, text: str) -> str:
    if not is_header_value(text):
        msg = f"{name!r} cannot travel: it is a header, and that is printable ASCII without blanks around it"
        raise ConfigurationError(msg)
    return text


def _written(name: str, value: object) -> str:
    text = _text(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        msg = f"{name!r} cannot travel: it holds half a character (a lone surrogate)"
        raise ConfigurationError(msg) from None
    return text


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, enum.Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _jsonable(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, Mapping):
        return dict(cast("Mapping[Any, Any]", value))
    if isinstance(value, (set, frozenset, tuple)):
        return list(cast("Sequence[Any]", value))
    if isinstance(value, (enum.Enum, datetime.date, uuid.UUID, decimal.Decimal)):
        return _text(value)
    msg = f"{type(value).__name__} is not JSON"
    raise TypeError(msg)


def _place(extras: Sequence[Any]) -> Place | None:
    return next((extra.place for extra in extras if isinstance(extra, In)), None)


def _split(hint: Any) -> tuple[Any, list[Any]]:
    """The bare type and the extras, also those inside a union, as in `Upload | None`."""
    if get_origin(hint) is Annotated:
        bare, extras = _split(get_args(hint)[0])
        return bare, [*get_args(hint)[1:], *extras]
    if get_origin(hint) in {Union, types.UnionType}:
        parts = [_split(one) for one in get_args(hint)]
        either: Any = Union
        return either[tuple(bare for bare, _ in parts)], [extra for _, extras in parts for extra in extras]
    return hint, []
