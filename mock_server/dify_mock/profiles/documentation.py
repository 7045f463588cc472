"""The pages of a tier about itself: a list of its operations, and their specification. They are open to everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from html import escape
from typing import TYPE_CHECKING, Any, Final

from ..exchange import Reply

if TYPE_CHECKING:
    from . import Wire

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


def pages(wire: Wire, tier: str, prefix: str) -> Mapping[str, Callable[[], Reply]]:
    """The pages by their paths, to be made when they are asked for."""
    if tier not in wire.documentation:
        return {}
    return {f"{prefix}/docs": partial(_page, wire.name, tier), f"{prefix}/swagger.json": partial(_specification, wire.name, tier)}


@cache
def _page(profile: str, tier: str) -> Reply:
    from ..contract.openapi import document

    told = document(tier, profile)
    page = _PAGE.format(
        title=escape(told["info"]["title"]),
        description=escape(told["info"]["description"]),
        specification=escape(f"{told['servers'][0]['url']}/swagger.json"),
        rows="\n".join(_rows(told)),
    )
    return Reply(200, {"content-type": "text/html; charset=utf-8"}, page.encode())


@cache
def _specification(profile: str, tier: str) -> Reply:
    from ..contract.openapi import written

    return Reply(200, {"content-type": "application/json"}, written(tier, profile).encode())


def _rows(document: dict[str, Any]) -> Iterator[str]:
    prefix = document["servers"][0]["url"]
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            cells = (f"<code>{verb.upper()} {escape(prefix + path)}</code>", escape(operation["operationId"]), escape(operation["summary"]))
            yield "".join(("<tr>", *(f"<td>{cell}</td>" for cell in cells), "</tr>"))
