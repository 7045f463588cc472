"""One declaration for each operation: a typed signature without a body. The declared type is what travels on the wire.

| declared                         | `client.area.operation(...)` | `aclient.area.operation(...)`           |
|----------------------------------|------------------------------|-----------------------------------------|
| `@GET` and `T`                   | `T`                          | coroutine of `T`                        |
| `@GET.pages` and `Listing[T]`    | `Page[T]`                    | `AsyncPages[T]`: await it or iterate it |
| `@GET.file` and `File`           | `Binary`                     | coroutine of `AsyncBinary`              |
| `@GET.reply` and `Reply`         | `Reply`                      | coroutine of `Reply`                    |
| `@GET.stream` and `Fold[E, R]`   | `EventStream[E, R]`          | `AsyncEventStream[E, R]`                |

Behind `with_raw_response` each answers a `RawResponse` of the same (awaited, on the asynchronous twin).
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Mapping  # noqa: F401  # Iterator: in the string bases
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, Generic, ParamSpec, TypeVar, get_args, get_type_hints, overload

from ._options import RUN_SECONDS, SECONDS

if TYPE_CHECKING:
    from inspect import Signature

    import httpx
    from pydantic import TypeAdapter

    from ._auth import Key
    from ._call import Call, RawResponse
    from ._core import Core
    from ._files import AsyncBinary, Binary, File
    from ._folds import Fold
    from ._models import Listing
    from ._pages import AsyncPage, AsyncPages, Page
    from ._params import Place
    from ._plan import Plan
    from ._replies import Reply
    from ._steps import Pause, Steps  # noqa: F401  # Pause: in the string bases
    from ._streams import AsyncEventStream, EventStream

P = ParamSpec("P")
T = TypeVar("T")  # an answer, or an item of a list
E = TypeVar("E")  # an event
R = TypeVar("R")  # what a stream comes to
W = TypeVar("W")  # what a server's handler gives


class Mode:
    """Phantom types: how a resource answers."""


class Sync(Mode):
    """With values."""


class Async(Mode):
    """With awaitables."""


class RawSync(Mode):
    """With `RawResponse`."""


class RawAsync(Mode):
    """With awaitables of `RawResponse`."""


M = TypeVar("M", bound=Mode)


class Resource(Generic[M]):
    """A group of operations, bound to a client.

    A large area is put together from parts. Beyond that, areas are not made to be subclassed: wrap them instead.
    """

    _area: ClassVar[str] = ""
    _key: ClassVar[Key] = "app"

    def __init_subclass__(cls, area: str | None = None, key: Key | None = None) -> None:
        cls._area = area or cls._area
        cls._key = key or cls._key

    def __init__(self, core: Core) -> None:
        self._core: Core = core

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._core.name}>"

    @cached_property
    def _bound(self) -> dict[str, Callable[..., Any]]:
        """The bound methods, made once each: two bindings of one operation are the same object."""
        return {}


class area(Generic[T]):
    """A group of operations below another; its module is imported on first touch."""

    def __init__(self, load: Callable[[Any], T]) -> None:
        self._load = load
        self.__doc__ = load.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, obj: Any, owner: type) -> T:
        if obj is None:
            return self._load(owner)  # on the class: the same methods, for reflection and autospec
        found = obj.__dict__[self._name] = self._load(obj)
        return found


class Declaration(Generic[P, W]):
    """What all kinds share. `P`: the arguments; `W`: what a server's handler gives."""

    opens: ClassVar[bool] = False  # the body is read bit by bit
    walks: ClassVar[bool] = False  # there may be a next page
    streams: ClassVar[bool] = False
    relays: ClassVar[bool] = False  # the answer is that of somebody behind the server
    owner: type[Resource[Any]]
    name: str

    def __init__(self, route: Route, function: Callable[..., Any]) -> None:
        self.route = route
        self.function = function
        self.constants: Mapping[str, Any] = {}
        self.__doc__ = function.__doc__

    def __set_name__(self, owner: type[Resource[Any]], name: str) -> None:
        self.owner, self.name = owner, name

    def __repr__(self) -> str:
        return f"<{self.id} {self.route.verb} {self.route.path}>"

    @property
    def __call__(self) -> Callable[..., Any]:
        """What `unittest.mock` asks for the signature when the attribute of the class is patched."""
        from ._core import reflection

        return reflection(self)

    @property
    def id(self) -> str:
        """The operation's name: its tier and attribute path."""
        return f"{self.owner._area}.{self.name}"

    @property
    def signature(self) -> Signature:
        return self.plan.signature

    @property
    def key(self) -> Key:
        return self.route.key or self.owner._key

    @cached_property
    def plan(self) -> Plan:
        from ._plan import Plan

        return Plan(self.function, self.route.verb, self.route.path, self.route.body)

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        from pydantic import TypeAdapter

        return TypeAdapter(self.plan.result)

    def read(self, call: Call, response: httpx.Response) -> Any:
        """The answer in the shape of the call's twin."""
        return call.parse(self.adapter, response)

    def bind(self, obj: Resource[Any] | None) -> Any:
        if obj is None:
            return self
        bound = obj._bound
        return bound.get(self.name) or bound.setdefault(self.name, obj._core.method(self))


