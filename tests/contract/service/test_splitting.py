"""Stories of how documents are split, of what the first one settles for all, and of what is refused."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_mock.contract.shelf import FAMILIES, PARAGRAPHS, Shelf
from dify_sdk.errors import FileTooLargeError, InvalidParamError, ProviderNotInitializedError

OWLS = "Owls hoot.\n\nOwls hunt mice at night."
AUTOMATIC: Any = {"mode": "automatic"}
RULES: dict[str, Any] = {"pre_processing_rules": [], "segmentation": {"separator": "\n\n", "max_tokens": 500}}


def custom(**changes: Any) -> Any:
    return {"mode": "custom", "rules": {**RULES, **changes}}


@pytest.fixture
def shelf(place: Place) -> Shelf:
    return Shelf(place)


# How they are split


def test_parents_have_children(shelf: Shelf) -> None:
    document = shelf.put("Owls hoot. Owls hunt.\n\nDogs bark.", doc_form="hierarchical_model", process_rule=FAMILIES)
    assert document.document_process_rule and document.document_process_rule.mode == "hierarchical"
    told = [(one.content, [child.content for child in one.child_chunks or ()]) for one in shelf.segments(document.id)]
    assert told == [("Owls hoot. Owls hunt.", ["Owls hoot", "Owls hunt."]), ("Dogs bark.", ["Dogs bark."])]


def test_a_whole_document_can_be_the_parent(shelf: Shelf) -> None:
    rule: Any = {"mode": "hierarchical", "rules": {**(FAMILIES["rules"] or {}), "parent_mode": "full-doc"}}
    (segment,) = shelf.segments(shelf.put(OWLS, doc_form="hierarchical_model", process_rule=rule).id)
    assert "Owls hoot." in segment.content
    assert "Owls hunt mice at night." in segment.content
    assert segment.child_chunks


def test_questions_have_answers(shelf: Shelf) -> None:
    document = shelf.put(OWLS, doc_form="qa_model", process_rule=AUTOMATIC, doc_language="English")
    assert (document.doc_form, document.doc_language) == ("qa_model", "English")
    assert all(one.content and one.answer for one in shelf.segments(document.id))


def test_texts_are_cleaned_before(shelf: Shelf) -> None:
    rules = [{"id": "remove_extra_spaces", "enabled": True}, {"id": "remove_urls_emails", "enabled": True}]
    document = shelf.put("Owls   hoot. Write to ann@example.com or https://example.com", process_rule=custom(pre_processing_rules=rules))
    (segment,) = shelf.segments(document.id)
    assert "Owls hoot." in segment.content
    assert "example.com" not in segment.content


def test_pieces_are_short_and_overlap(shelf: Shelf) -> None:
    text = " ".join(f"word{number}" for number in range(60))
    rule = custom(segmentation={"separator": "\n\n", "max_tokens": 100, "chunk_overlap": 20})
    pieces = [one.content for one in shelf.segments(shelf.put(text, process_rule=rule).id)]
    assert len(pieces) > 3
    assert all(len(one) <= 100 for one in pieces)
    assert all(one.split()[0] in before.split() for before, one in pairwise(pieces))


def test_later_documents_are_split_like_the_one_before(shelf: Shelf) -> None:
    first = shelf.put(OWLS)
    second = shelf.wait(shelf.documents.create_by_text(shelf.id, name="more", text=OWLS))
    assert second.document_process_rule == first.document_process_rule
    assert second.dataset_process_rule_id == first.dataset_process_rule_id
    assert second.segment_count == 2


@pytest.mark.parametrize("length", [10, 49, 4001])
def test_a_length_that_cannot_be_is_found_out_while_indexing(shelf: Shelf, length: int) -> None:
    document = shelf.put(OWLS, process_rule=custom(segmentation={"separator": "\n", "max_tokens": length}))
    assert document.error == "Custom segment length should be between 50 and 4000."


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"mode": "custom"}, "rules is required"),
        ({"mode": "custom", "rules": {"segmentation": RULES["segmentation"]}}, "pre_processing_rules is required"),
        ({"mode": "custom", "rules": {"pre_processing_rules": []}}, "segmentation is required"),
        (custom(segmentation={"separator": "", "max_tokens": 100}), "segmentation separator is required"),
    ],
)
def test_a_rule_that_lacks_something_is_refused(shelf: Shelf, rule: Any, said: str) -> None:
    with pytest.raises(InvalidParamError, match=said):
        shelf.documents.create_by_text(shelf.id, name="x", text="x", process_rule=rule)
    assert shelf.documents.list(shelf.id).data == []


# What the first one settles, and what is refused


def test_a_dataset_must_know_how_it_is_indexed_and_split(place: Place) -> None:
    shelf = Shelf(place, indexing_technique=None)
    with pytest.raises(InvalidParamError, match="indexing_technique is required"):
        shelf.documents.create_by_text(shelf.id, name="x", text="x", process_rule=PARAGRAPHS)
    with pytest.raises(InvalidParamError, match="process_rule is required"):
        shelf.documents.create_by_text(shelf.id, name="x", text="x", indexing_technique="economy")
    shelf.put(OWLS, indexing_technique="economy")
    assert shelf.datasets.get(shelf.id).indexing_technique == "economy"
    shelf.put(OWLS, indexing_technique="high_quality")
    assert shelf.datasets.get(shelf.id).indexing_technique == "economy"


def test_the_first_document_settles_the_search(place: Place) -> None:
    shelf = Shelf(place, indexing_technique=None)
    how: Any = {"search_method": "full_text_search", "reranking_enable": False, "top_k": 9, "score_threshold_enabled": False}
    shelf.put(OWLS, indexing_technique="high_quality", retrieval_model=how)
    kept = shelf.datasets.get(shelf.id).retrieval_model_dict
    assert kept and (kept.search_method, kept.top_k) == ("full_text_search", 9)


def test_all_documents_of_a_dataset_have_one_form(shelf: Shelf) -> None:
    shelf.put(OWLS)
    with pytest.raises(InvalidParamError, match="doc_form is different"):
        shelf.documents.create_by_text(shelf.id, name="x", text="x", doc_form="qa_model", process_rule=AUTOMATIC)


def test_a_form_that_there_is_not_is_refused(shelf: Shelf) -> None:
    wrong: Any = "poem"
    with pytest.raises(InvalidParamError) as refused:
        shelf.documents.create_by_text(shelf.id, name="x", text="x", doc_form=wrong)
    assert list(refused.value.params) == ["doc_form"]


def test_name_and_text_are_needed(shelf: Shelf) -> None:
    nothing: Any = None
    with pytest.raises(InvalidParamError) as refused:
        shelf.documents.create_by_text(shelf.id, name="x", text=nothing)
    assert list(refused.value.params) == ["text"]
    with pytest.raises(InvalidParamError) as refused:
        shelf.documents.create_by_text(shelf.id, name=nothing, text="x")
    assert list(refused.value.params) == ["name"]


def test_no_model_no_index(place: Place) -> None:
    shelf = Shelf(place, indexing_technique=None)
    place.mock.world.provider_is_ready = False
    with pytest.raises(ProviderNotInitializedError):
        shelf.documents.create_by_text(shelf.id, name="x", text="x", indexing_technique="high_quality", process_rule=PARAGRAPHS)


def test_a_kind_of_file_that_is_not_taken_is_refused_without_a_word(shelf: Shelf) -> None:
    with pytest.raises(InvalidParamError) as refused:
        shelf.documents.create_by_file(shelf.id, file=("tool.exe", b"MZ"), data={"process_rule": AUTOMATIC})
    assert refused.value.status_code == 400
    assert shelf.documents.list(shelf.id).data == []


def test_a_file_may_have_fifteen_megabytes(shelf: Shelf) -> None:
    with pytest.raises(FileTooLargeError):
        shelf.documents.create_by_file(shelf.id, file=("a.txt", bytes(15 * 1024 * 1024 + 1)), data={"process_rule": AUTOMATIC})


@pytest.mark.parametrize("wrong", [{"indexing_technique": "cheap"}, {"doc_form": "poem"}, {"process_rule": {"mode": "magic"}}])
def test_what_comes_with_a_file_is_checked_too(shelf: Shelf, wrong: Any) -> None:
    with pytest.raises(InvalidParamError) as refused:
        shelf.documents.create_by_file(shelf.id, file=("a.txt", b"x"), data=wrong)
    assert all(name.partition(".")[0] in wrong for name in refused.value.params)
    assert refused.value.params
