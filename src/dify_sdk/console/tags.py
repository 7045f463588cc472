"""Console: labels on apps, datasets and snippets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

from .._endpoint import DELETE, GET, PATCH, POST, M, Resource
from .._models import Model
from .._params import Within
from ..shared.results import Result


class Tags(Resource[M], area="console.tags", key="session"):
    """Labels on apps, datasets and snippets."""

    @GET("/tags")
    def list(self, *, type: TagType, keyword: str | None = None) -> list[Tag]:
        """List the labels of a kind, newest first.

        Args:
            type: What the labels are for.
            keyword: A text in the name.
        """
        ...

    @POST("/tags")
    def create(self, *, name: Annotated[str, Within(1, 50)], type: TagType) -> Tag:
        """Make a label.

        Args:
            name: Its name, 1 to 50 characters; no other label of the kind has it.
            type: What it is for.

        Raises:
            InvalidParamError: There is one of this name.
            PermissionDeniedError: The account may not.
        """
        ...

    @PATCH("/tags/{tag_id:uuid}")
    def update(self, tag_id: str, *, name: Annotated[str, Within(1, 50)]) -> Tag:
        """Rename a label.

        Args:
            tag_id: The label.
            name: The new name, 1 to 50 characters.

        Raises:
            NotFoundError: No such label.
            PermissionDeniedError: The account may not.
        """
        ...

    @DELETE("/tags/{tag_id:uuid}", status=204)
    def delete(self, tag_id: str) -> None:
        """Delete a label, and take it off from everything.

        Args:
            tag_id: The label.

        Raises:
            NotFoundError: No such label.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/tag-bindings", repeatable=True, since="1.16")
    def bind(self, *, tag_ids: Sequence[str], target_id: str, type: TagType) -> Result:
        """Put labels on something.

        Args:
            tag_ids: The labels.
            target_id: The app, dataset or snippet.
            type: Which of these it is.

        Raises:
            NotFoundError: No such thing.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/tag-bindings/remove", repeatable=True)
    def unbind(self, *, tag_ids: Sequence[str], target_id: str, type: TagType) -> Result:
        """Take labels off from something.

        Args:
            tag_ids: The labels.
            target_id: The app, dataset or snippet.
            type: Which of these it is.

        Raises:
            NotFoundError: No such thing.
            PermissionDeniedError: The account may not.
        """
        ...


TagType: TypeAlias = Literal["knowledge", "app", "snippet"]


class Tag(Model):
    """A label. `binding_count` is the number of things that have it, as a text."""

    id: str
    name: str
    type: TagType | str | None = None
    binding_count: str | None = None
