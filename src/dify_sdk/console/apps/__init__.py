"""Console: apps, and everything below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._endpoint import GET, M, Resource, area
from ..._files import File
from ...shared.messages import Rating
from .feedbacks import ExportFormat
from .messages import FeedbackSource

if TYPE_CHECKING:
    from .annotations import Annotations
    from .chatflows import Chatflows
    from .messages import Messages
    from .statistics import Statistics


class Apps(Resource[M], area="console.apps", key="session"):
    """The apps of the workspace."""

    @area
    def annotations(self) -> Annotations[M]:
        """Ready answers to questions that are asked again and again."""
        from .annotations import Annotations

        return Annotations(self._core)

    @area
    def chatflows(self) -> Chatflows[M]:
        """Chatflows."""
        from .chatflows import Chatflows

        return Chatflows(self._core)

    @area
    def messages(self) -> Messages[M]:
        """What was said in an app, whoever said it."""
        from .messages import Messages

        return Messages(self._core)

    @area
    def statistics(self) -> Statistics[M]:
        """The numbers of an app, day by day."""
        from .statistics import Statistics

        return Statistics(self._core)

    @GET.file("/apps/{app_id:uuid}/feedbacks/export", since="1.13")
    def export_feedbacks(
        self,
        app_id: str,
        *,
        from_source: FeedbackSource | None = None,
        rating: Rating | None = None,
        has_comment: bool | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
        format: ExportFormat = "csv",
    ) -> File:
        """Give the ratings of an app's messages as a table, newest first.

        Args:
            app_id: The app.
            from_source: Of end users, or of the workspace.
            rating: Likes, or dislikes.
            has_comment: With a reason, or without.
            start_date: Given on this day or later, `YYYY-MM-DD` in UTC.
            end_date: Given before this day begins.
            format: CSV, or JSON, which `FeedbackExport` reads.

        Raises:
            NotFoundError: No such app.
            BadRequestError: A day is none.
        """
        ...
