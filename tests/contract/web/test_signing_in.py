"""Stories of pages that are not open to everybody, as enterprise servers have them; the others have none of it."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from dify_mock.contract.place import Place
from dify_mock.enterprise import AccessMode, Enterprise
from dify_mock.letters import Letter
from dify_sdk import WebClient
from dify_sdk.errors import APIStatusError, AuthenticationError, BadRequestError, InternalServerError, NotFoundError

EMAIL, PASSWORD = "carl@example.com", "quite-secret-1"


def base64_of(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.fixture
def enterprise(place: Place) -> Enterprise:
    """An enterprise server with a member, and a page that is only for members."""
    world = place.mock.world
    world.enterprise = Enterprise()
    world.accounts.add(EMAIL, PASSWORD)
    world.enterprise.access[world.first_app("chat").id] = "private_all"
    return world.enterprise


def last_letter(place: Place) -> Letter:
    """What has just come by e-mail."""
    assert place.mock.world.enterprise is not None
    return place.mock.world.letters.last


WAYS_IN: dict[str, Callable[[WebClient], object]] = {
    "login": lambda client: client.login(email=EMAIL, password=base64_of(PASSWORD)),
    "sign_in": lambda client: client.sign_in(email=EMAIL, password=PASSWORD),
    "email_login.send_code": lambda client: client.email_login.send_code(email=EMAIL),
    "email_login.verify_code": lambda client: client.email_login.verify_code(email=EMAIL, code="MTIz", token="x"),
    "forgot_password.send_code": lambda client: client.forgot_password.send_code(email=EMAIL),
    "forgot_password.verify_code": lambda client: client.forgot_password.verify_code(email=EMAIL, code="1", token="x"),
    "forgot_password.reset": lambda client: client.forgot_password.reset(token="x", new_password="a", password_confirm="a"),
}


@pytest.mark.parametrize("way", WAYS_IN)
def test_the_community_edition_has_no_such_way_in(place: Place, way: str) -> None:
    with pytest.raises(NotFoundError, match="not found on the server"):
        WAYS_IN[way](place.web())


def test_everybody_is_signed_in_where_pages_are_open(place: Place) -> None:
    client = place.web()
    nobody = client.login_status()
    assert (nobody.logged_in, nobody.app_logged_in) == (False, False)
    code = place.mock.credentials.app_codes["chat"]
    without = client.login_status(app_code=code)
    assert (without.logged_in, without.app_logged_in) == (True, False)
    client.app.site()  # fetches a passport
    there = client.login_status(app_code=code, user_id="ann")
    assert (there.logged_in, there.app_logged_in) == (True, True)
    assert client.login_status(app_code=code, user_id="bob").app_logged_in is False
    assert client.logout().result == "success"


def test_a_page_for_members_sends_strangers_away(place: Place, enterprise: Enterprise) -> None:
    with pytest.raises(AuthenticationError, match="authentication required") as refused:
        place.web().app.site()
    assert refused.value.code == ("web_sso_auth_required" if place.profile == "dify" else "")


def test_who_signs_in_gets_in_and_stays_the_same_user(place: Place, enterprise: Enterprise) -> None:
    client = place.web()
    client.sign_in(email=EMAIL, password=PASSWORD)
    told = client.app.site()
    assert told.end_user_id == client.app.site().end_user_id
    user = place.mock.world.end_users[told.end_user_id or ""]
    assert (user.session_id, user.is_anonymous) == (EMAIL, False)
    reply = client.chat.send(query="Hello")
    again = place.web()
    again.sign_in(email=EMAIL, password=PASSWORD)
    assert reply.conversation_id in [one.id for one in again.conversations.list()]
    assert client.login_status(app_code=place.mock.credentials.app_codes["chat"]).logged_in


def test_who_signs_out_is_out(place: Place, enterprise: Enterprise) -> None:
    client = place.web()
    client.sign_in(email=EMAIL, password=PASSWORD)
    client.app.site()
    client.sign_out()
    with pytest.raises(AuthenticationError):
        client.app.site()


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "wrong"), ("nobody@example.com", PASSWORD)])
def test_what_does_not_fit_is_refused(place: Place, enterprise: Enterprise, email: str, password: str) -> None:
    with pytest.raises(AuthenticationError, match="Invalid email or password"):
        place.web().sign_in(email=email, password=password)


def test_a_plain_password_is_refused(place: Place, enterprise: Enterprise) -> None:
    with pytest.raises(AuthenticationError, match="Invalid encrypted data"):
        place.web().login(email=EMAIL, password=PASSWORD)


def test_who_is_banned_stays_out(place: Place, enterprise: Enterprise) -> None:
    member = place.mock.world.accounts.by_email(EMAIL)
    assert member
    member.status = "banned"
    with pytest.raises(BadRequestError, match="banned"):
        place.web().sign_in(email=EMAIL, password=PASSWORD)


def test_a_code_by_mail_signs_one_in_once(place: Place, enterprise: Enterprise) -> None:
    client = place.web()
    token = client.email_login.send_code(email=EMAIL, language="en-US").data
    letter = last_letter(place)
    assert (letter.email, letter.token) == (EMAIL, token)
    with pytest.raises(BadRequestError, match="Email code"):
        client.sign_in_with_code(email=EMAIL, code="not-it", token=token)
    with pytest.raises(BadRequestError, match="email address"):
        client.email_login.verify_code(email="x@example.com", code=base64_of(letter.code), token=token)
    client.sign_in_with_code(email=EMAIL, code=letter.code, token=token)
    assert client.app.site().end_user_id
    with pytest.raises(InternalServerError):
        client.sign_in_with_code(email=EMAIL, code=letter.code, token=token)


def test_a_password_is_set_anew_by_a_code(place: Place, enterprise: Enterprise) -> None:
    client = place.web()
    token = client.forgot_password.send_code(email=EMAIL).data
    with pytest.raises(BadRequestError):  # nobody has shown the code yet
        client.forgot_password.reset(token=token, new_password="another-1", password_confirm="another-1")
    with pytest.raises(BadRequestError, match="Email code"):
        client.forgot_password.verify_code(email=EMAIL, code="000", token=token)
    shown = client.forgot_password.verify_code(email=EMAIL, code=last_letter(place).code, token=token)
    assert (shown.is_valid, shown.email, shown.token != token) == (True, EMAIL, True)
    with pytest.raises(BadRequestError, match="do not match"):
        client.forgot_password.reset(token=shown.token, new_password="another-1", password_confirm="another-2")
    assert client.forgot_password.reset(token=shown.token, new_password="another-1", password_confirm="another-1").result == "success"
    with pytest.raises(AuthenticationError):
        client.sign_in(email=EMAIL, password=PASSWORD)
    client.sign_in(email=EMAIL, password="another-1")
    assert client.app.site().end_user_id


def test_a_code_holds_for_five_minutes(place: Place, enterprise: Enterprise) -> None:
    client = place.web()
    token = client.forgot_password.send_code(email=EMAIL).data
    place.mock.clock.advance(301)
    with pytest.raises(BadRequestError, match="expired"):
        client.forgot_password.verify_code(email=EMAIL, code=last_letter(place).code, token=token)


def test_a_passport_of_a_member_ends_with_the_sign_in(place: Place, enterprise: Enterprise) -> None:
    client = place.web()
    client.sign_in(email=EMAIL, password=PASSWORD)
    client.app.site()
    place.mock.clock.advance(3601)
    with pytest.raises(AuthenticationError):
        client.app.site()


def test_a_private_page_is_for_those_it_names(place: Place, enterprise: Enterprise) -> None:
    app, member = place.mock.world.first_app("chat"), place.mock.world.accounts.by_email(EMAIL)
    assert member
    enterprise.access[app.id] = "private"
    client = place.web()
    client.sign_in(email=EMAIL, password=PASSWORD)
    assert client.webapp.permission(appId=app.id).result is False
    with pytest.raises(AuthenticationError, match="permission"):
        client.app.site()
    enterprise.allowed[app.id] = {member.id}
    assert client.webapp.permission(appId=app.id).result is True
    assert client.app.site().app_id == app.id


def test_a_page_that_was_opened_takes_no_old_passports(place: Place, enterprise: Enterprise) -> None:
    client = place.web()
    client.sign_in(email=EMAIL, password=PASSWORD)
    before = client.app.site().end_user_id
    enterprise.access.clear()
    assert client.app.site().end_user_id != before  # a public page knows its users by other names
    assert [one.status for one in place.mock.journal.of("web.app.site")] == [200, 401, 200]


@pytest.mark.parametrize("mode", ["public", "private", "private_all", "sso_verified"])
def test_a_page_tells_who_may_use_it(place: Place, enterprise: Enterprise, mode: AccessMode) -> None:
    app = place.mock.world.first_app("chat")
    enterprise.access[app.id] = mode
    client = place.web()
    assert client.webapp.access_mode(appId=app.id).accessMode == mode
    assert client.webapp.access_mode(appCode=app.site.code).accessMode == mode


def test_who_may_use_a_page_is_asked_about_a_page(place: Place, enterprise: Enterprise) -> None:
    client = place.web()
    with pytest.raises(APIStatusError, match="must be provided"):
        client.webapp.access_mode()
    with pytest.raises(NotFoundError):
        client.webapp.access_mode(appCode="no-such-page")


def test_only_somebody_from_elsewhere_uses_a_page_for_them(place: Place, enterprise: Enterprise) -> None:
    enterprise.access[place.mock.world.first_app("chat").id] = "sso_verified"
    client = place.web()
    client.sign_in(email=EMAIL, password=PASSWORD)
    with pytest.raises(AuthenticationError):
        client.app.site()


def test_the_server_says_that_it_is_of_another_kind(place: Place, enterprise: Enterprise) -> None:
    told = place.web().system_features.get()
    assert (told.deployment_edition, told.webapp_auth and told.webapp_auth.enabled) == ("ENTERPRISE", True)
