"""From a request to the arguments of a handler: read by the declaration's plan, refused as the real server does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from inspect import Parameter
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model
from typing_extensions import is_typeddict

from dify_sdk._files import File
from dify_sdk._params import FromClient, Uuid, Within
from dify_sdk._plan import Argument, Parts, members

from .refusals import Refusal, complaints, invalid
from .registry import Handler
from .routing import UUID


class Arguments:
    """The arguments of one operation. The model that checks them is made with the first request."""

    def __init__(self, handler: Handler, *, twinned: bool) -> None:
        self._handler = handler
        self._declaration = declaration = handler.declaration
        self._plan = declaration.plan
        self._twinned = twinned or declaration.constants.get("response_mode") == "streaming"
        self._model: type[BaseModel] | None = None

    @property
    def in_json(self) -> bool:
        """Whether the request must have a JSON body."""
        return self._plan.has_json

    @property
    def names_user(self) -> bool:
        """Whether the request says whom it is made for: the server reads that before it looks at the app."""
        return bool(self._plan.from_client)

    def placed(self, path: Mapping[str, str], said: Mapping[str, Any]) -> dict[str, str]:
        """The arguments of the path. A path that only a profile has may leave some to what the request says."""
        untold = self._plan.converters.keys() - path.keys()
        return {**path, **{name: said[name] for name in untold if isinstance(said.get(name), str)}}

    def found(self, path: Mapping[str, str], parts: Parts) -> dict[str, Any]:
        """What the request carries, still unchecked; the end user as text."""
        for name in self._plan.converters.keys() - path.keys():
            complaint = {"type": "missing", "loc": [name], "msg": "Field required", "input": parts.json or dict(parts.query)}
            raise invalid(f"Field required: {name}", param=name, details=[complaint])
        try:
            found = self._plan.decode(path, parts)
        except ValueError as error:  # a part of a form that should be JSON
            raise invalid(str(error)) from None
        if found.get("user") is not None:
            found["user"] = str(found["user"])
        return found

    def check_user(self, found: Mapping[str, Any]) -> None:
        """An end user must be named where the operation is made for one."""
        for name in self._plan.from_client:
            source: FromClient | None = self._plan.arguments[name].from_client
            if source and source.required and not found.get(name):
                raise invalid(f"Arg {name} must be provided.", param=name)

    def checked(self, found: Mapping[str, Any], parts: Parts) -> dict[str, Any]:
        """The arguments, or the refusal in pydantic's own words."""
        unchecked = {name: value for name, value in found.items() if isinstance(value, File) or self._in_path(name)}
        told = self._plan.arguments
        given = {told[name].wire: value for name, value in found.items() if name not in unchecked and told[name].place != "whole"}
        for name, argument in self._plan.arguments.items():
            if argument.place == "file" and name not in unchecked and self._needed(name):
                raise Refusal(*self._handler.no_file)
        asked = parts.json if parts.json is not None else dict(parts.query)
        if self._twinned and "response_mode" in asked:
            given["response_mode"] = asked["response_mode"]
        try:
            model = self._checking().model_validate(given)
        except ValidationError as error:
            refusal = invalid(str(error), details=complaints(error))
            if self._handler.decorated:
                refusal = Refusal(422, "unprocessable_entity", error.json(), details=complaints(error))
            raise self._handler.refuse(refusal) from None
        checked = {name: getattr(model, name) for name in model.model_fields_set if name in self._plan.arguments}
        return {**checked, **unchecked}

    def _in_path(self, name: str) -> bool:
        """Whether it is a text in the path: the route has looked at it, and a handler knows what to say of a wrong one."""
        argument = self._plan.arguments[name]
        return argument.place == "path" and argument.is_text

    def _needed(self, name: str) -> bool:
        return self._plan.signature.parameters[name].default is Parameter.empty

    def _checking(self) -> type[BaseModel]:
        if self._model is None:
            fields: dict[str, Any] = {
                name: (
                    Annotated[
                        Any if name in self._handler.by_hand else _checked_type(argument, nested=self._handler.nested),
                        Field(validation_alias=argument.wire),
                    ],
                    ... if self._needed(name) or name in self._plan.always else None,
                )
                for name, argument in self._plan.arguments.items()
                if argument.place not in {"file", "whole"} and not self._in_path(name)
            }
            if self._twinned:
                mode: Any = Literal["blocking", "streaming"]
                fields["response_mode"] = (mode, ...) if self._handler.needs_mode else (mode | None, None)
            made = create_model(self._name(), __config__=ConfigDict(extra="ignore", protected_namespaces=()), **fields)
            self._model = made
        return self._model

    def _name(self) -> str:
        words = self._declaration.id.partition(".")[2].replace(".", "_").split("_")
        made = "".join(word.capitalize() for word in words) + ("Query" if self._declaration.route.verb == "GET" else "Payload")
        return self._handler.payload or made


def _checked_type(argument: Argument, *, nested: bool) -> Any:
    """What the server takes: limits from the markers, nested documents as the handler wants them, and null where it is optional."""
    extras: list[Any] = []
    within: Within | None = argument.marker(Within)
    kinds = [one for one in members(argument.type) if not _is_model(one)]  # a reply model is only a caller's way to write one
    loose: Any = Union
    loose = loose[tuple(kinds if nested else map(_plain, kinds))]
    if within:
        is_number = any(one in {int, float} for one in members(argument.type))
        low, high = within.least, None if within.capped else within.most
        extras.append(Field(ge=low, le=high) if is_number else Field(min_length=low, max_length=high))
    uuid: Uuid | None = argument.marker(Uuid)
    if uuid:
        extras.append(_uuid(f"{argument.wire} " if argument.place == "json" else "", or_empty=uuid.empty))
    checked: Any = Annotated[(loose, *extras)] if extras else loose
    optional = type(None) in get_args(argument.type) or argument.nullable
    return checked | None if optional else checked


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _plain(kind: Any) -> Any:
    """A type with nested documents as plain objects: the server looks into them by hand."""
    if is_typeddict(kind):
        return dict[str, Any]
    origin = get_origin(kind)
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return list[Any]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return dict[str, Any]
    return kind


def _uuid(what: str, *, or_empty: bool) -> AfterValidator:
    def check(value: str) -> str:
        if not UUID.fullmatch(value) and not (or_empty and not value):
            raise ValueError(f"{what}must be a valid UUID")
        return value

    return AfterValidator(check)
