"""Stories of documents on their way in: step by step, as texts and as files, and where they fail."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import httpx
import pytest

from dify_mock.contract.place import Place
from dify_mock.contract.shelf import PARAGRAPHS, Shelf
from dify_sdk.errors import IndexingFailedError, IndexingTimeoutError, InvalidParamError, NotFoundError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
OWLS = "Owls hoot.\n\nOwls hunt mice at night."
AUTOMATIC: Any = {"mode": "automatic"}


@pytest.fixture
def shelf(place: Place) -> Shelf:
    return Shelf(place)


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
