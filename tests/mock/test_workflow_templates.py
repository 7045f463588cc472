import pytest

from dify_mock.workflow.pool import Pool
from dify_mock.workflow.templates import TemplateError, parts, render, transform
from dify_mock.workflow.values import markdown, text

FILE = {"dify_model_identity": "__dify__file__", "type": "document", "filename": "a.txt", "url": "http://x/a"}


@pytest.fixture
def pool():
    made = Pool()
    made.put("n1", {"text": "hello", "nothing": None, "list": ["a", "b"], "object": {"deep": {"er": 1}}, "file": FILE})
    return made


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("plain", ["plain"]),
        ("{{#n1.text#}}", [("n1", "text")]),
        ("a {{#n1.text#}} b", ["a ", ("n1", "text"), " b"]),
        ("{{#1711528914102.object.deep#}}", [("1711528914102", "object", "deep")]),
        ("{{#context#}} {{#$output.name#}} {{name}}", ["{{#context#}} {{#$output.name#}} {{name}}"]),
        ("", []),
    ],
)
def test_a_template_is_cut_into_texts_and_selectors(template, expected):
    assert parts(template) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<{{#n1.text#}}>", "<hello>"),
        ("<{{#n1.nothing#}}>", "<>"),
        ("{{#n1.list#}}", '["a", "b"]'),
        ("{{#n1.object.deep.er#}}", "1"),
        ("{{#n1.file.name#}} {{#n1.file.url#}}", "a.txt http://x/a"),
        ("{{#n1.file#}}", "[a.txt](http://x/a)"),
        ("{{#n2.text#}}", "n2.text"),
    ],
)
def test_a_template_is_filled(pool, template, expected):
    assert render(template, pool) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("Hi {{ name }}!", "Hi Ann!"),
        ("{{ user.first }} {{ user['last'] }} {{ list[1] }} {{ list[9] }}", "A B b "),
        ("{{ name | upper }} {{ list | length }} {{ list | tojson }}", 'ANN 2 ["a", "b"]'),
        ("{{- name -}}", "Ann"),
        ("{{ unknown }}", ""),
    ],
)
def test_a_transforming_template_is_filled(template, expected):
    assert transform(template, {"name": "Ann", "user": {"first": "A", "last": "B"}, "list": ["a", "b"]}) == expected


@pytest.mark.parametrize("template", ["{% if x %}{% endif %}", "{{ 1 + 1 }}", "{{ name | shout }}"])
def test_what_a_template_cannot_do_is_said(template):
    with pytest.raises(TemplateError, match="not simulated"):
        transform(template, {})


@pytest.mark.parametrize(
    ("value", "as_text", "as_markdown"),
    [
        (None, "", ""),
        ("x", "x", "x"),
        (3, "3", "3"),
        ([], "", ""),
        (["a", "b"], '["a", "b"]', "- a\n- b"),
        ([1, 2], "[1, 2]", "- 1\n- 2"),
        ({"a": "é"}, '{"a": "é"}', '{\n  "a": "é"\n}'),
        ([FILE], "", "[a.txt](http://x/a)"),
        ({**FILE, "type": "image"}, "![a.txt](http://x/a)", "![a.txt](http://x/a)"),
    ],
)
def test_values_read_as_text_and_as_markdown(value, as_text, as_markdown):
    assert (text(value), markdown(value)) == (as_text, as_markdown)
