"""Templates: `{{#node.variable#}}` of the graph, and `{{ variable }}` of the node that transforms by template."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from .pool import Pool
from .values import as_list, attribute, text

_REFERENCE: Final = re.compile(r"\{\{#([a-zA-Z0-9_]{1,50}(?:\.[a-zA-Z_][a-zA-Z0-9_]{0,29}){1,10})#\}\}")
_PLACE: Final = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
_STATEMENT: Final = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PATH: Final = re.compile(r"[A-Za-z_]\w*(?:\.\w+|\[\d+\]|\['[^']*'\]|\[\"[^\"]*\"\])*")
_PART: Final = re.compile(r"\w+|'[^']*'|\"[^\"]*\"")
_FILTERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "upper": lambda value: text(value).upper(),
    "lower": lambda value: text(value).lower(),
    "trim": lambda value: text(value).strip(),
    "length": len,
    "tojson": lambda value: json.dumps(value, ensure_ascii=False),
    "string": text,
}


class TemplateError(Exception):
    """A template asks for more than is simulated."""


def parts(template: str) -> list[str | tuple[str, ...]]:
    """The texts and the selectors of a template, in order."""
    cut = _REFERENCE.split(template)
    found = [tuple(one.split(".")) if at % 2 else one for at, one in enumerate(cut)]
    return [one for one in found if one]


def render(template: str, pool: Pool, read: Callable[[Any], str] = text) -> str:
    """The template with its variables; one that is not there leaves its name."""

    def filled(part: str | tuple[str, ...]) -> str:
        if isinstance(part, str):
            return part
        found, value = pool.find(part)
        return read(value) if found else ".".join(part)

    return "".join(filled(part) for part in parts(template))


def transform(template: str, values: Mapping[str, Any]) -> str:
    """A template of the transforming node: variables with attributes, indexes and a few filters."""
    if statement := _STATEMENT.search(template):
        raise TemplateError(f"statements are not simulated: {statement[0]}")
    return _PLACE.sub(lambda place: _said(_expression(place[1], values)), template)


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _expression(source: str, values: Mapping[str, Any]) -> Any:
    path, *filters = (one.strip() for one in source.split("|"))
    if not _PATH.fullmatch(path):
        raise TemplateError(f"this expression is not simulated: {source}")
    value: Any = values
    for part in _PART.findall(path):
        name = part.strip("'\"")
        items = as_list(value)
        if items is not None and name.isdecimal():
            value = items[int(name)] if int(name) < len(items) else None
        else:
            value = attribute(value, name)[1]
    for name in filters:
        if name not in _FILTERS:
            raise TemplateError(f"this filter is not simulated: {name}")
        value = _FILTERS[name](value)
    return value
