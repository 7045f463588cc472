"""Scripts side by side, and streams that a flow reads to their end."""

import threading

import anyio
import httpx
import pytest

from dify_sdk._endpoint import GET, Async, Resource, Sync, flow
from dify_sdk._steps import Steps, ask, pause, together
from dify_sdk.errors import WorkflowFailedError
from dify_sdk.shared.server import ServerInfo
from unit.twins import DATASET_KEY, UUID, Server, answer, got, on_trio_too, streamed

pytestmark = pytest.mark.anyio


class Numbers(Resource, area="service.numbers"):
    """An area for these tests."""

    @GET("/{number}")
    def one(self, number: int) -> ServerInfo:
        """Ask for a number."""
        raise NotImplementedError

    @flow
    def many(self, told: object, *, numbers: object, limit: int) -> Steps[str]:
        """Ask for many numbers."""

        def script(number):
            if isinstance(number, BaseException):
                raise number
            yield from ask(Numbers.one, number)
            return number

        yield from together((script(number) for number in numbers), limit, told)
        return "done"


def numbers(twin, handler):
    return Numbers[Async if twin.is_async else Sync](twin.client(handler)._core)


@on_trio_too
async def test_every_result_is_told_as_it_comes(twin):
    told = []
    area = numbers(twin, lambda request: answer({"number": request.url.path}))

    assert await got(area.many(told.append, numbers=range(20), limit=3)) == "done"

    assert sorted(told) == list(range(20))


async def test_no_more_than_the_limit_are_on_their_way_and_as_many_as_that(twin):
    going, most, lock = [], [], threading.Lock()
    barrier = threading.Barrier(3, timeout=5)

    def handler(request):
        with lock:
            going.append(1)
            most.append(len(going))
        barrier.wait()
        with lock:
            going.pop()
        return answer({})

    async def awaited(request):
        going.append(1)
        most.append(len(going))
        await anyio.sleep(0.005)
        going.pop()
        return answer({})

    await got(numbers(twin, awaited if twin.is_async else handler).many(lambda _: None, numbers=range(9), limit=3))

    assert max(most) == 3


async def test_results_are_told_from_where_the_flow_is_driven(twin):
    threads = set()
    area = numbers(twin, lambda _: answer({}))

    await got(area.many(lambda _: threads.add(threading.get_ident()), numbers=range(5), limit=5))

    assert threads == {threading.get_ident()}


async def test_the_first_exception_ends_them_all(twin):
    asked = []

    def handler(request):
        asked.append(request.url.path)
        return answer({})

    with pytest.raises(KeyError, match="broken"):
        await got(numbers(twin, handler).many(lambda _: None, numbers=[0, KeyError("broken"), *range(2, 100)], limit=2))

    assert len(asked) < 10


async def test_an_exception_of_the_listener_ends_them_too(twin):
    def told(number):
        raise LookupError(number)

    with pytest.raises(LookupError):
        await got(numbers(twin, lambda _: answer({})).many(told, numbers=range(100), limit=2))


async def test_a_listener_that_awaits_is_for_the_asynchronous_client(twin):
    heard = []

    async def told(number):
        await anyio.sleep(0)
        heard.append(number)

    area = numbers(twin, lambda _: answer({}))
    if not twin.is_async:
        with pytest.raises(TypeError, match="asynchronous client"):
            area.many(told, numbers=range(1), limit=1)
        return
    await area.many(told, numbers=range(4), limit=2)
    assert sorted(heard) == [0, 1, 2, 3]


async def test_nothing_to_do_is_done_at_once(twin):
    assert await got(numbers(twin, Server()).many(lambda _: None, numbers=[], limit=2)) == "done"


async def test_scripts_side_by_side_may_wait(twin):
    def slow(number):
        yield from pause(0.001)
        return number

    class Waiting(Resource, area="service.waiting"):
        @flow
        def all(self, told: object) -> Steps[None]:
            """Wait."""
            yield from together((slow(number) for number in range(5)), 5, told)

    told = []
    await got(Waiting[Async if twin.is_async else Sync](twin.client(Server())._core).all(told.append))
    assert sorted(told) == list(range(5))


class TestStreamsInFlows:
    DONE = {"event": "datasource_completed", "data": [{"title": "One"}], "total": 2, "completed": 1, "time_consuming": 0.1}

    def call(self, twin, *events):
        client = twin.client(Server(streamed(*events)), dataset_api_key=DATASET_KEY)
        return got(client.datasets.pipeline.datasource_nodes.run(UUID, "ds1", datasource_type="online_drive", is_published=True))

    async def test_a_stream_is_read_to_its_end(self, twin):
        more = {**self.DONE, "data": [{"title": "Two"}], "completed": 2}

        run = await self.call(twin, {"event": "datasource_processing", "total": 2, "completed": 0}, self.DONE, more)

        assert [one["title"] for one in run.data] == ["One", "Two"]
        assert (run.total, run.completed) == (2, 2)
        assert run.raise_for_status() is run

    async def test_a_source_that_fails_is_an_answer_too(self, twin):
        run = await self.call(twin, {"event": "datasource_error", "error": "Datasource node data not found"})

        assert run.error == "Datasource node data not found"
        with pytest.raises(WorkflowFailedError, match="Datasource node data not found") as failed:
            run.raise_for_status()
        assert failed.value.run is run

    async def test_a_refusal_is_raised(self, twin):
        client = twin.client(Server(httpx.Response(400, json={"code": "invalid_param", "message": "Pipeline not found"})))
        with pytest.raises(ValueError, match="dataset_api_key"):
            await got(client.datasets.pipeline.datasource_nodes.run(UUID, "n", datasource_type="local_file", is_published=True))
