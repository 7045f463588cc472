"""Stories of somebody who signs in with an account elsewhere."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from dify_mock.accounts import INVITED_SECONDS
from dify_mock.contract.place import Place
from dify_mock.elsewhere import PLACES
from dify_sdk import ConsoleClient
from dify_sdk.errors import BadRequestError, ConfigurationError

EMAIL = "ann@elsewhere.example"


def sent(client: ConsoleClient, place_name: str = "github", **kept: str) -> dict[str, str]:
    """Where a browser is sent, and with what."""
    reply = client.with_raw_response.oauth.login(place_name, **kept)
    assert reply.status_code == 302
    there = urlsplit(reply.headers["location"])
    assert there._replace(query="").geturl() == PLACES[place_name]
    return {name: values[0] for name, values in parse_qs(there.query).items()}


def back(place: Place, client: ConsoleClient, email: str = EMAIL, *, state: str | None = None, person_id: str = "7") -> str:
    """Sign in there and come back; answers where in the console the browser goes on."""
    code = place.mock.world.oauth.elsewhere.sign_in("github", email, "Ann", person_id)
    reply = client.with_raw_response.oauth.callback("github", code=code, state=state)
    assert reply.status_code == 302
    return reply.headers["location"].removeprefix(place.mock.url)


@pytest.mark.parametrize("name", PLACES)
def test_a_browser_is_sent_elsewhere_to_sign_in(place: Place, name: str) -> None:
    asked = sent(place.console_of(), name)
    assert asked["redirect_uri"].endswith(f"/console/api/oauth/authorize/{name}")
    assert asked["state"]


def test_whoever_has_an_account_here_is_let_in_and_bound(place: Place) -> None:
    email, client = place.mock.credentials.email, place.console_of()
    before = place.console().account.list_integrations().data
    assert [(one.provider, one.is_bound) for one in before] == [("github", False), ("google", False)]
    assert before[0].link
    assert before[0].link.endswith("/console/api/oauth/login/github")
    assert back(place, client, email) == "?oauth_new_user=false"
    assert client.account.get().email == email
    bound, other = client.account.list_integrations().data
    assert (bound.is_bound, bound.created_at, bound.link) == (True, place.mock.clock.seconds(), None)
    assert not other.is_bound


def test_a_bound_account_is_found_whatever_its_address_is_there(place: Place) -> None:
    client, email = place.console_of(), place.mock.credentials.email
    back(place, client, email)
    again = place.console_of()
    back(place, again, "moved@elsewhere.example")
    assert again.account.get().email == email


def test_a_stranger_gets_an_account_where_strangers_are_let_in(place: Place) -> None:
    client = place.console_of()
    assert back(place, client) == "/signin?message=Invalid%20email%20or%20password"
    assert client.session is None
    with pytest.raises(ConfigurationError):
        client.account.get()
    place.mock.world.settings.registration_is_open = True
    state = sent(client, language="fr-FR", timezone="Europe/Paris", redirect_url="/apps")["state"]
    assert back(place, client, state=state) == "/apps?oauth_new_user=true"
    told = client.account.get()
    assert (told.email, told.name, told.interface_language, told.timezone) == (EMAIL, "Ann", "fr-FR", "Europe/Paris")
    assert not told.is_password_set


def test_nobody_is_sent_to_another_place_afterwards(place: Place) -> None:
    client = place.console_of()
    state = sent(client, redirect_url="//evil.example/")["state"]
    assert back(place, client, place.mock.credentials.email, state=state) == "?oauth_new_user=false"


def test_whoever_is_invited_goes_on_with_their_invitation(place: Place) -> None:
    world = place.mock.world
    token = world.accounts.invite(world.accounts.workspaces[world.workspace_id], EMAIL, "editor").token
    client = place.console_of()
    state = sent(client, invite_token=token)["state"]
    assert back(place, client, state=state) == f"/signin/invite-settings?invite_token={token}"
    assert back(place, client, "another@elsewhere.example", state=state) == "/signin?message=Invalid%20invitation%20token."
    assert client.session is None


def test_an_invitation_that_is_too_old_is_none(place: Place) -> None:
    world, client = place.mock.world, place.console_of()
    token = world.accounts.invite(world.accounts.workspaces[world.workspace_id], EMAIL, "editor").token
    state = sent(client, invite_token=token)["state"]
    place.mock.clock.advance(INVITED_SECONDS)
    assert back(place, client, state=state) == "?oauth_new_user=false"


def test_who_belongs_nowhere_is_told_so(place: Place) -> None:
    place.mock.world.accounts.add(EMAIL)
    client = place.console_of()
    assert back(place, client).startswith("/signin?message=Workspace%20not%20found")
    assert client.session is None


def test_whoever_has_just_left_does_not_come_back_so(place: Place) -> None:
    place.mock.world.settings.registration_is_open = True
    ann = place.console_of()
    back(place, ann)
    ann.account.delete(token=ann.account.send_deletion_code().data, code=place.mock.world.letters.last.code)
    assert "past%2030%20days" in back(place, place.console_of())
    place.mock.clock.advance(30 * 86_400)
    assert back(place, place.console_of()) == "?oauth_new_user=true"


def test_who_is_banned_stays_out(place: Place) -> None:
    place.mock.world.owner.status = "banned"
    client = place.console_of()
    assert back(place, client, place.mock.credentials.email) == "/signin?message=Account%20is%20banned."
    assert client.session is None


def test_a_code_is_good_once_and_where_it_is_from(place: Place) -> None:
    client, elsewhere = place.console_of(), place.mock.world.oauth.elsewhere
    code = elsewhere.sign_in("github", place.mock.credentials.email, "Admin")
    with pytest.raises(BadRequestError, match="OAuth process failed"):
        client.oauth.callback("google", code=code)
    assert client.oauth.callback("github", code=code) is None
    with pytest.raises(BadRequestError, match="OAuth process failed"):
        client.oauth.callback("github", code=code)


def test_other_places_are_not_known(place: Place) -> None:
    client = place.console_of()
    with pytest.raises(BadRequestError, match="Invalid provider"):
        client.oauth.login("elsewhere")
    with pytest.raises(BadRequestError, match="Invalid provider"):
        client.oauth.callback("elsewhere", code="a code")


def test_what_is_on_the_way_is_not_written_down(place: Place) -> None:
    code = place.mock.world.oauth.elsewhere.sign_in("github", place.mock.credentials.email, "Admin")
    place.console_of().oauth.callback("github", code=code)
    assert [one.operation for one in place.mock.journal] == ["console.oauth.callback"]
    assert code not in str(list(place.mock.journal))
