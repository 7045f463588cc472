"""Stories of segments and their child chunks: listed, added, changed, switched off, deleted."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_mock.contract.shelf import FAMILIES, PARAGRAPHS, Shelf
from dify_sdk.errors import BadRequestError, InvalidParamError, NotFoundError, ProviderNotInitializedError
from dify_sdk.service.datasets.segments import Segment

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
TEXT = "Owls hoot.\n\nDogs bark.\n\nCats purr."


@pytest.fixture
def shelf(place: Place) -> Shelf:
    return Shelf(place)


@pytest.fixture
def document_id(shelf: Shelf) -> str:
    return shelf.put(TEXT).id


def texts(shelf: Shelf, document_id: str) -> list[str]:
    return [one.content for one in shelf.segments(document_id)]


def family(shelf: Shelf) -> tuple[str, Segment]:
    """A document of parents and children, and its first parent."""
    document_id = shelf.put("Owls hoot. Owls hunt.\n\nDogs bark.", doc_form="hierarchical_model", process_rule=FAMILIES).id
    return document_id, shelf.segments(document_id)[0]


# Looking


def test_segments_are_listed_in_their_order(shelf: Shelf, document_id: str) -> None:
    page = shelf.datasets.segments.list(shelf.id, document_id, limit=2)
    assert (len(page.data), page.has_more, page.total, page.doc_form) == (2, True, 3, "text_model")
    assert [(one.position, one.content) for one in page] == [(1, "Owls hoot."), (2, "Dogs bark."), (3, "Cats purr.")]
    first = page.data[0]
    assert (first.status, first.enabled, first.hit_count, first.word_count) == ("completed", True, 0, len("Owls hoot."))
    assert first == shelf.datasets.segments.get(shelf.id, document_id, first.id).data


def test_segments_are_searched_by_text_and_state(shelf: Shelf, document_id: str) -> None:
    segments = shelf.datasets.segments
    assert [one.content for one in segments.list(shelf.id, document_id, keyword="DOGS")] == ["Dogs bark."]
    assert len(segments.list(shelf.id, document_id, status=["completed", "indexing"]).data) == 3
    assert segments.list(shelf.id, document_id, status=["error"]).data == []
    assert segments.list(shelf.id, document_id, keyword="zebra").data == []


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"page": 0}])
def test_the_list_refuses_numbers_below_one(shelf: Shelf, document_id: str, wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidParamError) as refused:
        shelf.datasets.segments.list(shelf.id, document_id, **wrong)
    assert list(refused.value.params) == list(wrong)


def test_what_there_is_not_is_not_found(shelf: Shelf, document_id: str) -> None:
    segments = shelf.datasets.segments
    with pytest.raises(NotFoundError, match=r"Document not found\."):
        segments.list(shelf.id, UNKNOWN)
    for ask in (
        lambda: segments.get(shelf.id, document_id, UNKNOWN),
        lambda: segments.update(shelf.id, document_id, UNKNOWN, segment={"content": "x"}),
        lambda: segments.delete(shelf.id, document_id, UNKNOWN),
        lambda: segments.child_chunks.list(shelf.id, document_id, UNKNOWN),
        lambda: segments.child_chunks.create(shelf.id, document_id, UNKNOWN, content="x"),
    ):
        with pytest.raises(NotFoundError, match=r"Segment not found\."):
            ask()


def test_a_segment_belongs_to_its_document(shelf: Shelf, document_id: str) -> None:
    other = shelf.put("Elsewhere.").id
    with pytest.raises(NotFoundError, match=r"Segment not found\."):
        shelf.datasets.segments.get(shelf.id, other, shelf.segments(document_id)[0].id)


# Adding


def test_what_is_added_is_found(shelf: Shelf, document_id: str) -> None:
    before = shelf.documents.list(shelf.id).data[0].word_count or 0
    made = shelf.datasets.segments.create(
        shelf.id, document_id, segments=[{"content": "A hand made chunk about bats.", "keywords": ["bat"]}, {"content": "Another one."}]
    )
    assert made.doc_form == "text_model"
    assert [(one.position, one.status, one.keywords) for one in made.data] == [(4, "completed", ["bat"]), (5, "completed", [])]
    assert texts(shelf, document_id)[3:] == ["A hand made chunk about bats.", "Another one."]
    assert shelf.found("bats") == ["A hand made chunk about bats."]
    assert shelf.documents.list(shelf.id).data[0].word_count == before + len("A hand made chunk about bats.Another one.")


def test_what_is_added_by_keywords_is_found_by_them(place: Place) -> None:
    shelf = Shelf(place, indexing_technique="economy")
    document_id = shelf.put(TEXT).id
    shelf.datasets.segments.create(shelf.id, document_id, segments=[{"content": "They see at night.", "keywords": ["bats"]}])
    assert shelf.found("bats") == ["They see at night."]


def test_an_answer_belongs_to_a_question(shelf: Shelf) -> None:
    document_id = shelf.put(TEXT, doc_form="qa_model", process_rule={"mode": "automatic"}).id
    with pytest.raises(InvalidParamError, match="Answer is required"):
        shelf.datasets.segments.create(shelf.id, document_id, segments=[{"content": "Who hoots?"}])
    made = shelf.datasets.segments.create(shelf.id, document_id, segments=[{"content": "Who hoots?", "answer": "Owls."}])
    assert (made.doc_form, made.data[0].answer, made.data[0].word_count) == ("qa_model", "Owls.", len("Who hoots?Owls."))
    changed = shelf.datasets.segments.update(
        shelf.id, document_id, made.data[0].id, segment={"content": "Who hoots at night?", "answer": "Every owl."}
    )
    assert shelf.segments(document_id)[-1].answer == changed.data.answer == "Every owl."


def test_an_empty_segment_is_refused_in_its_own_words(shelf: Shelf, document_id: str) -> None:
    with pytest.raises(BadRequestError) as refused:
        shelf.datasets.segments.create(shelf.id, document_id, segments=[{"content": "good"}, {"content": "  "}])
    assert "segments.1.content" in str(refused.value.body) or "segments.1.content" in refused.value.params
    assert texts(shelf, document_id) == TEXT.split("\n\n")


@pytest.mark.profiles("dify", reason="the documents have one envelope for all errors")
def test_the_complaint_of_this_operation_has_an_envelope_of_its_own(shelf: Shelf, document_id: str) -> None:
    wrong: Any = None
    with pytest.raises(BadRequestError, match="segments: Field required") as refused:
        shelf.datasets.segments.create(shelf.id, document_id, segments=wrong)
    assert list(refused.value.body) == ["error"]


def test_nothing_is_added_to_what_is_on_its_way_or_switched_off(shelf: Shelf) -> None:
    made = shelf.documents.create_by_text(shelf.id, name="late", text=TEXT, process_rule=PARAGRAPHS)
    with pytest.raises(NotFoundError, match=r"Document is not completed\."):
        shelf.datasets.segments.create(shelf.id, made.document.id, segments=[{"content": "x"}])
    document = shelf.wait(made)
    shelf.documents.update_status(shelf.id, "disable", document_ids=[document.id])
    with pytest.raises(NotFoundError, match=r"Document is disabled\."):
        shelf.datasets.segments.create(shelf.id, document.id, segments=[{"content": "x"}])


def test_nothing_changes_without_the_model(place: Place, shelf: Shelf) -> None:
    document_id, segment = family(shelf)
    segments = shelf.datasets.segments
    place.mock.world.provider_is_ready = False
    for change in (
        lambda: segments.create(shelf.id, document_id, segments=[{"content": "x"}]),
        lambda: segments.update(shelf.id, document_id, segment.id, segment={"content": "x"}),
        lambda: segments.delete(shelf.id, document_id, segment.id),
        lambda: segments.child_chunks.create(shelf.id, document_id, segment.id, content="x"),
    ):
        with pytest.raises(ProviderNotInitializedError, match="No valid model provider credentials found"):
            change()
    assert len(shelf.segments(document_id)) == 2


def test_pictures_belong_to_a_segment(place: Place, shelf: Shelf, document_id: str) -> None:
    picture = place.service().files.upload(file=("owl.png", b"\x89PNG\r\n\x1a\n", "image/png"))
    made = shelf.datasets.segments.create(shelf.id, document_id, segments=[{"content": "An owl.", "attachment_ids": [picture.id]}])
    (attached,) = shelf.datasets.segments.get(shelf.id, document_id, made.data[0].id).data.attachments or ()
    assert (attached.id, attached.name, attached.size, attached.mime_type) == (picture.id, "owl.png", 8, "image/png")
    assert picture.id in (attached.source_url or "")
    shelf.datasets.segments.update(shelf.id, document_id, made.data[0].id, segment={"attachment_ids": []})
    assert shelf.segments(document_id)[-1].attachments == []


# Changing


def test_a_changed_segment_is_found_by_what_it_says_now(shelf: Shelf, document_id: str) -> None:
    first = shelf.segments(document_id)[0]
    changed = shelf.datasets.segments.update(shelf.id, document_id, first.id, segment={"content": "Bats squeak."}).data
    assert (changed.content, changed.word_count, changed.position) == ("Bats squeak.", len("Bats squeak."), 1)
    assert texts(shelf, document_id)[0] == "Bats squeak."
    assert (shelf.found("owls"), shelf.found("bats")) == ([], ["Bats squeak."])


def test_keywords_are_changed(place: Place) -> None:
    shelf = Shelf(place, indexing_technique="economy")
    document_id = shelf.put(TEXT).id
    first = shelf.segments(document_id)[0]
    shelf.datasets.segments.update(shelf.id, document_id, first.id, segment={"keywords": ["feathers"]})
    assert shelf.segments(document_id)[0].keywords == ["feathers"]
    assert shelf.found("feathers") == ["Owls hoot."]


def test_a_segment_that_is_switched_off_is_not_found_and_not_changed(shelf: Shelf, document_id: str) -> None:
    segments = shelf.datasets.segments
    first = shelf.segments(document_id)[0]
    off = segments.update(shelf.id, document_id, first.id, segment={"enabled": False}).data
    assert (off.enabled, bool(off.disabled_at), bool(off.disabled_by)) == (False, True, True)
    assert shelf.found("owls") == []
    with pytest.raises(InvalidParamError, match="Can't update disabled segment"):
        segments.update(shelf.id, document_id, first.id, segment={"content": "Bats squeak."})
    on = segments.update(shelf.id, document_id, first.id, segment={"enabled": True}).data
    assert (on.enabled, on.disabled_at) == (True, None)
    assert shelf.found("owls") == ["Owls hoot."]


def test_a_summary_is_kept(shelf: Shelf, document_id: str) -> None:
    first = shelf.segments(document_id)[0]
    shelf.datasets.segments.update(shelf.id, document_id, first.id, segment={"summary": "A sound."})
    assert shelf.segments(document_id)[0].summary == "A sound."


def test_what_is_to_change_must_be_told(shelf: Shelf, document_id: str) -> None:
    nothing: Any = None
    with pytest.raises(InvalidParamError) as refused:
        shelf.datasets.segments.update(shelf.id, document_id, shelf.segments(document_id)[0].id, segment=nothing)
    assert list(refused.value.params) == ["segment"]


def test_a_deleted_segment_is_gone(shelf: Shelf, document_id: str) -> None:
    first = shelf.segments(document_id)[0]
    assert shelf.datasets.segments.delete(shelf.id, document_id, first.id) is None
    assert texts(shelf, document_id) == ["Dogs bark.", "Cats purr."]
    assert shelf.found("owls") == []
    assert shelf.documents.list(shelf.id).data[0].word_count == len("Dogs bark.Cats purr.")
    with pytest.raises(NotFoundError):
        shelf.datasets.segments.get(shelf.id, document_id, first.id)


# Child chunks


def test_children_are_listed_in_their_order(shelf: Shelf) -> None:
    document_id, segment = family(shelf)
    children = shelf.datasets.segments.child_chunks
    for number in range(4):
        children.create(shelf.id, document_id, segment.id, content=f"Child {number}")
    page = children.list(shelf.id, document_id, segment.id, limit=4)
    assert (len(page.data), page.total, page.total_pages, page.page) == (4, 6, 2, 1)
    assert [one.content for one in page] == ["Owls hoot", "Owls hunt.", *(f"Child {number}" for number in range(4))]
    assert [one.content for one in children.list(shelf.id, document_id, segment.id, keyword="HOOT")] == ["Owls hoot"]
    assert [(one.type, one.segment_id) for one in page.data][1:3] == [("automatic", segment.id), ("customized", segment.id)]


def test_no_more_than_a_hundred_children_stand_on_a_page(shelf: Shelf) -> None:
    document_id, segment = family(shelf)
    page = shelf.datasets.segments.child_chunks.list(shelf.id, document_id, segment.id, limit=500)
    assert (page.limit, page.total) == (100, 2)


def test_a_parent_is_found_by_a_child_that_was_added_changed_and_deleted(shelf: Shelf) -> None:
    document_id, segment = family(shelf)
    children = shelf.datasets.segments.child_chunks
    made = children.create(shelf.id, document_id, segment.id, content="Feathered friends").data
    assert (made.content, made.type, made.position) == ("Feathered friends", "customized", 3)
    record = next(iter(shelf.search("feathered friends")))
    assert (record.text, [one.id for one in record.child_chunks or ()]) == (segment.content, [made.id])

    changed = children.update(shelf.id, document_id, segment.id, made.id, content="Silent hunters").data
    assert (changed.id, changed.content) == (made.id, "Silent hunters")
    assert children.list(shelf.id, document_id, segment.id, keyword="silent").data == [changed]
    assert (shelf.found("feathered friends"), shelf.found("silent hunters")) == ([], [segment.content])

    assert children.delete(shelf.id, document_id, segment.id, made.id) is None
    assert len(children.list(shelf.id, document_id, segment.id).data) == 2
    assert shelf.found("silent hunters") == []


def test_a_child_that_there_is_not_is_not_found(shelf: Shelf) -> None:
    document_id, segment = family(shelf)
    children = shelf.datasets.segments.child_chunks
    with pytest.raises(NotFoundError, match=r"Child chunk not found\."):
        children.update(shelf.id, document_id, segment.id, UNKNOWN, content="x")
    with pytest.raises(NotFoundError, match=r"Child chunk not found\."):
        children.delete(shelf.id, document_id, segment.id, UNKNOWN)


def test_a_child_has_a_text(shelf: Shelf) -> None:
    document_id, segment = family(shelf)
    nothing: Any = None
    with pytest.raises(InvalidParamError) as refused:
        shelf.datasets.segments.child_chunks.create(shelf.id, document_id, segment.id, content=nothing)
    assert list(refused.value.params) == ["content"]


def test_children_are_made_anew_where_that_is_asked_for(shelf: Shelf) -> None:
    document_id, segment = family(shelf)
    segments = shelf.datasets.segments
    segments.update(shelf.id, document_id, segment.id, segment={"content": "Bats squeak. Bats fly."})
    assert [one.content for one in shelf.segments(document_id)[0].child_chunks or ()] == ["Owls hoot", "Owls hunt."]
    segments.update(shelf.id, document_id, segment.id, segment={"content": "Bats squeak. Bats fly.", "regenerate_child_chunks": True})
    assert [one.content for one in segments.child_chunks.list(shelf.id, document_id, segment.id)] == ["Bats squeak", "Bats fly."]
    assert (shelf.found("owls"), shelf.found("bats")) == ([], ["Bats squeak. Bats fly."])
