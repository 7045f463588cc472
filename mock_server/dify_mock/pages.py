"""Pages that no operation is behind, open to everybody: the server's health, and what each tier says of itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from html import escape
from typing import TYPE_CHECKING, Any, Final

from dify_sdk import _registry

from .exchange import Reply
from .profiles.dress import as_json
from .profiles.plain import VERSION

if TYPE_CHECKING:
    from .profiles import Wire

_SILENT: Final = frozenset({"triggers"})  # which takes anything, and says nothing of itself
_PAGE: Final = """\
<!doctype html>
<html lang=en>
<title>{title}</title>
<h1>{title}</h1>
<p>{description}</p>
<p>The same for machines: <a href="{specification}">{specification}</a></p>
<table>
{rows}
</table>
"""


def pages(wire: Wire) -> Mapping[str, Callable[[], Reply]]:
    """The pages by their paths, to be made when they are asked for. Those of a tier have the names of today, and older ones."""
    found: dict[str, Callable[[], Reply]] = {"/health": _health}
    for tier in _registry.tiers().values():
        if tier.name not in _SILENT:
            page, specification = partial(_page, wire.name, tier.name), partial(_specification, wire.name, tier.name)
            found |= {f"{tier.prefix}/{name}": page for name in ("swagger-ui.html", "docs")}
            found |= {f"{tier.prefix}/{name}": specification for name in ("openapi.json", "swagger.json")}
    return found


def _health() -> Reply:
    return as_json(200, {"pid": os.getpid(), "status": "ok", "version": VERSION})


@cache
def _page(profile: str, tier: str) -> Reply:
    from .contract.openapi import document

    told = document(tier, profile)
    page = _PAGE.format(
        title=escape(told["info"]["title"]),
        description=escape(told["info"]["description"]),
        specification=escape(f"{told['servers'][0]['url']}/openapi.json"),
        rows="\n".join(_rows(told)),
    )
    return Reply(200, {"content-type": "text/html; charset=utf-8"}, page.encode())


@cache
def _specification(profile: str, tier: str) -> Reply:
    from .contract.openapi import written

    return Reply(200, {"content-type": "application/json"}, written(tier, profile).encode())


def _rows(document: dict[str, Any]) -> Iterator[str]:
    prefix = document["servers"][0]["url"]
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            cells = (f"<code>{verb.upper()} {escape(prefix + path)}</code>", escape(operation["operationId"]), escape(operation["summary"]))
            yield "".join(("<tr>", *(f"<td>{cell}</td>" for cell in cells), "</tr>"))
