"""Answers that stand on no state: whatever fits the declared reply. `contract coverage` counts them apart from what is written by hand."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from dify_sdk._endpoint import Declaration

from .registry import Guard, handles
from .visit import Visit

_TEXTS: Final = {
    "date-time": "2026-01-05T09:00:00Z",
    "date": "2026-01-05",
    "uri": "http://sample.invalid/",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def samples(*declarations: Declaration[..., Any], guard: Guard) -> None:
    """Answer operations with samples of their replies, once the guard has let the arguments pass."""
    for declaration in declarations:
        handles(declaration, sampled=True)(partial(_answer, declaration, guard))


def _answer(declaration: Declaration[..., Any], guard: Guard, visit: Visit, *_: Any, **given: Any) -> Any:
    guard(visit, given)
    return declaration.adapter.validate_python(sample(declaration.adapter.json_schema()))


def sample(schema: dict[str, Any]) -> Any:
    """A value that fits a JSON schema: every property, one item of each list, the first of several kinds; plain defaults stay."""
    return _sample(schema, schema.get("$defs", {}), ())


def _sample(schema: dict[str, Any], known: dict[str, Any], above: tuple[str, ...]) -> Any:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _sample(known[name], known, (*above, name))
    for fixed in ("const", "enum"):
        if fixed in schema:
            return schema[fixed] if fixed == "const" else schema[fixed][0]
    if isinstance(schema.get("default"), (str, int, float)):
        return schema["default"]
    if several := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
        return _sample(_first(several, above), known, above)
    match schema.get("type"):
        case "object":
            return {name: _sample(one, known, above) for name, one in schema.get("properties", {}).items()}
        case "array":
            item = schema.get("items", {})
            return [] if _is_above(item, above) else [_sample(item, known, above)]
        case "string":
            return _TEXTS.get(schema.get("format", ""), "sample")
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case _:
            return None


def _first(kinds: list[dict[str, Any]], above: tuple[str, ...]) -> dict[str, Any]:
    """The first kind that is not nothing, and does not go round in a circle."""
    return next((one for one in kinds if one.get("type") != "null" and not _is_above(one, above)), {"type": "null"})


def _is_above(schema: dict[str, Any], above: tuple[str, ...]) -> bool:
    return schema.get("$ref", "").rpartition("/")[2] in above
