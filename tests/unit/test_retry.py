"""What is sent again, when, and how often."""

import datetime
import email.utils

import httpx
import hypothesis.strategies as st
import pytest
from hypothesis import given

from dify_sdk import APIConnectionError, APIStatusError, APITimeoutError, NotFoundError, Timeout
from dify_sdk._retry import retry_after
from dify_sdk.errors import QuotaExceededError
from unit.twins import UUID, Server, answer, got, next_of, sse, streamed

pytestmark = pytest.mark.anyio

NO_CONNECTION = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError]
PERHAPS_ARRIVED = [
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.CloseError,
    httpx.RemoteProtocolError,
    httpx.DecodingError,
]
GOOD = {"id": UUID, "name": "n"}


def refusal(status, code="", **headers):
    return lambda _: answer({"code": code, "message": "no", "status": status}, status, **headers)


async def repeatable(client):
    """A call that may be sent twice."""
    return await got(client.app.info())


async def costly(client):
    """A call that may not."""
    return await got(client.chat.send(query="hi"))


def info(_):
    return answer({"name": "app"})


def reply(_):
    return answer({"answer": "hi"})


@pytest.mark.parametrize("fault", NO_CONNECTION + PERHAPS_ARRIVED)
async def test_a_repeatable_call_is_sent_again_after_every_fault_of_the_network(twin, pauses, fault):
    server = Server(fault("x"), fault("x"), info)

    assert (await repeatable(twin.client(server))).name == "app"
    assert len(pauses) == 2


@pytest.mark.parametrize("status", [408, 429, 502, 503, 504])
async def test_a_repeatable_call_is_sent_again_after_a_passing_refusal(twin, pauses, status):
    server = Server(refusal(status), info)

    assert (await repeatable(twin.client(server))).name == "app"
    assert len(pauses) == 1


@pytest.mark.parametrize("status", [307, 400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 500, 501, 505, 524])
async def test_no_call_is_sent_again_after_any_other_refusal(twin, pauses, status):
    server = Server(refusal(status))

    with pytest.raises(APIStatusError):
        await repeatable(twin.client(server))

    assert pauses == []


@pytest.mark.parametrize("fault", NO_CONNECTION)
async def test_a_costly_call_is_sent_again_when_there_was_no_connection(twin, pauses, fault):
    server = Server(fault("x"), reply)

    assert (await costly(twin.client(server))).answer == "hi"
    assert len(pauses) == 1


@pytest.mark.parametrize("fault", PERHAPS_ARRIVED)
async def test_a_costly_call_is_never_sent_again_once_it_may_have_arrived(twin, pauses, fault):
    server = Server(fault("x"))

    with pytest.raises(APIConnectionError) as caught:
        await costly(twin.client(server))

    assert caught.value.sent
    assert isinstance(caught.value, APITimeoutError) == issubclass(fault, httpx.TimeoutException)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "told",
    [
        refusal(429, "too_many_requests"),
        refusal(429, "TooManyRequests"),
        refusal(503, retry_after="1"),
        refusal(503, retry_after_ms="10"),
    ],
)
async def test_a_costly_call_is_sent_again_when_the_server_says_that_it_did_not_begin(twin, pauses, told):
    server = Server(told, reply)

    assert (await costly(twin.client(server))).answer == "hi"
    assert len(pauses) == 1


@pytest.mark.parametrize(
    "told",
    [
        refusal(408),
        refusal(429),
        refusal(429, "rate_limited"),
        refusal(429, retry_after="1"),
        refusal(502, retry_after="1"),
        refusal(503),
        refusal(504),
    ],
)
async def test_a_costly_call_is_not_sent_again_on_anything_less(twin, pauses, told):
    server = Server(told)

    with pytest.raises(APIStatusError):
        await costly(twin.client(server))

    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "code",
    [
        "rate_limit_error",
        "InvokeRateLimitError",
        "provider_quota_exceeded",
        "web_form_rate_limit_exceeded",
        "email_code_login_limit",
        "agent_llm_quota_exceeded",
        "compliance_rate_limit",
    ],
)
@pytest.mark.parametrize("call", [repeatable, costly])
async def test_lockouts_and_quotas_are_never_tried_again(twin, pauses, call, code):
    server = Server(refusal(429, code, retry_after="1"))

    with pytest.raises(APIStatusError, match=code):
        await call(twin.client(server))

    assert pauses == []


async def test_a_quota_has_a_class_of_its_own(twin):
    with pytest.raises(QuotaExceededError):
        await costly(twin.client(Server(refusal(429, "rate_limit_error"))))


@pytest.mark.parametrize("retries", [0, 1, 4])
async def test_the_client_says_how_often(twin, pauses, retries):
    server = Server(*[refusal(503)] * (retries + 1))

    with pytest.raises(APIStatusError):
        await repeatable(twin.client(server, max_retries=retries))

    assert len(pauses) == retries


async def test_one_call_can_say_otherwise(twin, pauses):
    client = twin.client(Server(refusal(503), refusal(503), info))

    with pytest.raises(APIStatusError):
        await repeatable(client.with_options(max_retries=0))
    assert pauses == []

    await repeatable(client)
    assert len(pauses) == 1


