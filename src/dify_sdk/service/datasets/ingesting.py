"""Service: a folder of files on its way into a dataset."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from inspect import isawaitable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from ..._models import Model
from ..._steps import Steps, ask, pause, together
from ...errors import APIError, ConfigurationError, IndexingFailedError, IngestError
from .documents import Document, DocumentBatch, DocumentDataParam, DocumentMetadataParam, Documents, MetadataValueParam
from .indexing import FINAL, IndexingStatus, waiting
from .metadata import DatasetMetadata, MetadataField

if TYPE_CHECKING:
    from typing import Self

Outcome: TypeAlias = Literal["created", "updated", "skipped", "failed"]
OnError: TypeAlias = Literal["continue", "raise"]
HASH_FIELD: Final = "sha256"
_PAGE: Final = 100


class IngestedFile(Model):
    """What became of a file. `failed` is one that the server refused, or whose document cannot be indexed; `error` says why."""

    path: str
    name: str
    outcome: Outcome
    sha256: str | None = None
    document_id: str | None = None
    batch: str | None = None
    indexing_status: IndexingStatus | str | None = None
    error: str | None = None

    @property
    def is_final(self) -> bool:
        """Whether nothing will change any more."""
        return self.outcome == "failed" or self.indexing_status in FINAL


class IngestReport(Model):
    """What became of a folder, in the order of its paths."""

    files: list[IngestedFile]

    def of(self, outcome: Outcome) -> list[IngestedFile]:
        """The files with this outcome."""
        return [one for one in self.files if one.outcome == outcome]

    @property
    def failed(self) -> list[IngestedFile]:
        """The files that failed."""
        return self.of("failed")

    @property
    def is_final(self) -> bool:
        """Whether nothing will change any more."""
        return all(one.is_final for one in self.files)

    def raise_for_status(self) -> Self:
        """Raise an `IndexingFailedError` that names every file that failed."""
        if failed := {one.path: one.error or "no reason given" for one in self.failed}:
            raise IndexingFailedError(failed, report=self)
        return self


class Ingestion:
    """One ingestion: what there is on either side, and the steps from one to the other."""

    def __init__(
        self,
        dataset_id: str,
        folder: str | PathLike[str],
        pattern: str | Iterable[str],
        concurrency: int,
        progress: Callable[[IngestedFile], Any] | None,
        on_error: OnError,
        data: DocumentDataParam | None,
        timeout: float,
        poll: float,
    ) -> None:
        if concurrency < 1:
            msg = f"'concurrency' is {concurrency}: give 1 or more"
            raise ConfigurationError(msg)
        if on_error not in {"continue", "raise"}:
            msg = f"'on_error' is {on_error!r}: give 'continue' or 'raise'"
            raise ConfigurationError(msg)
        self._dataset_id = dataset_id
        self._files = files_of(Path(folder), [pattern] if isinstance(pattern, str) else list(pattern))
        self._concurrency = concurrency
        self._progress = progress
        self._on_error = on_error
        self._data = data
        self._timeout = timeout
        self._poll = poll
        self._done: dict[str, IngestedFile] = {}

    def steps(self) -> Steps[IngestReport]:
        """Upload what is not there, then wait until it is indexed."""
        if not self._files:
            return IngestReport(files=[])
        there = {one.name: one for one in reversed((yield from self._documents()))}  # of two of a name the newer one counts
        if not there and self._data is None:
            self._data = DocumentDataParam(process_rule={"mode": "automatic"})  # an empty dataset has no rule to go by
        field = yield from self._hash_field()
        yield from together(
            (self._sent(name, path, there.get(name), field) for name, path in self._files.items()), self._concurrency, self._told
        )
        if not self._report.is_final:
            yield from waiting(self._look, self._timeout, self._poll, None)
        return self._report

    @property
    def _report(self) -> IngestReport:
        return IngestReport(files=[self._done[name] for name in self._files if name in self._done])

    def _told(self, file: IngestedFile) -> Any:
        self._done[file.name] = file
        return self._progress(file) if self._progress else None

    def _documents(self) -> Steps[list[Document]]:
        """All documents that the dataset holds now."""
        found: list[Document] = []
        while True:
            page = yield from ask(Documents.list, self._dataset_id, page=len(found) // _PAGE + 1, limit=_PAGE)
            found += page.data
            if len(page.data) < _PAGE or (page.total is not None and len(found) >= page.total):
                return found

    def _hash_field(self) -> Steps[MetadataField]:
        """The field that keeps the hashes; made by the first ingestion."""
        fields = yield from ask(DatasetMetadata.list, self._dataset_id)
        for one in fields.doc_metadata:
            if one.name == HASH_FIELD:
                return one
        made = yield from ask(DatasetMetadata.create, self._dataset_id, type="string", name=HASH_FIELD)
        return made

    def _sent(self, name: str, path: Path, there: Document | None, field: MetadataField) -> Steps[IngestedFile]:
        """One file: left alone where its document has the same content, else sent."""
        file = IngestedFile(path=str(path), name=name, outcome="updated" if there else "created")
        try:
            content = path.read_bytes()
            file.sha256 = hashlib.sha256(content).hexdigest()
            if there and there.indexing_status != "error" and _hash_of(there) == file.sha256:
                file.outcome, file.document_id, file.indexing_status = "skipped", there.id, there.indexing_status
                return file
            made = yield from self._put(name, content, there)
            file.batch, file.document_id, file.indexing_status = made.batch, made.document.id, made.document.indexing_status
            value: MetadataValueParam = {"id": field.id, "name": field.name, "value": file.sha256}
            described: DocumentMetadataParam = {"document_id": made.document.id, "metadata_list": [value], "partial_update": True}
            yield from ask(Documents.update_metadata, self._dataset_id, operation_data=[described])
        except (APIError, OSError) as error:
            file.outcome, file.error = "failed", str(error)
            self._complain(file, error)
        return file

    def _put(self, name: str, content: bytes, there: Document | None) -> Steps[DocumentBatch]:
        """A new document, or the old one with the new content; a server changes only what is available."""
        if there is not None:
            there = yield from self._at_rest(there)
            if there.display_status == "available":
                return (yield from ask(Documents.update, self._dataset_id, there.id, file=(name, content), data=self._data))
            yield from ask(Documents.delete, self._dataset_id, there.id)
        return (yield from ask(Documents.create_by_file, self._dataset_id, file=(name, content), data=self._data))

    def _at_rest(self, document: Document) -> Steps[Document]:
        """A document that is not being indexed any more: until then nobody may change it."""
        until = time.monotonic() + self._timeout
        while document.indexing_status not in FINAL and time.monotonic() < until:
            yield from pause(self._poll)
            document = yield from ask(Documents.get, self._dataset_id, document.id)
        return document

    def _look(self) -> Steps[IngestReport]:
        """How far the indexing is by now."""
        status = {one.id: one for one in (yield from self._documents())}
        for file in [one for one in self._done.values() if not one.is_final]:
            document = status.get(file.document_id or "")
            if document is None:
                file.outcome, file.error = "failed", "the document is gone"
            else:
                file.indexing_status = document.indexing_status
                if document.indexing_status == "error":
                    file.outcome, file.error = "failed", document.error
            if file.is_final:
                yield from self._settled(file)
        return self._report

    def _settled(self, file: IngestedFile) -> Steps[None]:
        if isawaitable(said := self._told(file)):
            yield said
        if file.outcome == "failed":
            self._complain(file)

    def _complain(self, file: IngestedFile, cause: Exception | None = None) -> None:
        if self._on_error == "raise":
            self._done[file.name] = file
            raise IngestError(f"{file.path}: {file.error}", report=self._report) from cause


def files_of(folder: Path, patterns: list[str]) -> dict[str, Path]:
    """The files below a folder that a pattern fits, by the name their documents get, in the order of their paths."""
    if not folder.is_dir():
        msg = f"'folder' is {str(folder)!r}: there is no such folder"
        raise ConfigurationError(msg)
    named: dict[str, Path] = {}
    for path in sorted({found for pattern in patterns for found in _visible(folder, pattern)}):
        name = "__".join(path.relative_to(folder).parts)
        if name in named:
            msg = f"{str(named[name])!r} and {str(path)!r} would both be the document {name!r}: rename one of them"
            raise ConfigurationError(msg)
        named[name] = path
    return named


def _visible(folder: Path, pattern: str) -> Iterator[Path]:
    for path in folder.glob(pattern):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _hash_of(document: Document) -> str | None:
    fields = document.doc_metadata if isinstance(document.doc_metadata, list) else []
    found = next((one.value for one in fields if one.name == HASH_FIELD), None)
    return found if isinstance(found, str) else None
