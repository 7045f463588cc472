"""What is known of documents beside their text: the fields of a dataset, and those that every dataset can have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from .state import Dataset, Document, MetadataField, MetadataType

OWNER: Final = "Admin"
BUILT_IN: Final[Mapping[str, MetadataType]] = {
    "document_name": "string",
    "uploader": "string",
    "upload_date": "time",
    "last_update_date": "time",
    "source": "string",
}
_SOURCES: Final = {"upload_file": "file_upload", "website_crawl": "website", "notion_import": "notion"}


def switch_built_ins(dataset: Dataset, *, on: bool) -> None:
    """Give the documents of a dataset the fields that fill themselves, or take them away."""
    if dataset.built_in_fields == on:
        return
    dataset.built_in_fields = on
    for document in dataset.available:
        if on:
            refresh_built_ins(dataset, document)
        else:
            document.metadata = {name: value for name, value in (document.metadata or {}).items() if name not in BUILT_IN}


def refresh_built_ins(dataset: Dataset, document: Document) -> None:
    """Fill the fields that fill themselves, where the dataset has them."""
    if dataset.built_in_fields:
        values = (
            document.name,
            OWNER,
            float(document.created_at),
            float(document.updated_at),
            _SOURCES.get(document.data_source_type, document.data_source_type),
        )
        document.metadata = {**(document.metadata or {}), **dict(zip(BUILT_IN, values, strict=True))}


def set_values(dataset: Dataset, document: Document, values: Iterable[tuple[str, Any]], *, partial: bool) -> None:
    """Set the values of a document by the names of their fields; where it is not partial, what is not named is gone."""
    document.metadata = {**(document.metadata or {} if partial else {}), **dict(values)}
    refresh_built_ins(dataset, document)


def bound(dataset: Dataset, field: MetadataField) -> list[Document]:
    """The documents that have a value of a field."""
    return [one for one in dataset.documents.values() if field.name in (one.metadata or {})]


def rename_field(dataset: Dataset, field: MetadataField, name: str) -> None:
    """Give a field another name, here and on its documents."""
    for document in bound(dataset, field):
        document.metadata = {name if key == field.name else key: value for key, value in (document.metadata or {}).items()}
    field.name = name


def delete_field(dataset: Dataset, field: MetadataField) -> None:
    """Delete a field with its values."""
    for document in bound(dataset, field):
        document.metadata = {key: value for key, value in (document.metadata or {}).items() if key != field.name}
    del dataset.fields[field.id]
