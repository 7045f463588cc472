"""The route table: what a release of the server has, as facts recorded outside of this package.

`tools/upstream.py` makes it. In a wheel it lies beside this file together with the stories, in a checkout in
`tests/contract`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final, Required, TypedDict

VERSION: Final = "1.16"
_PACKAGED: Final = Path(__file__).with_name("stories")
_CHECKOUT: Final = Path(__file__).parents[3] / "tests" / "contract"


class Body(TypedDict, total=False):
    """A request's body: its fields, or its parts and which of them are files; true means required."""

    type: Required[str]
    required: Required[bool]
    fields: dict[str, bool]
    parts: dict[str, bool]
    files: list[str]


class Facts(TypedDict, total=False):
    """The facts about an operation; what there is nothing to say about is left out."""

    id: Required[str]
    method: Required[str]
    path: Required[str]
    params: dict[str, str]  # names in the path with their formats
    query: dict[str, bool]
    headers: list[str]
    body: Body
    success: dict[str, list[str]]  # media types by status
    errors: dict[str, list[str]]  # codes by status
    auth: Required[str]
    streaming: str
    alias_of: str
    safe_to_retry: bool
    paging: str
    protocol: str  # where it is not plain HTTP
    deprecated: bool
    seen_in: list[str]  # the releases whose code has it, oldest first


def is_packaged() -> bool:
    """Whether the suite came in a wheel."""
    return _PACKAGED.is_dir()


def suite() -> Path:
    """The folder of the stories and of what is recorded about them."""
    return _PACKAGED if is_packaged() else _CHECKOUT


def stories_file() -> Path:
    """Where it is kept which operations the stories call."""
    return suite() / "stories.json"


def stories() -> dict[str, list[str]]:
    """The stories by the operations that they call, as the last whole run of the suite saw them."""
    file = stories_file()
    found: dict[str, list[str]] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return found


@cache
def table(version: str = VERSION) -> dict[str, list[Facts]]:
    """All operations of a release by tier, aliases too."""
    read: dict[str, Any] = json.loads((suite() / "upstream" / f"{version}.json").read_text("utf-8"))
    tiers: dict[str, list[Facts]] = read["tiers"]
    return tiers


def operations(tier: str) -> dict[str, Facts]:
    """The operations of a tier by id, without aliases; empty where the table does not know the tier."""
    return {one["id"]: one for one in table().get(tier, []) if "alias_of" not in one}
