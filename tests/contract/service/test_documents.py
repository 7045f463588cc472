"""Stories of documents: on their way in, as they are, changed, switched off, taken out."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise
from typing import Any

import httpx
import pytest

from dify_mock.contract.place import Place
from dify_mock.contract.shelf import FAMILIES, PARAGRAPHS, Shelf
from dify_sdk.errors import (
    ArchivedDocumentError,
    DocumentIndexingError,
    FileTooLargeError,
    IndexingFailedError,
    IndexingTimeoutError,
    InvalidActionError,
    InvalidMetadataError,
    InvalidParamError,
    NotFoundError,
    ProviderNotInitializedError,
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


# On their way in


def test_a_text_is_indexed_step_by_step(place: Place, shelf: Shelf) -> None:
    made = shelf.documents.create_by_text(shelf.id, name="owls", text=OWLS, process_rule=PARAGRAPHS)
    assert (made.document.name, made.document.indexing_status, made.document.display_status) == ("owls", "waiting", "queuing")
    seen: list[str] = []

    def note(report: Any) -> None:
        seen.extend(one.indexing_status for one in report.data)

    report = shelf.documents.wait_until_indexed(shelf.id, made.batch, timeout=60, poll=0.5 if place.live else 0.001, progress=note)
    (ended,) = report.data
    assert seen[-1] == "completed"
    assert not report.failed
    assert (ended.id, ended.completed_segments, ended.total_segments) == (made.document.id, 2, 2)
    times = [ended.processing_started_at, ended.parsing_completed_at, ended.cleaning_completed_at, ended.splitting_completed_at]
    assert None not in times
    assert times == sorted(times, key=lambda one: one or 0)

    document = shelf.documents.get(shelf.id, made.document.id)
    assert (document.indexing_status, document.display_status, document.segment_count) == ("completed", "available", 2)
    assert (document.hit_count, document.doc_form) == (0, "text_model")
    assert [one.word_count for one in shelf.documents.list(shelf.id)] == [len("Owls hoot.Owls hunt mice at night.")]
    assert [one.content for one in shelf.segments(document.id)] == OWLS.split("\n\n")


def test_who_looks_later_sees_more(place: Place, shelf: Shelf) -> None:
    seen: list[str] = []
    for waits in range(6):
        made = shelf.documents.create_by_text(shelf.id, name="owls", text=OWLS, process_rule=PARAGRAPHS)
        place.mock.clock.advance(waits * 0.5)
        seen += [one.indexing_status for one in shelf.documents.batch_indexing_status(shelf.id, made.batch).data]
    assert seen == ["waiting", "parsing", "cleaning", "splitting", "indexing", "completed"]


def test_no_more_than_a_few_looks_are_needed(place: Place, shelf: Shelf) -> None:
    made = shelf.documents.create_by_text(shelf.id, name="owls", text=OWLS, process_rule=PARAGRAPHS)
    assert place.mock
    seen = [shelf.documents.list(shelf.id).data[0].indexing_status for _ in range(4)]
    assert (seen[0], seen[-1]) == ("waiting", "completed")
    assert shelf.documents.get(shelf.id, made.document.id).indexing_latency is not None


def test_a_file_is_indexed_and_can_be_fetched_again(place: Place, shelf: Shelf) -> None:
    document = shelf.put_file("owls.txt", OWLS.encode())
    assert (document.name, document.data_source_type) == ("owls.txt", "upload_file")
    assert [one.content for one in shelf.segments(document.id)] == OWLS.split("\n\n")
    file = document.data_source_info["upload_file"]
    assert (file["name"], file["extension"], file["size"]) == ("owls.txt", "txt", len(OWLS))
    link = shelf.documents.download(shelf.id, document.id)
    assert file["id"] in link.url
    assert file["id"] not in repr(link)
    if place.live:
        assert httpx.get(link.url).content == OWLS.encode()


def test_a_text_can_be_fetched_as_a_file(shelf: Shelf) -> None:
    document = shelf.put(OWLS, "owls")
    with zipfile.ZipFile(io.BytesIO(shelf.documents.download_zip(shelf.id, document_ids=[document.id]).read())) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [OWLS.encode()]


def test_files_of_one_name_are_numbered_in_an_archive(shelf: Shelf) -> None:
    made = [shelf.put_file("owls.txt", text).id for text in (b"One.", b"Two.", b"Three.")]
    file = shelf.documents.download_zip(shelf.id, document_ids=[*made, made[0]])
    assert file.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(file.read())) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "owls.txt": b"One.",
            "owls (1).txt": b"Two.",
            "owls (2).txt": b"Three.",
        }


@pytest.mark.parametrize("wrong", [[], [UNKNOWN] * 101])
def test_an_archive_is_for_one_to_a_hundred(shelf: Shelf, wrong: list[str]) -> None:
    with pytest.raises(InvalidParamError) as refused:
        shelf.documents.download_zip(shelf.id, document_ids=wrong)
    assert list(refused.value.params) == ["document_ids"]


def test_what_there_is_not_cannot_be_fetched(shelf: Shelf) -> None:
    for fetch in (
        lambda: shelf.documents.download(shelf.id, UNKNOWN),
        lambda: shelf.documents.download_zip(shelf.id, document_ids=[UNKNOWN]),
    ):
        with pytest.raises(NotFoundError, match=r"Document not found\."):
            fetch()


def test_headings_of_a_page_stay_with_their_text(shelf: Shelf) -> None:
    document = shelf.put_file("guide.md", b"# Guide\n\nSome words here.\n\n## More\n\nEven more words.", process_rule=AUTOMATIC)
    assert [one.content for one in shelf.segments(document.id)] == ["Guide\nSome words here.", "More\nEven more words."]


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.html", b"<html><body><h1>Owls</h1><script>x()</script><p>They hoot.</p></body></html>", "They hoot."),
        ("a.csv", b"name,sound\nowl,hoot\n", "name: owl"),
        ("a.properties", b"owl=hoot", "owl=hoot"),
    ],
)
def test_a_file_is_read_by_its_ending(shelf: Shelf, name: str, content: bytes, text: str) -> None:
    document = shelf.put_file(name, content, process_rule=AUTOMATIC)
    assert (document.error, document.indexing_status) == (None, "completed")
    assert text in "\n".join(one.content for one in shelf.segments(document.id))


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [("a.docx", b"no archive", "not a zip file"), ("a.pdf", b"no pdf", ""), ("a.txt", b"\xfe\xfa", "")],
)
def test_a_file_that_cannot_be_read_is_an_answer_too(shelf: Shelf, name: str, content: bytes, error: str) -> None:
    made = shelf.documents.create_by_file(shelf.id, file=(name, content), data={"process_rule": AUTOMATIC})
    report = shelf.documents.wait_until_indexed(shelf.id, made.batch, timeout=60, poll=0.01)
    assert report.failed[0].error
    assert error in report.failed[0].error
    with pytest.raises(IndexingFailedError, match=made.document.id):
        report.raise_for_status()
    document = shelf.documents.get(shelf.id, made.document.id)
    assert (document.indexing_status, document.display_status, document.error) == ("error", "error", report.failed[0].error)
    assert [one.id for one in shelf.documents.list(shelf.id, status="error")] == [document.id]
    assert shelf.segments(document.id) == []


def test_waiting_ends_in_time(place: Place, shelf: Shelf) -> None:
    made = shelf.documents.create_by_text(shelf.id, name="owls", text=OWLS, process_rule=PARAGRAPHS)
    place.mock.clock.advance(0.5)
    shelf.documents.batch_indexing_status(shelf.id, made.batch)
    place.mock.world.knowledge.datasets[shelf.id].documents[made.document.id].is_paused = True
    assert shelf.documents.list(shelf.id, status="paused").data[0].display_status == "paused"
    with pytest.raises(IndexingTimeoutError) as late:
        shelf.documents.wait_until_indexed(shelf.id, made.batch, timeout=0.01, poll=0.001)
    assert [one.indexing_status for one in late.value.report.data] == ["paused"]


def test_a_model_that_goes_away_meanwhile_fails_the_indexing(place: Place, shelf: Shelf) -> None:
    made = shelf.documents.create_by_text(shelf.id, name="owls", text=OWLS, process_rule=PARAGRAPHS)
    place.mock.world.provider_is_ready = False
    ended = shelf.ended(made)
    assert ended.indexing_status == "error"
    assert "No valid model provider credentials found" in (ended.error or "")


def test_an_unknown_batch_is_not_found(shelf: Shelf) -> None:
    with pytest.raises(NotFoundError, match=r"Documents not found\."):
        shelf.documents.batch_indexing_status(shelf.id, "nobatch")


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
