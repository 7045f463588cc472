"""Service: what documents are described by."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ..._endpoint import DELETE, GET, PATCH, POST, M, Resource, area
from ..._models import Model
from ...shared.results import Result


class BuiltInMetadata(Resource[M], area="service.datasets.metadata.built_in", key="dataset"):
    """Fields that the server fills by itself: name, uploader, dates, source."""

    @GET("/datasets/{dataset_id:uuid}/metadata/built-in", since="1.13")
    def list(self, dataset_id: str) -> BuiltInFields:
        """List the built-in fields.

        Args:
            dataset_id: The dataset.

        Raises:
            NotFoundError: No such dataset in the workspace.
        """
        ...

    @POST("/datasets/{dataset_id:uuid}/metadata/built-in/{action}", repeatable=True)
    def toggle(self, dataset_id: str, action: Literal["enable", "disable"]) -> Result:
        """Switch the built-in fields on or off.

        Args:
            dataset_id: The dataset.
            action: Which of the two; servers say yes to other words too.

        Raises:
            NotFoundError: No such dataset in the workspace.
        """
        ...


class DatasetMetadata(Resource[M], area="service.datasets.metadata", key="dataset"):
    """The fields that the documents of a dataset are described by; `datasets.documents.update_metadata` gives them values."""

    @area
    def built_in(self) -> BuiltInMetadata[M]:
        """Fields that the server fills by itself."""
        return BuiltInMetadata(self._core)

    @GET("/datasets/{dataset_id:uuid}/metadata")
    def list(self, dataset_id: str) -> MetadataFields:
        """List the fields of a dataset.

        Args:
            dataset_id: The dataset.

        Raises:
            NotFoundError: No such dataset in the workspace.
        """
        ...

    @POST("/datasets/{dataset_id:uuid}/metadata", status=201)
    def create(self, dataset_id: str, *, type: MetadataType, name: str) -> MetadataField:
        """Add a field.

        Args:
            dataset_id: The dataset.
            type: What its values are; a time is in seconds since the epoch.
            name: Its name, up to 255 characters; no two in a dataset are the same.

        Raises:
            NotFoundError: No such dataset in the workspace.
            InvalidParamError: The name is taken, or an argument is refused.
        """
        ...

    @PATCH("/datasets/{dataset_id:uuid}/metadata/{metadata_id:uuid}")
    def update(self, dataset_id: str, metadata_id: str, *, name: str) -> MetadataField:
        """Rename a field.

        Args:
            dataset_id: The dataset.
            metadata_id: The field.
            name: Its new name.

        Raises:
            NotFoundError: No such dataset in the workspace.
            InvalidParamError: No such field, or the name is taken.
        """
        ...

    @DELETE("/datasets/{dataset_id:uuid}/metadata/{metadata_id:uuid}", status=204)
    def delete(self, dataset_id: str, metadata_id: str) -> None:
        """Delete a field, and its values with it. Servers say yes to unknown fields too.

        Args:
            dataset_id: The dataset.
            metadata_id: The field.

        Raises:
            NotFoundError: No such dataset in the workspace.
        """
        ...


MetadataType: TypeAlias = Literal["string", "number", "time"]


class MetadataField(Model):
    """A field. `count`, in lists, says how many documents have it."""

    id: str
    name: str
    type: MetadataType | str
    count: int | None = None


class MetadataFields(Model):
    """The fields of a dataset, and whether the built-in ones are switched on."""

    doc_metadata: list[MetadataField]
    built_in_field_enabled: bool | None = None


class BuiltInField(Model):
    """A field that the server fills by itself."""

    name: str
    type: MetadataType | str


class BuiltInFields(Model):
    """The built-in fields."""

    fields: list[BuiltInField]
