"""Service: the app that the key belongs to."""

from __future__ import annotations

from typing import Annotated

from .._endpoint import GET, M, Resource, area
from .._models import Listing, Model
from .._params import PageNumber, Within
from ..shared.apps import AppMeta as AppMeta, AppParameters as AppParameters, Site as Site


class Feedbacks(Resource[M], area="service.app.feedbacks"):
    """All ratings of the app."""

    @GET.pages("/app/feedbacks")
    def list(self, *, page: PageNumber = 1, limit: Annotated[int, Within(1, 101)] = 20) -> Listing[AppFeedback]:
        """List the ratings of all users, newest first.

        Args:
            page: The page, from 1.
            limit: How many on a page, 1 to 101.
        """
        ...


class AppArea(Resource[M], area="service.app"):
    """The app that the key belongs to."""

    @area
    def feedbacks(self) -> Feedbacks[M]:
        """All ratings of the app."""
        return Feedbacks(self._core)

    @GET("/info")
    def info(self) -> AppInfo:
        """Tell the app's name and mode."""
        ...

    @GET("/parameters")
    def parameters(self) -> AppParameters:
        """Tell the app's variables, features and limits.

        Raises:
            AppUnavailableError: The app is not configured or not published.
        """
        ...

    @GET("/meta")
    def meta(self) -> AppMeta:
        """Tell the icons of the app's tools."""
        ...

    @GET("/site")
    def site(self) -> Site:
        """Tell how the app's own page looks."""
        ...


class AppFeedback(Model):
    """A rating. Its times are ISO 8601 without a zone, in UTC."""

    id: str
    app_id: str = ""
    conversation_id: str = ""
    message_id: str = ""
    rating: str
    content: str | None = None
    from_source: str = ""
    from_end_user_id: str | None = None
    from_account_id: str | None = None
    created_at: str = ""
    updated_at: str = ""


class AppInfo(Model):
    """An app's name and mode."""

    name: str
    description: str | None = None
    tags: list[str] = []
    mode: str = ""
    author_name: str | None = None
