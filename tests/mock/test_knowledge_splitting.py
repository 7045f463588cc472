"""Texts are cleaned and split as the rules say: nothing is lost, no piece is too long."""

import pytest
from hypothesis import given, strategies as st

from dify_mock.knowledge.chunks import ChunkingError, chunks_of
from dify_mock.knowledge.cleaning import clean
from dify_mock.knowledge.rules import AUTOMATIC, Segmentation
from dify_mock.knowledge.splitting import split, split_at
from dify_mock.knowledge.state import ProcessRule

TEXT = "Dify is a platform for LLM apps.\n\nRecordings are useful. The quick brown fox jumps over the lazy dog.\n\nA third paragraph."
SIZES = st.integers(2, 60)
TEXTS = st.text(alphabet="ab .\n。é", max_size=400)


def custom(separator="\n\n", max_tokens=200, overlap=0, **more):
    rules = {
        "pre_processing_rules": [],
        "segmentation": {"separator": separator, "max_tokens": max_tokens, "chunk_overlap": overlap},
        **more,
    }
    return ProcessRule("", "hierarchical" if "subchunk_segmentation" in more else "custom", rules)


def contents(texts, rule, form="text_model"):
    return [one.content for one in chunks_of(texts, rule, form)]


@given(TEXTS, SIZES)
def test_without_overlap_the_pieces_are_the_text(text, size):
    assert "".join(split(text, size, 0)) == text


@given(TEXTS, SIZES, st.data())
def test_no_piece_is_too_long(text, size, data):
    overlap = data.draw(st.integers(0, size))
    assert all(0 < len(piece) <= size for piece in split(text, size, overlap))


@given(st.lists(st.integers(10, 99), max_size=120), st.integers(10, 60), st.data())
def test_what_comes_again_is_the_end_of_the_piece_before(numbers, size, data):
    overlap = data.draw(st.integers(0, size - 1))
    text = " ".join(f"{number}x{at}" for at, number in enumerate(numbers))
    reached = 0
    for piece in split(text, size, overlap):
        at = text.index(piece, max(0, reached - overlap))
        assert reached - overlap <= at <= reached
        reached = at + len(piece)
    assert reached == len(text)


def test_an_overlap_repeats_whole_words():
    assert list(split("one two three four", 10, 5)) == ["one two ", "two three ", "four"]


@given(st.lists(st.text(alphabet="ab ", max_size=30), min_size=1))
def test_a_separator_separates(parts):
    assert list(split_at("|".join(parts), Segmentation("|", 50, 0))) == parts


@pytest.mark.parametrize(("told", "real"), [(r"\n\n", "\n\n"), (r"\t", "\t"), ("###", "###"), ("。", "。")])
def test_a_separator_may_be_escaped(told, real):
    assert contents([f"one{real}two"], custom(told)) == ["one", "two"]


def test_short_paragraphs_stay_together_where_the_server_splits_by_itself():
    assert contents([TEXT], ProcessRule("", "automatic", AUTOMATIC)) == [TEXT]


def test_a_long_text_is_split_at_500_characters():
    pieces = contents(["word " * 250], ProcessRule("", "automatic", AUTOMATIC))
    assert [len(piece) for piece in pieces] == [499, 499, 349]


def test_a_custom_rule_splits_at_every_separator():
    assert contents([TEXT], custom()) == TEXT.split("\n\n")


def test_signs_that_a_cut_leaves_at_a_beginning_are_dropped_but_links_are_not():
    assert contents([". and so on\n\n## Title\n\n[a](https://b.c) d"], custom()) == ["and so on", "Title", "[a](https://b.c) d"]


@pytest.mark.parametrize("size", [49, 4001])
def test_a_size_out_of_bounds_is_found_out_when_the_text_is_split(size):
    with pytest.raises(ChunkingError, match=r"Custom segment length should be between 50 and 4000\."):
        chunks_of([TEXT], custom(max_tokens=size), "text_model")


def test_an_overlap_must_be_smaller_than_a_piece():
    with pytest.raises(ChunkingError, match=r"Got a larger chunk overlap \(300\) than chunk size \(200\)"):
        chunks_of([TEXT], custom(overlap=300), "text_model")


PARTS = {"separator": ".", "max_tokens": 100}


def test_parents_have_the_children_of_the_recorded_server():
    found = chunks_of([TEXT], custom(parent_mode="paragraph", subchunk_segmentation=PARTS), "hierarchical_model")
    assert [(one.content, one.children) for one in found] == [
        ("Dify is a platform for LLM apps.", ["Dify is a platform for LLM apps"]),
        (
            "Recordings are useful. The quick brown fox jumps over the lazy dog.",
            ["Recordings are useful", " The quick brown fox jumps over the lazy dog"],
        ),
        ("A third paragraph.", ["A third paragraph"]),
    ]


def test_a_whole_document_can_be_the_parent():
    rule = custom(parent_mode="full-doc", subchunk_segmentation=PARTS)
    (found,) = chunks_of(["One. Two.", "Three."], rule, "hierarchical_model")
    assert (found.content, found.children) == ("One. Two.\nThree.", ["One", " Two", "\nThree"])


def test_parents_need_a_rule_for_their_children():
    with pytest.raises(ChunkingError, match="No subchunk segmentation"):
        chunks_of([TEXT], custom(), "hierarchical_model")


def test_questions_and_answers_are_those_of_the_recorded_server():
    found = chunks_of([TEXT], ProcessRule("", "automatic", AUTOMATIC), "qa_model")
    assert [(one.content, one.answer) for one in found] == [
        ("What is this text about?", "It is about stubs."),
        ("Who made it?", "Nobody knows."),
    ]


@pytest.mark.parametrize(
    ("rule", "dirty", "cleaned"),
    [
        ("remove_extra_spaces", "a  b\t\tc\n\n\n\nd", "a b c\n\nd"),
        ("remove_urls_emails", "ask ann.b@c.example or https://d.example/e?f now", "ask  or  now"),
        ("remove_urls_emails", "![a](https://b.example/c.png) https://d.example", "![a](https://b.example/c.png) "),
        ("remove_stopwords", "The fox is in a den, and I am not.", "fox den, ."),
    ],
)
def test_a_rule_cleans(rule, dirty, cleaned):
    assert clean(dirty, {"pre_processing_rules": [{"id": rule, "enabled": True}]}) == cleaned
    assert clean(dirty, {"pre_processing_rules": [{"id": rule, "enabled": False}]}) == dirty


def test_what_cannot_be_shown_is_always_removed():
    assert clean("a\x00b<|c|>\x07", {}) == "ab<c>"
