"""Stories of another e-mail address: a code to the old one comes first."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk import AuthenticationError, ConsoleClient
from dify_sdk.errors import BadRequestError, InvalidParamError

EMAIL, NEW, PASSWORD = "ann@example.com", "Ann@New.example", "a-password-1"


@pytest.fixture
def ann(place: Place) -> ConsoleClient:
    """Somebody who moves."""
    world = place.mock.world
    world.accounts.join(world.accounts.workspaces[world.workspace_id], world.accounts.add(EMAIL, PASSWORD), "normal")
    return place.console_of(EMAIL, PASSWORD)


def shown(place: Place, client: ConsoleClient, email: str, token: str) -> str:
    """Show the code that has just come; answers the token to go on with."""
    verified = client.account.email_change.verify_code(email=email, code=place.mock.world.letters.last.code, token=token)
    assert (verified.is_valid, verified.email) == (True, email.lower())
    return verified.token


def old_shown(place: Place, client: ConsoleClient) -> str:
    return shown(place, client, EMAIL, client.account.email_change.send_code(email=EMAIL).data)


def new_shown(place: Place, client: ConsoleClient) -> str:
    token = old_shown(place, client)
    return shown(place, client, NEW, client.account.email_change.send_code(email=NEW, phase="new_email", token=token).data)


def test_an_address_is_changed_by_two_codes(place: Place, ann: ConsoleClient) -> None:
    change = ann.account.email_change
    assert change.check_email_available(email=NEW).result == "success"
    token = new_shown(place, ann)
    assert change.complete(new_email=NEW, token=token).email == NEW.lower()
    assert ann.account.get().email == NEW.lower()
    assert place.console_of(NEW, PASSWORD).account.get().email == NEW.lower()
    with pytest.raises(AuthenticationError):
        place.console_of(EMAIL, PASSWORD).sign_in()
    account = place.mock.world.accounts.by_email(NEW.lower())
    assert account
    account.email = EMAIL  # NEW is free again
    with pytest.raises(BadRequestError, match="token is invalid"):
        change.complete(new_email=NEW, token=token)


def test_the_old_address_comes_first(place: Place, ann: ConsoleClient) -> None:
    change = ann.account.email_change
    with pytest.raises(BadRequestError, match="token is invalid"):
        change.send_code(email=NEW, phase="new_email")
    unseen = change.send_code(email=EMAIL, phase="old_email").data
    with pytest.raises(BadRequestError, match="token is invalid"):
        change.send_code(email=NEW, phase="new_email", token=unseen)
    token = shown(place, ann, EMAIL, unseen)
    with pytest.raises(BadRequestError, match="token is invalid"):
        change.complete(new_email=NEW, token=token)
    assert ann.account.get().email == EMAIL


def test_the_code_of_a_new_address_is_good_for_no_other(place: Place, ann: ConsoleClient) -> None:
    token = new_shown(place, ann)
    with pytest.raises(BadRequestError, match="token is invalid"):
        ann.account.email_change.complete(new_email="another@new.example", token=token)
    with pytest.raises(BadRequestError, match="email address is not valid"):
        ann.account.email_change.send_code(email="another@new.example", phase="new_email", token=token)


def test_nobody_takes_the_address_of_another(place: Place, ann: ConsoleClient) -> None:
    theirs = place.mock.credentials.email
    change = ann.account.email_change
    with pytest.raises(BadRequestError, match="already exists"):
        change.check_email_available(email=theirs)
    with pytest.raises(BadRequestError, match="email address is not valid"):
        change.send_code(email=theirs)
    with pytest.raises(BadRequestError, match="Account not found"):
        change.send_code(email="nobody@example.com")
    token = old_shown(place, ann)
    token = shown(place, ann, theirs, change.send_code(email=theirs, phase="new_email", token=token).data)
    with pytest.raises(BadRequestError, match="already exists"):
        change.complete(new_email=theirs, token=token)


def test_what_one_has_asked_for_helps_no_other(place: Place, ann: ConsoleClient) -> None:
    token = new_shown(place, ann)
    with pytest.raises(BadRequestError, match="token is invalid"):
        place.console().account.email_change.complete(new_email=NEW, token=token)


def test_the_address_of_a_deleted_account_is_free_after_a_month(place: Place, ann: ConsoleClient) -> None:
    token = ann.account.send_deletion_code().data
    ann.account.delete(token=token, code=place.mock.world.letters.last.code)
    check = place.console_of().account.email_change.check_email_available
    with pytest.raises(BadRequestError, match="past 30 days"):
        check(email=EMAIL)
    place.mock.clock.advance(30 * 86_400)
    assert check(email=EMAIL).result == "success"


def test_an_address_that_is_none_is_named(ann: ConsoleClient) -> None:
    with pytest.raises(InvalidParamError) as refused:
        ann.account.email_change.check_email_available(email="not-an-email")
    assert list(refused.value.params) == ["email"]
