"""The profile `documented` on the wire of the console: envelopes, guards, pages and paths as the founding documents print them."""

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from contract.declared import is_undeclared
from dify_mock import MockServer
from dify_mock.console_sessions import headers
from dify_mock.exchange import Request
from dify_mock.paging import Slice
from dify_mock.profiles import WIRES
from dify_mock.profiles.paths import CONSOLE
from dify_mock.refusals import Refusal
from dify_mock.registry import HANDLERS

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
NOW = 1767603600
SERVED = {way: operation for way, operation in CONSOLE.items() if not is_undeclared("console", operation.removeprefix("console."))}


@pytest.fixture
def mock():
    return MockServer("documented", pace=0)


def http_of(mock, account):
    return httpx.Client(transport=mock.transport, base_url="http://mock", headers=headers(mock.world, account))


@pytest.fixture
def http(mock):
    with http_of(mock, mock.world.owner) as made:
        yield made


def member(mock, role):
    world = mock.world
    made = world.accounts.add(f"{role}@example.com", "a-password-1")
    world.accounts.join(world.accounts.workspaces[world.workspace_id], made, role)
    return made


def dress(mock):
    return WIRES["documented"].dress("console")(Request("GET", "/console/api/tags"), mock.world)


def trace(mock):
    return f"/console/api/apps/{mock.world.first_app('chat').id}/trace"


# Envelopes


def test_a_value_stands_in_an_envelope_with_the_id_of_the_exchange(mock, http):
    reply = http.get(trace(mock))
    data = {"enabled": False, "tracing_provider": None}
    assert reply.json() == {"success": True, "data": data, "timestamp": NOW, "request_id": reply.headers["x-request-id"]}
    assert list(reply.json()) == ["success", "data", "timestamp", "request_id"]


def test_what_was_made_is_201_and_what_was_deleted_204(http):
    made = http.post("/console/api/tags", json={"name": "ours", "type": "app"})
    assert made.json()["data"]["name"] == "ours"
    gone = http.delete(f"/console/api/tags/{made.json()['data']['id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    upload = http.post("/console/api/files/upload", files={"file": ("a.txt", b"words", "text/plain")})
    assert (upload.status_code, upload.json()["data"]["name"]) == (201, "a.txt")


def test_a_page_tells_that_it_is_good_and_where_it_lies(mock):
    cut = Slice(["a"], 3, 2, 1, has_next=True)
    reply = dress(mock).page(200, {"data": ["a"], "has_more": True, "total": 3, "page": 2, "limit": 1}, cut)
    pagination = {"total": 3, "page": 2, "limit": 1, "has_next": True, "has_prev": True}
    told = httpx.Response(200, content=reply.body).json()
    assert told == {"success": True, "data": ["a"], "pagination": pagination, "timestamp": NOW}


# Errors


def test_an_error_names_its_class_and_has_an_id_and_a_time(http):
    reply = http.get(f"/console/api/apps/{UNKNOWN}/trace")
    told = {"type": "AppNotFoundError", "message": "App not found.", "error_id": reply.headers["x-request-id"], "timestamp": NOW}
    assert (reply.status_code, reply.json()) == (404, {"error": {**told, "details": None}})


def test_arguments_that_do_not_validate_are_told_one_by_one(http):
    reply = http.post("/console/api/tags", json={"type": "app"})
    told = reply.json()["error"]
    assert (reply.status_code, told["type"], told["message"]) == (400, "ValidationError", "参数验证失败")
    assert [(one["type"], one["loc"]) for one in told["details"]] == [("missing", ["name"])]


# Guards


def test_a_server_that_is_not_set_up_lets_nobody_in():
    empty = MockServer("documented", "empty", pace=0)
    with httpx.Client(transport=empty.transport, base_url="http://mock") as http:
        reply = http.get("/console/api/tags", params={"type": "app"})
        assert (reply.status_code, reply.json()) == (412, {"message": "系统未完成初始化设置"})


def test_who_is_not_signed_in_is_told_so(mock, http):
    http.headers.pop("cookie")
    reply = http.get(trace(mock))
    assert (reply.status_code, reply.json()) == (401, {"message": "未登录或会话已过期"})


def test_an_account_that_has_not_begun_is_told_so(mock, http):
    mock.world.owner.status = "uninitialized"
    reply = http.get(trace(mock))
    assert (reply.status_code, reply.json()) == (400, {"message": "账户未完成初始化"})


def test_who_has_another_role_is_told_so(mock):
    with http_of(mock, member(mock, "normal")) as http:
        reply = http.post(trace(mock), json={"enabled": False})
        assert (reply.status_code, reply.json()) == (403, {"message": "需要管理员权限"})
        assert http.get(trace(mock)).status_code == 200


def test_a_plan_without_room_is_told_so(mock, http):
    mock.world.accounts.workspaces[mock.world.workspace_id].quotas["documents"] = 0
    form = {"files": {"file": ("a.txt", b"words", "text/plain")}, "data": {"source": "datasets"}}
    reply = http.post("/console/api/files/upload", **form)
    assert (reply.status_code, reply.json()) == (429, {"message": "已达到documents资源配额限制"})


@pytest.mark.parametrize(
    ("code", "status", "message"),
    [
        ("not_init_validated", 412, "系统未完成初始化设置"),
        ("unauthorized_and_force_logout", 403, "需要有效的企业许可证"),
    ],
)
def test_the_other_guards_say_only_what_is_wrong(mock, code, status, message):
    reply = dress(mock).refusal(Refusal(400, code, "m"))
    assert (reply.status, httpx.Response(200, content=reply.body).json()) == (status, {"message": message})


def test_no_other_profile_has_guards_of_its_own():
    plain = MockServer(pace=0)
    with http_of(plain, member(plain, "normal")) as http:
        reply = http.post(trace(plain), json={"enabled": False})
        assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")


# Paths


def test_every_operation_of_the_table_that_is_declared_is_one_of_the_mock():
    MockServer("documented")
    assert set(SERVED.values()) <= HANDLERS.keys()


@pytest.mark.parametrize(("verb", "printed"), SERVED)
def test_every_printed_path_leads_to_its_operation(mock, http, verb, printed):
    http.request(verb, re.sub(r"{\w+}", UNKNOWN, printed), json={} if verb in {"POST", "PUT"} else None)
    assert mock.journal[-1].operation == SERVED[verb, printed]


@pytest.mark.parametrize(
    "said", [{"json": {"provider": "github", "redirect_url": "/apps"}}, {"params": {"provider": "github", "redirect_url": "/apps"}}]
)
def test_what_a_printed_path_does_not_name_stands_in_the_request(mock, http, said):
    code = mock.world.oauth.elsewhere.sign_in("github", mock.credentials.email, "Ann", "7")
    sent = http.post("/console/api/oauth/login", **said)
    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    assert (sent.status_code, asked["redirect_uri"]) == (302, ["http://mock/console/api/oauth/authorize/github"])
    back = http.get(asked["redirect_uri"][0], params={"code": code, "state": asked["state"][0]})
    assert back.headers["location"] == "http://mock/apps?oauth_new_user=false"


def test_what_stands_nowhere_is_missing(http):
    reply = http.post("/console/api/oauth/login", json={})
    told = reply.json()["error"]
    assert (reply.status_code, [(one["type"], one["loc"]) for one in told["details"]]) == (400, [("missing", ["provider"])])
