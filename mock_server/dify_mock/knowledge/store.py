"""Where a world keeps its knowledge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .state import Dataset, Document, ExternalApi, Pipeline

if TYPE_CHECKING:
    from ..state import UploadFile
    from ..tags import Tag, Tags


class Knowledge:
    """All datasets, and what belongs to the workspace beside them. `files` are the world's uploads, `tags` its labels."""

    def __init__(self, files: dict[str, UploadFile], tags: Tags) -> None:
        self._files = files
        self._tags = tags
        self.datasets: dict[str, Dataset] = {}
        self.external_apis: dict[str, ExternalApi] = {}
        self.pipelines: dict[str, Pipeline] = {}

    def delete_dataset(self, dataset: Dataset) -> None:
        """Delete a dataset with its documents, its pipeline and the bindings of its tags."""
        for document in list(dataset.documents.values()):
            self.delete_document(dataset, document)
        self._tags.forget(dataset.id)
        if dataset.pipeline_id is not None:
            del self.pipelines[dataset.pipeline_id]
        del self.datasets[dataset.id]

    def delete_document(self, dataset: Dataset, document: Document) -> None:
        """Delete a document with its segments and its file."""
        if file := self.file_of(document):
            del self._files[file.id]
        del dataset.documents[document.id]

    def file_of(self, document: Document) -> UploadFile | None:
        """The upload that a document was made from; None where it has another source."""
        known = document.data_source_info
        return self._files.get(str(known.get("upload_file_id") or known.get("reference")))

    def tags_of(self, dataset: Dataset) -> list[Tag]:
        """The tags of a dataset, the newest first."""
        return self._tags.on(dataset.id)

    def unfinished(self) -> Iterator[tuple[Dataset, Document]]:
        """The documents that are still on their way."""
        return (
            (dataset, document) for dataset in self.datasets.values() for document in dataset.documents.values() if document.is_unfinished
        )
