"""Console: chatflows, and what has run of them."""

from __future__ import annotations

from typing import Annotated

from ..._endpoint import GET, M, Resource, area
from ..._models import Listing
from ..._params import UpTo100, Uuid
from .runs import RunCount as RunCount, RunFilter as RunFilter, RunSummary as RunSummary, TriggeredFrom as TriggeredFrom


class ChatflowRuns(Resource[M], area="console.apps.chatflows.runs", key="session"):
    """What has run of a chatflow."""

    @GET.pages("/apps/{app_id:uuid}/advanced-chat/workflow-runs")
    def list(
        self,
        app_id: str,
        *,
        last_id: Annotated[str | None, Uuid()] = None,
        limit: UpTo100 = 20,
        status: RunFilter | None = None,
        triggered_from: TriggeredFrom | None = None,
    ) -> Listing[ChatflowRun]:
        """List the runs of a chatflow, newest first.

        Args:
            app_id: The app; it is a chatflow.
            last_id: The last run of the page before.
            limit: How many on a page, 1 to 100.
            status: How they ended.
            triggered_from: Where they were begun; in the console, where it is not given.

        Raises:
            NotFoundError: No such app, or one of another mode; no such run.
        """
        ...

    @GET("/apps/{app_id:uuid}/advanced-chat/workflow-runs/count", since="1.13")
    def count(
        self,
        app_id: str,
        *,
        status: RunFilter | None = None,
        time_range: str | None = None,
        triggered_from: TriggeredFrom | None = None,
    ) -> RunCount:
        """Count the runs of a chatflow.

        Args:
            app_id: The app; it is a chatflow.
            status: How they ended; others are not counted then.
            time_range: How long ago they began at most: a number and `d`, `h`, `m` or `s`, as `7d`.
            triggered_from: Where they were begun; in the console, where it is not given.

        Raises:
            NotFoundError: No such app, or one of another mode.
            UnprocessableEntityError: The time range is none.
        """
        ...


class Chatflows(Resource[M], area="console.apps.chatflows", key="session"):
    """Chatflows."""

    @area
    def runs(self) -> ChatflowRuns[M]:
        """What has run of a chatflow."""
        return ChatflowRuns(self._core)


class ChatflowRun(RunSummary):
    """A run of a chatflow, and the message that it wrote, as long as there is one."""

    conversation_id: str | None = None
    message_id: str | None = None
