"""Stories of the members of a workspace: invited, signed in, made something else, made the owner, removed."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from dify_mock import console_sessions
from dify_mock.accounts import Role
from dify_mock.contract.place import Place
from dify_mock.enterprise import Enterprise
from dify_sdk import ConsoleClient
from dify_sdk.console.members import MemberRole
from dify_sdk.errors import AuthenticationError, BadRequestError, NotFoundError, PermissionDeniedError, RateLimitError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
ANN, PASSWORD = "ann@example.com", "ann-password-1"
SETUP = {"name": "Ann", "interface_language": "en-US", "timezone": "Europe/Paris"}


def in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def told(place: Place) -> dict[str, tuple[str, str]]:
    return {one.email: (one.role, one.status) for one in place.console().members.list().accounts}


def invited(place: Place, email: str = ANN, role: MemberRole = "editor") -> str:
    """Somebody is invited; answers the token of the invitation."""
    [made] = place.console().members.invite(emails=[email], role=role).invitation_results
    assert (made.status, made.email) == ("success", email)
    address = parse_qs(urlsplit(made.url or "").query)
    assert address["email"] == [email]
    return address["token"][0]


def come(place: Place, email: str = ANN, role: MemberRole = "editor") -> str:
    """Somebody new is invited, accepts, and has a password; answers their id."""
    token = invited(place, email, role)
    place.console_of().login(email=email, password=in_base64(PASSWORD), invite_token=token)
    place.console_of().invitations.accept(token=token, **SETUP)
    return member_id(place, email)


def member_id(place: Place, email: str) -> str:
    return next(one.id for one in place.console().members.list().accounts if one.email == email)


def handed_over(place: Place, owner: ConsoleClient, member: str) -> None:
    transfer = owner.members.ownership_transfer
    sent = transfer.send_code()
    checked = transfer.verify_code(code=place.mock.world.letters.last.code, token=sent.data)
    assert checked.is_valid and checked.token != sent.data
    assert transfer.complete(member, token=checked.token).result == "success"


def test_somebody_is_invited_comes_and_becomes_the_owner(place: Place) -> None:
    """The whole story: from the invitation to the day when the first owner is removed."""
    owner, stranger = place.console(), place.console_of()
    token = invited(place)
    assert told(place)[ANN] == ("editor", "pending")

    found = stranger.invitations.check(token=token).data
    assert found and (found.email, found.account_status, found.requires_setup) == (ANN, "pending", True)
    assert (found.workspace_name, found.workspace_id) == ("Admin's Workspace", owner.workspace.get_summary().id)
    assert stranger.invitations.accept(token=token, **SETUP).result == "success"
    assert told(place)[ANN] == ("editor", "active")

    ann = place.console_of()
    sent = ann.email_login.send_code(email=ANN)
    ann.sign_in_with_code(email=ANN, code=place.mock.world.letters.last.code, token=sent.data)
    assert ann.workspace.get_summary().role == "editor"
    with pytest.raises(PermissionDeniedError):
        ann.members.remove(place.mock.world.owner_id)

    her = member_id(place, ANN)
    assert owner.members.update_role(her, role="admin").result == "success"
    assert ann.workspace.get_summary().role == "admin"

    handed_over(place, owner, her)
    assert told(place) == {place.mock.credentials.email: ("admin", "active"), ANN: ("owner", "active")}

    removed = ann.members.remove(place.mock.world.owner_id)
    assert (removed.result, removed.tenant_id) == ("success", place.mock.world.workspace_id)
    assert [one.email for one in ann.members.list().accounts] == [ANN]
    with pytest.raises(AuthenticationError):
        owner.members.list()


def test_whoever_was_invited_can_begin_with_a_password(place: Place) -> None:
    token = invited(place)
    assert place.console_of().login(email=ANN, password=in_base64(PASSWORD), invite_token=token).result == "success"
    place.console_of().invitations.accept(token=token, **SETUP)
    [her] = [one for one in place.console_of(ANN, PASSWORD).members.list().accounts if one.email == ANN]
    assert (her.name, her.status) == ("Ann", "active")
    assert her.last_login_at and her.last_active_at and her.created_at
    assert [(one.id, one.name) for one in her.roles or ()] == [("editor", "editor")]


def test_whoever_was_invited_can_go_again_before_they_accept(place: Place) -> None:
    place.console_of().login(email=ANN, password=in_base64(PASSWORD), invite_token=invited(place))
    ann = place.console_of(ANN, PASSWORD).account
    assert ann.delete(token=ann.send_deletion_code().data, code=place.mock.world.letters.last.code).result == "success"
    assert ANN not in told(place)


def test_a_weak_password_is_not_taken(place: Place) -> None:
    token = invited(place)
    with pytest.raises(BadRequestError):
        place.console_of().login(email=ANN, password=in_base64("short"), invite_token=token)


def test_an_invitation_is_good_for_its_address_alone(place: Place) -> None:
    token = invited(place)
    with pytest.raises(BadRequestError):
        place.console_of().login(email="bob@example.com", password=in_base64(PASSWORD), invite_token=token)
    invitations = place.console_of().invitations
    assert not invitations.check(token=token, email="bob@example.com").is_valid
    assert not invitations.check(token=token, workspace_id=UNKNOWN).is_valid
    assert invitations.check(token=token, email=ANN.upper(), workspace_id=place.mock.world.workspace_id).is_valid


def test_a_used_invitation_is_refused(place: Place) -> None:
    token, invitations = invited(place), place.console_of().invitations
    invitations.accept(token=token, **SETUP)
    assert (invitations.check(token=token).is_valid, invitations.check(token=token).data) == (False, None)
    with pytest.raises(PermissionDeniedError, match="already activated"):
        invitations.accept(token=token, **SETUP)


def test_an_invitation_is_good_for_three_days(place: Place) -> None:
    token, invitations = invited(place), place.console_of().invitations
    place.mock.clock.advance(72 * 3600)
    assert not invitations.check(token=token).is_valid
    with pytest.raises(PermissionDeniedError):
        invitations.accept(token=token, **SETUP)


def test_a_new_account_is_told_its_name_and_language(place: Place) -> None:
    token = invited(place)
    with pytest.raises(PermissionDeniedError):
        place.console_of().invitations.accept(token=token, name="Ann")
    assert told(place)[ANN] == ("editor", "pending")


def test_an_invitation_is_not_for_whoever_is_signed_in_as_somebody_else(place: Place) -> None:
    """A browser shows its session beside the token; the client does not."""
    world, token = place.mock.world, invited(place)
    with httpx.Client(transport=place.mock.transport, base_url="http://mock/console/api") as http:

        def accept(headers: dict[str, str]) -> int:
            return http.post("/activate", json={"token": token, **SETUP}, headers=headers).status_code

        assert accept(console_sessions.headers(world, world.owner)) == 403
        assert accept({"Cookie": "access_token=over"}) == 200


def test_an_address_that_has_an_account_is_invited_as_it_is(place: Place) -> None:
    accounts = place.mock.world.accounts
    accounts.register(ANN, PASSWORD)
    token = invited(place)
    found = place.console_of().invitations.check(token=token).data
    assert found and (found.account_status, found.requires_setup) == ("active", False)
    place.console_of().invitations.accept(token=token)
    ann = place.console_of(ANN, PASSWORD)
    assert [(one.name, one.current) for one in ann.workspaces.list().workspaces] == [
        ("Admin's Workspace", False),
        ("ann's Workspace", True),
    ]
    ann.workspaces.switch(tenant_id=place.mock.world.workspace_id)
    assert ann.workspace.get_summary().role == "editor"


def test_an_address_that_was_given_up_lately_is_not_good_for_an_invitation(place: Place) -> None:
    accounts = place.mock.world.accounts
    accounts.remove(accounts.register(ANN, PASSWORD))
    token = invited(place)
    with pytest.raises(BadRequestError):
        place.console_of().invitations.accept(token=token, **SETUP)
    place.mock.clock.advance(30 * 86_400)
    place.console_of().invitations.accept(token=invited(place), **SETUP)
    assert told(place)[ANN] == ("editor", "active")


def test_invitations_are_answered_one_by_one(place: Place) -> None:
    come(place)
    owner = place.mock.credentials.email
    made = place.console().members.invite(emails=["new@example.com", "NEW@example.com", ANN, owner], role="normal", language="fr-FR")
    assert [one.language for one in place.mock.world.accounts.invitations.values()] == ["fr-FR"]
    assert (made.result, made.tenant_id) == ("success", place.mock.world.workspace_id)
    assert [(one.status, one.email) for one in made.invitation_results] == [
        ("success", "new@example.com"),
        ("already_member", ANN),
        ("failed", owner),
    ]
    assert [bool(one.url) for one in made.invitation_results] == [True, False, False]
    assert [bool(one.message) for one in made.invitation_results] == [False, True, True]
    assert "token=" not in repr(made)


def test_whoever_has_not_come_yet_is_invited_again(place: Place) -> None:
    first, second = invited(place), invited(place)
    assert first != second
    place.console_of().invitations.accept(token=second, **SETUP)
    assert told(place)[ANN] == ("editor", "active")


def test_an_invitation_is_taken_back(place: Place) -> None:
    token = invited(place)
    place.console().members.remove(member_id(place, ANN))
    assert ANN not in told(place)
    assert not place.console_of().invitations.check(token=token).is_valid
    with pytest.raises(BadRequestError):
        place.console_of().email_login.send_code(email=ANN)


def test_programs_see_who_was_invited_in_the_console(place: Place) -> None:
    """And the console sees whom programs invite: it is one workspace."""
    workspace_id, members = place.mock.world.workspace_id, place.openapi().workspaces.members
    invited(place)
    assert [one.email for one in members.list(workspace_id)][1:] == [ANN]
    made = members.invite(workspace_id, email="bob@example.com", role="normal")
    assert told(place)["bob@example.com"] == ("normal", "pending")
    token = parse_qs(urlsplit(made.invite_url or "").query)["token"][0]
    assert place.console_of().invitations.check(token=token).is_valid


@pytest.mark.parametrize("role", ["owner", "king"])
def test_only_roles_that_there_are_are_given(place: Place, role: MemberRole) -> None:
    members = place.console().members
    with pytest.raises(BadRequestError):
        members.invite(emails=["x@example.com"], role=role)
    with pytest.raises(BadRequestError):
        members.update_role(come(place), role=role)
    assert told(place)[ANN] == ("editor", "active")


@pytest.mark.profiles("dify", reason="the documents have no codes of their own here")
def test_refusals_have_codes(place: Place) -> None:
    members, her = place.console().members, come(place)
    with pytest.raises(BadRequestError) as refused:
        members.invite(emails=["x@example.com"], role="king")  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.code == "invalid_role"
    with pytest.raises(BadRequestError) as refused:
        members.remove(place.mock.world.owner_id)
    assert refused.value.code == "cannot-operate-self"
    with pytest.raises(BadRequestError) as refused:
        members.update_role(her, role="editor")
    assert refused.value.code == "invalid_param"


def test_a_full_workspace_takes_nobody_in(place: Place) -> None:
    world = place.mock.world
    world.accounts.workspaces[world.workspace_id].seats = 2
    members = place.console().members
    with pytest.raises(BadRequestError):
        members.invite(emails=["a@example.com", "b@example.com"], role="normal")
    assert len(told(place)) == 1
    invited(place)


def test_nobody_is_invited_where_an_enterprise_forbids_it(place: Place) -> None:
    place.mock.world.enterprise = Enterprise(lets_members_invite=False)
    assert place.console().workspace.get_permissions().allow_member_invite is False
    with pytest.raises(PermissionDeniedError):
        place.console().members.invite(emails=[ANN], role="normal")


@pytest.mark.parametrize("role", ["editor", "normal", "dataset_operator"])
def test_only_owners_and_admins_change_members(place: Place, role: Role) -> None:
    her, members = come(place), place.member(role).members
    [made] = members.invite(emails=["x@example.com"], role="normal").invitation_results
    assert (made.status, made.url) == ("failed", None)
    with pytest.raises(BadRequestError):
        members.update_role(her, role="normal")
    with pytest.raises(PermissionDeniedError):
        members.remove(her)
    assert told(place)[ANN] == ("editor", "active")
    assert "x@example.com" not in told(place)


def test_admins_change_members_and_not_the_owner(place: Place) -> None:
    her, members, owner = come(place), place.member("admin").members, place.mock.world.owner_id
    members.update_role(her, role="dataset_operator")
    assert [one.id for one in members.list_dataset_operators().accounts] == [her]
    with pytest.raises(BadRequestError):
        members.update_role(owner, role="normal")
    with pytest.raises(PermissionDeniedError):
        members.remove(owner)
    members.remove(her)
    assert members.list_dataset_operators().accounts == []


def test_nobody_changes_or_removes_themselves(place: Place) -> None:
    members, owner = place.console().members, place.mock.world.owner_id
    with pytest.raises(BadRequestError):
        members.update_role(owner, role="normal")
    with pytest.raises(BadRequestError):
        members.remove(owner)
    assert told(place) == {place.mock.credentials.email: ("owner", "active")}


def test_who_is_no_member_is_not_found(place: Place) -> None:
    members, stranger = place.console().members, place.mock.world.accounts.register("bob@example.com")
    for ask in (members.remove, lambda one: members.update_role(one, role="admin")):
        with pytest.raises(NotFoundError):
            ask(UNKNOWN)
    with pytest.raises(NotFoundError):
        members.remove(stranger.id)


def test_only_the_owner_gives_the_workspace_away(place: Place) -> None:
    her, transfer = come(place), place.member("admin").members.ownership_transfer
    for ask in (transfer.send_code, lambda: transfer.verify_code(code="1", token=UNKNOWN), lambda: transfer.complete(her, token=UNKNOWN)):
        with pytest.raises(BadRequestError, match="not the owner"):
            ask()


def test_a_workspace_is_given_to_a_member_with_the_code(place: Place) -> None:
    her, transfer = come(place), place.console().members.ownership_transfer
    sent = transfer.send_code(language="en-US")
    code = place.mock.world.letters.last.code
    with pytest.raises(BadRequestError):
        transfer.complete(her, token=sent.data)  # nobody has shown the code yet
    with pytest.raises(BadRequestError):
        transfer.verify_code(code="not it", token=sent.data)
    token = transfer.verify_code(code=code, token=sent.data).token
    with pytest.raises(BadRequestError):
        transfer.complete(place.mock.world.owner_id, token=token)
    transfer.complete(her, token=token)
    assert told(place)[ANN] == ("owner", "active")
    world = place.mock.world
    world.accounts.hand_over(world.accounts.workspaces[world.workspace_id], world.owner)
    with pytest.raises(BadRequestError, match="token is invalid"):
        transfer.complete(her, token=token)


def test_a_workspace_is_not_given_to_strangers(place: Place) -> None:
    stranger = place.mock.world.accounts.register("bob@example.com").id
    with pytest.raises(BadRequestError):
        handed_over(place, place.console(), stranger)
    place.mock.clock.advance(61)
    with pytest.raises(NotFoundError):
        handed_over(place, place.console(), UNKNOWN)
    assert told(place) == {place.mock.credentials.email: ("owner", "active")}


def test_a_code_holds_for_five_minutes_and_comes_once_a_minute(place: Place) -> None:
    transfer = place.console().members.ownership_transfer
    sent = transfer.send_code()
    with pytest.raises(RateLimitError):
        transfer.send_code()
    place.mock.clock.advance(301)
    with pytest.raises(BadRequestError):
        transfer.verify_code(code=place.mock.world.letters.last.code, token=sent.data)
    transfer.send_code()


def test_after_too_many_wrong_codes_the_right_one_is_refused_too(place: Place) -> None:
    transfer = place.console().members.ownership_transfer
    sent = transfer.send_code()
    for _ in range(6):
        with pytest.raises(BadRequestError):
            transfer.verify_code(code="not it", token=sent.data)
    with pytest.raises(RateLimitError):
        transfer.verify_code(code=place.mock.world.letters.last.code, token=sent.data)


def test_no_owner_changes_where_an_enterprise_forbids_it(place: Place) -> None:
    place.mock.world.enterprise = Enterprise(lets_owners_transfer=False)
    assert place.console().workspace.get_permissions().allow_owner_transfer is False
    with pytest.raises(PermissionDeniedError):
        place.console().members.ownership_transfer.send_code()
