"""Process rules are checked when they come, and kept as they count."""

import pytest

from dify_mock.ids import Ids
from dify_mock.knowledge.rules import AUTOMATIC, RuleError, Segmentation, check, kept
from dify_mock.knowledge.state import Dataset

SEGMENTATION = {"separator": "\n\n", "max_tokens": 200, "chunk_overlap": 20}
CLEANING = [{"id": "remove_extra_spaces", "enabled": True}]


def rule(mode="custom", **rules):
    return {"mode": mode, "rules": {"pre_processing_rules": CLEANING, "segmentation": SEGMENTATION, **rules}}


def a_dataset():
    return Dataset("d", "name", "owner", 0, 0)


@pytest.mark.parametrize(
    "told",
    [
        {"mode": "automatic"},
        {"mode": "automatic", "rules": {"nonsense": 1}},
        rule(),
        rule(pre_processing_rules=[]),
        rule(segmentation={"max_tokens": 100}),
        rule("hierarchical", parent_mode="full-doc", segmentation={"separator": "\n"}),
    ],
)
def test_a_sound_rule_is_taken(told):
    check(told)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({}, "Process rule mode is required"),
        ({"mode": "magic"}, "Process rule mode is invalid"),
        ({"mode": "custom"}, "Process rule rules is required"),
        (rule(pre_processing_rules=None), "Process rule pre_processing_rules is required"),
        (rule(pre_processing_rules=[{"enabled": True}]), "Process rule pre_processing_rules id is required"),
        (rule(pre_processing_rules=[{"id": "x", "enabled": "yes"}]), "Process rule pre_processing_rules enabled is invalid"),
        (rule(segmentation=None), "Process rule segmentation is required"),
        (rule(segmentation={"separator": "", "max_tokens": 100}), "Process rule segmentation separator is required"),
        (rule(segmentation={"separator": "\n"}), "Process rule segmentation max_tokens is required"),
        (rule("hierarchical", segmentation={"separator": "\n"}), "Process rule segmentation max_tokens is required"),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(told, reason):
    with pytest.raises(RuleError) as refused:
        check(told)
    assert str(refused.value) == reason


def test_an_automatic_rule_has_rules_of_its_own():
    assert kept(Ids(), a_dataset(), {"mode": "automatic", "rules": {"nonsense": 1}}).rules == AUTOMATIC


def test_a_rule_is_kept_with_all_its_parts_and_is_the_latest_of_its_dataset():
    dataset = a_dataset()
    made = kept(Ids(), dataset, rule())
    assert made.rules == {
        "pre_processing_rules": CLEANING,
        "segmentation": SEGMENTATION,
        "parent_mode": None,
        "subchunk_segmentation": None,
    }
    assert dataset.rules[-1] is made


def test_of_two_rules_for_the_same_the_last_counts():
    told = rule(pre_processing_rules=[*CLEANING, {"id": "remove_extra_spaces", "enabled": False}])
    assert kept(Ids(), a_dataset(), told).rules["pre_processing_rules"] == [{"id": "remove_extra_spaces", "enabled": False}]


def test_parents_are_paragraphs_unless_said_otherwise():
    assert kept(Ids(), a_dataset(), rule("hierarchical")).rules["parent_mode"] == "paragraph"


def test_a_separator_has_two_names():
    assert Segmentation.of({"delimiter": "|", "max_tokens": 1}) == Segmentation.of({"separator": "|", "max_tokens": 1})
