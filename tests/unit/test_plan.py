"""From a signature to the parts of a request, and back."""

import datetime
import decimal
import enum
import types
import uuid
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, quote, unquote

import httpx
import hypothesis.strategies as st
import pytest
from hypothesis import given
from pydantic import Field
from typing_extensions import TypedDict

from dify_sdk import File, Model
from dify_sdk._params import OMIT, In, Inputs, Omit, RequiredUser, Upload, User
from dify_sdk._plan import Parts, Plan, encode_json, path_segment
from dify_sdk.errors import ConfigurationError


@dataclass
class Options:
    """What a plan takes from the client."""

    user: str | None = None
    root: str = "http://dify.test"


class Colour(enum.Enum):
    RED = "red"


class Rule(TypedDict, total=False):
    mode: str


class Setting(Model):
    kind: str = Field(default="", alias="TYPE")
    weight: float | None = None
    unset: int = 7


def plan(declaration, verb="POST", path="/x", body=None):
    return Plan(declaration, verb, path, body)


def encoded(declaration, verb="POST", path="/x", body=None, *, options=None, constants=None, **given):
    """The parts of one call."""
    with ExitStack() as opened:
        return plan(declaration, verb, path, body).encode(given, constants or {}, options or Options(), opened)


def everything(
    self,
    task_id: str,
    *,
    note: str,
    count: int | None = None,
    ratio: float | Omit | None = OMIT,
    flags: Sequence[str] | None = None,
    only: Annotated[str | None, In("query", "filter")] = None,
    trace: Annotated[str | None, In("header", "X-Trace")] = None,
    inputs: Inputs = {},  # noqa: B006  # a default is data, as in the areas
    user: RequiredUser = None,
) -> str: ...


def form(
    self, *, file: Upload, title: str, size: int = 1, keep: bool | None = None, rule: Rule | None = None, tags: list[str] | None = None
) -> str: ...


def listing(self, *, page: int = 1, tags: Sequence[str] | None = None, all_: Annotated[bool | None, In(name="all")] = None) -> str: ...


class TestPlaces:
    def test_arguments_go_where_the_signature_says(self):
        parts = encoded(
            everything, path="/tasks/{task_id}", task_id="t/1", note="hi", only="o", trace="abc", user="ada", constants={"mode": "m"}
        )

        assert parts == Parts(
            path="/tasks/t%2F1",
            query=[("filter", "o")],
            headers={"X-Trace": "abc"},
            json={"note": "hi", "inputs": {}, "user": "ada", "mode": "m"},
        )

    def test_what_was_not_given_is_not_sent(self):
        parts = encoded(listing, "GET")

        assert parts == Parts(path="/x")

    @pytest.mark.parametrize(
        ("verb", "place"), [("GET", "query"), ("DELETE", "query"), ("POST", "json"), ("PUT", "json"), ("PATCH", "json")]
    )
    def test_each_verb_has_its_usual_place(self, verb, place):
        assert {argument.place for argument in plan(listing, verb).arguments.values()} == {place}

    def test_a_delete_with_a_body_sends_one_even_if_it_is_empty(self):
        def delete(self, one: str, *, user: User = None) -> None: ...

        assert encoded(delete, "DELETE", "/{one}", "json", one="1").json == {}
        assert encoded(delete, "DELETE", "/{one}", "json", one="1", user="ada").json == {"user": "ada"}

    def test_an_operation_without_a_body_sends_none(self):
        def touch(self, one: str) -> None: ...

        assert encoded(touch, "POST", "/{one}", one="1").json is None

    def test_one_file_makes_the_whole_a_form(self):
        parts = encoded(form, file=b"abc", title="t", size=2, keep=True, rule={"mode": "auto"}, tags=["a", "ü"])

        assert parts.json is None
        assert parts.files == [("file", File(b"abc"))]
        assert parts.form == {"title": "t", "size": "2", "keep": "true", "rule": '{"mode":"auto"}', "tags": '["a","ü"]'}


