"""Console: news that the cloud has for an account. Other servers answer 404."""

from __future__ import annotations

from .._endpoint import GET, POST, M, Resource
from .._models import Model
from ..shared.results import Result


class Notifications(Resource[M], area="console.notifications", key="session"):
    """News that the cloud has for an account."""

    @GET("/notification", since="1.16")
    def list(self) -> Notices:
        """List the news that the account has not dismissed.

        Raises:
            NotFoundError: The server is not the cloud.
        """
        ...

    @POST("/notification/dismiss", repeatable=True, since="1.16")
    def dismiss(self, *, notification_id: str) -> Result:
        """Show something no more.

        Args:
            notification_id: What.

        Raises:
            NotFoundError: The server is not the cloud.
        """
        ...


class Notice(Model):
    """Something that is new, in the language of the account."""

    notification_id: str | None = None
    frequency: str | None = None
    lang: str
    title: str
    subtitle: str
    body: str
    title_pic_url: str


class Notices(Model):
    """The news, and whether to show them now."""

    should_show: bool
    notifications: list[Notice]
