"""Stories of the app behind a page."""

from __future__ import annotations

import pytest

from dify_mock import seed
from dify_mock.contract.place import Place
from dify_sdk.errors import AppUnavailableError


def test_a_page_tells_its_app_and_who_one_is(place: Place) -> None:
    told = place.web().app.site()
    assert (told.mode, told.enable_site, told.plan) == ("chat", True, "basic")
    assert told.site and told.site.title
    assert told.end_user_id == place.web().app.site().end_user_id


def test_the_page_looks_as_the_key_tells_it(place: Place) -> None:
    page, site = place.web().app.site().site, place.service().app.site()
    assert page and {name: getattr(page, name) for name in type(site).model_fields} == site.model_dump()


def test_the_form_of_an_app_is_what_the_key_tells_too(place: Place) -> None:
    for mode in ("chat", "workflow"):
        assert place.web(mode).app.parameters() == place.service(mode).app.parameters()


def test_an_app_that_nobody_published_has_no_parameters(place: Place) -> None:
    place.mock.world.first_app("workflow").published = None
    with pytest.raises(AppUnavailableError):
        place.web("workflow").app.parameters()


def test_an_agents_tools_have_icons(place: Place) -> None:
    assert {"echo", "current_time"} <= place.web("agent-chat").app.meta().tool_icons.keys()
    assert place.web().app.meta().tool_icons == {}


def test_a_new_page_is_there_at_once(place: Place) -> None:
    app = seed.add_app(place.mock.world, "New", "chat", config=seed.model_config())
    assert place.web_with(app.site.code).app.site().app_id == app.id