class TestNothing:
    def test_inputs_are_always_there(self):
        assert encoded(everything, path="/{task_id}", task_id="t", note="n", user="u").json["inputs"] == {}
        assert encoded(everything, path="/{task_id}", task_id="t", note="n", user="u", inputs=None).json["inputs"] == {}

    def test_none_is_silence_where_the_wire_knows_no_null(self):
        assert "count" not in encoded(everything, path="/{task_id}", task_id="t", note="n", user="u", count=None).json

    def test_none_is_null_where_the_default_is_omit(self):
        given = {"path": "/{task_id}", "task_id": "t", "note": "n", "user": "u"}

        assert "ratio" not in encoded(everything, **given).json
        assert "ratio" not in encoded(everything, **given, ratio=OMIT).json
        assert encoded(everything, **given, ratio=None).json["ratio"] is None

    def test_the_client_fills_in_the_user_that_a_call_does_not_name(self):
        given = {"path": "/{task_id}", "task_id": "t", "note": "n"}

        assert encoded(everything, **given, options=Options("ada")).json["user"] == "ada"
        assert encoded(everything, **given, options=Options("ada"), user=None).json["user"] == "ada"
        assert encoded(everything, **given, options=Options("ada"), user="bob").json["user"] == "bob"

    def test_a_needed_user_that_nobody_gave_is_an_error(self):
        with pytest.raises(ConfigurationError, match="'user' is needed"):
            encoded(everything, path="/{task_id}", task_id="t", note="n")

    def test_values_are_sent_as_given_even_empty_ones(self):
        assert encoded(everything, path="/{task_id}", task_id="t", note="", user="u").json["note"] == ""


class TestPaths:
    @given(st.text(min_size=1))
    def test_a_path_argument_stays_one_segment_and_comes_back_whole(self, value):
        if value in {".", ".."}:
            with pytest.raises(ConfigurationError):
                path_segment("x", value, slashes=False)
            return

        url = httpx.URL("http://dify.test/v1/a/" + path_segment("x", value, slashes=False) + "/b")

        segments = url.raw_path.decode().split("/")
        assert segments[:3] == ["", "v1", "a"]
        assert segments[4:] == ["b"]
        assert unquote(segments[3]) == value

    @given(st.lists(st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1), min_size=1))
    def test_a_path_like_argument_keeps_its_slashes_and_nothing_else(self, pieces):
        value = "/".join(pieces)
        if any(piece in {".", ".."} for piece in pieces):
            with pytest.raises(ConfigurationError):
                path_segment("x", value, slashes=True)
            return

        url = httpx.URL("http://dify.test/v1/" + path_segment("x", value, slashes=True))

        assert [unquote(segment) for segment in url.raw_path.decode().split("/")[2:]] == pieces

    @pytest.mark.parametrize("value", ["", ".", ".."])
    @pytest.mark.parametrize("slashes", [True, False])
    def test_segments_that_lead_elsewhere_are_refused(self, value, slashes):
        with pytest.raises(ConfigurationError, match="would lead elsewhere"):
            path_segment("task_id", value, slashes=slashes)

    @pytest.mark.parametrize("value", ["", "a/../b", "../a", "a/./b", "http://x/.."])
    def test_slashes_do_not_lead_elsewhere_either(self, value):
        with pytest.raises(ConfigurationError, match="would lead elsewhere"):
            path_segment("provider", value, slashes=True)

    @pytest.mark.parametrize(
        ("value", "quoted"),
        [
            ("a/b", "a%2Fb"),
            ("a?b=c", "a%3Fb%3Dc"),
            ("a#b", "a%23b"),
            ("a\r\nX: y", "a%0D%0AX%3A%20y"),
            ("%2e%2e", "%252e%252e"),
            ("\\", "%5C"),
        ],
    )
    def test_what_could_leave_its_segment_is_quoted(self, value, quoted):
        assert path_segment("x", value, slashes=False) == quoted

    def test_none_is_no_path(self):
        def get(self, one: str) -> None: ...

        with pytest.raises(ConfigurationError, match="'one' cannot be None"):
            encoded(get, "GET", "/{one}", one=None)

    def test_a_text_that_utf8_cannot_hold_is_refused(self):
        with pytest.raises(ConfigurationError, match="lone surrogate"):
            path_segment("one", "\ud800", slashes=False)


