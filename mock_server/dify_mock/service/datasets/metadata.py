"""Handlers: what documents are described by."""

from __future__ import annotations

from typing import Final, Literal

from dify_sdk.service.datasets import metadata as told
from dify_sdk.service.datasets.metadata import BuiltInMetadata, DatasetMetadata, MetadataType
from dify_sdk.shared.results import Result

from ...knowledge.metadata import BUILT_IN, bound, delete_field, rename_field, switch_built_ins
from ...knowledge.state import MetadataField
from ...refusals import invalid
from ...registry import handles
from ...visit import Visit

_LONGEST_NAME: Final = 255
_NOTHING_RENAMED: Final = (
    "1 validation error for DatasetMetadataResponse\n  Input should be a valid dictionary or object to extract fields from "
    "[type=model_attributes_type, input_value=None, input_type=NoneType]\n"
    "    For further information visit https://errors.pydantic.dev/2.12/v/model_attributes_type"
)


@handles(DatasetMetadata.list)
def list_fields(visit: Visit, dataset_id: str) -> told.MetadataFields:
    dataset = visit.dataset
    return told.MetadataFields(
        doc_metadata=[
            told.MetadataField(id=one.id, name=one.name, type=one.type, count=len(bound(dataset, one))) for one in dataset.fields.values()
        ],
        built_in_field_enabled=dataset.built_in_fields,
    )


@handles(DatasetMetadata.create, payload="MetadataArgs")
def create(visit: Visit, dataset_id: str, *, type: MetadataType, name: str) -> told.MetadataField:
    _check_name(visit, name)
    made = MetadataField(visit.world.ids.uuid(), name, type)
    visit.dataset.fields[made.id] = made
    return _told(made)


@handles(DatasetMetadata.update, payload="MetadataUpdatePayload")
def update(visit: Visit, dataset_id: str, metadata_id: str, *, name: str) -> told.MetadataField:
    _check_name(visit, name)
    field = visit.dataset.fields.get(metadata_id)
    if field is None:
        raise invalid(_NOTHING_RENAMED)
    rename_field(visit.dataset, field, name)
    return _told(field)


@handles(DatasetMetadata.delete)
def delete(visit: Visit, dataset_id: str, metadata_id: str) -> None:
    """Yes is said to an unknown field too."""
    field = visit.dataset.fields.get(metadata_id)
    if field is not None:
        delete_field(visit.dataset, field)


@handles(BuiltInMetadata.list)
def list_built_ins(visit: Visit, dataset_id: str) -> told.BuiltInFields:
    return told.BuiltInFields(fields=[told.BuiltInField(name=name, type=kind) for name, kind in BUILT_IN.items()])


@handles(BuiltInMetadata.toggle)
def toggle(visit: Visit, dataset_id: str, action: Literal["enable", "disable"]) -> Result:
    """Yes is said to other words too."""
    if action in {"enable", "disable"}:
        switch_built_ins(visit.dataset, on=action == "enable")
    return Result(result="success")


def _check_name(visit: Visit, name: str) -> None:
    if len(name) > _LONGEST_NAME:
        raise invalid("Metadata name cannot exceed 255 characters.")
    if any(one.name == name for one in visit.dataset.fields.values()):
        raise invalid("Metadata name already exists.")
    if name in BUILT_IN:
        raise invalid("Metadata name already exists in Built-in fields.")


def _told(field: MetadataField) -> told.MetadataField:
    return told.MetadataField(id=field.id, type=field.type, name=field.name)
