"""Stories of the tour that shows a newcomer around."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import BadRequestError, UnprocessableEntityError


def test_a_newcomer_goes_from_part_to_part(place: Place) -> None:
    tour = place.console().onboarding
    begun = tour.get_tour_state()
    assert (begun.first_workspace_id, begun.skipped, begun.completed_task_ids) == (place.mock.world.workspace_id, False, [])
    assert begun.updated_at is None
    tour.update_tour_state(action="complete_task", task_id="home")
    tour.update_tour_state(action="complete_task", task_id="studio")
    told = tour.update_tour_state(action="complete_task", task_id="studio")
    assert told.completed_task_ids == ["home", "studio"]
    assert told.updated_at
    assert tour.get_tour_state() == told
    assert tour.update_tour_state(action="uncomplete_task", task_id="home").completed_task_ids == ["studio"]


def test_the_tour_is_switched_on_and_off_where_one_is(place: Place) -> None:
    tour, here = place.console().onboarding, place.mock.world.workspace_id
    on = tour.update_tour_state(action="enable_current_workspace")
    assert (on.manually_enabled_workspace_ids, on.manually_disabled_workspace_ids) == ([here], [])
    off = tour.update_tour_state(action="disable_current_workspace")
    assert (off.manually_enabled_workspace_ids, off.manually_disabled_workspace_ids) == ([], [here])
    assert tour.get_tour_state() == off


def test_whoever_knows_their_way_skips_it_for_themselves(place: Place) -> None:
    assert place.console().onboarding.update_tour_state(action="skip").skipped
    assert place.console().onboarding.get_tour_state().skipped
    assert not place.member("editor").onboarding.get_tour_state().skipped


def test_a_part_must_be_named(place: Place) -> None:
    tour = place.console().onboarding
    with pytest.raises((UnprocessableEntityError, BadRequestError)):
        tour.update_tour_state(action="complete_task")
    assert tour.get_tour_state().updated_at is None
