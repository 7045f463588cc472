"""Stories of documents: looked at, changed, switched off, taken out."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_mock.contract.shelf import PARAGRAPHS, Shelf
from dify_sdk.errors import (
    ArchivedDocumentError,
    DocumentIndexingError,
    InvalidActionError,
    InvalidMetadataError,
    InvalidParamError,
    NotFoundError,
    UnsupportedFileTypeError,
)

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
OWLS = "Owls hoot.\n\nOwls hunt mice at night."
AUTOMATIC: Any = {"mode": "automatic"}
RULES: dict[str, Any] = {"pre_processing_rules": [], "segmentation": {"separator": "\n\n", "max_tokens": 500}}


def custom(**changes: Any) -> Any:
    return {"mode": "custom", "rules": {**RULES, **changes}}


@pytest.fixture
def shelf(place: Place) -> Shelf:
    return Shelf(place)


# Looking at them


def test_a_walk_visits_every_document_newest_first(shelf: Shelf) -> None:
    made = [shelf.put(f"Text {number}.", f"Doc {number}").id for number in range(5)]
    page = shelf.documents.list(shelf.id, limit=2)
    assert (len(page.data), page.has_more, page.total) == (2, True, 5)
    assert [one.id for one in page] == made[::-1]
    assert [one.name for one in shelf.documents.list(shelf.id, keyword="DOC 3")] == ["Doc 3"]
    assert [one.position for one in page] == [5, 4, 3, 2, 1]


def test_documents_are_listed_by_what_they_are_shown_as(place: Place, shelf: Shelf) -> None:
    made = [shelf.put(OWLS, f"Doc {number}").id for number in range(3)]
    shelf.documents.update_status(shelf.id, "disable", document_ids=[made[0]])
    shelf.documents.update_status(shelf.id, "archive", document_ids=[made[1]])
    coming = shelf.documents.create_by_text(shelf.id, name="late", text=OWLS)
    if not place.live:
        assert [one.id for one in shelf.documents.list(shelf.id, status="queuing")] == [coming.document.id]
    shelf.wait(coming)
    available = [coming.document.id, made[2]]
    shown: dict[Any, list[str]] = {"disabled": [made[0]], "archived": [made[1]], "available": available, "error": []}
    for status, ids in shown.items():
        assert [one.id for one in shelf.documents.list(shelf.id, status=status)] == ids
    nothing: Any = "unheard of"
    assert len(shelf.documents.list(shelf.id, status=nothing).data) == 4


def test_a_document_tells_as_much_as_is_asked(shelf: Shelf) -> None:
    document = shelf.put(OWLS, "owls")
    only = shelf.documents.get(shelf.id, document.id, metadata="only")
    assert (only.id, only.name, only.word_count) == (document.id, "", None)
    without = shelf.documents.get(shelf.id, document.id, metadata="without")
    assert (without.name, without.doc_metadata) == ("owls", None)
    wrong: Any = "everything"
    with pytest.raises(InvalidMetadataError, match="Invalid metadata value: everything"):
        shelf.documents.get(shelf.id, document.id, metadata=wrong)


def test_a_document_that_there_is_not_is_not_found(shelf: Shelf) -> None:
    for ask in (
        lambda: shelf.documents.get(shelf.id, UNKNOWN),
        lambda: shelf.documents.update_by_text(shelf.id, UNKNOWN, name="x", text="x"),
        lambda: shelf.documents.update(shelf.id, UNKNOWN),
    ):
        with pytest.raises(NotFoundError, match=r"Document not found\."):
            ask()
    with pytest.raises(NotFoundError, match=r"Document Not Exists\."):
        shelf.documents.delete(shelf.id, UNKNOWN)


def test_a_document_belongs_to_its_dataset(place: Place, shelf: Shelf) -> None:
    document, other = shelf.put(OWLS), Shelf(place)
    with pytest.raises(NotFoundError):
        other.documents.get(other.id, document.id)


# Changing them


def test_a_new_text_takes_the_place_of_the_old(shelf: Shelf) -> None:
    document = shelf.put(OWLS, "owls")
    made = shelf.documents.update_by_text(shelf.id, document.id, name="dogs", text="Dogs bark.")
    assert made.document.id == document.id
    changed = shelf.wait(made)
    assert (changed.name, changed.segment_count) == ("dogs", 1)
    assert [one.content for one in shelf.segments(document.id)] == ["Dogs bark."]
    assert shelf.found("owls") == []
    assert shelf.found("dogs") == ["Dogs bark."]
    assert [(one.name, one.word_count) for one in shelf.documents.list(shelf.id)] == [("dogs", len("Dogs bark."))]


def test_a_text_is_changed_with_its_name(shelf: Shelf) -> None:
    document = shelf.put(OWLS, "owls")
    with pytest.raises(InvalidParamError):
        shelf.documents.update_by_text(shelf.id, document.id, text="Dogs bark.")
    renamed = shelf.wait(shelf.documents.update_by_text(shelf.id, document.id, name="birds"))
    assert (renamed.name, renamed.segment_count) == ("birds", 2)


def test_a_text_is_split_anew_by_another_rule(shelf: Shelf) -> None:
    document = shelf.put(OWLS)
    rule = custom(segmentation={"separator": "###", "max_tokens": 500})
    changed = shelf.wait(shelf.documents.update_by_text(shelf.id, document.id, process_rule=rule))
    assert [one.content for one in shelf.segments(document.id)] == [OWLS]
    assert changed.document_process_rule and changed.document_process_rule.rules
    assert changed.document_process_rule.rules.segmentation and changed.document_process_rule.rules.segmentation.cut_at == "###"


def test_a_new_file_takes_the_place_of_the_old(shelf: Shelf) -> None:
    document = shelf.put_file("owls.txt", OWLS.encode())
    changed = shelf.wait(shelf.documents.update(shelf.id, document.id, file=("dogs.md", b"Dogs bark.")))
    assert (changed.id, changed.name) == (document.id, "dogs.md")
    assert shelf.found("dogs") == ["Dogs bark."]
    split = shelf.wait(shelf.documents.update(shelf.id, document.id, data={"name": "barks", "process_rule": AUTOMATIC}))
    assert (split.name, split.document_process_rule and split.document_process_rule.mode) == ("barks", "automatic")


def test_a_new_file_must_be_of_a_kind_that_is_taken(shelf: Shelf) -> None:
    document = shelf.put_file("owls.txt", OWLS.encode())
    with pytest.raises(UnsupportedFileTypeError, match=r"File type not allowed\."):
        shelf.documents.update(shelf.id, document.id, file=("tool.exe", b"MZ"))
    assert shelf.found("owls")


def test_a_document_can_be_made_in_the_place_of_another(shelf: Shelf) -> None:
    document = shelf.put(OWLS)
    made = shelf.documents.create_by_text(shelf.id, name="dogs", text="Dogs bark.", original_document_id=document.id)
    assert shelf.wait(made).id == document.id
    assert [one.name for one in shelf.documents.list(shelf.id)] == ["dogs"]


def test_what_is_not_available_is_not_changed(shelf: Shelf) -> None:
    made = shelf.documents.create_by_text(shelf.id, name="owls", text=OWLS, process_rule=PARAGRAPHS)
    with pytest.raises(InvalidParamError, match="Document is not available"):
        shelf.documents.update_by_text(shelf.id, made.document.id, name="x", text="x")
    document = shelf.wait(made)
    shelf.documents.update_status(shelf.id, "disable", document_ids=[document.id])
    with pytest.raises(InvalidParamError, match="Document is not available"):
        shelf.documents.update(shelf.id, document.id, data={"process_rule": AUTOMATIC})


# Switching them off, taking them out


def test_what_is_switched_off_is_not_found_until_it_is_on_again(shelf: Shelf) -> None:
    document = shelf.put("Owls hoot.")
    shelf.put("Owls hunt.")
    for off, on, shown in (("disable", "enable", "disabled"), ("archive", "un_archive", "archived")):
        assert shelf.documents.update_status(shelf.id, off, document_ids=[document.id]).result == "success"
        assert shelf.found("owls") == ["Owls hunt."]
        assert shelf.documents.get(shelf.id, document.id).display_status == shown
        shelf.documents.update_status(shelf.id, on, document_ids=[document.id])
        assert sorted(shelf.found("owls")) == ["Owls hoot.", "Owls hunt."]


def test_when_it_was_switched_off_is_told(shelf: Shelf) -> None:
    document = shelf.put(OWLS)
    shelf.documents.update_status(shelf.id, "disable", document_ids=[document.id])
    off = shelf.documents.get(shelf.id, document.id)
    assert (off.enabled, bool(off.disabled_at), bool(off.disabled_by)) == (False, True, True)
    shelf.documents.update_status(shelf.id, "enable", document_ids=[document.id])
    on = shelf.documents.get(shelf.id, document.id)
    assert (on.enabled, on.disabled_at, on.disabled_by) == (True, None, None)


def test_yes_is_said_to_documents_that_there_are_not(shelf: Shelf) -> None:
    assert shelf.documents.update_status(shelf.id, "disable", document_ids=[UNKNOWN]).result == "success"
    assert shelf.documents.update_status(shelf.id, "disable").result == "success"


def test_an_action_that_there_is_not_is_refused(shelf: Shelf) -> None:
    document = shelf.put(OWLS)
    wrong: Any = "explode"
    with pytest.raises(InvalidActionError, match="Invalid action: explode"):
        shelf.documents.update_status(shelf.id, wrong, document_ids=[document.id])


def test_all_or_none_are_switched_off(shelf: Shelf) -> None:
    document = shelf.put(OWLS)
    made = shelf.documents.create_by_text(shelf.id, name="late", text=OWLS)
    with pytest.raises(InvalidActionError, match="late is not completed"):
        shelf.documents.update_status(shelf.id, "disable", document_ids=[document.id, made.document.id])
    assert shelf.documents.get(shelf.id, document.id).enabled


def test_a_document_goes_with_what_is_in_it(shelf: Shelf) -> None:
    document = shelf.put(OWLS)
    assert shelf.documents.delete(shelf.id, document.id) is None
    assert shelf.documents.list(shelf.id).data == []
    assert shelf.found("owls") == []
    assert shelf.datasets.get(shelf.id).document_count == 0
    with pytest.raises(NotFoundError):
        shelf.segments(document.id)
    with pytest.raises(NotFoundError, match=r"Document Not Exists\."):
        shelf.documents.delete(shelf.id, document.id)


def test_what_is_on_its_way_or_archived_is_not_deleted(shelf: Shelf) -> None:
    made = shelf.documents.create_by_text(shelf.id, name="owls", text=OWLS, process_rule=PARAGRAPHS)
    with pytest.raises(DocumentIndexingError, match=r"Cannot delete document during indexing\."):
        shelf.documents.delete(shelf.id, made.document.id)
    document = shelf.wait(made)
    shelf.documents.update_status(shelf.id, "archive", document_ids=[document.id])
    with pytest.raises(ArchivedDocumentError, match=r"The archived document is not editable\."):
        shelf.documents.delete(shelf.id, document.id)
    shelf.documents.update_status(shelf.id, "un_archive", document_ids=[document.id])
    shelf.documents.delete(shelf.id, document.id)
    assert shelf.documents.list(shelf.id).data == []
