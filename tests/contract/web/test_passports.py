"""Stories of passports: who one is, what happens when a server knows one no more, and what old servers want."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from dify_mock.contract.place import USER, Place
from dify_mock.tokens import issue, verify
from dify_sdk import WebClient
from dify_sdk.errors import APIStatusError, AuthenticationError, BadRequestError, ConfigurationError, NotFoundError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
NOTE = ("note.txt", b"words", "text/plain")
CALLS: dict[str, Callable[[WebClient], object]] = {
    "app.meta": lambda client: client.app.meta(),
    "app.parameters": lambda client: client.app.parameters(),
    "app.site": lambda client: client.app.site(),
    "audio.synthesize": lambda client: client.audio.synthesize(text="Hello"),
    "audio.transcribe": lambda client: client.audio.transcribe(file=NOTE),
    "chat.send": lambda client: client.chat.send(query="Hello"),
    "chat.stop": lambda client: client.chat.stop(UNKNOWN),
    "chat.stream": lambda client: client.chat.stream(query="Hello").result(),
    "completion.send": lambda client: client.completion.send(),
    "completion.stop": lambda client: client.completion.stop(UNKNOWN),
    "conversations.delete": lambda client: client.conversations.delete(UNKNOWN),
    "conversations.list": lambda client: client.conversations.list(),
    "conversations.pin": lambda client: client.conversations.pin(UNKNOWN),
    "conversations.rename": lambda client: client.conversations.rename(UNKNOWN, name="x"),
    "conversations.unpin": lambda client: client.conversations.unpin(UNKNOWN),
    "files.upload": lambda client: client.files.upload(file=NOTE),
    "messages.feedback": lambda client: client.messages.feedback(UNKNOWN, rating="like"),
    "messages.list": lambda client: client.messages.list(conversation_id=UNKNOWN),
    "messages.more_like_this": lambda client: client.messages.more_like_this(UNKNOWN),
    "messages.suggested": lambda client: client.messages.suggested(UNKNOWN),
    "remote_files.get": lambda client: client.remote_files.get("http://elsewhere.example/a.png"),
    "remote_files.upload": lambda client: client.remote_files.upload(url="http://elsewhere.example/a.png"),
    "saved_messages.create": lambda client: client.saved_messages.create(message_id=UNKNOWN),
    "saved_messages.delete": lambda client: client.saved_messages.delete(UNKNOWN),
    "saved_messages.list": lambda client: client.saved_messages.list(),
    "workflows.events": lambda client: list(client.workflows.events(UNKNOWN)),
    "workflows.run": lambda client: client.workflows.run(inputs={}),
    "workflows.stop": lambda client: client.workflows.stop(UNKNOWN),
}


def asked(place: Place) -> list[tuple[str, int]]:
    """What the mock was asked, and how it answered."""
    return [((one.operation or "").removeprefix("web."), one.status) for one in place.mock.journal]


def claims(place: Place, client: WebClient, **more: Any) -> dict[str, Any]:
    """What a fresh passport says."""
    return verify(place.mock.world, client.passport.get(**more).access_token)


def test_a_passport_says_which_app_and_which_user_it_is_for(place: Place) -> None:
    client = place.web()
    app = place.mock.world.first_app("chat")
    told = claims(place, client)
    assert told == {
        "iss": app.id,
        "sub": "Web API Passport",
        "app_id": app.id,
        "app_code": app.site.code,
        "end_user_id": client.app.site().end_user_id,
    }


def test_the_same_name_is_the_same_user_and_no_name_is_a_new_one(place: Place) -> None:
    client = place.web(user_id=None)
    users = [client.passport.get(user_id=name).access_token for name in ("ann", "ann", "bob")]
    nobody = [client.passport.get().access_token for _ in range(2)]
    assert users[0] == users[1] != users[2]
    assert nobody[0] != nobody[1]


def test_pages_know_a_user_by_the_app_they_are_for(place: Place) -> None:
    assert place.web("chat").app.site().end_user_id != place.web("agent-chat").app.site().end_user_id


def test_one_passport_serves_all_calls_of_a_client_and_of_its_copies(place: Place) -> None:
    client = place.web()
    client.app.site()
    client.with_options(timeout=5).app.meta()
    client.app.parameters()
    assert place.live or asked(place) == [("passport.get", 200), ("app.site", 200), ("app.meta", 200), ("app.parameters", 200)]


@pytest.mark.parametrize("code", ["no-such-page", "switched-off"])
def test_a_page_that_is_not_there_gives_no_passport(place: Place, code: str) -> None:
    if code == "switched-off":
        place.mock.world.first_app("chat").enable_site = False
        code = place.mock.credentials.app_codes["chat"]
    with pytest.raises(NotFoundError):
        place.web_with(code).app.site()


@pytest.mark.parametrize("operation", CALLS)
def test_a_passport_that_nobody_signed_opens_nothing(place: Place, operation: str) -> None:
    good = place.web().passport.get().access_token
    forged = good[:-4] + ("aaaa" if not good.endswith("aaaa") else "bbbb")
    with pytest.raises(AuthenticationError) as refused:
        CALLS[operation](place.web_with(None, passport=forged))
    assert (refused.value.status_code, refused.value.message) == (401, "Invalid token signature.")
    with pytest.raises(AuthenticationError, match=r"Invalid token\."):
        CALLS[operation](place.web_with(None, passport="rubbish"))


def test_a_passport_that_has_run_out_says_so(place: Place) -> None:
    world = place.mock.world
    old = issue(world, {**claims(place, place.web()), "exp": world.clock.seconds()})
    with pytest.raises(AuthenticationError, match="Token has expired"):
        place.web_with(None, passport=old).app.site()


def switch_off(place: Place) -> None:
    place.mock.world.first_app("chat").enable_site = False


def change_code(place: Place) -> None:
    place.mock.world.first_app("chat").site.code = "another"


def delete_app(place: Place) -> None:
    del place.mock.world.apps[place.mock.world.first_app("chat").id]


def delete_user(place: Place) -> None:
    place.mock.world.end_users.clear()


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (switch_off, BadRequestError, "Site is disabled."),
        (change_code, BadRequestError, "Site URL is no longer valid."),
        (delete_app, NotFoundError, "not found on the server"),
        (delete_user, NotFoundError, "not found on the server"),
    ],
)
def test_a_passport_holds_as_long_as_its_app_its_page_and_its_user(
    place: Place, change: Callable[[Place], None], error: type[APIStatusError], message: str
) -> None:
    client = place.web()
    client.app.site()
    change(place)
    with pytest.raises(error, match=message):
        client.app.site()


def test_a_given_passport_is_shown_and_none_is_fetched(place: Place) -> None:
    first = place.web()
    passport = first.passport.get().access_token
    user = first.app.site().end_user_id
    given = place.web_with(None, passport=passport)
    assert given.app.site().end_user_id == user
    assert place.live or len(place.mock.journal.of("web.passport.get")) == 2  # the first client's own
    assert passport not in repr(given)


def test_without_a_code_or_a_passport_nothing_is_sent(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIFY_APP_CODE", raising=False)
    with pytest.raises(ConfigurationError, match="app_code"):
        place.web_with(None).app.site()
    assert place.live or not len(place.mock.journal)


def test_a_refused_passport_is_renewed_once_and_the_call_goes_through(place: Place) -> None:
    client = place.web()
    before = client.app.site().end_user_id
    place.mock.world.secret = "another"
    assert client.app.site().end_user_id == before
    assert asked(place)[2:] == [("app.site", 401), ("passport.get", 200), ("app.site", 200)]


def test_a_passport_that_is_refused_again_is_refused_for_good(place: Place) -> None:
    client = place.web()
    client.app.site()
    place.mock.faults.refuse(401, on="web.app.site", times=2)
    with pytest.raises(AuthenticationError):
        client.app.site()
    assert asked(place)[2:] == [("app.site", 401), ("passport.get", 200), ("app.site", 401)]


def test_twenty_who_are_refused_at_once_fetch_one_passport(place: Place) -> None:
    client = place.web()
    client.app.site()
    place.mock.world.secret = "another"
    place.mock.journal.clear()
    together = Barrier(20)

    def ask(_: int) -> str | None:
        together.wait()
        return client.app.site().end_user_id

    with ThreadPoolExecutor(20) as pool:
        users = set(pool.map(ask, range(20)))
    assert len(users) == 1
    assert len(place.mock.journal.of("web.passport.get")) == 1
    assert {one.status for one in place.mock.journal.of("web.app.site")} == {200, 401}


def test_a_passport_of_one_app_reaches_it_whatever_code_stands_beside(place: Place) -> None:
    chat = place.web("chat")
    other = place.web("agent-chat", passport=chat.passport.get().access_token)
    assert other.app.site().app_id == chat.app.site().app_id


def test_an_old_server_is_found_out_once_and_remembered(place: Place) -> None:
    place.mock.world.settings.bearer_passports = True
    client = place.web()
    client.app.site()
    client.app.meta()
    assert asked(place) == [("passport.get", 200), ("app.site", 401), ("app.site", 200), ("app.meta", 200)]
    assert [("authorization" in one.headers) for one in place.mock.journal] == [False, False, True, True]


def test_no_passport_goes_to_another_server(place: Place) -> None:
    client = place.web()
    client.app.site()
    with pytest.raises(APIStatusError):
        client.files.download_url("http://elsewhere.example/files/x")
    last = place.mock.journal[-1]
    assert (last.headers["host"], last.path) == ("elsewhere.example", "/files/x")
    assert not {"authorization", "cookie", "x-app-code", "x-app-passport"} & last.headers.keys()


def test_nothing_that_proves_who_one_is_stands_in_the_journal(place: Place) -> None:
    client = place.web()
    passport = client.passport.get().access_token
    client.app.site()
    told = [value for one in place.mock.journal for value in one.headers.values()]
    assert not any(passport in one for one in told)


def test_a_name_belongs_to_the_page_and_not_to_the_key(place: Place) -> None:
    """The end user `ann` of the page is another than the end user `ann` of the app's key."""
    page, service = place.web(user_id=USER), place.service(user=USER)
    user = service.end_users.get(page.app.site().end_user_id or "")
    upload = service.files.upload(file=NOTE)
    assert (user.type, user.session_id, user.is_anonymous) == ("browser", USER, True)
    assert upload.created_by != user.id
