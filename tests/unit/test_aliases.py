"""Operations that servers know under several spellings."""

import httpx
import pytest

from dify_sdk.errors import APIConnectionError, InternalServerError, MethodNotAllowedError, NotFoundError
from unit.twins import DATASET_KEY, UUID, Server, answer, got

pytestmark = pytest.mark.anyio

MODERN = f"POST /v1/datasets/{UUID}/retrieve"
OLD = f"POST /v1/datasets/{UUID}/hit-testing"
FOUND = {"query": {"content": "owls"}, "records": []}
BATCH = {"document": {"id": UUID}, "batch": "1"}
NO_PAGE = "<!doctype html><title>404 Not Found</title><p>The requested URL was not found on the server.</p>"


def no_route():
    return httpx.Response(404, headers={"content-type": "text/html"}, text=NO_PAGE)


def knowledge(twin, server, **settings):
    return twin.client(server, dataset_api_key=DATASET_KEY, max_retries=0, **settings)


async def test_the_modern_spelling_is_tried_first(twin):
    server = Server(answer(FOUND), answer(FOUND))
    client = knowledge(twin, server)

    await got(client.datasets.retrieve(UUID, query="owls"))
    await got(client.datasets.retrieve(UUID, query="owls"))

    assert server.routes == [MODERN, MODERN]


@pytest.mark.parametrize(
    "missing",
    [
        no_route,
        lambda: answer({"code": "not_found", "message": "The requested URL was not found on the server.", "status": 404}, status=404),
        lambda: answer({"message": "Not found"}, status=404),
        lambda: httpx.Response(404),
        lambda: answer({"code": "method_not_allowed", "message": "The method is not allowed.", "status": 405}, status=405),
    ],
    ids=["a page", "a message of the framework", "another message", "nothing", "another verb"],
)
async def test_a_server_that_does_not_know_it_is_asked_by_the_old_one_from_then_on(twin, missing):
    server = Server(missing(), answer(FOUND), answer(FOUND))
    client = knowledge(twin, server)

    await got(client.datasets.retrieve(UUID, query="owls"))
    await got(client.datasets.retrieve(UUID, query="owls"))

    assert server.routes == [MODERN, OLD, OLD]
    assert server.bodies == [{"query": "owls"}] * 3


async def test_copies_of_a_client_know_it_too(twin):
    server = Server(no_route(), answer(FOUND), answer(FOUND))
    client = knowledge(twin, server)

    await got(client.datasets.retrieve(UUID, query="owls"))
    await got(client.with_options(max_retries=1).datasets.retrieve(UUID, query="owls"))

    assert server.routes == [MODERN, OLD, OLD]


async def test_a_handler_that_finds_nothing_is_believed(twin):
    told = {"code": "not_found", "message": "Dataset not found. You have requested this URI ... but did you mean ...?", "status": 404}
    server = Server(answer(told, status=404))

    with pytest.raises(NotFoundError, match="Dataset not found"):
        await got(knowledge(twin, server).datasets.retrieve(UUID, query="owls"))

    assert server.routes == [MODERN]


async def test_where_no_spelling_is_known_the_first_no_is_told_and_nothing_remembered(twin):
    server = Server(no_route(), no_route(), no_route(), answer(FOUND))
    client = knowledge(twin, server)

    with pytest.raises(NotFoundError):
        await got(client.datasets.retrieve(UUID, query="owls"))
    await got(client.datasets.retrieve(UUID, query="owls"))

    assert server.routes == [MODERN, OLD, MODERN, OLD]


async def test_a_failure_says_nothing_about_spellings(twin):
    server = Server(httpx.Response(500), no_route(), answer(FOUND))
    client = knowledge(twin, server)

    with pytest.raises(InternalServerError):
        await got(client.datasets.retrieve(UUID, query="owls"))
    await got(client.datasets.retrieve(UUID, query="owls"))

    assert server.routes == [MODERN, MODERN, OLD]


async def test_the_verb_may_change_with_the_spelling_and_the_file_goes_along(twin, tmp_path):
    path = tmp_path / "facts.txt"
    path.write_text("Owls hoot.")
    server = Server(answer({"message": "no"}, status=405), no_route(), answer(BATCH))

    await got(knowledge(twin, server).datasets.documents.update(UUID, UUID, file=path, data={"process_rule": {"mode": "automatic"}}))

    below = f"/v1/datasets/{UUID}/documents/{UUID}"
    assert server.routes == [f"PATCH {below}", f"POST {below}/update-by-file", f"POST {below}/update_by_file"]


async def test_what_arrives_under_another_spelling_is_whole(twin, tmp_path):
    path = tmp_path / "facts.txt"
    path.write_text("Owls hoot.")
    bodies = []

    async def read(request):
        bodies.append(await request.aread() if twin.is_async else request.read())
        return no_route() if len(bodies) == 1 else answer(BATCH)

    def read_blocking(request):
        bodies.append(request.read())
        return no_route() if len(bodies) == 1 else answer(BATCH)

    await got(knowledge(twin, read if twin.is_async else read_blocking).datasets.documents.create_by_file(UUID, file=path))

    assert bodies[0] == bodies[1]
    assert b"Owls hoot." in bodies[0]


async def test_an_operation_with_one_spelling_is_asked_once(twin):
    server = Server(no_route())

    with pytest.raises(NotFoundError):
        await got(knowledge(twin, server).datasets.get(UUID))

    assert len(server.asked) == 1


async def test_a_lost_connection_is_not_a_missing_route(twin):
    server = Server(httpx.ConnectError("nobody there"), httpx.ConnectError("nobody there"))

    with pytest.raises(APIConnectionError):
        await got(knowledge(twin, server).datasets.retrieve(UUID, query="owls"))

    assert server.routes == [MODERN]


async def test_middleware_sees_the_spelling_that_is_sent(twin):
    seen = []

    def watching(request):
        seen.append((request.method, request.url.path, request.content))
        return (yield request)

    server = Server(no_route(), answer(FOUND))
    await got(knowledge(twin, server, middleware=[watching]).datasets.retrieve(UUID, query="owls"))

    assert [one[1].rpartition("/")[2] for one in seen] == ["retrieve", "hit-testing"]
    assert seen[0][2] == seen[1][2] == b'{"query":"owls"}'


async def test_a_verb_that_no_spelling_has_is_told(twin):
    server = Server(*(answer({"message": "no"}, status=405) for _ in range(3)))

    with pytest.raises(MethodNotAllowedError):
        await got(knowledge(twin, server).datasets.documents.update(UUID, UUID))
