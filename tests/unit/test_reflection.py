"""What tools see: signatures, words, autospec, completion, and the public surface as a whole."""

import ast
import dataclasses
import enum
import importlib
import inspect
import pkgutil
import re
import typing
from functools import reduce
from unittest.mock import AsyncMock, Mock, create_autospec, patch

import jedi
import pytest
from typing_extensions import is_typeddict

import dify_sdk
from dify_sdk import Model, _registry, errors
from dify_sdk._endpoint import Streamed
from unit.twins import UUID, Server, answer, got

pytestmark = pytest.mark.anyio

# Each kind of operation: its path, arguments that fit, its parameters, and whether the asynchronous twin is a coroutine.
SHAPES = {
    "plain": ("messages.feedback", ((UUID,), {"rating": "like"}), ["message_id", "rating", "content", "user"], True),
    "empty": ("annotations.delete", ((UUID,), {}), ["annotation_id"], True),
    "download": ("files.preview", ((UUID,), {}), ["file_id", "as_attachment", "user"], True),
    "upload": ("files.upload", ((), {"file": b"x"}), ["file", "user"], True),
    "page": ("conversations.list", ((), {}), ["user", "last_id", "limit", "sort_by"], False),
    "stream": ("workflows.events", (("w",), {}), ["workflow_run_id", "user", "include_state_snapshot", "continue_on_pause"], False),
    "streaming twin": ("workflows.stream_run_by_id", (("w",), {}), ["workflow_id", "inputs", "user", "files"], False),
    "flow": ("files.upload_and_reference", ((), {"file": b"x"}), ["file", "type", "user"], True),
}
RAW = {f"raw {shape}": told for shape, told in SHAPES.items() if shape != "flow"}

shapes = pytest.mark.parametrize("shape", SHAPES)
shapes_and_raw = pytest.mark.parametrize("shape", [*SHAPES, *RAW])


def at(root, path):
    return reduce(getattr, path.split("."), root)


def bound(client, shape):
    """The method of a shape on a client."""
    path = {**SHAPES, **RAW}[shape][0]
    return at(client.with_raw_response if shape in RAW else client, path)


def operation_of(shape):
    """What was declared: the class and the name."""
    path = SHAPES[shape][0]
    area, name = path.rsplit(".", 1)
    return type(at(dify_sdk.ServiceClient, area)), name


class TestMethods:
    @shapes_and_raw
    def test_a_signature_is_the_declared_one_without_self(self, twin, shape):
        signature = inspect.signature(bound(twin.client(), shape))

        assert list(signature.parameters) == {**SHAPES, **RAW}[shape][2]
        assert not any(isinstance(one.annotation, str) for one in signature.parameters.values())

    @shapes_and_raw
    def test_the_words_and_names_are_those_of_the_declaration(self, twin, shape):
        method = bound(twin.client(), shape)
        area, name = operation_of(shape.removeprefix("raw "))
        declared = inspect.getattr_static(area, name)

        assert method.__doc__ == declared.__doc__
        assert (method.__name__, method.__qualname__, method.__module__) == (name, f"{area.__name__}.{name}", area.__module__)
        assert inspect.getdoc(method)

    @shapes_and_raw
    def test_what_must_be_awaited_is_a_coroutine_function(self, twin, shape):
        expected = twin.is_async and (shape in RAW or SHAPES[shape][3])

        assert inspect.iscoroutinefunction(bound(twin.client(), shape)) is expected

    @shapes_and_raw
    def test_a_bound_method_equals_itself_and_can_be_kept_in_a_set(self, twin, shape):
        client = twin.client()

        assert bound(client, shape) == bound(client, shape)
        assert len({bound(client, shape), bound(client, shape)}) == 1
        assert bound(client, shape) != bound(twin.client(), shape)

    @shapes_and_raw
    async def test_an_argument_that_does_not_fit_is_told_with_the_call_and_the_nearest_name(self, twin, shape):
        path, (args, _), parameters, _ = {**SHAPES, **RAW}[shape]
        wrong = f"{parameters[-1]}x"

        with pytest.raises(TypeError) as caught:
            await got(bound(twin.client(Server()), shape)(*args, **{wrong: 1}))

        assert str(caught.value) == (
            f"{twin.Client.__name__}.{path}() got an unexpected keyword argument {wrong!r}; did you mean {parameters[-1]!r}?"
        )

    @shapes
    def test_on_the_class_the_signature_is_the_same(self, twin, shape):
        assert inspect.signature(bound(twin.Client, shape)) == inspect.signature(bound(twin.client(), shape))

    @shapes
    def test_a_declaration_has_a_signature_of_its_own(self, shape):
        area, name = operation_of(shape)

        assert list(inspect.signature(getattr(area, name).__call__).parameters) == SHAPES[shape][2]


