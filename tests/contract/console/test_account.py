"""Stories of an account: how it looks, what it is called, and how it ends."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_mock.state import UploadFile
from dify_sdk import AuthenticationError, ConsoleClient
from dify_sdk.errors import BadRequestError, InvalidParamError, NotFoundError, RateLimitError, UnprocessableEntityError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
EMAIL, PASSWORD = "ann@example.com", "a-password-1"


@pytest.fixture
def ann(place: Place) -> ConsoleClient:
    """Somebody who uses apps."""
    world = place.mock.world
    world.accounts.join(world.accounts.workspaces[world.workspace_id], world.accounts.add(EMAIL, PASSWORD, name="Ann"), "normal")
    return place.console_of(EMAIL, PASSWORD)


def picture(place: Place, account_id: str) -> str:
    """A picture that an account has uploaded; answers its id."""
    world = place.mock.world
    made = UploadFile(world.ids.uuid(), "me.png", b"a picture", "image/png", account_id, world.clock.seconds())
    world.upload_files[made.id] = made
    return made.id


def test_whoever_signs_in_is_told_who_they_are(place: Place, ann: ConsoleClient) -> None:
    told = ann.account.get()
    assert (told.name, told.email, told.is_password_set) == ("Ann", EMAIL, True)
    assert (told.interface_language, told.interface_theme, told.timezone) == ("en-US", "light", "America/New_York")
    assert (told.avatar, told.avatar_url) == (None, None)
    assert (told.last_login_at, told.last_login_ip) == (place.mock.clock.seconds(), "127.0.0.1")


def test_an_account_is_changed_at_once(ann: ConsoleClient) -> None:
    before = ann.account.get()
    changed = ann.account.update(name="Ann B.", interface_language="fr-FR", interface_theme="dark", timezone="Europe/Paris")
    assert (changed.name, changed.interface_language, changed.interface_theme, changed.timezone) == (
        "Ann B.",
        "fr-FR",
        "dark",
        "Europe/Paris",
    )
    assert changed.email == before.email
    assert ann.account.get() == changed
    assert ann.account.update(name="Ann C.").timezone == "Europe/Paris"


def test_an_account_is_changed_one_thing_at_a_time(ann: ConsoleClient) -> None:
    """As servers before 1.16 know it."""
    account = ann.account
    assert account.set_name(name="Ann B.").name == "Ann B."
    assert account.set_interface_language(interface_language="ja-JP").interface_language == "ja-JP"
    assert account.set_interface_theme(interface_theme="dark").interface_theme == "dark"
    assert account.set_timezone(timezone="Asia/Tokyo").timezone == "Asia/Tokyo"
    told = account.get()
    assert (told.name, told.interface_language, told.interface_theme, told.timezone) == ("Ann B.", "ja-JP", "dark", "Asia/Tokyo")


def test_what_nobody_speaks_and_where_nobody_lives_is_refused(ann: ConsoleClient) -> None:
    before = ann.account.get()
    with pytest.raises(InvalidParamError) as refused:
        ann.account.set_interface_language(interface_language="xx")
    assert list(refused.value.params) == ["interface_language"]
    with pytest.raises(InvalidParamError) as refused:
        ann.account.set_timezone(timezone="Mars/Olympus")
    assert list(refused.value.params) == ["timezone"]
    with pytest.raises((UnprocessableEntityError, BadRequestError)) as either:
        ann.account.update(interface_language="xx", name="Not Ann")
    assert list(either.value.params) == ["interface_language"]
    with pytest.raises(InvalidParamError):
        ann.account.set_name(name="ab")
    assert ann.account.get() == before


def test_a_picture_is_chosen_and_fetched(place: Place, ann: ConsoleClient) -> None:
    mine = picture(place, ann.account.get().id)
    told = ann.account.set_avatar(avatar=mine)
    assert told.avatar == mine
    assert told.avatar_url
    address = ann.account.get_avatar_url(avatar=mine).avatar_url
    for one in (told.avatar_url, address):
        query = dict(part.split("=", 1) for part in one.replace("%3D", "=").partition("?")[2].split("&"))
        assert place.files().files.preview(mine, **query).read() == b"a picture"


def test_a_picture_elsewhere_is_taken_as_it_is(ann: ConsoleClient) -> None:
    there = "https://example.com/me.png"
    assert ann.account.get_avatar_url(avatar=there).avatar_url == there
    assert ann.account.update(avatar=there).avatar_url == there


def test_nobody_is_told_where_the_pictures_of_others_are(place: Place, ann: ConsoleClient) -> None:
    theirs = picture(place, place.mock.world.owner_id)
    for one in (theirs, UNKNOWN):
        with pytest.raises(NotFoundError):
            ann.account.get_avatar_url(avatar=one)


def test_a_password_is_changed(place: Place, ann: ConsoleClient) -> None:
    ann.account.change_password(password=PASSWORD, new_password="another-2", repeat_new_password="another-2")
    with pytest.raises(AuthenticationError):
        place.console_of(EMAIL, PASSWORD).account.get()
    assert place.console_of(EMAIL, "another-2").account.get().name == "Ann"
    assert ann.account.get().name == "Ann", "the session goes on"


def test_a_password_is_not_changed_by_mistake(place: Place, ann: ConsoleClient) -> None:
    change = ann.account.change_password
    with pytest.raises(BadRequestError, match="repeat password does not match"):
        change(password=PASSWORD, new_password="another-2", repeat_new_password="another-3")
    with pytest.raises(BadRequestError, match="Current password is incorrect"):
        change(password="wrong-1", new_password="another-2", repeat_new_password="another-2")
    with pytest.raises(BadRequestError, match="at least 8 characters"):
        change(password=PASSWORD, new_password="short", repeat_new_password="short")
    assert place.console_of(EMAIL, PASSWORD).account.get().name == "Ann"


def test_the_first_password_of_an_account_needs_no_other(place: Place, ann: ConsoleClient) -> None:
    assert ann.account.get().is_password_set
    account = place.mock.world.accounts.by_email(EMAIL)
    assert account
    account.password = ""
    assert not ann.account.get().is_password_set
    assert ann.account.change_password(new_password="another-2", repeat_new_password="another-2").is_password_set


def test_a_new_account_says_its_language_before_anything_else(place: Place, ann: ConsoleClient) -> None:
    account = place.mock.world.accounts.by_email(EMAIL)
    assert account
    account.status = "uninitialized"
    with pytest.raises(BadRequestError):
        ann.account.get()
    with pytest.raises(InvalidParamError):
        ann.account.initialize(interface_language="xx", timezone="Europe/Paris")
    assert ann.account.initialize(interface_language="fr-FR", timezone="Europe/Paris").result == "success"
    told = ann.account.get()
    assert (told.interface_language, told.timezone) == ("fr-FR", "Europe/Paris")
    with pytest.raises(BadRequestError):
        ann.account.initialize(interface_language="fr-FR", timezone="Europe/Paris")


def test_an_account_is_deleted_by_a_code(place: Place, ann: ConsoleClient) -> None:
    sent = ann.account.send_deletion_code()
    letter = place.mock.world.letters.last
    assert (letter.email, letter.token) == (EMAIL, sent.data)
    for token, code in ((sent.data, "not it"), ("another token", letter.code)):
        with pytest.raises(BadRequestError):
            ann.account.delete(token=token, code=code)
    assert ann.account.get().email == EMAIL
    assert ann.account.delete(token=sent.data, code=letter.code).result == "success"
    with pytest.raises(AuthenticationError):
        ann.account.get()
    with pytest.raises(AuthenticationError):
        place.console_of(EMAIL, PASSWORD).sign_in()
    assert EMAIL not in [one.email for one in place.openapi().workspaces.members.list(place.mock.world.workspace_id)]


def test_nobody_deletes_the_account_of_another(place: Place, ann: ConsoleClient) -> None:
    sent, letter = ann.account.send_deletion_code(), place.mock.world.letters.last
    with pytest.raises(BadRequestError):
        place.console().account.delete(token=sent.data, code=letter.code)


def test_a_code_for_deletion_is_sent_once_a_minute(place: Place, ann: ConsoleClient) -> None:
    ann.account.send_deletion_code()
    with pytest.raises(RateLimitError):
        ann.account.send_deletion_code()
    place.mock.clock.advance(61)
    assert ann.account.send_deletion_code().data


def test_whoever_goes_says_why(place: Place) -> None:
    assert place.console_of().account.send_deletion_feedback(email=EMAIL, feedback="I am moving on").result == "success"
    assert place.mock.world.accounts.farewells == [(EMAIL, "I am moving on")]


def test_schools_are_for_the_cloud(place: Place, ann: ConsoleClient) -> None:
    """The mock knows no schools: its answers are samples."""
    education = ann.account.education
    with pytest.raises(NotFoundError):
        education.status()
    place.mock.world.settings.is_cloud = True
    assert education.status().is_student is False
    token = education.verify().token
    assert token
    assert education.activate(token=token, institution="A school", role="student") is not None
    assert education.autocomplete(keywords="school").data == ["sample"]
