"""What a caller puts into an app's input form, checked in the words of the real server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .refusals import invalid


def checked_inputs(variables: Sequence[Mapping[str, Any]], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the form's variables, in the form's order; what the form does not know is left out."""
    return {variable["variable"]: _checked(variable, given) for variable in variables}


def _checked(variable: Mapping[str, Any], given: Mapping[str, Any]) -> Any:
    name, kind = variable["variable"], variable["type"]
    value = given.get(name)
    if value is None or (value == "" and kind != "text-input"):
        if variable.get("required"):
            raise invalid(f"{name} is required in input form")
        return None
    match kind:
        case "text-input" | "paragraph":
            if not isinstance(value, str):
                raise invalid(f"(type '{kind}') {name} in input form must be a string")
            if variable.get("max_length") and len(value) > variable["max_length"]:
                raise invalid(f"{name} in input form must be less than {variable['max_length']} characters")
        case "select":
            if value not in variable.get("options", []):
                raise invalid(f"{name} in input form must be one of the following: {variable.get('options', [])}")
        case "number":
            return _number(name, value)
        case "checkbox":
            return value if isinstance(value, bool) else str(value).lower() in {"true", "1", "yes", "on"}
        case "json_object":
            if not isinstance(value, dict):
                raise invalid(f"{name} in input form must be a dict")
        case "file":
            if not isinstance(value, dict):
                raise invalid(f"{name} in input form must be a file")
        case "file-list":
            if not isinstance(value, list):
                raise invalid(f"{name} in input form must be a list of files")
            if variable.get("max_length") and len(value) > variable["max_length"]:  # pyright: ignore[reportUnknownArgumentType]  # any JSON
                raise invalid(f"{name} in input form must be less than {variable['max_length']} files")
        case _:
            pass
    return value  # pyright: ignore[reportUnknownVariableType]  # any JSON


def _number(name: str, value: Any) -> int | float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise invalid(f"{name} in input form must be a valid number") from None
    return int(number) if number.is_integer() and "." not in str(value) else number
