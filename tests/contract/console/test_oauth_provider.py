"""Stories of another program that signs people in with their account here."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_mock.oauth_clients import OAuthClient
from dify_sdk.console.oauth import OAuthToken
from dify_sdk.errors import AuthenticationError, BadRequestError, NotFoundError

BACK = "https://program.example/back"


@pytest.fixture
def program(place: Place) -> OAuthClient:
    """A program that the server knows."""
    return place.mock.world.oauth.clients.add("A program", BACK)


def token(place: Place, program: OAuthClient, code: str) -> OAuthToken:
    return place.console_of().oauth.provider.create_token(
        client_id=program.id, grant_type="authorization_code", code=code, client_secret=program.secret, redirect_uri=BACK
    )


def let_in(place: Place, program: OAuthClient) -> OAuthToken:
    """Let it in, as the workspace's owner."""
    return token(place, program, place.console().oauth.provider.authorize(client_id=program.id).code)


def test_whoever_is_asked_sees_which_program_asks(place: Place, program: OAuthClient) -> None:
    provider = place.console_of().oauth.provider
    told = provider.get_app(client_id=program.id, redirect_uri=BACK)
    assert (told.app_label, told.auto_authorize) == ({"en-US": "A program"}, False)
    assert "read:email" in told.scope.split()
    with pytest.raises(BadRequestError, match="redirect_uri is invalid"):
        provider.get_app(client_id=program.id, redirect_uri="https://evil.example/")


def test_a_program_that_is_let_in_learns_who_it_is_for(place: Place, program: OAuthClient) -> None:
    held = let_in(place, program)
    assert (held.token_type, held.expires_in) == ("Bearer", 12 * 3600)
    told = place.console_of().oauth.provider.get_account(client_id=program.id, access_token=held.access_token)
    mine = place.console().account.get()
    assert (told.id, told.name, told.email, told.timezone) == (mine.id, mine.name, mine.email, mine.timezone)


def test_a_code_is_good_once_and_for_ten_minutes(place: Place, program: OAuthClient) -> None:
    owner = place.console()
    code = owner.oauth.provider.authorize(client_id=program.id).code
    assert token(place, program, code).access_token
    with pytest.raises(BadRequestError, match="invalid code"):
        token(place, program, code)
    code = owner.oauth.provider.authorize(client_id=program.id).code
    place.mock.clock.advance(601)
    with pytest.raises(BadRequestError, match="invalid code"):
        token(place, program, code)


def test_a_token_is_renewed_until_it_is_too_old_for_that(place: Place, program: OAuthClient) -> None:
    provider, held = place.console_of().oauth.provider, let_in(place, program)
    place.mock.clock.advance(12 * 3600)
    with pytest.raises(AuthenticationError):
        provider.get_account(client_id=program.id, access_token=held.access_token)
    fresh = provider.create_token(client_id=program.id, grant_type="refresh_token", refresh_token=held.refresh_token)
    assert provider.get_account(client_id=program.id, access_token=fresh.access_token).email == place.mock.credentials.email
    place.mock.clock.advance(30 * 86_400)
    with pytest.raises(BadRequestError, match="invalid refresh token"):
        provider.create_token(client_id=program.id, grant_type="refresh_token", refresh_token=held.refresh_token)


def test_what_was_given_to_one_program_is_of_no_use_to_another(place: Place, program: OAuthClient) -> None:
    other, provider = place.mock.world.oauth.clients.add("Another", BACK), place.console_of().oauth.provider
    code = place.console().oauth.provider.authorize(client_id=program.id).code
    with pytest.raises(BadRequestError, match="invalid code"):
        token(place, other, code)
    held = token(place, program, code)
    with pytest.raises(AuthenticationError):
        provider.get_account(client_id=other.id, access_token=held.access_token)
    with pytest.raises(BadRequestError, match="invalid refresh token"):
        provider.create_token(client_id=other.id, grant_type="refresh_token", refresh_token=held.refresh_token)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"grant_type": "password"}, "invalid grant_type"),
        ({"grant_type": "refresh_token"}, "refresh_token is required"),
        ({"code": None}, "code is required"),
        ({"client_secret": "wrong"}, "client_secret is invalid"),
        ({"redirect_uri": "https://evil.example/"}, "redirect_uri is invalid"),
    ],
)
def test_a_program_says_everything_that_is_asked(place: Place, program: OAuthClient, given: dict[str, str], said: str) -> None:
    code = place.console().oauth.provider.authorize(client_id=program.id).code
    good = {"grant_type": "authorization_code", "code": code, "client_secret": program.secret, "redirect_uri": BACK}
    with pytest.raises(BadRequestError, match=said):
        place.console_of().oauth.provider.create_token(client_id=program.id, **{**good, **given})


def test_without_a_token_nobody_is_told_anything(place: Place, program: OAuthClient) -> None:
    with pytest.raises(AuthenticationError):
        place.console_of().oauth.provider.get_account(client_id=program.id)


def test_a_deleted_account_is_told_to_no_program(place: Place, program: OAuthClient) -> None:
    member = place.member("normal")
    held = token(place, program, member.oauth.provider.authorize(client_id=program.id).code)
    member.account.delete(token=member.account.send_deletion_code().data, code=place.mock.world.letters.last.code)
    with pytest.raises(AuthenticationError):
        place.console_of().oauth.provider.get_account(client_id=program.id, access_token=held.access_token)


def test_programs_that_the_server_does_not_know_get_nothing(place: Place) -> None:
    provider = place.console().oauth.provider
    for ask in (
        lambda: provider.get_app(client_id="unknown", redirect_uri=BACK),
        lambda: provider.authorize(client_id="unknown"),
        lambda: provider.create_token(client_id="unknown", grant_type="authorization_code"),
        lambda: provider.get_account(client_id="unknown", access_token="x"),
    ):
        with pytest.raises(NotFoundError, match="client_id is invalid"):
            ask()
