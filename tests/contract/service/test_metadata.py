"""Stories of what documents are described by."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_mock.contract.shelf import Shelf
from dify_sdk.errors import InvalidParamError
from dify_sdk.service.datasets.documents import DocumentMetadataParam
from dify_sdk.service.datasets.metadata import MetadataField

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
BUILT_IN = {"document_name": "string", "uploader": "string", "upload_date": "time", "last_update_date": "time", "source": "string"}


@pytest.fixture
def shelf(place: Place) -> Shelf:
    return Shelf(place)


def says(document_id: str, *values: tuple[MetadataField, Any], partial: bool = False) -> DocumentMetadataParam:
    listed: Any = [{"id": field.id, "name": field.name, "value": value} for field, value in values]
    return {"document_id": document_id, "metadata_list": listed, "partial_update": partial}


def said(shelf: Shelf, document_id: str) -> dict[str, Any]:
    """What a document says, as its record and the list tell it."""
    told = [shelf.documents.get(shelf.id, document_id).doc_metadata]
    told += [one.doc_metadata for one in shelf.documents.list(shelf.id) if one.id == document_id]
    found = [{one.name: one.value for one in fields} if isinstance(fields, list) else {} for fields in told]
    assert found[0] == found[1]
    return found[0]


def test_a_field_is_added_listed_renamed_and_deleted(shelf: Shelf) -> None:
    metadata = shelf.datasets.metadata
    made = metadata.create(shelf.id, type="string", name="writer")
    assert (made.type, made.name) == ("string", "writer")
    assert [(one.id, one.name, one.count) for one in metadata.list(shelf.id).doc_metadata] == [(made.id, "writer", 0)]
    assert metadata.update(shelf.id, made.id, name="author").name == "author"
    known = shelf.datasets.get(shelf.id).doc_metadata
    assert known and [(one.id, one.name, one.type) for one in known] == [(made.id, "author", "string")]
    assert metadata.delete(shelf.id, made.id) is None
    assert metadata.list(shelf.id).doc_metadata == []


def test_documents_are_described(shelf: Shelf) -> None:
    metadata = shelf.datasets.metadata
    author, year = metadata.create(shelf.id, type="string", name="author"), metadata.create(shelf.id, type="number", name="year")
    when = metadata.create(shelf.id, type="time", name="when")
    owls, dogs = shelf.put("Owls hoot.").id, shelf.put("Dogs bark.").id
    both = [says(owls, (author, "Ann"), (year, 2024), (when, 1700000000)), says(dogs, (author, "Bob"))]
    assert shelf.documents.update_metadata(shelf.id, operation_data=both).result == "success"
    assert said(shelf, owls) == {"author": "Ann", "year": 2024, "when": 1700000000}
    assert {one.name: one.count for one in metadata.list(shelf.id).doc_metadata} == {"author": 2, "year": 1, "when": 1}
    records = {record.text: record.segment.document for record in shelf.search("owls dogs") if record.segment}
    document = records["Owls hoot."]
    assert document and document.doc_metadata == {"author": "Ann", "year": 2024, "when": 1700000000}


def test_what_is_not_told_is_removed_unless_the_update_is_partial(shelf: Shelf) -> None:
    metadata = shelf.datasets.metadata
    author, year = metadata.create(shelf.id, type="string", name="author"), metadata.create(shelf.id, type="number", name="year")
    document = shelf.put("Owls hoot.").id
    for change, result in (
        (says(document, (author, "Ann"), (year, 2024)), {"author": "Ann", "year": 2024}),
        (says(document, (year, 2025), partial=True), {"author": "Ann", "year": 2025}),
        (says(document, (author, "Bob")), {"author": "Bob"}),
        (says(document), {}),
    ):
        shelf.documents.update_metadata(shelf.id, operation_data=[change])
        assert said(shelf, document) == result


def test_values_go_with_their_field_and_keep_its_new_name(shelf: Shelf) -> None:
    metadata = shelf.datasets.metadata
    author, year = metadata.create(shelf.id, type="string", name="author"), metadata.create(shelf.id, type="number", name="year")
    document = shelf.put("Owls hoot.").id
    shelf.documents.update_metadata(shelf.id, operation_data=[says(document, (author, "Ann"), (year, 2024))])
    metadata.update(shelf.id, author.id, name="writer")
    assert said(shelf, document) == {"writer": "Ann", "year": 2024}
    metadata.delete(shelf.id, year.id)
    assert said(shelf, document) == {"writer": "Ann"}


def test_two_fields_of_a_name_are_refused(shelf: Shelf) -> None:
    metadata = shelf.datasets.metadata
    metadata.create(shelf.id, type="string", name="author")
    other = metadata.create(shelf.id, type="string", name="other")
    for make in (
        lambda: metadata.create(shelf.id, type="number", name="author"),
        lambda: metadata.update(shelf.id, other.id, name="author"),
    ):
        with pytest.raises(InvalidParamError, match=r"Metadata name already exists\."):
            make()


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_name_of_a_built_in_field_is_taken(shelf: Shelf, name: str) -> None:
    with pytest.raises(InvalidParamError, match=r"Metadata name already exists in Built-in fields\."):
        shelf.datasets.metadata.create(shelf.id, type="string", name=name)


def test_a_name_may_have_255_characters(shelf: Shelf) -> None:
    metadata = shelf.datasets.metadata
    made = metadata.create(shelf.id, type="string", name="n" * 255)
    with pytest.raises(InvalidParamError, match=r"Metadata name cannot exceed 255 characters\."):
        metadata.update(shelf.id, made.id, name="n" * 256)
    assert metadata.list(shelf.id).doc_metadata[0].name == "n" * 255


def test_a_type_that_there_is_not_is_refused(shelf: Shelf) -> None:
    wrong: Any = "colour"
    with pytest.raises(InvalidParamError) as refused:
        shelf.datasets.metadata.create(shelf.id, type=wrong, name="x")
    assert list(refused.value.params) == ["type"]


def test_a_field_that_there_is_not_can_be_deleted_but_not_renamed(shelf: Shelf) -> None:
    assert shelf.datasets.metadata.delete(shelf.id, UNKNOWN) is None
    with pytest.raises(InvalidParamError, match="Input should be a valid dictionary"):
        shelf.datasets.metadata.update(shelf.id, UNKNOWN, name="x")


def test_a_document_that_there_is_not_is_refused(shelf: Shelf) -> None:
    with pytest.raises(InvalidParamError, match=r"Document not found\."):
        shelf.documents.update_metadata(shelf.id, operation_data=[says(UNKNOWN)])


def test_fields_belong_to_their_dataset(place: Place, shelf: Shelf) -> None:
    shelf.datasets.metadata.create(shelf.id, type="string", name="author")
    other = Shelf(place)
    assert other.datasets.metadata.list(other.id).doc_metadata == []
    assert other.datasets.metadata.create(other.id, type="number", name="author").type == "number"


def test_built_in_fields_are_known(shelf: Shelf) -> None:
    assert {one.name: one.type for one in shelf.datasets.metadata.built_in.list(shelf.id).fields} == BUILT_IN


def test_built_in_fields_are_filled_while_they_are_on(shelf: Shelf) -> None:
    metadata = shelf.datasets.metadata
    document = shelf.put("Owls hoot.", "owls").id
    assert (metadata.list(shelf.id).built_in_field_enabled, said(shelf, document)) == (False, {})
    assert metadata.built_in.toggle(shelf.id, "enable").result == "success"
    assert metadata.list(shelf.id).built_in_field_enabled
    found = said(shelf, document)
    assert found.keys() == BUILT_IN.keys()
    assert found["document_name"] == "owls"
    later = shelf.put("Dogs bark.", "dogs").id
    assert said(shelf, later)["document_name"] == "dogs"
    metadata.built_in.toggle(shelf.id, "disable")
    assert (metadata.list(shelf.id).built_in_field_enabled, said(shelf, document), said(shelf, later)) == (False, {}, {})


def test_yes_is_said_to_another_word_too(shelf: Shelf) -> None:
    wrong: Any = "explode"
    assert shelf.datasets.metadata.built_in.toggle(shelf.id, wrong).result == "success"
    assert not shelf.datasets.metadata.list(shelf.id).built_in_field_enabled
