"""`python tools/api_md.py` writes api.md: every operation of every client, with its signature. `--check` only compares."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from dify_sdk import _registry
from dify_sdk._endpoint import Declaration, Download, Paged, Streamed, finishing, flow

FILE = Path(__file__).parents[1] / "api.md"
HEAD = """\
# Operations

Written by `python tools/api_md.py` from the declarations. Each stands as the blocking client answers it; the asynchronous client awaits
values, downloads and flows, and gives `AsyncPages` for `Page`, `AsyncEventStream` for `EventStream`, `AsyncBinary` for `Binary`.
"""
# What a caller gives, where the annotation tells more than that.
PLAIN = {
    "AnyContent": "bytes | str",
    "AnyFiles": "Mapping[str, Uploadable]",
    "AnyForm": "Mapping[str, Any]",
    "AnyHeaders": "Mapping[str, str]",
    "AnyJSON": "Any",
    "AnyQuery": "Mapping[str, Any]",
    "Inputs": "Mapping[str, Any]",
    "PageNumber": "int",
    "RequiredUser": "str | None",
    "UpTo100": "int",
    "Upload": "Uploadable",
    "User": "str | None",
}


def text() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for tier in _registry.tiers() for line in _tier(tier))])


def _tier(tier: str) -> Iterator[str]:
    found = _registry.tiers()[tier]
    yield f"## {found.clients[0].__name__}, {found.clients[1].__name__}\n"
    lines = {one.path: _operation(one) for one in _registry.operations(tier)}
    lines |= {one.path: _line(one.path, one.flow.script, _returned(one.flow.function), _said(one.flow)) for one in _registry.flows(tier)}
    for area, paths in groupby(sorted(lines, key=_area), key=_area):
        yield f"### {area or 'the client itself'}\n"
        yield from (lines[path] for path in paths)
        yield ""


def _area(path: str) -> str:
    return path.rpartition(".")[0]


def _operation(one: _registry.Operation) -> str:
    declaration = one.declaration
    like = declaration.like if isinstance(declaration, Streamed) else None
    said = f"{declaration.route.verb} `{re.sub(r':[a-z]+}', '}', one.url_path)}`"
    since = f", since {declaration.route.since}" if declaration.route.since != "1.8" else ""
    since += ", on documented servers only" if declaration.route.documented else ""
    return _line(one.path, (like or declaration).function, _answer(declaration), said + since)


def _said(one: flow[..., Any]) -> str:
    return f"the end of `{one.declaration.name}`" if isinstance(one, finishing) else "several requests"


def _line(path: str, function: Callable[..., Any], answer: str, said: str) -> str:
    parameters = list(inspect.signature(function).parameters.values())[1:]
    plain = [one.replace(annotation=_Written(_plain(str(one.annotation)))) for one in parameters]
    return f"- `{path}{inspect.Signature(plain)} -> {answer}`  \n  {said}"


class _Written(str):
    """An annotation that a signature shows without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _plain(annotation: str) -> str:
    tree = ast.parse(annotation, mode="eval").body
    if isinstance(tree, ast.Subscript) and ast.unparse(tree.value) == "Annotated" and isinstance(tree.slice, ast.Tuple):
        return ast.unparse(tree.slice.elts[0])
    name, _, nothing = annotation.partition(" | ")
    return " | ".join(filter(None, (PLAIN.get(name, name), nothing)))


def _returned(function: Callable[..., Any]) -> str:
    written = str(function.__annotations__["return"])
    return written.removeprefix("Steps[").removesuffix("]") if written.startswith("Steps[") else written


def _answer(declaration: Declaration[..., Any]) -> str:
    if isinstance(declaration, Streamed):
        return f"EventStream[{', '.join(_fold(declaration.fold))}]"
    if isinstance(declaration, Paged):
        return f"Page[{declaration.item.__name__}]"
    return "Binary" if isinstance(declaration, Download) else _returned(declaration.function)


def _head(fold: type[Any]) -> str:
    """The first line of a fold, or of the one it is derived from, that names types."""
    lines = (inspect.getsource(one).partition("\n")[0] for one in fold.__mro__)
    return next(line for line in lines if "[" in line)


def _fold(fold: type[Any]) -> tuple[str, str]:
    """The names of a fold's event type and of its result, as they are written."""
    named = re.findall(r"\w+", re.sub(r"^.*?\[", "", _head(fold)))
    return named[0], str(fold.result.__annotations__["return"]) if len(named) == 1 else named[1]


def main() -> int:
    """Write, or compare."""
    if "--check" in sys.argv[1:]:
        return 0 if FILE.read_text("utf-8") == text() else 1
    FILE.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
