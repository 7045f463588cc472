"""Tells mkdocstrings what the descriptors make of a declaration.

The pages show an operation as a caller sees it: the streaming twin has its sibling's arguments, the answer is the
page, stream or download that a call gives, and a line under the summary tells the verb, the path, and what the
asynchronous client answers. What the code says is read from the package itself, so the pages cannot tell another story.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

import griffe

from dify_sdk import _registry
from dify_sdk._endpoint import Declaration, Download, Paged, Resource, Streamed, area, finishing, flow
from dify_sdk._models import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = {
    "admin": "the key of the server's administrator",
    "app": "an app's key",
    "code": "the code of a page",
    "dataset": "a key for knowledge",
    "inner": "a key of the server's own",
    "known": "no key; shows who the client is, where it knows",
    "none": "no key",
    "passport": "a passport",
    "session": "the session of somebody who is signed in to the console",
    "stranger": "no key, and shows none",
    "token": "a token",
}


class Twins(griffe.Extension):
    """Rewrites the classes of areas, and lists the fields of models, once everything is loaded."""

    def on_package(self, *, pkg: griffe.Module, **_: object) -> None:
        """Go through all classes."""
        if pkg.name == "dify_sdk":
            for tier in _registry.tiers():
                pkg[tier].docstring = None  # the pages have their own first words
                for module in pkg[tier].modules.values():
                    module.docstring = None
            _draw_tree(pkg["errors"])
            for cls in list(_classes(pkg)):
                _rewrite(cls, pkg)


def _draw_tree(module: griffe.Module) -> None:
    """The tree at the top of the file as a block of code."""
    if module.docstring is not None:
        summary, _, tree = module.docstring.value.partition("\n\n")
        module.docstring.value = f"{summary}\n\n```text\n{tree}\n```"


def _classes(scope: griffe.Module | griffe.Class) -> Iterator[griffe.Class]:
    for member in scope.members.values():
        if isinstance(member, griffe.Module):
            yield from _classes(member)
        elif isinstance(member, griffe.Class):
            yield member
            yield from _classes(member)


def _rewrite(cls: griffe.Class, package: griffe.Module) -> None:
    try:
        real = getattr(import_module(cls.module.path), cls.name)
    except (ImportError, AttributeError):  # named for type checkers only
        return
    if isinstance(real, type) and issubclass(real, Model):
        _list_fields(cls, real, package)
    if isinstance(real, type) and issubclass(real, Resource) and real._area.count(".") > 1 and cls.docstring is not None:
        cls.docstring.value = f"`client.{real._area.partition('.')[2]}`\n\n{cls.docstring.value}"
    for name, member in list(cls.members.items()):
        found = vars(real).get(name)
        alike = isinstance(member, griffe.Attribute) and isinstance(found, Declaration)
        function = _by_another_verb(cls, member, found) if alike else member
        if not isinstance(function, griffe.Function):
            continue
        if isinstance(found, area):
            cls.set_member(name, _attribute(function))
        elif isinstance(found, Declaration):
            _declared(cls, function, found, package)
        elif isinstance(found, flow):
            makes = "Makes several requests"
            if isinstance(found, finishing):
                function.parameters = griffe.Parameters(*cls.members[found.declaration.name].parameters)
                makes = f"Reads `{found.declaration.name}` to its end"
            _plain(function, package)
            function.returns = _done(function.returns)
            _say(function, f"{makes} · answers `{_text(function.returns)}`; await it on the asynchronous client")
            _link_errors(function, package)
            function.decorators = []


def _attribute(function: griffe.Function) -> griffe.Attribute:
    """An area, as the attribute that it is."""
    kept = {"lineno": function.lineno, "endlineno": function.endlineno, "docstring": function.docstring, "parent": function.parent}
    attribute = griffe.Attribute(function.name, annotation=_without_mode(function.returns), **kept)
    attribute.labels.add("area")
    return attribute


def _by_another_verb(cls: griffe.Class, attribute: griffe.Attribute, declaration: Declaration[..., Any]) -> griffe.Function:
    """`get = post.by(GET)`, as the method that it is."""
    like = cls.members[declaration.function.__name__]
    says = griffe.Docstring(f"The same by {declaration.route.verb}. The arguments are those of `{like.name}`.")
    kept = {"lineno": attribute.lineno, "endlineno": attribute.endlineno, "docstring": says, "parent": cls}
    method = griffe.Function(attribute.name, parameters=griffe.Parameters(*like.parameters), returns=like.returns, **kept)
    cls.set_member(method.name, method)
    return method


def _declared(cls: griffe.Class, function: griffe.Function, declaration: Declaration[..., Any], package: griffe.Module) -> None:
    route = declaration.route
    twin = isinstance(declaration, Streamed) and declaration.like is not None
    if twin:
        sibling = cls.members[declaration.like.name]
        function.parameters = griffe.Parameters(*sibling.parameters)
        if function.docstring and sibling.docstring:
            function.docstring.value = f"{function.docstring.value}\n\n{_sections(sibling.docstring.value)}".strip()
    _plain(function, package)
    answer = _text(function.returns)
    prefix = "" if route.anywhere else _registry.tiers()[declaration.id.partition(".")[0]].prefix
    told = [f"**{route.verb}** `{prefix}{re.sub(r':[a-z]+}', '}', route.path)}`"]
    if isinstance(declaration, Paged):
        item = declaration.item.__name__
        home = declaration.item.__module__.partition(".")[2]
        module = package[home] if home else None  # a list may be of plain texts
        function.returns = griffe.ExprSubscript(griffe.ExprName("Page", parent=package["_pages"]), griffe.ExprName(item, parent=module))
        told.append(f"answers `Page[{item}]`; on the asynchronous client `AsyncPages[{item}]`: await it or iterate it")
    elif isinstance(declaration, Download):
        function.returns = griffe.ExprName("Binary", parent=package["_files"])
        told.append("answers `Binary`; on the asynchronous client a coroutine of `AsyncBinary`")
    elif isinstance(declaration, Streamed):
        types = ", ".join(_fold(package, declaration.fold))
        function.returns = _stream(package, declaration.fold)
        told.append(f"answers `EventStream[{types}]`; on the asynchronous client `AsyncEventStream[{types}]`")
    else:
        told.append(f"answers `{answer}`; await it on the asynchronous client")
    if any(argument.from_client and argument.from_client.required for argument in declaration.plan.arguments.values()):
        told.append("needs a `user`, here or on the client")
    told.append(f"takes {KEYS[declaration.key]}")
    if route.since != "1.8":
        told.append(f"since Dify {route.since}")
    if route.documented:
        told.append("on documented servers only")
    told.append("repeatable" if route.repeatable else "not repeatable")
    _say(function, " · ".join(told))
    _link_errors(function, package)
    function.decorators = []


def _link_errors(function: griffe.Function, package: griffe.Module) -> None:
    """Let the errors that a docstring names be found where they are declared."""
    for section in function.docstring.parsed if function.docstring else ():
        if isinstance(section, griffe.DocstringSectionRaises):
            for one in section.value:
                one.annotation = griffe.ExprName(str(one.annotation), parent=package["errors"])


def _sections(text: str) -> str:
    """A docstring from its `Args:` on."""
    at = re.search(r"^(Args|Raises):", text, re.MULTILINE)
    return text[at.start() :] if at else ""


def _say(function: griffe.Function, line: str) -> None:
    """Put a line under the summary."""
    if function.docstring is not None:
        summary, _, rest = function.docstring.value.partition("\n\n")
        function.docstring.value = f"{summary}\n\n{line}\n{{ .operation }}\n\n{rest}".rstrip()


def _plain(function: griffe.Function, package: griffe.Module) -> None:
    """Parameters with the types that a caller gives, without what the annotations tell the plan."""
    if "self" in function.parameters:
        del function.parameters["self"]
    for parameter in function.parameters:
        parameter.annotation = _bare(parameter.annotation, package)


def _bare(annotation: Any, package: griffe.Module) -> Any:
    if isinstance(annotation, griffe.ExprName) and annotation.name in package["_params"].members:
        member = package["_params"].members[annotation.name]
        if isinstance(member, griffe.Attribute):
            annotation = member.value
    if isinstance(annotation, griffe.ExprSubscript) and str(annotation.left) == "Annotated":
        annotation = annotation.slice.elements[0]
    if isinstance(annotation, griffe.ExprBinOp):
        return griffe.ExprBinOp(_bare(annotation.left, package), annotation.operator, _bare(annotation.right, package))
    return _choices(annotation)


def _choices(annotation: Any) -> Any:
    """The values themselves where a name stands for a choice of them."""
    if isinstance(annotation, griffe.ExprName) and isinstance(annotation.parent, griffe.Module | griffe.Class):
        module = annotation.parent.module
        named = module.members.get(annotation.name)
        if isinstance(named, griffe.Attribute) and str(named.annotation) == "TypeAlias" and str(named.value).startswith("Literal["):
            return named.value
    return annotation


def _without_mode(annotation: Any) -> Any:
    """`Chat[M]` is `Chat` to a reader."""
    return annotation.left if isinstance(annotation, griffe.ExprSubscript) else annotation


def _done(annotation: Any) -> Any:
    """`Steps[T]` is `T` to a caller."""
    return annotation.slice if isinstance(annotation, griffe.ExprSubscript) and str(annotation.left) == "Steps" else annotation


def _text(annotation: Any) -> str:
    return str(annotation)


def _stream(package: griffe.Module, fold: type[Any]) -> griffe.ExprSubscript:
    places = [package[fold.__module__.partition(".")[2]], package["shared.events"], package["shared.runs"]]
    names = [griffe.ExprName(name, parent=next(one for one in places if name in one.members)) for name in _fold(package, fold)]
    return griffe.ExprSubscript(griffe.ExprName("EventStream", parent=package["_streams"]), griffe.ExprTuple(names, implicit=True))


def _fold(package: griffe.Module, fold: type[Any]) -> tuple[str, str]:
    """The names of a fold's event type and of its result."""
    for one in fold.__mro__:
        cls = package[one.__module__.partition(".")[2]].members[one.__name__]
        if named := [name for base in cls.bases for name in re.findall(r"\w+", str(base).partition("[")[2])]:
            break
    result = str(import_module(fold.__module__).__dict__[fold.__name__].result.__annotations__["return"])
    if len(named) > 1:
        result = named[1]
    return named[0], result


def _list_fields(cls: griffe.Class, model: type[Model], package: griffe.Module) -> None:
    """A model's fields as one table, instead of a heading each."""
    own = [name for name in model.model_fields if name in cls.members and not cls.members[name].has_docstring]
    if not own or cls.docstring is None or "Attributes:" in cls.docstring.value:
        return
    rows = []
    for name in own:
        field = model.model_fields[name]
        wire = field.alias or name
        rows.append(f"    {name} ({_bare(cls.members[name].annotation, package)}): " + ("" if wire == name else f"`{wire}` on the wire."))
    cls.docstring.value += "\n\nAttributes:\n" + "\n".join(rows)