async def test_the_last_failure_is_the_one_that_is_told(twin, pauses):
    server = Server(refusal(503), httpx.ReadError("reset"), refusal(504, "gateway"))

    with pytest.raises(APIStatusError, match="504 gateway"):
        await repeatable(twin.client(server))


async def test_without_a_word_of_the_server_the_wait_is_any_time_up_to_a_doubling_bound(twin, pauses, monkeypatch):
    bounds = []
    monkeypatch.setattr("random.uniform", lambda low, high: bounds.append((low, high)) or high)
    client = twin.client(Server(*[refusal(503)] * 7), max_retries=6)

    with pytest.raises(APIStatusError):
        await repeatable(client)

    assert bounds == [(0, 0.5), (0, 1), (0, 2), (0, 4), (0, 8), (0, 8)]
    assert pauses == [0.5, 1, 2, 4, 8, 8]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "7"}, 7),
        ({"retry_after": "1.5"}, 1.5),
        ({"retry_after_ms": "250", "retry_after": "9"}, 0.25),
        ({"retry_after": "86400"}, 60),
    ],
)
async def test_the_server_says_how_long_within_reason(twin, pauses, headers, seconds):
    await repeatable(twin.client(Server(refusal(429, **headers), info)))

    assert pauses == [seconds]


async def test_the_server_may_name_a_moment(twin, pauses):
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=30)

    await repeatable(twin.client(Server(refusal(503, retry_after=email.utils.format_datetime(moment, usegmt=True)), info)))

    assert 25 < pauses[0] <= 30


async def test_a_wait_beyond_the_time_for_the_whole_call_is_not_begun(twin, pauses):
    client = twin.client(Server(refusal(503, retry_after="30")), timeout=Timeout(total=5))

    with pytest.raises(APIStatusError, match="503"):
        await repeatable(client)

    assert pauses == []


async def test_a_fault_whose_wait_would_be_too_long_is_told_at_once(twin, pauses, monkeypatch):
    monkeypatch.setattr("random.uniform", lambda _, high: high)
    client = twin.client(Server(httpx.ReadError("reset")), timeout=Timeout(total=0.4))

    with pytest.raises(APIConnectionError, match="reset"):
        await repeatable(client)

    assert pauses == []


async def test_a_deletion_that_is_answered_404_on_a_later_attempt_has_succeeded(twin, pauses):
    for fault in (httpx.ReadTimeout("x"), httpx.ReadError("x"), refusal(502), refusal(504)):
        assert await got(twin.client(Server(fault, refusal(404, "not_found"))).conversations.delete(UUID)) is None


async def test_a_deletion_that_is_answered_404_at_once_has_not(twin, pauses):
    with pytest.raises(NotFoundError):
        await got(twin.client(Server(refusal(404, "not_found"))).conversations.delete(UUID))


@pytest.mark.parametrize("before", [httpx.ConnectError("x"), refusal(429)])
async def test_a_deletion_whose_first_attempt_did_nothing_has_not_either(twin, pauses, before):
    with pytest.raises(NotFoundError):
        await got(twin.client(Server(before, refusal(404, "not_found"))).conversations.delete(UUID))


async def test_a_stream_is_asked_for_again_like_any_costly_call(twin, pauses):
    server = Server(refusal(429, "too_many_requests"), streamed(sse({"event": "message", "answer": "hi"})))

    stream = twin.client(server).chat.stream(query="hi")

    assert (await next_of(stream)).answer == "hi"
    assert len(pauses) == 1


async def test_a_body_is_sent_again_as_it_was(twin, pauses):
    server = Server(refusal(429, "too_many_requests"), reply)

    await costly(twin.client(server))

    assert server.bodies[0] == server.bodies[1] == {"query": "hi", "inputs": {}, "user": "ada", "response_mode": "blocking"}


async def test_an_upload_is_sent_again_from_its_beginning(twin, pauses, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"whole file")
    uploaded = {"id": "f", "name": "a.txt", "size": 10}
    server = Server(refusal(429, "too_many_requests"), lambda _: answer(uploaded, 201))

    await got(twin.client(server).files.upload(file=path))

    assert [b"whole file" in request.content for request in server.asked] == [True, True]


@given(st.text(st.characters(max_codepoint=0xFF)))
def test_no_wish_of_a_server_whatever_it_says_breaks_the_reading(text):
    for name in ("retry-after", "retry-after-ms"):
        seconds = retry_after({name: text})
        assert seconds is None or 0 <= seconds < float("inf")


@pytest.mark.parametrize("written", ["soon", "", "-1", "nan", "inf", "1e999", "Mon, 99 Foo 2025"])
def test_a_wish_that_makes_no_sense_is_none(written):
    assert retry_after({"retry-after": written}) is None


def test_a_moment_that_is_over_is_no_wait():
    assert retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0.0
    assert retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 -0000"}) == 0.0


def test_a_moment_may_be_told_in_any_zone():
    moment = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))) + datetime.timedelta(seconds=30)

    assert 25 < retry_after({"retry-after": email.utils.format_datetime(moment)}) <= 30
