import pytest

from dify_mock.workflow.conditions import ConditionError, all_or_any, compare, holds
from dify_mock.workflow.pool import Pool

FILE = {"dify_model_identity": "__dify__file__", "type": "document", "filename": "a.txt"}
PICTURE = {**FILE, "type": "image", "filename": "b.png"}


@pytest.mark.parametrize(
    ("actual", "operator", "expected", "result"),
    [
        ("hello", "contains", "ell", True),
        ("", "contains", "ell", False),
        (["a", "b"], "contains", "a", True),
        (["a", "b"], "not contains", "c", True),
        ("hello", "start with", "he", True),
        ("hello", "end with", "he", False),
        ("hello", "is", "hello", True),
        (True, "is", "true", True),
        (False, "is", True, False),
        ("hello", "is not", "other", True),
        ("", "empty", None, True),
        ([], "not empty", None, False),
        ("a", "in", ["a", "b"], True),
        ("c", "not in", ["a", "b"], True),
        (["a", "b"], "all of", ["a"], True),
        (["a"], "all of", ["a", "b"], False),
        (3, "=", "3", True),
        (3, "≠", 4, True),
        (3, ">", "2.5", True),
        (3, "<", "2.5", False),
        (3, "≥", 3, True),
        (3, "<=", 3, True),
        (None, ">", 1, False),
        (None, "null", None, True),
        (0, "not null", None, True),
        (None, "exists", None, False),
        (None, "not exists", None, True),
    ],
)
def test_comparisons(actual, operator, expected, result):
    assert compare(actual, operator, expected) is result


@pytest.mark.parametrize(("actual", "operator", "expected"), [("x", "smells like", "y"), ("x", ">", 1), (3, "=", "three")])
def test_comparisons_that_cannot_be_made(actual, operator, expected):
    with pytest.raises(ConditionError):
        compare(actual, operator, expected)


@pytest.fixture
def pool():
    made = Pool()
    made.put("n1", {"text": "hello", "word": "ell", "files": [FILE, PICTURE], "nothing": None})
    return made


def condition(operator, value=None, name="text", **more):
    return {"variable_selector": ["n1", name], "comparison_operator": operator, "value": value, **more}


def test_what_is_compared_may_be_a_template(pool):
    told, result = holds(condition("contains", "{{#n1.word#}}"), pool)
    assert (told, result) == ({"actual_value": "hello", "expected_value": "ell", "comparison_operator": "contains"}, True)


def test_a_variable_that_is_not_there_does_not_exist(pool):
    assert holds(condition("exists", name="text"), pool)[1]
    assert holds(condition("not exists", name="none"), pool)[1]
    assert holds(condition("not exists", name="nothing"), pool)[1]


@pytest.mark.parametrize(("operator", "result"), [("contains", True), ("not contains", False), ("all of", False)])
def test_the_files_of_a_list_are_looked_at_one_by_one(pool, operator, result):
    sub = {"logical_operator": "and", "conditions": [{"key": "type", "comparison_operator": "in", "value": ["image"]}]}
    assert holds(condition(operator, name="files", sub_variable_condition=sub), pool)[1] is result


@pytest.mark.parametrize(
    ("operator", "conditions", "results", "final"),
    [
        ("and", [("is", "hello"), ("contains", "x"), ("is", "hello")], [True, False], False),
        ("and", [("is", "hello"), ("contains", "e")], [True, True], True),
        ("or", [("is", "x"), ("is", "hello"), ("is", "x")], [False, True], True),
        ("or", [("is", "x")], [False], False),
        ("and", [], [], True),
    ],
)
def test_conditions_are_looked_at_until_it_is_decided(pool, operator, conditions, results, final):
    asked = [condition(*one) for one in conditions]
    assert all_or_any(asked, operator, pool)[1:] == (results, final)