class Endpoint(Declaration[P, T]):
    """Answers one value."""

    @overload
    def __get__(self, obj: None, owner: type) -> Endpoint[P, T]: ...
    @overload
    def __get__(self, obj: Resource[Sync], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, obj: Resource[Async], owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    @overload
    def __get__(self, obj: Resource[RawSync], owner: type) -> Callable[P, RawResponse[T]]: ...
    @overload
    def __get__(self, obj: Resource[RawAsync], owner: type) -> Callable[P, Coroutine[Any, Any, RawResponse[T]]]: ...
    def __get__(self, obj: Resource[Any] | None, owner: type) -> Any:
        return self.bind(obj)

    def streaming(
        self, *, stop: Endpoint[..., Any] | None = None, resume: Streamed[..., Any, Any] | None = None
    ) -> Callable[[Callable[[Any], Fold[E, T]]], Streamed[P, E, T]]:
        """`@send.streaming()` above `def stream(self) -> ChatRun`: the same arguments, and its result is what `send` answers."""
        self.constants = {"response_mode": "blocking"}
        return lambda twin: Streamed(self.route, twin, stop, resume, like=self)


class Paged(Declaration[P, "Listing[T]"]):
    """Answers a page, from which one can walk on."""

    walks = True

    @overload
    def __get__(self, obj: None, owner: type) -> Paged[P, T]: ...
    @overload
    def __get__(self, obj: Resource[Sync], owner: type) -> Callable[P, Page[T]]: ...
    @overload
    def __get__(self, obj: Resource[Async], owner: type) -> Callable[P, AsyncPages[T]]: ...
    @overload
    def __get__(self, obj: Resource[RawSync], owner: type) -> Callable[P, RawResponse[Page[T]]]: ...
    @overload
    def __get__(self, obj: Resource[RawAsync], owner: type) -> Callable[P, Coroutine[Any, Any, RawResponse[AsyncPage[T]]]]: ...
    def __get__(self, obj: Resource[Any] | None, owner: type) -> Any:
        return self.bind(obj)

    @property
    def item(self) -> type[T]:
        """What the list is of."""
        found: type[T] = get_args(self.plan.result.model_fields["data"].annotation)[0]
        return found

    @property
    def items(self) -> str:
        """What the items stand under on the wire."""
        return self.plan.result.model_fields["data"].alias or "data"

    def read(self, call: Call, response: httpx.Response) -> Any:
        return call.core.page(call, call.parse(self.adapter, response))


class Download(Declaration[P, "File"]):
    """Answers a file."""

    opens = True

    @overload
    def __get__(self, obj: None, owner: type) -> Download[P]: ...
    @overload
    def __get__(self, obj: Resource[Sync], owner: type) -> Callable[P, Binary]: ...
    @overload
    def __get__(self, obj: Resource[Async], owner: type) -> Callable[P, Coroutine[Any, Any, AsyncBinary]]: ...
    @overload
    def __get__(self, obj: Resource[RawSync], owner: type) -> Callable[P, RawResponse[Binary]]: ...
    @overload
    def __get__(self, obj: Resource[RawAsync], owner: type) -> Callable[P, Coroutine[Any, Any, RawResponse[AsyncBinary]]]: ...
    def __get__(self, obj: Resource[Any] | None, owner: type) -> Any:
        return self.bind(obj)

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        msg = "a file is not validated"
        raise AttributeError(msg)

    def read(self, call: Call, response: httpx.Response) -> Any:
        return call.core.binary(response)


class Relayed(Endpoint[P, "Reply"]):
    """Answers whatever somebody behind the server does: its shape is not known."""

    relays = True

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        msg = "a reply of any shape is not validated"
        raise AttributeError(msg)

    def read(self, call: Call, response: httpx.Response) -> Any:  # noqa: ARG002  # nothing of the call is needed
        from ._replies import Reply

        return Reply(response.content, response.status_code, response.headers)

    def by(self, verb: Verb) -> Relayed[P]:
        """The same operation by another verb: `get = post.by(GET)`."""
        return Relayed(replace(self.route, verb=verb.name), self.function)


class Streamed(Declaration[P, "Iterator[E | Pause]"], Generic[P, E, R]):
    """Answers a stream of events that comes to a result."""

    opens = streams = True

    def __init__(
        self,
        route: Route,
        function: Callable[..., Any],
        stop: Endpoint[..., Any] | None = None,
        resume: Streamed[..., Any, Any] | None = None,
        like: Endpoint[P, R] | None = None,
        constants: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(route, function)
        self.stop, self.resume, self.like = stop, resume, like
        self.constants = {"response_mode": "streaming"} if like else constants or {}

    @overload
    def __get__(self, obj: None, owner: type) -> Streamed[P, E, R]: ...
    @overload
    def __get__(self, obj: Resource[Sync], owner: type) -> Callable[P, EventStream[E, R]]: ...
    @overload
    def __get__(self, obj: Resource[Async], owner: type) -> Callable[P, AsyncEventStream[E, R]]: ...
    @overload
    def __get__(self, obj: Resource[RawSync], owner: type) -> Callable[P, RawResponse[EventStream[E, R]]]: ...
    @overload
    def __get__(self, obj: Resource[RawAsync], owner: type) -> Callable[P, Coroutine[Any, Any, RawResponse[AsyncEventStream[E, R]]]]: ...
    def __get__(self, obj: Resource[Any] | None, owner: type) -> Any:
        return self.bind(obj)

    @cached_property
    def plan(self) -> Plan:
        return self.like.plan if self.like else super().plan

    def finished(self, function: Callable[[Any], R]) -> finishing[P, R]:
        """`@stream_llm.finished` above `def llm(self) -> LLMResult`: the same arguments; the stream is read to its end."""
        return finishing(self, function)

    @cached_property
    def fold(self) -> type[Fold[E, R]]:
        """The class that reads the events: the declared return type."""
        found: type[Fold[E, R]] = get_type_hints(self.function)["return"]
        return found

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        from ._folds import events_of

        return events_of(self.fold)

    def read(self, call: Call, response: httpx.Response) -> Any:
        return call.core.stream(call, response)


class flow(Generic[P, T]):
    """Several requests, written once: a generator of steps that both twins drive."""

    def __init__(self, script: Callable[Concatenate[Any, P], Steps[T]]) -> None:
        self.script: Callable[..., Any] = script
        self.function: Callable[..., Any] = script
        self.__doc__ = script.__doc__

    def __set_name__(self, owner: type[Resource[Any]], name: str) -> None:
        self.owner, self.name = owner, name

    @property
    def __call__(self) -> Callable[..., Any]:
        """As that of a declaration."""
        from ._core import reflection

        return reflection(self)

    @property
    def id(self) -> str:
        """The flow's name: its tier and attribute path."""
        return f"{self.owner._area}.{self.name}"

    @cached_property
    def signature(self) -> Signature:
        """The script's, with what it comes to in place of its steps."""
        from ._plan import signature_of

        raw = signature_of(self.script)
        return raw.replace(return_annotation=get_args(raw.return_annotation)[2])

    @overload
    def __get__(self, obj: None, owner: type) -> flow[P, T]: ...
    @overload
    def __get__(self, obj: Resource[Sync], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, obj: Resource[Async], owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, obj: Resource[Any] | None, owner: type) -> Any:
        if obj is None:
            return self
        if obj._core.raw:
            msg = f"{self.name} makes several requests: there is no single raw response"
            raise AttributeError(msg)
        bound = obj._bound
        return bound.get(self.name) or bound.setdefault(self.name, obj._core.flow(self, obj))

    def steps(self, owner: Resource[Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Steps[T]:
        """The script at work, its arguments checked."""
        from ._plan import bound

        return self.begun(owner, bound(self.signature, args, kwargs, lambda: owner._core.called(self.id)))

    def begun(self, owner: Resource[Any], given: Mapping[str, Any]) -> Steps[T]:
        """The script with its arguments."""
        script: Callable[..., Steps[T]] = self.script
        return script(owner, **given)


class finishing(flow[P, T]):
    """Reads a stream to its end, where servers can only stream: the arguments are the stream's, `script` too."""

    def __init__(self, declaration: Streamed[P, Any, T], function: Callable[[Any], T]) -> None:
        self.declaration = declaration
        self.script, self.function = declaration.function, function
        self.__doc__ = function.__doc__

    @cached_property
    def signature(self) -> Signature:
        """The stream's, with what it comes to in place of its events."""
        return self.declaration.signature.replace(return_annotation=get_type_hints(self.function)["return"])

    def begun(self, owner: Resource[Any], given: Mapping[str, Any]) -> Steps[T]:  # noqa: ARG002  # the client knows the way
        from ._steps import finished

        told: Streamed[..., Any, T] = self.declaration
        return finished(told, **given)


@dataclass(frozen=True)
class Route:
    """What the decorator above a declaration says."""

    verb: str
    path: str
    status: int = 200
    key: Key | None = None
    body: Place | None = None
    repeatable: bool = False
    runs: bool = False
    since: str = "1.8"
    aliases: tuple[str, ...] = ()
    documented: bool = False

    @property
    def spellings(self) -> list[tuple[str, str]]:
        """The verbs and paths that servers know it by, the modern one first."""
        older = (alias.partition(" ") for alias in self.aliases)
        return [(self.verb, self.path), *((verb, path) for verb, _, path in older)]

    @property
    def anywhere(self) -> bool:
        """Whether the address is given with the call, as some reply had it."""
        return self.path.endswith(":address}")

    @property
    def usual_seconds(self) -> float:
        """How long to wait for bytes where the client says nothing."""
        return RUN_SECONDS if self.runs else SECONDS


class Verb:
    """`@GET("/path/{name}")` above a signature; `.pages`, `.file`, `.reply` and `.stream` for the other kinds of answers.

    `status`: of the reply. `key`: where it is not the area's. `body`: where the arguments travel if not in the verb's
    usual place. `repeatable`: whether sending it twice does no harm, where that is not so by the verb. `runs`: it waits
    for a model or a workflow. `since`: the first server version that has it. `aliases`: other spellings, as `"POST /old/path"`,
    of servers that do not know this one. `constants`: what a stream's request always
    says. `documented`: no version has it, only the documents that first described the
    platform. A placeholder is `{name}`, `{name:uuid}` (the server takes nothing else there), `{name:path}` (keeps its
    slashes) or `{name:address}` (is the whole of it).
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def _route(self, path: str, *, repeatable: bool | None, **told: Any) -> Route:
        return Route(self.name, path, repeatable=self.name in {"GET", "PUT", "DELETE"} if repeatable is None else repeatable, **told)

    def __call__(
        self,
        path: str,
        *,
        status: int = 200,
        key: Key | None = None,
        body: Place | None = None,
        repeatable: bool | None = None,
        runs: bool = False,
        since: str = "1.8",
        aliases: tuple[str, ...] = (),
        documented: bool = False,
    ) -> Callable[[Callable[Concatenate[Any, P], T]], Endpoint[P, T]]:
        told = {"status": status, "key": key, "body": body, "runs": runs, "since": since, "aliases": aliases, "documented": documented}
        route = self._route(path, repeatable=repeatable, **told)
        return lambda function: Endpoint(route, function)

    def pages(
        self, path: str, *, key: Key | None = None, since: str = "1.8"
    ) -> Callable[[Callable[Concatenate[Any, P], Listing[T]]], Paged[P, T]]:
        route = self._route(path, repeatable=None, key=key, since=since)
        return lambda function: Paged(route, function)

    def file(
        self,
        path: str,
        *,
        key: Key | None = None,
        body: Place | None = None,
        repeatable: bool | None = None,
        runs: bool = False,
        since: str = "1.8",
    ) -> Callable[[Callable[Concatenate[Any, P], File]], Download[P]]:
        route = self._route(path, repeatable=repeatable, key=key, body=body, runs=runs, since=since)
        return lambda function: Download(route, function)

    def reply(
        self, path: str, *, key: Key | None = None, repeatable: bool | None = None, runs: bool = False, since: str = "1.8"
    ) -> Callable[[Callable[Concatenate[Any, P], Reply]], Relayed[P]]:
        route = self._route(path, repeatable=repeatable, key=key, runs=runs, since=since)
        return lambda function: Relayed(route, function)

    def stream(
        self,
        path: str,
        *,
        key: Key | None = None,
        stop: Endpoint[..., Any] | None = None,
        resume: Streamed[..., Any, Any] | None = None,
        repeatable: bool | None = None,
        since: str = "1.8",
        constants: Mapping[str, Any] | None = None,
    ) -> Callable[[Callable[Concatenate[Any, P], Fold[E, R]]], Streamed[P, E, R]]:
        route = self._route(path, repeatable=repeatable, key=key, runs=True, since=since)
        return lambda function: Streamed(route, function, stop, resume, constants=constants)


GET, POST, PUT, PATCH, DELETE = map(Verb, ("GET", "POST", "PUT", "PATCH", "DELETE"))
