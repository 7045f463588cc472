"""Make the route table from a contract folder: facts about every operation, one a line.

    python tools/upstream.py CONTRACT_DIR

writes `tests/contract/upstream/<version>.json`, which the registry is compared with. Empty facts are left out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TIERS = ("console", "files", "inner", "mcp", "openapi", "root", "service", "triggers", "web")
VERSIONS = ("1.8", "1.13", "1.16")
FILES = {"triggers": "trigger"}
FOLDER = Path(__file__).parent.parent / "tests" / "contract" / "upstream"


def main() -> None:
    source = Path(sys.argv[1])
    contracts = {tier: json.loads((source / f"{FILES.get(tier, tier)}.json").read_text("utf-8")) for tier in TIERS}
    version: str = contracts["service"]["dify_version"]
    target = FOLDER / f"{version.rpartition('.')[0]}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(written(version, {tier: facts(contract) for tier, contract in contracts.items()}), "utf-8")
    print(f"{target}: {target.stat().st_size} bytes")


def written(version: str, tiers: dict[str, list[dict[str, Any]]]) -> str:
    """JSON with one operation a line, so that a later table can be compared line by line."""
    rows = {tier: ",\n".join(json.dumps(one, separators=(",", ":")) for one in found) for tier, found in tiers.items()}
    parts = ",\n".join(f'"{tier}":[\n{text}\n]' for tier, text in rows.items())
    return f'{{"version":"{version}","tiers":{{\n{parts}\n}}}}\n'


def facts(contract: dict[str, Any]) -> list[dict[str, Any]]:
    schemas = contract.get("schemas", {})
    return sorted((operation(one, contract["base_path"], schemas) for one in contract["operations"]), key=lambda one: one["id"])


def operation(told: dict[str, Any], prefix: str, schemas: dict[str, Any]) -> dict[str, Any]:
    """The facts about one operation; true and false after a name say whether it is required."""
    responses = told["responses"]
    found = {
        "id": told["id"],
        "method": told["method"],
        "path": told["path"] if told.get("absolute") else prefix + told["path"],
        "params": {one["name"]: one["format"] or "" for one in told.get("path_params", [])},
        "query": dict(sorted((one["name"], one["required"]) for one in told.get("query", []))),
        "headers": sorted(told.get("required_headers", [])),
        "body": body(told.get("body"), schemas),
        "success": {status: media_types(one) for status, one in sorted(responses.items()) if status < "400"},
        "errors": {status: sorted(one.get("codes", [])) for status, one in sorted(responses.items()) if status >= "400"},
        "auth": told["auth"],
        "streaming": told.get("stream_mode"),
        "alias_of": told.get("alias_of"),
        "safe_to_retry": told.get("safe_to_retry"),
        "paging": told.get("paging"),
        "protocol": told.get("protocol"),
        "deprecated": told.get("deprecated") or None,
        "seen_in": [version for version in VERSIONS if f"dify-{version}-code" in told["sources"]],
    }
    return {name: value for name, value in found.items() if value not in ({}, [], None)}


def body(told: dict[str, Any] | None, schemas: dict[str, Any]) -> dict[str, Any] | None:
    if told is None:
        return None
    found: dict[str, Any] = {"type": told["content_type"], "required": told["required"]}
    if parts := told.get("parts"):
        found["parts"] = {one["name"]: one["required"] for one in sorted(parts, key=lambda one: one["name"])}
        found["files"] = sorted(one["name"] for one in parts if one["type"] == "file")
        return found
    named = [fields(one, schemas) for one in (told["schema"], *told.get("also", []))]
    found["fields"] = dict(sorted((name, required) for one in named for name, required in one.items()))
    return found


def fields(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, bool]:
    """The fields at the top; of a union those of any member, required where all of them say so."""
    if schema["type"] == "ref":
        return fields(schemas[schema["ref"]], schemas)
    if schema["type"] == "union":
        members = [fields(one, schemas) for one in schema["any_of"]]
        return {name: all(one.get(name) for one in members) for one in members for name in one}
    return {name: one["required"] for name, one in schema.get("fields", {}).items()}


def media_types(response: dict[str, Any]) -> list[str]:
    if response.get("empty_body"):
        return []
    named = response.get("content_types") or [response["content_type"]]
    return sorted(filter(None, named))


if __name__ == "__main__":
    main()
