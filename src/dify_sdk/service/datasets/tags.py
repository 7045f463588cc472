"""Service: labels on datasets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeAlias

from ..._endpoint import DELETE, GET, PATCH, POST, M, Resource
from ..._models import Model
from ..._params import Within


class DatasetTags(Resource[M], area="service.datasets.tags", key="dataset"):
    """Labels on datasets."""

    @GET("/datasets/tags")
    def list(self) -> KnowledgeTags:
        """List the workspace's labels for datasets."""
        ...

    @POST("/datasets/tags")
    def create(self, *, name: Annotated[str, Within(1, 50)]) -> KnowledgeTag:
        """Add a label.

        Args:
            name: Its name, 1 to 50 characters; no two are the same.

        Raises:
            InvalidParamError: The name is taken, or refused.
        """
        ...

    @PATCH("/datasets/tags")
    def update(self, *, tag_id: str, name: Annotated[str, Within(1, 50)]) -> KnowledgeTag:
        """Rename a label.

        Args:
            tag_id: The label.
            name: Its new name, 1 to 50 characters.

        Raises:
            NotFoundError: No such label.
            InvalidParamError: The name is refused.
        """
        ...

    @DELETE("/datasets/tags", status=204, body="json")
    def delete(self, *, tag_id: str) -> None:
        """Delete a label; it is taken off all datasets.

        Args:
            tag_id: The label.

        Raises:
            NotFoundError: No such label.
        """
        ...

    @POST("/datasets/tags/binding", status=204, repeatable=True)
    def bind(self, *, tag_ids: Sequence[str], target_id: str) -> None:
        """Put labels on a dataset.

        Args:
            tag_ids: The labels, one at least.
            target_id: The dataset.

        Raises:
            NotFoundError: No such dataset.
            InvalidParamError: There is no label in the list.
        """
        ...

    @POST("/datasets/tags/unbinding", status=204, repeatable=True)
    def unbind(self, *, target_id: str, tag_ids: Sequence[str] | None = None, tag_id: str | None = None) -> None:
        """Take labels off a dataset.

        Args:
            target_id: The dataset.
            tag_ids: The labels.
            tag_id: A single label, for servers that do not know `tag_ids`.

        Raises:
            NotFoundError: No such dataset.
            InvalidParamError: There is no label in the list.
        """
        ...

    @GET("/datasets/{dataset_id:uuid}/tags")
    def list_bound(self, dataset_id: str) -> BoundTags:
        """List the labels on a dataset.

        Args:
            dataset_id: The dataset.
        """
        ...


class KnowledgeTag(Model):
    """A label. `binding_count`, the number of datasets it is on, is a text on the wire."""

    id: str
    name: str
    type: str = "knowledge"
    binding_count: str | int | None = None


KnowledgeTags: TypeAlias = list[KnowledgeTag]


class BoundTag(Model):
    """A label on a dataset."""

    id: str
    name: str


class BoundTags(Model):
    """The labels on a dataset."""

    data: list[BoundTag]
    total: int | None = None
