"""Stories of the lists of apps: sought, sorted, starred, and changed lately."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_mock.graphs import graph, webhook
from dify_mock.workflow.publishing import keep_draft
from dify_sdk.console.apps import AppOrder
from dify_sdk.errors import InvalidParamError

MODES = ["workflow", "advanced-chat", "agent-chat", "completion", "chat"]


def test_the_apps_are_listed_page_by_page(place: Place) -> None:
    apps = place.console().apps
    first = apps.list(limit=2)
    assert (first.page, first.limit, first.total, first.has_more, len(first.data)) == (1, 2, 5, True, 2)
    assert [one.mode for one in first] == MODES, "it walks through all pages"
    last = apps.list(page=3, limit=2)
    assert (len(last.data), last.has_more) == (1, False)


def test_a_list_tells_of_each_app_in_short(place: Place) -> None:
    by_mode = {one.mode: one for one in place.console().apps.list()}
    chat, flow = by_mode["chat"], by_mode["workflow"]
    assert chat.model_config_ and chat.model_config_.pre_prompt == "You are a stub."
    assert chat.model_config_.model and chat.model_config_.model["name"] == "stub-vision"
    assert (chat.author_name, chat.is_starred, chat.workflow) == ("Admin", False, None)
    assert flow.workflow and flow.workflow.id == place.mock.world.first_app("workflow").published
    assert flow.model_config_ is None


def test_apps_are_sought_by_mode_name_and_maker(place: Place) -> None:
    owner, editor = place.console().apps, place.member("editor").apps
    theirs = editor.create(name="An owl", mode="chat")
    assert theirs.created_by
    assert [one.mode for one in owner.list(mode="completion")] == ["completion"]
    assert len(owner.list(mode="all").data) == 6
    assert owner.list(mode="channel").data == []
    assert [one.id for one in owner.list(name="OWL")] == [theirs.id]
    assert [one.id for one in owner.list(creator_ids=[theirs.created_by])] == [theirs.id]
    assert [one.id for one in editor.list(is_created_by_me=True)] == [theirs.id]
    assert len(editor.list(is_created_by_me=False).data) == 6


def test_apps_are_sought_by_their_labels(place: Place) -> None:
    console, world = place.console(), place.mock.world
    first, second = (console.tags.create(name=name, type="app") for name in ("one", "two"))
    chat, agent = world.first_app("chat"), world.first_app("agent-chat")
    console.tags.bind(tag_ids=[first.id, second.id], target_id=chat.id, type="app")
    console.tags.bind(tag_ids=[first.id], target_id=agent.id, type="app")
    assert {one.id for one in console.apps.list(tag_ids=[first.id])} == {chat.id, agent.id}
    both = console.apps.list(tag_ids=[first.id, second.id])
    assert [one.id for one in both] == [chat.id]
    assert {one.name for one in both.data[0].tags} == {"one", "two"}
    assert {one.name for one in console.apps.get(chat.id).tags} == {"one", "two"}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (None, ["chat", "workflow", "advanced-chat", "agent-chat", "completion"]),
        ("last_modified", ["chat", "workflow", "advanced-chat", "agent-chat", "completion"]),
        ("recently_created", MODES),
        ("earliest_created", MODES[::-1]),
    ],
)
def test_a_list_is_sorted_as_it_was_asked(place: Place, order: AppOrder | None, expected: list[str]) -> None:
    apps = place.console().apps
    place.mock.clock.advance(5)
    apps.rename(place.mock.world.first_app("chat").id, name="Changed last")
    assert [one.mode for one in apps.list(sort_by=order)] == expected


def test_a_list_tells_of_triggers_in_drafts(place: Place) -> None:
    world = place.mock.world
    app = world.first_app("workflow")
    apps = place.console().apps
    assert not [one for one in apps.list() if one.has_draft_trigger]
    keep_draft(world, app, graph([webhook("hook-1")]))
    assert [one.id for one in apps.list() if one.has_draft_trigger] == [app.id]


@pytest.mark.parametrize("wrong", [{"mode": "magic"}, {"tag_ids": ["mine"]}, {"creator_ids": ["me"]}], ids=lambda wrong: next(iter(wrong)))
def test_what_no_app_can_have_is_not_sought(place: Place, wrong: dict[str, Any]) -> None:
    for ask in (place.console().apps.list, place.console().apps.list_starred):
        with pytest.raises(InvalidParamError) as refused:
            ask(**wrong)
        assert list(refused.value.params) == list(wrong)


def test_a_star_is_for_one_account_alone(place: Place) -> None:
    app = place.mock.world.first_app("agent-chat")
    ours, theirs = place.console().apps, place.member("normal").apps
    assert ours.star(app.id).result == "success"
    ours.star(app.id)
    starred = ours.list_starred()
    assert [(one.id, one.is_starred) for one in starred] == [(app.id, True)]
    assert (starred.total, starred.has_more) == (1, False)
    assert [one.id for one in ours.list() if one.is_starred] == [app.id]
    assert theirs.list_starred().data == []
    assert ours.list_starred(mode="chat").data == []
    assert ours.unstar(app.id).result == "success"
    assert ours.list_starred().data == []


def test_what_was_changed_last_comes_first(place: Place) -> None:
    apps, world = place.console().apps, place.mock.world
    place.mock.clock.advance(5)
    apps.rename(world.first_app("completion").id, name="Changed")
    recent = apps.list_recent().data
    assert [one.mode for one in recent] == ["completion", "workflow", "advanced-chat", "agent-chat", "chat"]
    assert (recent[0].name, recent[0].author_name, recent[0].updated_at) == ("Changed", "Admin", world.clock.seconds())
    assert len(apps.list_recent(limit=2).data) == 2