class TestMocks:
    @shapes
    async def test_patching_the_class_with_autospec_keeps_the_signature(self, twin, shape):
        area, name = operation_of(shape)
        args, kwargs = SHAPES[shape][1]

        with patch.object(area, name, autospec=True) as stand_in:
            method = bound(twin.client(), shape)
            method(*args, **kwargs)
            with pytest.raises(TypeError):
                method(*args, nonsense=1)

        assert stand_in.call_count == 1
        assert bound(twin.client(), shape) is not stand_in

    @shapes
    async def test_patching_an_instance_with_autospec_keeps_the_signature(self, twin, shape):
        client = twin.client()
        area_path, name = SHAPES[shape][0].rsplit(".", 1)
        args, kwargs = SHAPES[shape][1]
        before = bound(client, shape)

        with patch.object(at(client, area_path), name, autospec=True) as stand_in:
            answered = bound(client, shape)(*args, **kwargs)
            assert inspect.isawaitable(answered) == inspect.iscoroutinefunction(before)
            await got(answered)
            with pytest.raises(TypeError):
                await got(bound(client, shape)(*args, nonsense=1))

        stand_in.assert_called_once_with(*args, **kwargs)
        assert bound(client, shape) is before

    @shapes
    async def test_an_autospec_of_the_client_keeps_the_signatures(self, twin, shape):
        args, kwargs = SHAPES[shape][1]

        for stand_in in (create_autospec(twin.Client, instance=True), create_autospec(twin.client())):
            method = bound(stand_in, shape)
            assert isinstance(method, AsyncMock) == (twin.is_async and SHAPES[shape][3]) or inspect.isfunction(method)
            await got(method(*args, **kwargs))
            with pytest.raises(TypeError):
                await got(method(*args, nonsense=1))

    async def test_a_spy_sees_the_call_and_lets_it_through(self, twin):
        client = twin.client(Server(answer({"name": "app"}), answer({"name": "app"})))

        with patch.object(client.app, "info", wraps=client.app.info) as spy:
            assert (await got(client.app.info())).name == "app"
        wrapped = Mock(wraps=client.app)
        assert (await got(wrapped.info())).name == "app"

        spy.assert_called_once_with()
        wrapped.info.assert_called_once_with()


class TestCompletion:
    def test_areas_and_operations_are_offered(self, twin):
        client = twin.client()

        assert {"chat", "files", "with_options", "with_raw_response"} <= names("client.", client)
        assert {"send", "stop", "stream"} <= names("client.chat.", client)
        assert {"upload", "preview", "upload_and_reference"} <= names("client.files.", client)

    def test_arguments_are_offered(self, twin):
        found = jedi.Interpreter("client.chat.stop(", [{"client": twin.client()}]).get_signatures()

        assert {tuple(one.name for one in signature.params) for signature in found} == {("task_id", "user")}

    def test_the_words_are_offered(self, twin):
        (found,) = jedi.Interpreter("client.chat.send", [{"client": twin.client()}]).complete()

        assert "Send a message and wait for the whole answer." in found.docstring()


def names(text, client):
    return {one.name for one in jedi.Interpreter(text, [{"client": client}]).complete()}


# The public surface

MODULES = [
    importlib.import_module(one.name)
    for one in pkgutil.walk_packages(dify_sdk.__path__, "dify_sdk.")
    if not any(part.startswith("_") for part in one.name.split("."))
]
OPERATIONS = list(_registry.every())
FLOWS = [one for tier in _registry.tiers() for one in _registry.flows(tier)]
operations = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.declaration.id)
operations_and_flows = pytest.mark.parametrize("operation", [*OPERATIONS, *FLOWS], ids=lambda one: f"{one.tier.name}.{one.path}")


