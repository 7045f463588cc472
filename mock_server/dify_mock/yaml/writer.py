"""Values as YAML: blocks with sorted keys, and quotes where a text could be read as something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, cast

from .scalars import plain

_SAFE: Final = re.compile(r"[A-Za-z_/<(\u00a1-\ud7ff\ue000-\U0010ffff][^\n\r\t\0-\x1f\x7f-\xa0\u2028\u2029\ufeff]*")
_MISREAD: Final = re.compile(r": |:$| #| $")


def write(value: Any) -> str:
    """A document."""
    return "\n".join(_lines(value)) + "\n"


def _lines(value: Any) -> Iterator[str]:
    if value and isinstance(value, dict):
        named = cast("dict[str, Any]", value)
        for name in sorted(named):
            yield from _entry(f"{_scalar(name)}:", named[name])
    elif value and isinstance(value, list):
        for one in cast("list[Any]", value):
            first, *rest = _lines(one)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    else:
        yield _scalar(value)


def _entry(head: str, value: Any) -> Iterator[str]:
    if not value or not isinstance(value, (dict, list)):
        yield f"{head} {_scalar(value)}"
        return
    yield head
    indent = "  " if isinstance(value, dict) else ""
    yield from (f"{indent}{line}" for line in _lines(value))


def _scalar(value: Any) -> str:
    if isinstance(value, str) and _SAFE.fullmatch(value) and not _MISREAD.search(value) and plain(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False)
