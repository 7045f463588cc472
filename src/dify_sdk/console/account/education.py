"""Console: cheaper plans for schools. Only the cloud has them; other servers answer 404."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ..._endpoint import GET, POST, M, Resource
from ..._models import Listing, Model


class Education(Resource[M], area="console.account.education", key="session"):
    """Cheaper plans for schools, in the cloud."""

    @GET("/account/education")
    def status(self) -> EducationStatus:
        """Tell whether the account is known to belong to a school.

        Raises:
            NotFoundError: The server is not the cloud.
        """
        ...

    @GET("/account/education/verify")
    def verify(self) -> EducationToken:
        """Begin to prove it.

        Raises:
            NotFoundError: The server is not the cloud.
            RateLimitError: Too many attempts.
        """
        ...

    @POST("/account/education")
    def activate(self, *, token: str, institution: str, role: str) -> dict[str, Any] | None:
        """Prove it.

        Args:
            token: What `verify` answered.
            institution: The school, as `autocomplete` spells it.
            role: What the person is there.

        Raises:
            NotFoundError: The server is not the cloud.
            RateLimitError: Too many attempts.
        """
        ...

    @GET.pages("/account/education/autocomplete")
    def autocomplete(self, *, keywords: str, page: int = 0, limit: int = 20) -> Institutions:
        """Find schools by a piece of their name.

        Args:
            keywords: The piece.
            page: The page, from 0.
            limit: How many on a page.

        Raises:
            NotFoundError: The server is not the cloud.
        """
        ...


class EducationStatus(Model):
    """Whether an account is known to belong to a school. `expire_at` is in seconds since the epoch."""

    result: bool | None = None
    is_student: bool | None = None
    expire_at: int | None = None
    allow_refresh: bool | None = None


class EducationToken(Model):
    """What `activate` is called with."""

    token: str | None = Field(default=None, repr=False)


class Institutions(Listing[str]):
    """A page of schools by their names. Pages count from 0."""

    data: list[str] = []
    page: int | None = Field(default=None, alias="curr_page")
    has_more: bool | None = Field(default=None, alias="has_next")
