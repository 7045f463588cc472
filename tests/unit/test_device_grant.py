"""The device grant: a program is let in by somebody with a browser."""

import json

import anyio
import httpx
import pytest

from dify_sdk import ConfigurationError
from dify_sdk.errors import AccessDeniedError, ExpiredTokenError, UnsupportedClientError
from dify_sdk.openapi import AsyncOpenAPIClient, OpenAPIClient
from unit.twins import ROOT, Server, answer, got

pytestmark = pytest.mark.anyio

CODE = {
    "device_code": "dc_secret",
    "user_code": "ABCD-EFGH",
    "verification_uri": "http://dify.test/device",
    "expires_in": 900,
    "interval": 5,
}
TOKEN = {"token": "dfoa_secret", "expires_at": None, "subject_type": "account", "token_id": "1", "workspaces": []}
PENDING, SLOW = {"error": "authorization_pending"}, {"error": "slow_down"}


def client_of(twin, server, token=None):
    kind = AsyncOpenAPIClient if twin.is_async else OpenAPIClient
    return kind(token, base_url=ROOT, max_retries=0, http_client=twin.http(server))


def no(body, status=400):
    return answer(body, status=status)


@pytest.fixture
def waits(monkeypatch):
    """The pauses that are made, without waiting."""
    made = []

    async def sleep(seconds):
        made.append(seconds)

    monkeypatch.setattr("time.sleep", made.append)
    monkeypatch.setattr(anyio, "sleep", sleep)
    return made


async def test_the_code_is_shown_and_the_token_comes_when_it_was_confirmed(twin, waits):
    server = Server(answer(CODE), no(PENDING), no(PENDING), answer(TOKEN), answer({"subject_type": "account"}))
    client, shown = client_of(twin, server), []

    token = await got(client.login(on_code=shown.append, device_label="a test"))
    await got(client.account.get())

    assert (shown[0].user_code, shown[0].verification_uri) == ("ABCD-EFGH", "http://dify.test/device")
    assert token.token == "dfoa_secret"
    assert waits == [5, 5, 5]
    asked, polled = (json.loads(one.content) for one in server.asked[:2])
    assert asked == {"client_id": "difyctl", "device_label": "a test"}
    assert polled == {"device_code": "dc_secret", "client_id": "difyctl"}
    assert server.asked[-1].headers["authorization"] == "Bearer dfoa_secret"


async def test_who_is_too_fast_slows_down(twin, waits):
    server = Server(answer(CODE), no(SLOW), no(SLOW), no(PENDING), answer(TOKEN))

    await got(client_of(twin, server).login(on_code=lambda _: None))

    assert waits == [5, 10, 15, 15]


async def test_a_question_that_gets_lost_is_asked_again_more_slowly(twin, waits):
    server = Server(answer(CODE), httpx.RemoteProtocolError("Server disconnected"), no(PENDING), answer(TOKEN))

    token = await got(client_of(twin, server).login(on_code=lambda _: None))

    assert token.token == "dfoa_secret"
    assert waits == [5, 10, 10]


@pytest.mark.parametrize(
    ("told", "kind"),
    [({"error": "access_denied"}, AccessDeniedError), ({"error": "expired_token"}, ExpiredTokenError)],
    ids=["refused", "too old"],
)
async def test_a_no_is_raised(twin, waits, told, kind):
    with pytest.raises(kind):
        await got(client_of(twin, Server(answer(CODE), no(PENDING), no(told))).login(on_code=lambda _: None))


async def test_a_code_that_nobody_confirms_expires(twin, waits):
    server = Server(answer({**CODE, "expires_in": 0}))

    with pytest.raises(ExpiredTokenError, match="in time"):
        await got(client_of(twin, server).login(on_code=lambda _: None))


async def test_a_program_that_the_server_does_not_know_is_told(twin):
    with pytest.raises(UnsupportedClientError):
        await got(client_of(twin, Server(no({"error": "unsupported_client"}))).login(on_code=print))


async def test_the_code_may_be_shown_by_awaiting_on_the_asynchronous_client(twin, waits):
    shown = []

    async def show(code):
        shown.append(code.user_code)

    client = client_of(twin, Server(answer(CODE), answer(TOKEN)))
    if twin.is_async:
        await client.login(on_code=show)
        assert shown == ["ABCD-EFGH"]
    else:
        with pytest.raises(TypeError, match="asynchronous client"):
            client.login(on_code=show)


async def test_a_given_token_is_shown_by_copies_too(twin):
    server = Server(answer({"subject_type": "account"}))

    await got(client_of(twin, server, "dfoa_mine").with_options(max_retries=1).account.get())

    assert server.asked[0].headers["authorization"] == "Bearer dfoa_mine"


async def test_without_a_token_nothing_is_sent(twin):
    with pytest.raises(ConfigurationError, match="login"):
        await got(client_of(twin, Server()).account.get())


async def test_secrets_are_not_shown(twin, waits):
    token = await got(client_of(twin, Server(answer(CODE), answer(TOKEN))).login(on_code=lambda _: None))

    assert "dfoa_secret" not in repr(token)
