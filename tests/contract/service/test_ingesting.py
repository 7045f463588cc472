"""Stories of folders on their way into a dataset."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from dify_mock.contract.place import Place
from dify_sdk import ServiceClient
from dify_sdk.errors import IndexingFailedError, IngestError
from dify_sdk.service.datasets import Dataset

DATA: Any = {"indexing_technique": "economy", "process_rule": {"mode": "automatic"}}


class Killed(Exception):  # noqa: N818  # nothing that the ingestion knows
    """The process ends, as far as the ingestion can tell."""


def killed_after(uploads: int) -> Callable[[httpx.Request], Generator[httpx.Request, httpx.Response, httpx.Response]]:
    """A middleware that ends everything after so many uploads."""
    left = iter(range(uploads))

    def link(request: httpx.Request) -> Generator[httpx.Request, httpx.Response, httpx.Response]:
        if request.url.path.endswith("create-by-file") and next(left, None) is None:
            raise Killed
        return (yield request)

    return link


@pytest.fixture
def client(place: Place) -> ServiceClient:
    return place.knowledge()


@pytest.fixture
def dataset(client: ServiceClient) -> Dataset:
    return client.datasets.create(name="Facts", indexing_technique="economy")


def facts(folder: Path, *numbers: int) -> Path:
    for number in numbers:
        (folder / f"{number:03}.md").write_text(f"# Fact {number}\n\nThe secret of it is word{number}.\n")
    return folder


def names(client: ServiceClient, dataset: Dataset) -> list[str]:
    return sorted(one.name for one in client.datasets.documents.list(dataset.id, limit=100))


def test_a_hundred_files_with_two_broken_ones_survive_a_kill_and_are_found(
    place: Place, client: ServiceClient, dataset: Dataset, tmp_path: Path
) -> None:
    facts(tmp_path, *range(98))
    (tmp_path / "broken.docx").write_bytes(b"no archive")
    (tmp_path / "tool.exe").write_bytes(b"MZ")

    dying = place.knowledge(middleware=[killed_after(40)])
    with pytest.raises(Killed):
        dying.datasets.ingest(dataset.id, tmp_path, data=DATA, poll=0.001)
    before = names(client, dataset)
    assert 30 < len(before) <= 40

    report = client.datasets.ingest(dataset.id, tmp_path, data=DATA, poll=0.001)

    assert [Path(one.path).name for one in report.files] == sorted(path.name for path in tmp_path.iterdir())
    assert {one.name for one in report.failed} == {"broken.docx", "tool.exe"}
    assert all(one.error for one in report.failed)
    assert len(report.of("skipped")) + len(report.of("updated")) == len(before)
    assert len(report.of("updated")) <= 4  # those that were on their way when it was killed
    assert len(report.of("created")) == 98 - len(before)
    assert names(client, dataset) == sorted([*(f"{number:03}.md" for number in range(98)), "broken.docx"])
    with pytest.raises(IndexingFailedError, match=r"tool\.exe"):
        report.raise_for_status()

    found = client.datasets.retrieve(dataset.id, query="word57")
    best = next(iter(found)).segment
    assert best is not None and best.document is not None
    assert (best.document.name, "word57" in best.content) == ("057.md", True)


def test_what_is_there_stays_and_what_has_changed_replaces_its_document(client: ServiceClient, dataset: Dataset, tmp_path: Path) -> None:
    facts(tmp_path, 1, 2)
    first = client.datasets.ingest(dataset.id, tmp_path, data=DATA, poll=0.001)
    (tmp_path / "002.md").write_text("# Fact 2\n\nIt is all about zebras.\n")

    second = client.datasets.ingest(dataset.id, tmp_path, data=DATA, poll=0.001)

    assert [one.outcome for one in first.files] == ["created", "created"]
    assert [one.outcome for one in second.files] == ["skipped", "updated"]
    assert [one.document_id for one in first.files] == [one.document_id for one in second.files]
    assert len(client.datasets.retrieve(dataset.id, query="zebras")) == 1
    assert len(client.datasets.retrieve(dataset.id, query="word2")) == 0


def test_a_document_whose_indexing_failed_is_tried_again(client: ServiceClient, dataset: Dataset, tmp_path: Path) -> None:
    broken = tmp_path / "a.docx"
    broken.write_bytes(b"no archive")
    failed = client.datasets.ingest(dataset.id, tmp_path, data=DATA, poll=0.001).files[0]
    again = client.datasets.ingest(dataset.id, tmp_path, data=DATA, poll=0.001).files[0]

    assert (failed.outcome, again.outcome) == ("failed", "failed")
    assert failed.indexing_status == again.indexing_status == "error"
    assert names(client, dataset) == ["a.docx"]


def test_what_is_still_on_its_way_is_waited_for_before_it_is_replaced(client: ServiceClient, dataset: Dataset, tmp_path: Path) -> None:
    made = client.datasets.documents.create_by_file(dataset.id, file=("001.md", b"# Fact 1"), data=DATA)
    report = client.datasets.ingest(dataset.id, facts(tmp_path, 1), data=DATA, poll=0.001)

    assert [(one.outcome, one.document_id) for one in report.files] == [("updated", made.document.id)]
    assert len(client.datasets.retrieve(dataset.id, query="word1")) == 1


def test_an_empty_dataset_is_split_automatically_where_nothing_is_said(client: ServiceClient, dataset: Dataset, tmp_path: Path) -> None:
    report = client.datasets.ingest(dataset.id, facts(tmp_path, 1), poll=0.001)
    document = client.datasets.documents.get(dataset.id, report.files[0].document_id or "")

    assert document.document_process_rule is not None
    assert document.document_process_rule.mode == "automatic"


def test_the_first_failure_ends_everything_where_that_is_asked_for(client: ServiceClient, dataset: Dataset, tmp_path: Path) -> None:
    facts(tmp_path, *range(20))
    (tmp_path / "000.exe").write_bytes(b"MZ")

    with pytest.raises(IngestError, match=r"000\.exe") as failed:
        client.datasets.ingest(dataset.id, tmp_path, data=DATA, on_error="raise", concurrency=1)

    assert [one.name for one in failed.value.report.failed] == ["000.exe"]
    assert failed.value.__cause__ is not None
    assert names(client, dataset) == []


def test_a_document_that_cannot_be_indexed_ends_everything_too(client: ServiceClient, dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"no archive")

    with pytest.raises(IngestError, match=r"a\.docx"):
        client.datasets.ingest(dataset.id, tmp_path, data=DATA, on_error="raise", poll=0.001)


def test_every_file_is_told_when_it_is_sent_and_when_it_is_indexed(client: ServiceClient, dataset: Dataset, tmp_path: Path) -> None:
    told: list[tuple[str, str | None]] = []

    client.datasets.ingest(
        dataset.id, facts(tmp_path, 1, 2), data=DATA, poll=0.001, progress=lambda file: told.append((file.name, file.indexing_status))
    )

    assert sorted(told[:2]) == [("001.md", "waiting"), ("002.md", "waiting")]
    assert sorted(told[2:]) == [("001.md", "completed"), ("002.md", "completed")]


def test_files_in_folders_keep_their_way_in_their_name(client: ServiceClient, dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    facts(tmp_path / "deep" / "er", 7)

    client.datasets.ingest(dataset.id, tmp_path, data=DATA, poll=0.001, pattern="**/*.md")

    assert names(client, dataset) == ["deep__er__007.md"]


def test_the_hash_is_told_by_the_documents_metadata(client: ServiceClient, dataset: Dataset, tmp_path: Path) -> None:
    report = client.datasets.ingest(dataset.id, facts(tmp_path, 1), data=DATA, poll=0.001)
    fields = next(iter(client.datasets.documents.list(dataset.id))).doc_metadata

    assert isinstance(fields, list)
    assert [(one.name, one.value) for one in fields] == [("sha256", report.files[0].sha256)]
