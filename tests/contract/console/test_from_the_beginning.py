"""The story of a server from its first set-up to the last sign-out, told through the console and the keys that it hands out."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk import AuthenticationError, NotFoundError, PermissionDeniedError, PreconditionFailedError

pytestmark = pytest.mark.empty

EMAIL, PASSWORD = "first@example.com", "first-password-1"


def test_a_server_is_set_up_worked_with_and_left(place: Place) -> None:
    console = place.console_of(EMAIL, PASSWORD)
    with pytest.raises((AuthenticationError, PreconditionFailedError)):
        console.account.get()
    console.setup.create_admin(email=EMAIL, name="First", password=PASSWORD)

    assert (console.account.get().name, console.workspace.get_summary().role) == ("First", "owner")
    [workspace] = console.workspaces.list().workspaces
    assert (workspace.name, workspace.current) == ("First's Workspace", True)
    assert list(console.apps.list()) == []

    app = console.apps.create(name="Support", mode="chat")
    tag = console.tags.create(name="customers", type="app")
    console.tags.bind(tag_ids=[tag.id], target_id=app.id, type="app")
    assert [one.name for one in console.apps.list(tag_ids=[tag.id])] == ["Support"]
    key = console.apps.api_keys.create(app.id).token

    service = place.service_with(key, user="ann")
    assert service.app.info().tags == ["customers"]
    said = service.chat.send(query="Where is my parcel?")
    service.messages.feedback(said.message_id, rating="like")

    [conversation] = console.apps.chat.conversations.list(app.id)
    assert conversation.from_end_user_session_id == "ann"
    [message] = console.apps.messages.list(app.id, conversation_id=conversation.id)
    assert (message.query, message.answer) == ("Where is my parcel?", said.answer)
    assert [one.rating for one in message.feedbacks] == ["like"]
    assert [one.message_count for one in console.apps.statistics.daily_messages(app.id).data] == [1]

    console.apps.set_api_enabled(app.id, enable_api=False)
    with pytest.raises(PermissionDeniedError):
        service.app.info()

    [invited] = console.members.invite(emails=["bob@example.com"], role="editor").invitation_results
    assert invited.status == "success"
    assert sorted(one.role for one in console.members.list().accounts) == ["editor", "owner"]

    console.apps.delete(app.id)
    with pytest.raises(NotFoundError):
        console.apps.get(app.id)

    held = console.session
    assert held
    console.sign_out()
    with pytest.raises(AuthenticationError):
        place.console_of(session=held).refresh_token()
