"""What the web tier is refused for first, and where a passport may stand."""

import httpx
import pytest

from dify_mock import MockServer
from dify_mock.tokens import issue, verify

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
CHAT = "/api/chat-messages"


@pytest.fixture
def mock():
    return MockServer(pace=0)


@pytest.fixture
def http(mock):
    with httpx.Client(transport=mock.transport, base_url="http://mock") as made:
        yield made


def passport(mock, http, mode="chat", user="ann"):
    headers = {"x-app-code": mock.credentials.app_codes[mode]}
    return http.get("/api/passport", headers=headers, params={"user_id": user}).json()["access_token"]


def refused(reply):
    return reply.status_code, reply.json()["message"]


def user_of(reply):
    return reply.json()["end_user_id"]


def test_without_a_passport_the_body_is_not_looked_at(http):
    reply = http.post(CHAT, content=b"{")
    assert refused(reply) == (401, "App token is missing.")
    assert reply.headers["www-authenticate"] == 'Bearer realm="api"'


def test_a_bearer_is_no_passport(mock, http):
    assert refused(http.get("/api/site", headers={"authorization": f"Bearer {passport(mock, http)}"})) == (401, "App token is missing.")


def test_a_passport_alone_is_enough(mock, http):
    assert http.get("/api/site", headers={"x-app-passport": passport(mock, http)}).status_code == 200


def test_the_mode_comes_before_the_body(mock, http):
    http.headers["x-app-passport"] = passport(mock, http, "workflow")
    assert http.post(CHAT, content=b"{").json()["code"] == "not_chat_app"
    http.headers["x-app-passport"] = passport(mock, http)
    assert http.post(CHAT, content=b"{", headers={"content-type": "application/json"}).json()["code"] == "bad_request"
    assert http.post(CHAT, content=b"{").status_code == 415


def test_where_a_decorator_reads_the_body_an_unreadable_one_is_empty(mock, http):
    http.headers["x-app-passport"] = passport(mock, http, "completion")
    for content in (b"{", b"words"):
        reply = http.post("/api/saved-messages", content=content)
        assert (reply.status_code, reply.json()["code"]) == (422, "unprocessable_entity")
        assert '"loc":["message_id"]' in reply.json()["message"]


def test_the_cookie_of_the_page_wins(mock, http):
    code = mock.credentials.app_codes["chat"]
    ann, bob = (passport(mock, http, user=name) for name in ("ann", "bob"))
    both = {"x-app-code": code, "x-app-passport": ann, "cookie": f"passport-{code}={bob}; other=1"}
    assert user_of(http.get("/api/site", headers=both)) == verify(mock.world, bob)["end_user_id"]
    of_another_page = {**both, "x-app-code": "another"}
    assert user_of(http.get("/api/site", headers=of_another_page)) == verify(mock.world, ann)["end_user_id"]


def test_a_passport_is_asked_for_with_a_code(http):
    reply = http.get("/api/passport")
    assert refused(reply) == (401, "X-App-Code header is missing.")
    assert http.get("/api/passport", headers={"x-app-code": "nope"}).json()["code"] == "not_found"


@pytest.mark.parametrize("token", ["x", "a.b.c", "e30.e30.e30", "W10.W10.x", ".".join(["e30"] * 4), "\u00fc"])
def test_what_is_no_token_says_nothing(http, token):
    reply = http.get("/api/site", headers={"x-app-passport": token.encode()})
    assert refused(reply) == (401, "Invalid token.")


def test_a_token_of_another_algorithm_says_nothing(mock, http):
    _, claims, signature = passport(mock, http).split(".")
    unsigned = f"eyJhbGciOiJub25lIn0.{claims}.{signature}"
    assert refused(http.get("/api/site", headers={"x-app-passport": unsigned})) == (401, "Invalid token.")


def test_a_token_holds_to_its_last_second(mock):
    token = issue(mock.world, {"exp": mock.clock.seconds() + 10})
    mock.clock.advance(9)
    assert verify(mock.world, token)
    mock.clock.advance(1)
    with pytest.raises(Exception, match="Token has expired"):
        verify(mock.world, token)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ({}, "Authorization header is missing."),
        ({"authorization": "Basic x"}, "Invalid Authorization header format. Expected 'Bearer <api-key>' format."),
        ({"authorization": "Bearer x"}, "Invalid token."),
    ],
)
def test_an_old_server_reads_another_header(mock, http, header, message):
    mock.world.settings.bearer_passports = True
    good = passport(mock, http)
    assert refused(http.get("/api/site", headers={"x-app-passport": good, **header})) == (401, message)
    assert http.get("/api/site", headers={"authorization": f"Bearer {good}"}).status_code == 200
