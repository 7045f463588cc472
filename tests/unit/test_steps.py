"""Scripts: what a link may do around an attempt."""

from asyncio import CancelledError

import httpx
import pytest

from dify_sdk._steps import Pause, through

REQUEST = httpx.Request("GET", "http://dify.test/a")


def run(script, server):
    """Drive a script: answer requests, count pauses."""
    reply, error, pauses = None, None, []
    while True:
        try:
            step = script.send(reply) if error is None else script.throw(error)
        except StopIteration as done:
            return done.value, pauses
        reply = error = None
        if isinstance(step, Pause):
            pauses.append(step.seconds)
            continue
        try:
            reply = server(step)
        except BaseException as raised:
            error = raised


def ok(request):
    return httpx.Response(200, text=str(request.url), request=request)


def test_without_links_the_request_is_sent():
    response, _ = run(through([], REQUEST), ok)

    assert response.text == "http://dify.test/a"


def test_the_first_link_is_the_outermost():
    told = []

    def link(name):
        def around(request):
            told.append(f"{name} before")
            response = yield request
            told.append(f"{name} after")
            return response

        return around

    run(through([link("outer"), link("inner")], REQUEST), ok)

    assert told == ["outer before", "inner before", "inner after", "outer after"]


def test_a_link_may_change_the_request():
    def elsewhere(request):
        response = yield httpx.Request(request.method, "http://dify.test/b")
        return response

    assert run(through([elsewhere], REQUEST), ok)[0].text == "http://dify.test/b"


def test_a_link_may_answer_by_itself():
    def cache(request):
        return httpx.Response(203)
        yield request

    def server(request):
        raise AssertionError

    assert run(through([cache], REQUEST), server)[0].status_code == 203


def test_a_link_may_wait_and_send_again():
    def twice(request):
        yield request
        yield Pause(2.5)
        response = yield request
        return response

    response, pauses = run(through([twice, twice], REQUEST), ok)

    assert response.status_code == 200
    assert pauses == [2.5] * 3


@pytest.mark.parametrize("raised", [ValueError("broken"), KeyboardInterrupt(), CancelledError()], ids=repr)
def test_a_link_sees_what_an_attempt_raises_even_an_interruption(raised):
    seen = []

    def watching(request):
        try:
            response = yield request
        except BaseException as error:
            seen.append(error)
            raise
        return response

    def server(request):
        raise raised

    with pytest.raises(type(raised)):
        run(through([watching, watching], REQUEST), server)

    assert seen == [raised, raised]


def test_a_link_that_forgets_to_answer_is_told_so():
    def forgetful(request):
        yield request

    with pytest.raises(TypeError, match=r"forgetful .*answered None: it must return a response"):
        run(through([forgetful], REQUEST), ok)


def test_a_link_may_cure_an_error():
    def curing(request):
        try:
            response = yield request
        except ValueError:
            response = httpx.Response(200, text="cured")
        return response

    def server(request):
        raise ValueError

    assert run(through([curing], REQUEST), server)[0].text == "cured"


def test_a_script_that_is_given_up_lets_its_links_clean_up():
    cleaned = []

    def link(request):
        try:
            response = yield request
        finally:
            cleaned.append(True)
        return response

    script = through([link, link], REQUEST)
    next(script)
    script.close()

    assert cleaned == [True, True]
