"""Console: the tour that shows a newcomer around."""

from __future__ import annotations

from typing import Literal, TypeAlias

from .._endpoint import GET, PATCH, M, Resource
from .._models import Model


class Onboarding(Resource[M], area="console.onboarding", key="session"):
    """The tour that shows a newcomer around."""

    @GET("/onboarding/step-by-step-tour/state", since="1.16")
    def get_tour_state(self) -> TourState:
        """Tell how far the account has come."""
        ...

    @PATCH("/onboarding/step-by-step-tour/state", since="1.16")
    def update_tour_state(self, *, action: TourAction, task_id: TourTask | None = None) -> TourState:
        """Go on with the tour, or leave it.

        Args:
            action: What to do; `enable_current_workspace` and `disable_current_workspace` are about the workspace that is open.
            task_id: Which part `complete_task` and `uncomplete_task` are about.

        Raises:
            UnprocessableEntityError: The action needs a part.
        """
        ...


TourAction: TypeAlias = Literal["skip", "complete_task", "uncomplete_task", "enable_current_workspace", "disable_current_workspace"]
TourTask: TypeAlias = Literal["home", "studio", "knowledge", "integration"]


class TourState(Model):
    """How far an account has come. `updated_at` is ISO 8601."""

    first_workspace_id: str | None = None
    skipped: bool = False
    completed_task_ids: list[TourTask | str] = []
    manually_enabled_workspace_ids: list[str] = []
    manually_disabled_workspace_ids: list[str] = []
    updated_at: str | None = None
