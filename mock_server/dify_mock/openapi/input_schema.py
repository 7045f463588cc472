"""What a run of an app takes, as a JSON schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..state import App

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_TYPES: Final = {
    "text-input": "string",
    "paragraph": "string",
    "select": "string",
    "number": "number",
    "file": "object",
    "file-list": "array",
}
_FILE: Final = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("type", "transfer_method", "url", "upload_file_id")},
    "additionalProperties": True,
}


def input_schema(app: App) -> dict[str, Any]:
    """The schema of an app's inputs; those who talk want a query beside them."""
    if app.features is None:
        return {"$schema": _DRAFT, "type": "object", "properties": {}, "required": []}
    variables = [one for one in app.variables if one["type"] in _TYPES]
    inputs = {
        "type": "object",
        "properties": {one["variable"]: _schema(one) for one in variables},
        "required": [one["variable"] for one in variables if one.get("required")],
        "additionalProperties": False,
    }
    query = {"query": {"type": "string", "minLength": 1}} if app.takes_query else {}
    return {"$schema": _DRAFT, "type": "object", "properties": {**query, "inputs": inputs}, "required": [*query, "inputs"]}


def _schema(variable: Mapping[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": _TYPES[variable["type"]], "title": variable.get("label") or variable["variable"]}
    match variable["type"]:
        case "text-input" | "paragraph" if variable.get("max_length"):
            schema["maxLength"] = variable["max_length"]
        case "select":
            schema["enum"] = list(variable.get("options") or [])
        case "file":
            schema = {**_FILE, **schema}
        case "file-list":
            schema["items"] = _FILE
        case _:
            pass
    return schema
