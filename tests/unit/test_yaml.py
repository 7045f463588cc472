"""YAML as the mock reads and writes it. Hypothesis makes the values; what they should come to is written by hand."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dify_mock.yaml import YAMLError, read, write

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_is_read_again(value):
    assert read(write(value)) == value


@given(VALUES)
def test_json_is_read(value):
    assert read(json.dumps(value)) == value
    assert read(json.dumps({"a": value}, indent=2)) == {"a": value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("a: 1\nb: 2.5\nc: -3\n", {"a": 1, "b": 2.5, "c": -3}),
        ("a: ~\nb:\nc: null\nd: ''\n", {"a": None, "b": None, "c": None, "d": ""}),
        ("[yes, No, true, False]", [True, False, True, False]),
        ("version: 0.7.0\n", {"version": "0.7.0"}),
        ("a: b # said\n# aside\nc: d#e\n", {"a": "b", "c": "d#e"}),
        ("---\na: {b: c d, e: [f, 'g, h']}\n...\n", {"a": {"b": "c d", "e": ["f", "g, h"]}}),
        ("a:\n- b: 1\n  c:\n    - d\n-\n  e\n", {"a": [{"b": 1, "c": ["d"]}, "e"]}),
        ("- - 1\n  - 2\n- 3\n", [[1, 2], 3]),
        ("'it''s': \"\\u00e9\\n\\x41 \\\n  b\"\n", {"it's": "é\nA b"}),
        ("a: 'one\n  two\n\n  three'\n", {"a": "one two\nthree"}),
        ("a: one\n  two\nb: 1\n", {"a": "one two", "b": 1}),
        ("a: |\n  one\n    two\n\n  three\nb: 1\n", {"a": "one\n  two\n\nthree\n", "b": 1}),
        ("a: |-\n  one\n\nb: |+\n  two\n\n", {"a": "one", "b": "two\n\n"}),
        ("a: >\n  one\n  two\n\n  three\n    four\n  five\n", {"a": "one two\nthree\n  four\nfive\n"}),
        ("a: |2\n    one\n  two\n", {"a": "  one\ntwo\n"}),
        ("a: http://host:80/x\n", {"a": "http://host:80/x"}),
        ("a: {{#node.text#}\n", YAMLError),
        ("a: [1, 2\n", YAMLError),
        ("a: 'open\n", YAMLError),
        ("a: b: c\n", YAMLError),
        ("a: 1\na: 2\n", YAMLError),
        ("a: 1\n   b: 2\n", YAMLError),
        ("a: &here 1\n", YAMLError),
        ("a: *here\n", YAMLError),
        ("a: !!str 1\n", YAMLError),
        ("a:\n\t- 1\n", YAMLError),
        ("a: 'b' c\n", YAMLError),
    ],
)
def test_what_a_text_says(text, value):
    if value is YAMLError:
        with pytest.raises(YAMLError):
            read(text)
    else:
        assert read(text) == value


def test_an_error_names_its_line():
    with pytest.raises(YAMLError, match="line 2"):
        read("a: 1\nb: 'c' d\n")


def test_blocks_are_written_with_sorted_keys():
    assert write({"b": ["x", {"c": [], "d": "1"}], "a": None}) == 'a: null\nb:\n- x\n- c: []\n  d: "1"\n'