def function_of(operation):
    return operation.flow.function if isinstance(operation, _registry.Flow) else operation.declaration.function


def sibling_of(operation):
    """The method that a stream takes its arguments from."""
    if isinstance(operation, _registry.Flow) or operation.contract_id == operation.path:
        return None
    return operation.contract_id.rpartition(".")[2]


class TestDoor:
    def test_everything_that_is_named_can_be_imported(self):
        for name in dify_sdk.__all__:
            assert getattr(dify_sdk, name) is not None

    def test_everything_that_can_be_imported_is_named(self):
        tree = ast.parse(inspect.getsource(dify_sdk))
        for_checkers = {
            alias.asname or alias.name
            for block in tree.body
            if isinstance(block, ast.If)
            for line in block.body
            if isinstance(line, ast.ImportFrom)
            for alias in line.names
        }

        assert for_checkers == set(dify_sdk._HOME_OF) | {"errors"} == set(dify_sdk.__all__)
        assert len(dify_sdk.__all__) == len(set(dify_sdk.__all__))
        assert set(dify_sdk.__all__) <= set(dir(dify_sdk))

    def test_what_is_not_there_is_an_attribute_error(self):
        with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
            dify_sdk.nonsense  # noqa: B018  # reading is the test

    @operations_and_flows
    def test_every_type_of_a_signature_can_be_imported_from_a_public_module(self, operation):
        function = function_of(operation)
        hints = typing.get_type_hints(function, include_extras=False)

        assert [one for one in reachable(list(hints.values())) if not is_public(one)] == []

    @pytest.mark.parametrize("name", [name for name in dify_sdk.__all__ if inspect.isclass(getattr(dify_sdk, name))])
    def test_every_type_of_a_public_class_can_be_imported_from_a_public_module(self, name):
        kind = getattr(dify_sdk, name)
        hints = []
        for member in list(vars(kind).values()):
            function = getattr(member, "fget", None) or getattr(member, "func", None) or getattr(member, "__wrapped__", member)
            if inspect.isfunction(function) and not function.__name__.startswith("_"):
                hints += typing.get_type_hints(function, localns=everything_private()).values()

        assert [one for one in reachable(hints) if not is_public(one)] == []


def everything_private():
    """What string annotations under TYPE_CHECKING name."""
    from typing import Self

    import httpx
    import httpx_sse

    from dify_sdk import _call, _core, _endpoint, _folds, _options, _pages, _streams

    found = {"httpx": httpx, "ServerSentEvent": httpx_sse.ServerSentEvent, "Self": Self}
    for module in (_call, _core, _endpoint, _folds, _options, _pages, _streams, dify_sdk.service):
        found |= {name: one for name, one in vars(module).items() if not name.startswith("__")}
    return found


def reachable(hints):
    """The classes of this package that the hints name, and those that these name in turn."""
    found, todo = set(), list(hints)
    while todo:
        hint = todo.pop()
        todo += typing.get_args(hint)
        kind = typing.get_origin(hint) or hint
        if not isinstance(kind, type) or not kind.__module__.startswith("dify_sdk") or kind in found:
            continue
        found.add(kind)
        if issubclass(kind, Model):
            todo += [field.annotation for field in kind.model_fields.values()]
        elif is_typeddict(kind) or dataclasses.is_dataclass(kind):
            todo += typing.get_type_hints(kind).values()
    return {pydantic_origin(kind) for kind in found}


def pydantic_origin(kind):
    generic = getattr(kind, "__pydantic_generic_metadata__", {}).get("origin")
    return generic or kind


def is_public(kind):
    if any(part.startswith("_") for part in kind.__module__.split(".")):
        return getattr(dify_sdk, kind.__name__, None) is kind and kind.__name__ in dify_sdk.__all__
    return getattr(importlib.import_module(kind.__module__), kind.__name__) is kind and not kind.__name__.startswith("_")