class TestQueries:
    def test_a_text_that_utf8_cannot_hold_is_refused(self):
        with pytest.raises(ConfigurationError, match="'tags' cannot travel"):
            encoded(listing, "GET", tags=["\ud800"])

    def test_a_list_is_repeated(self):
        assert encoded(listing, "GET", tags=["a", "b"]).query == [("tags", "a"), ("tags", "b")]
        assert encoded(listing, "GET", tags=[]).query == []

    def test_a_boolean_is_a_small_word(self):
        assert encoded(listing, "GET", all_=True).query == [("all", "true")]
        assert encoded(listing, "GET", all_=False).query == [("all", "false")]

    def test_dates_and_choices_are_written_as_servers_read_them(self):
        def find(self, *, since: datetime.datetime | None = None, colour: Colour | None = None) -> None: ...

        moment = datetime.datetime(2025, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)

        assert encoded(find, "GET", since=moment, colour=Colour.RED).query == [("since", "2025-01-02T03:04:05+00:00"), ("colour", "red")]


class TestHeaders:
    @pytest.mark.parametrize("value", ["a\r\nX: y", "a\nb", "a\0b", " a", "ü"])
    def test_a_header_argument_cannot_begin_another(self, value):
        with pytest.raises(ConfigurationError, match="'trace' cannot travel"):
            encoded(everything, path="/{task_id}", task_id="t", note="n", user="u", trace=value)


class TestJSON:
    def test_it_is_compact_and_keeps_its_letters(self):
        assert encode_json({"a": [1, "ü\u2028"]}) == '{"a":[1,"ü\u2028"]}'.encode()

    def test_models_leave_out_what_was_not_set_and_use_the_names_of_the_wire(self):
        assert encode_json({"s": Setting(kind="a", weight=None)}) == b'{"s":{"TYPE":"a","weight":null}}'

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (Colour.RED, b'"red"'),
            (datetime.date(2025, 1, 2), b'"2025-01-02"'),
            (uuid.UUID(int=1), b'"00000000-0000-0000-0000-000000000001"'),
            (decimal.Decimal("1.50"), b'"1.50"'),
            ((1, 2), b"[1,2]"),
            ({"x"}, b'["x"]'),
            (types.MappingProxyType({"a": 1}), b'{"a":1}'),
        ],
    )
    def test_values_that_json_does_not_know_are_written_as_servers_read_them(self, value, written):
        assert encode_json(value) == written

    @pytest.mark.parametrize(
        "value", [float("nan"), float("inf"), object(), b"bytes", "\ud800", {(1, 2): 3}], ids=lambda value: type(value).__name__
    )
    def test_values_that_cannot_travel_are_refused(self, value):
        with pytest.raises(ConfigurationError, match="cannot be written as JSON"):
            encode_json({"x": value})

    def test_a_value_that_holds_itself_is_refused(self):
        loop = []
        loop.append(loop)

        with pytest.raises(ConfigurationError, match="cannot be written as JSON"):
            encode_json(loop)


