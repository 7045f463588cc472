"""Handlers: the tour that shows a newcomer around."""

from __future__ import annotations

from dify_sdk.console.onboarding import Onboarding, TourAction, TourState, TourTask

from ..refusals import unprocessable
from ..registry import handles
from ..tours import put
from ..visit import Visit


@handles(Onboarding.get_tour_state)
def get_tour_state(visit: Visit) -> TourState:
    return _told(visit)


@handles(Onboarding.update_tour_state, payload="StepByStepTourStatePatchPayload", decorated=True)
def update_tour_state(visit: Visit, *, action: TourAction, task_id: TourTask | None = None) -> TourState:
    tour, workspace_id = visit.account.tour, visit.workspace.id
    match action:
        case "skip":
            tour.is_skipped = True
        case "enable_current_workspace":
            put(workspace_id, tour.enabled, tour.disabled)
        case "disable_current_workspace":
            put(workspace_id, tour.disabled, tour.enabled)
        case "complete_task" | "uncomplete_task":
            if task_id is None:
                raise unprocessable(f"task_id is required for {action}", task_id, "task_id")
            if action == "complete_task":
                put(task_id, tour.completed)
            elif task_id in tour.completed:
                tour.completed.remove(task_id)
    tour.updated_at = visit.world.clock.now()
    return _told(visit)


def _told(visit: Visit) -> TourState:
    tour, first = visit.account.tour, next(visit.world.accounts.workspaces_of(visit.account), None)
    return TourState(
        first_workspace_id=first.id if first else None,
        skipped=tour.is_skipped,
        completed_task_ids=list(tour.completed),
        manually_enabled_workspace_ids=list(tour.enabled),
        manually_disabled_workspace_ids=list(tour.disabled),
        updated_at=None if tour.updated_at is None else visit.world.clock.iso(tour.updated_at),
    )
