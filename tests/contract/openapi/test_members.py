"""Stories of the members of a workspace."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from dify_mock.accounts import Account, Role
from dify_mock.contract.place import Place
from dify_sdk.errors import BadRequestError, NotFoundError, PermissionDeniedError, UnprocessableEntityError
from dify_sdk.openapi.workspaces import Members

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


def joined(place: Place, email: str, role: Role) -> Account:
    """Somebody who is a member already."""
    world = place.mock.world
    made = world.accounts.add(email)
    world.accounts.join(world.accounts.workspaces[world.workspace_id], made, role)
    return made


def as_member(place: Place, account: Account) -> Members[object]:
    """The members, as one of them sees them."""
    return place.openapi_with(place.mock.world.devices.sign_in(account).token).workspaces.members


def told(place: Place) -> list[tuple[str, str | None, str | None]]:
    members = place.openapi().workspaces.members.list(place.mock.world.workspace_id)
    return [(one.email, one.role, one.status) for one in members]


def test_members_are_listed_as_they_came(place: Place) -> None:
    for name in ("ann", "bob"):
        joined(place, f"{name}@example.com", "normal")
    page = place.openapi().workspaces.members.list(place.mock.world.workspace_id, limit=2)
    assert [one.name for one in page] == ["Admin", "ann", "bob"]
    assert [one.status for one in page.data] == ["active", "active"]


def test_somebody_new_is_invited_and_comes(place: Place) -> None:
    world, workspace_id = place.mock.world, place.mock.world.workspace_id
    made = place.openapi().workspaces.members.invite(workspace_id, email="Ann@example.com", role="admin")
    assert (made.result, made.email, made.role, made.tenant_id) == ("success", "ann@example.com", "admin", workspace_id)
    assert told(place)[1:] == [("ann@example.com", "admin", "pending")]

    address = urlsplit(made.invite_url or "")
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{place.mock.url}/activate"
    world.accounts.accept(parse_qs(address.query)["token"][0], "a-password-1", "Ann")
    assert told(place)[1:] == [("ann@example.com", "admin", "active")]
    ann = world.accounts.known[made.member_id or ""]
    assert as_member(place, ann).invite(workspace_id, email="bob@example.com", role="normal").role == "normal"


def test_somebody_with_an_account_is_invited_as_they_are(place: Place) -> None:
    ann = place.mock.world.accounts.add("ann@example.com")
    made = place.openapi().workspaces.members.invite(place.mock.world.workspace_id, email="ann@example.com", role="normal")
    assert made.member_id == ann.id
    assert told(place)[1:] == [("ann@example.com", "normal", "active")]


def test_nobody_is_invited_twice(place: Place) -> None:
    members, workspace_id = place.openapi().workspaces.members, place.mock.world.workspace_id
    members.invite(workspace_id, email="ann@example.com", role="normal")
    with pytest.raises(BadRequestError, match="already in workspace"):
        members.invite(workspace_id, email="ann@example.com", role="admin")
    assert told(place)[1:] == [("ann@example.com", "normal", "pending")]


def test_a_full_workspace_takes_nobody_in(place: Place) -> None:
    world = place.mock.world
    world.accounts.workspaces[world.workspace_id].seats = 1
    with pytest.raises(PermissionDeniedError) as refused:
        place.openapi().workspaces.members.invite(world.workspace_id, email="ann@example.com", role="normal")
    assert refused.value.code == "member_limit_exceeded"
    assert refused.value.body["hint"]


def test_only_roles_that_there_are_are_given(place: Place) -> None:
    with pytest.raises(UnprocessableEntityError) as refused:
        place.openapi().workspaces.members.invite(place.mock.world.workspace_id, email="a@example.com", role="owner")  # type: ignore[arg-type]  # it is refused
    assert refused.value.params.keys() == {"role"}
    assert len(told(place)) == 1


def test_a_member_becomes_something_else(place: Place) -> None:
    members, workspace_id, ann = place.openapi().workspaces.members, place.mock.world.workspace_id, joined(place, "ann@x.com", "editor")
    assert members.update_role(workspace_id, ann.id, role="admin").result == "success"
    assert told(place)[1:] == [("ann@x.com", "admin", "active")]
    with pytest.raises(BadRequestError, match="already assigned"):
        members.update_role(workspace_id, ann.id, role="admin")


def test_a_member_is_removed(place: Place) -> None:
    world, ann = place.mock.world, joined(place, "ann@x.com", "normal")
    assert place.openapi().workspaces.members.remove(world.workspace_id, ann.id).result == "success"
    assert len(told(place)) == 1
    with pytest.raises(NotFoundError, match="workspace not found"):
        as_member(place, ann).list(world.workspace_id)


def test_who_is_no_member_is_not_found(place: Place) -> None:
    members, workspace_id = place.openapi().workspaces.members, place.mock.world.workspace_id
    with pytest.raises(NotFoundError, match="member not found"):
        members.remove(workspace_id, UNKNOWN)
    with pytest.raises(NotFoundError, match="member not found"):
        members.update_role(workspace_id, UNKNOWN, role="admin")


@pytest.mark.parametrize("role", ["editor", "normal", "dataset_operator"])
def test_only_owners_and_admins_change_members(place: Place, role: Role) -> None:
    workspace_id, members = place.mock.world.workspace_id, as_member(place, joined(place, "ann@x.com", role))
    bob = joined(place, "bob@x.com", "normal")
    assert len(list(members.list(workspace_id))) == 3
    with pytest.raises(PermissionDeniedError, match="insufficient workspace role"):
        members.invite(workspace_id, email="carl@x.com", role="normal")
    with pytest.raises(PermissionDeniedError):
        members.remove(workspace_id, bob.id)
    with pytest.raises(PermissionDeniedError):
        members.update_role(workspace_id, bob.id, role="admin")


def test_nobody_changes_the_owner_or_themselves(place: Place) -> None:
    world, ann = place.mock.world, joined(place, "ann@x.com", "admin")
    members = as_member(place, ann)
    with pytest.raises(PermissionDeniedError, match="owner"):
        members.remove(world.workspace_id, world.owner_id)
    with pytest.raises(PermissionDeniedError, match="owner"):
        members.update_role(world.workspace_id, world.owner_id, role="normal")
    with pytest.raises(BadRequestError, match="self"):
        members.remove(world.workspace_id, ann.id)