class TestRoundTrip:
    texts = st.text(max_size=5)

    @given(
        note=texts,
        count=st.none() | st.integers(),
        flags=st.none() | st.lists(texts),
        only=st.none() | texts,
        task_id=st.text(min_size=1).filter(lambda text: text not in {".", ".."}),
        inputs=st.dictionaries(texts, st.none() | st.booleans() | st.integers() | texts),
    )
    def test_what_was_encoded_is_decoded(self, note, count, flags, only, task_id, inputs):
        given_ = {"task_id": task_id, "note": note, "count": count, "flags": flags, "only": only, "inputs": inputs, "user": "u"}
        the_plan = plan(everything, path="/tasks/{task_id}")

        parts = the_plan.encode(given_, {}, Options(), ExitStack())

        found = the_plan.decode({"task_id": unquote(parts.path.removeprefix("/tasks/"))}, parts)
        assert found == {name: value for name, value in given_.items() if value is not None}

    @given(tags=st.lists(texts), page=st.integers())
    def test_a_query_survives_the_address(self, tags, page):
        the_plan = plan(listing, "GET")
        parts = the_plan.encode({"tags": tags, "page": page}, {}, Options(), ExitStack())

        parts.query = parse_qsl("&".join(f"{name}={quote(text, safe='')}" for name, text in parts.query), keep_blank_values=True)

        assert the_plan.decode({}, parts) == {"page": str(page)} | ({"tags": tags} if tags else {})

    @given(title=texts, rule=st.none() | st.fixed_dictionaries({"mode": texts}), tags=st.none() | st.lists(texts))
    def test_a_form_comes_back_with_its_json_parts_read(self, title, rule, tags):
        the_plan = plan(form)
        parts = the_plan.encode({"file": b"x", "title": title, "rule": rule, "tags": tags}, {}, Options(), ExitStack())

        found = the_plan.decode({}, parts)

        expected = {"file": File(b"x"), "title": title, "rule": rule, "tags": tags}
        assert found == {name: value for name, value in expected.items() if value is not None}

    def test_of_two_files_under_one_name_the_first_counts(self):
        parts = Parts(form={"title": "t"}, files=[("file", File(b"1")), ("file", File(b"2"))])

        assert plan(form).decode({}, parts)["file"] == File(b"1")


class TestBinding:
    def bind(self, *args, **kwargs):
        return plan(everything, path="/{task_id}").bind(args, kwargs, lambda: "Client.area.op()")

    def test_positions_and_names_both_work_for_path_arguments(self):
        assert self.bind("t", note="n") == self.bind(task_id="t", note="n") == {"task_id": "t", "note": "n"}

    @pytest.mark.parametrize(
        ("args", "kwargs", "words"),
        [
            (("t",), {}, "missing a required .*'note'"),
            (("t", "n"), {}, "too many positional arguments"),
            (("t",), {"note": "n", "task_id": "u"}, "multiple values for argument 'task_id'"),
            (("t",), {"note": "n", "nonsense": 1}, "unexpected keyword argument 'nonsense'$"),
            (("t",), {"note": "n", "coumt": 1}, "unexpected keyword argument 'coumt'; did you mean 'count'\\?"),
            (("t",), {"note_": "n"}, "unexpected keyword argument 'note_'; did you mean 'note'\\?"),
        ],
    )
    def test_what_does_not_fit_is_a_type_error_that_names_the_call(self, args, kwargs, words):
        with pytest.raises(TypeError, match=rf"^Client\.area\.op\(\) .*{words}"):
            self.bind(*args, **kwargs)

    def test_the_signature_has_no_self_and_no_strings(self):
        signature = plan(everything).signature

        assert next(iter(signature.parameters)) == "task_id"
        assert signature.parameters["note"].annotation is str


class TestReading:
    def test_arguments_know_whether_they_are_many_and_whether_they_are_text(self):
        def kinds(
            self, *, many: Sequence[str] | None = None, one: Literal["a"] | str = "a", thing: Mapping[str, Any] | None = None, any_: Any = 1
        ) -> None: ...

        arguments = plan(kinds).arguments
        assert [arguments[name].is_many for name in ("many", "one", "thing", "any_")] == [True, False, False, False]
        assert [arguments[name].is_text for name in ("many", "one", "thing", "any_")] == [False, True, False, False]
