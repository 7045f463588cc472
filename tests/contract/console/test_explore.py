"""Stories of what a server recommends."""

from __future__ import annotations

import pytest

from dify_mock import seed
from dify_mock.contract.place import Place
from dify_mock.recommendations import Banner, RecommendedApp
from dify_sdk.errors import NotFoundError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def test_apps_are_recommended_with_their_categories(place: Place) -> None:
    told = place.console().explore.apps.list()
    assert told.categories == ["Assistant", "Workflow"]
    assert [one.app.name for one in told.recommended_apps if one.app] == ["Demo Chat", "Demo Workflow"]
    chat = told.recommended_apps[0]
    assert (chat.app_id, chat.position, chat.is_listed, chat.can_trial) == (place.mock.world.first_app("chat").id, 0, True, False)


def test_some_of_them_teach(place: Place) -> None:
    told = place.console().explore.apps.list_learn_dify()
    assert [one.app_id for one in told.recommended_apps] == [place.mock.world.first_app("workflow").id]


def test_a_language_has_apps_of_its_own_or_those_in_english(place: Place) -> None:
    world, apps = place.mock.world, place.console().explore.apps
    made = seed.add_app(world, "Bonjour", "chat", config=seed.model_config())
    world.recommendations.recommend(RecommendedApp(made.id, categories=["Salut"], language="fr-FR"))
    french = apps.list(language="fr-FR")
    assert ([one.app_id for one in french.recommended_apps], french.categories) == ([made.id], ["Salut"])
    assert apps.list(language="de-DE") == apps.list()
    world.owner.interface_language = "fr-FR"
    assert apps.list() == french


def test_a_recommended_app_tells_what_it_is_made_of(place: Place) -> None:
    console, app = place.console(), place.mock.world.first_app("workflow")
    told = console.explore.apps.get(app.id)
    assert (told.id, told.name, told.mode) == (app.id, "Demo Workflow", "workflow")
    assert told.export_data == place.openapi().apps.export_dsl(app.id).data
    for app_id in (place.mock.world.first_app("completion").id, UNKNOWN):
        with pytest.raises(NotFoundError):
            console.explore.apps.get(app_id)


def test_an_app_that_is_gone_is_recommended_no_more(place: Place) -> None:
    console, app_id = place.console(), place.mock.world.first_app("chat").id
    console.apps.delete(app_id)
    assert [one.app.mode for one in console.explore.apps.list().recommended_apps if one.app] == ["workflow"]
    with pytest.raises(NotFoundError):
        console.explore.apps.get(app_id)


@pytest.mark.empty
def test_what_comes_with_a_server_is_to_be_looked_at_and_installed(place: Place) -> None:
    console = place.console_of("first@example.com", "first-password-1")
    console.setup.create_admin(email="first@example.com", name="First", password="first-password-1")
    lesson = console.explore.apps.list_learn_dify().recommended_apps[0]
    assert "Summarization" in console.explore.apps.get(lesson.app_id).export_data
    assert list(console.installed_apps.list()) == []
    console.installed_apps.create(app_id=lesson.app_id)
    [installed] = console.installed_apps.list()
    assert console.installed_apps.workflows.run(installed.id, inputs={"text": "hi"}).outputs["text"] == "Hello from the stub. You said: hi"
    site = console.trial_apps.get(lesson.app_id).site
    with pytest.raises(NotFoundError):
        place.web_with(site.code if site and site.code else "").app.site()


def test_banners_are_shown_to_everybody_in_their_order(place: Place) -> None:
    world, nobody = place.mock.world, place.console_of(access_token="of-nobody")
    assert nobody.explore.list_banners() == []
    for sort, (name, language) in enumerate((("last", "en-US"), ("first", "en-US"), ("premier", "fr-FR"))):
        banner = Banner(world.ids.uuid(), "News", name, "", "http://x/y.png", "http://x/", -sort, world.clock.now(), language)
        world.recommendations.banners.append(banner)
    told = nobody.explore.list_banners()
    assert [(one.content.title, one.content.img_src, one.status) for one in told] == [
        ("first", "http://x/y.png", "enabled"),
        ("last", "http://x/y.png", "enabled"),
    ]
    assert [one.content.title for one in nobody.explore.list_banners(language="fr-FR")] == ["premier"]
    world.recommendations.banners[0].status = "disabled"
    assert [one.content.title for one in nobody.explore.list_banners()] == ["first"]
