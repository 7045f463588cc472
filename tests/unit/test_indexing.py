"""Waiting until documents are indexed."""

import anyio
import pytest

from dify_sdk.errors import IndexingFailedError, IndexingTimeoutError, NotFoundError
from unit.twins import DATASET_KEY, UUID, Server, answer, got, on_trio_too

pytestmark = pytest.mark.anyio


def looks(*statuses, error=None):
    """A reply: the documents of a batch, each in a state."""
    return answer({"data": [{"id": f"d{number}", "indexing_status": status, "error": error} for number, status in enumerate(statuses)]})


def wait(twin, *replies, poll=0.001, **settings):
    server = Server(*replies)
    client = twin.client(server, dataset_api_key=DATASET_KEY)
    return server, got(client.datasets.documents.wait_until_indexed(UUID, "2026", poll=poll, **settings))


@on_trio_too
async def test_it_looks_until_every_document_is_done(twin):
    server, waiting = wait(twin, looks("waiting", "waiting"), looks("completed", "splitting"), looks("completed", "completed"))

    report = await waiting

    assert [one.indexing_status for one in report.data] == ["completed", "completed"]
    assert server.routes == [f"GET /v1/datasets/{UUID}/documents/2026/indexing-status"] * 3


async def test_what_is_done_already_is_not_waited_for(twin):
    server, waiting = wait(twin, looks("completed"), poll=60)

    with anyio.fail_after(5):
        await waiting

    assert len(server.asked) == 1


async def test_a_document_that_cannot_be_indexed_is_an_answer_and_complains_when_asked(twin):
    _, waiting = wait(twin, looks("error", "error", error="no model"))

    report = await waiting

    assert [one.id for one in report.failed] == ["d0", "d1"]
    with pytest.raises(IndexingFailedError, match="d0: no model; d1: no model") as failed:
        report.raise_for_status()
    assert failed.value.failed == {"d0": "no model", "d1": "no model"}
    assert failed.value.report is report


async def test_a_good_report_answers_itself(twin):
    report = await wait(twin, looks("completed"))[1]

    assert report.raise_for_status() is report


async def test_a_paused_document_is_waited_for(twin):
    server, waiting = wait(twin, looks("paused"), looks("indexing"), looks("completed"))

    await waiting

    assert len(server.asked) == 3


async def test_a_state_that_is_new_is_waited_for(twin):
    report = await wait(twin, looks("polishing"), looks("completed"))[1]

    assert report.is_final


async def test_after_the_time_the_last_look_is_handed_over(twin):
    with pytest.raises(IndexingTimeoutError, match=r"after 0\.02 seconds") as late:
        await wait(twin, *(looks("completed", "indexing") for _ in range(100)), timeout=0.02, poll=0.005)[1]

    assert [one.indexing_status for one in late.value.report.data] == ["completed", "indexing"]


async def test_time_that_is_over_still_allows_one_look(twin):
    assert (await wait(twin, looks("completed"), timeout=0)[1]).is_final


async def test_every_look_is_told(twin):
    told = []
    await wait(twin, looks("waiting"), looks("completed"), progress=lambda report: told.append(report.data[0].indexing_status))[1]

    assert told == ["waiting", "completed"]


async def test_who_listens_may_await_on_the_asynchronous_client(twin):
    told = []

    async def progress(report):
        await anyio.sleep(0)
        told.append(report.is_final)

    if twin.is_async:
        await wait(twin, looks("waiting"), looks("completed"), progress=progress)[1]
        assert told == [False, True]
    else:
        with pytest.raises(TypeError, match="asynchronous client"):
            wait(twin, looks("completed"), progress=progress)


async def test_an_unknown_batch_is_not_found(twin):
    reply = answer({"code": "not_found", "message": "Documents not found.", "status": 404}, status=404)

    with pytest.raises(NotFoundError, match="Documents not found"):
        await wait(twin, reply)[1]
