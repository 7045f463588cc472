"""Stories of an app's own page: how it looks, whether it is open, and where it is."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import BadRequestError, NotFoundError, PermissionDeniedError, UnprocessableEntityError


def test_a_page_looks_as_it_was_told(place: Place) -> None:
    apps, app = place.console().apps, place.mock.world.first_app("chat")
    changed = apps.site.update(
        app.id,
        title="Our page",
        icon="🦊",
        icon_background="#123456",
        description="Ask us",
        default_language="de-DE",
        chat_color_theme="#654321",
        copyright="us",
        privacy_policy="http://example.com",
        input_placeholder="Well?",
        custom_disclaimer="careful",
        prompt_public=True,
        show_workflow_steps=False,
        use_icon_as_answer_icon=True,
    )
    assert (changed.app_id, changed.code, changed.title, changed.default_language) == (app.id, app.site.code, "Our page", "de-DE")
    shown = place.web().app.site().site
    assert shown and (shown.title, shown.icon, shown.description, shown.copyright) == ("Our page", "🦊", "Ask us", "us")
    assert (shown.chat_color_theme, shown.input_placeholder, shown.custom_disclaimer) == ("#654321", "Well?", "careful")
    assert (shown.prompt_public, shown.show_workflow_steps, shown.use_icon_as_answer_icon) == (True, False, True)
    assert place.service().app.site().title == "Our page"
    told = apps.get(app.id)
    assert told.site and (told.site.title, told.site.icon, told.icon) == ("Our page", "🦊", "🤖"), "the app keeps its own icon"


def test_what_is_not_given_stays(place: Place) -> None:
    site, app = place.console().apps.site, place.mock.world.first_app("chat")
    site.update(app.id, title="Our page", copyright="us", customize_token_strategy="allow")
    changed = site.update(app.id, copyright="them")
    assert (changed.title, changed.copyright, changed.customize_token_strategy) == ("Our page", "them", "allow")


@pytest.mark.profiles("dify", reason="the documents have one form for all arguments that do not fit")
def test_a_page_speaks_a_language_of_the_server(place: Place) -> None:
    site, app = place.console().apps.site, place.mock.world.first_app("chat")
    with pytest.raises(UnprocessableEntityError) as refused:
        site.update(app.id, title="Nobody reads", default_language="xx-XX")
    assert list(refused.value.params) == ["default_language"]
    assert place.web().app.site().site.title == "Demo Chat"  # type: ignore[union-attr]  # the mock always sends it


def test_a_page_that_moves_is_not_where_it_was(place: Place) -> None:
    apps, app = place.console().apps, place.mock.world.first_app("chat")
    old, visitor = app.site.code, place.web()
    assert visitor.app.site().app_id == app.id
    moved = apps.site.reset_access_token(app.id)
    assert moved.code and moved.code == moved.access_token and moved.code != old
    assert place.web_with(moved.code).app.site().app_id == app.id
    with pytest.raises(NotFoundError):
        place.web_with(old).app.site()
    with pytest.raises((BadRequestError, NotFoundError)):
        visitor.app.site()
    told = apps.get(app.id).site
    assert told and told.code == moved.code


def test_a_page_is_closed_and_opened(place: Place) -> None:
    apps, app = place.console().apps, place.mock.world.first_app("chat")
    assert apps.site.set_enabled(app.id, enable_site=False).enable_site is False
    with pytest.raises(NotFoundError):
        place.web().app.site()
    assert place.service().chat.send(query="Hello").answer, "keys still open it"
    assert apps.site.set_enabled(app.id, enable_site=True).enable_site is True
    assert place.web().app.site().app_id == app.id


def test_who_may_change_a_page(place: Place) -> None:
    app = place.mock.world.first_app("chat")
    normal, editor = place.member("normal").apps.site, place.member("editor").apps.site
    for attempt in (
        lambda: normal.update(app.id, title="x"),
        lambda: normal.set_enabled(app.id, enable_site=False),
        lambda: normal.reset_access_token(app.id),
        lambda: editor.reset_access_token(app.id),
    ):
        with pytest.raises(PermissionDeniedError):
            attempt()
    assert editor.update(app.id, title="By an editor").title == "By an editor"