class TestDeclarations:
    @operations
    def test_a_body_is_a_docstring_and_an_ellipsis(self, operation):
        (function,) = ast.parse(inspect.cleandoc("\n" + source_of(operation.declaration.function))).body

        words, dots = function.body
        assert isinstance(words.value.value, str)
        assert dots.value.value is ...

    @operations_and_flows
    def test_an_area_is_called_by_its_path(self, operation):
        for client in operation.tier.clients:
            path, _, name = operation.path.rpartition(".")
            area = at(client, path) if path else client
            assert area._area == ".".join(filter(None, (operation.tier.name, path)))
            assert callable(getattr(area, name))

    @operations
    def test_only_streams_are_called_streams(self, operation):
        name = operation.path.rpartition(".")[2]
        named_so = bool(re.fullmatch(r"stream(_\w+)?|(\w+_)?events", name))

        assert named_so == isinstance(operation.declaration, Streamed)

    @operations_and_flows
    def test_the_words_are_an_imperative_sentence_then_every_argument_then_what_is_raised(self, operation):
        function = function_of(operation)
        first, arguments, raised = sections(function.__doc__)

        assert re.match(r"[A-Z][a-z]+\b.*\.$", first), first
        assert not re.match(r"(The|A|An|This|Returns?|Gets?)\b|[A-Z][a-z]+(?<!s)s\b(?<!Discuss)", first), first
        if sibling := sibling_of(operation):
            assert re.search(rf"The arguments are those of `{sibling}`[.;]", function.__doc__)
            return
        told = operation.flow if isinstance(operation, _registry.Flow) else operation.declaration
        assert list(arguments) == list(told.signature.parameters)
        assert all(one.endswith(".") for one in [*arguments.values(), *raised.values()])
        for name in raised:
            assert issubclass(getattr(errors, name), errors.DifyError)

    def test_no_model_is_named_for_the_way_it_travels(self):
        kinds = {kind for module in MODULES for kind in vars(module).values() if inspect.isclass(kind) and issubclass(kind, Model)}

        assert [kind for kind in kinds if kind.__name__.endswith(("Request", "Response", "Payload", "DTO"))] == []

    @pytest.mark.parametrize("tier", _registry.tiers())
    def test_the_name_of_a_model_is_unique_in_its_tier(self, tier):
        kinds = {
            kind
            for module in MODULES
            if module.__name__.startswith((f"dify_sdk.{tier}", "dify_sdk.shared"))
            for kind in vars(module).values()
            if inspect.isclass(kind) and issubclass(kind, Model) and "[" not in kind.__name__
        }
        found = sorted(kind.__name__ for kind in kinds)

        assert found == sorted(set(found))

    @pytest.mark.parametrize(
        "kind",
        sorted(
            {
                kind
                for module in MODULES
                for kind in vars(module).values()
                if inspect.isclass(kind) and kind.__module__ == module.__name__ and not issubclass(kind, enum.Enum)
                if "[" not in kind.__name__  # pydantic leaves `Listing[App]` where it was asked for
            },
            key=lambda kind: (kind.__qualname__, kind.__module__),
        ),
        ids=lambda kind: f"{kind.__module__.removeprefix('dify_sdk.')}.{kind.__name__}",
    )
    def test_every_public_class_says_what_it_is(self, kind):
        if not kind.__name__.startswith("_"):
            assert (kind.__dict__.get("__doc__") or "").strip()


def source_of(function):
    """The source of a function without its decorators."""
    lines = inspect.getsource(function).splitlines()
    start = next(number for number, line in enumerate(lines) if line.lstrip().startswith("def "))
    return inspect.cleandoc("\n".join(["", *lines[start:]]))


def sections(words):
    """The first line, the arguments and the errors of a docstring."""
    lines = inspect.cleandoc(words).splitlines()
    found = {"Args:": {}, "Raises:": {}}
    current = last = None
    for line in lines[1:]:
        if line in found:
            current = found[line]
        elif current is not None and (entry := re.match(r"    (\w+): (.*)", line)):
            last = entry[1]
            current[last] = entry[2]
        elif current is not None and line.startswith("        "):
            current[last] += " " + line.strip()
    return lines[0], found["Args:"], found["Raises:"]
