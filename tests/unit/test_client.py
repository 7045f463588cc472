"""What every client can do beside its operations."""

import copy
import pickle

import httpx
import pytest

from dify_sdk import AsyncServiceClient, ConfigurationError, ServiceClient, Timeout
from unit.twins import KEY, ROOT, Server, answer, close, got, inside, on_trio_too

pytestmark = pytest.mark.anyio


def info(_):
    return answer({"name": "app"})


class TestMaking:
    @pytest.mark.parametrize("key", ["", " app-x", "Bearer app-x", "{app-x}", "app x", "app-ü", "app-x\n"])
    async def test_a_key_that_cannot_be_right_is_refused_before_anything_is_sent(self, twin, key):
        with pytest.raises(ConfigurationError, match="api_key"):
            twin.client(Server(), api_key=key)

    async def test_an_address_that_cannot_be_right_is_refused_at_once(self, twin):
        for wrong in ("localhost", "http://u:p@host", "http://host?x=1", "http://\u00ad.test"):
            with pytest.raises(ConfigurationError):
                twin.client(base_url=wrong)

    async def test_settings_come_from_the_environment(self, twin, monkeypatch):
        monkeypatch.setenv("DIFY_API_KEY", "app-env")
        monkeypatch.setenv("DIFY_BASE_URL", "http://env.test/v1")
        server = Server(info)

        await got(twin.Client(http_client=twin.http(server)).app.info())

        assert str(server.asked[0].url) == "http://env.test/v1/info"
        assert server.asked[0].headers["authorization"] == "Bearer app-env"

    async def test_without_an_address_it_asks_the_cloud(self, twin):
        server = Server(info)

        await got(twin.Client(KEY, http_client=twin.http(server)).app.info())

        assert str(server.asked[0].url) == "https://api.dify.ai/v1/info"

    async def test_nothing_is_sent_and_no_connection_is_made_by_making_one(self, twin):
        client = twin.client(base_url="http://127.0.0.1:1")

        assert repr(client) == f"{twin.Client.__name__}('http://127.0.0.1:1/v1')"

    async def test_settings_that_make_no_sense_are_refused(self, twin):
        for settings in ({"max_retries": -1}, {"timeout": 0}, {"headers": {"X-A": "a\nb"}}):
            with pytest.raises(ConfigurationError):
                twin.client(**settings)
            with pytest.raises(ConfigurationError):
                twin.client().with_options(**settings)


class TestOptions:
    @on_trio_too
    async def test_a_copy_has_other_settings_on_the_same_connections(self, twin):
        server = Server(info, info)
        client = twin.client(server)
        other = client.with_options(user="bob", timeout=5, headers={"X-A": "1"})

        await got(other.app.info())
        await got(client.app.info())

        assert type(other) is type(client)
        assert ["x-a" in request.headers for request in server.asked] == [True, False]
        assert [request.extensions["timeout"]["read"] for request in server.asked] == [5, 60]
        assert other._core.http is client._core.http

    async def test_the_user_can_be_changed_and_taken_away(self, twin):
        server = Server(*[lambda _: answer({"data": []})] * 3)
        client = twin.client(server)

        await got(client.conversations.list())
        await got(client.with_options(user="bob").conversations.list())
        await got(client.with_options(user=None).conversations.list())

        assert [request.url.params.get("user") for request in server.asked] == ["ada", "bob", None]

    async def test_headers_are_added_to_those_there_are_whatever_their_case(self, twin):
        server = Server(info)
        client = twin.client(server, headers={"X-A": "1", "X-B": "1"})

        await got(client.with_options(headers={"x-b": "2", "X-C": "2"}).app.info())

        headers = server.asked[0].headers
        assert [headers.get_list(name) for name in ("x-a", "x-b", "x-c")] == [["1"], ["2"], ["2"]]

    async def test_a_timeout_of_none_goes_back_to_the_defaults(self, twin):
        server = Server(info)

        await got(twin.client(server, timeout=Timeout(read=1)).with_options(timeout=None).app.info())

        assert server.asked[0].extensions["timeout"]["read"] == 60

    async def test_a_copy_of_a_copy_keeps_the_changes(self, twin):
        client = twin.client().with_options(user="bob").with_options(max_retries=7)

        assert (client._core.options.user, client._core.options.max_retries) == ("bob", 7)

    async def test_raw_access_takes_the_settings_of_its_client(self, twin):
        server = Server(info)

        await got(twin.client(server).with_options(headers={"X-A": "1"}).with_raw_response.app.info())

        assert server.asked[0].headers["x-a"] == "1"


class TestClosing:
    @on_trio_too
    async def test_a_block_closes_it(self, twin):
        async with inside(twin.client(base_url="http://127.0.0.1:1")) as client:
            assert isinstance(client, twin.Client)

        with pytest.raises(ConfigurationError, match=f"this {twin.Client.__name__} is closed; make a new one"):
            await got(client.app.info())

    async def test_its_copies_are_closed_with_it(self, twin):
        client = twin.client(base_url="http://127.0.0.1:1")
        copied = client.with_options(user="bob")
        await close(client)

        with pytest.raises(ConfigurationError, match="is closed"):
            await got(copied.app.info())

    async def test_closing_twice_does_no_harm(self, twin):
        client = twin.client()

        await close(client)
        await close(client)

    async def test_one_client_does_not_close_anothers_connections(self, twin):
        http = twin.http(Server(info))
        one, other = twin.client(http_client=http), twin.client(http_client=http)
        await close(one)

        assert (await got(other.app.info())).name == "app"


class TestRefusals:
    @pytest.mark.parametrize("again", [pickle.dumps, copy.copy, copy.deepcopy])
    async def test_it_refuses_to_be_copied_or_pickled_with_a_sentence(self, twin, again):
        client = twin.client()

        for one in (client, *([] if again is copy.copy else [client.chat, client.with_raw_response])):
            with pytest.raises(TypeError, match="holds connections and keys and cannot be pickled: make one where it is needed"):
                again(one)

    async def test_on_its_class_nothing_is_sent_even_if_there_is_a_key(self, twin, monkeypatch):
        monkeypatch.setenv("DIFY_API_KEY", "app-env")

        with pytest.raises(ConfigurationError, match="called on a client, not on its class"):
            await got(twin.Client.chat.send(query="hi", user="ada"))

    async def test_its_class_can_be_looked_at_even_if_the_environment_is_wrong(self, twin, monkeypatch):
        monkeypatch.setenv("DIFY_API_KEY", "{nonsense}")

        assert twin.Client.chat.send.__name__ == "send"


def test_a_client_of_the_wrong_kind_of_block_is_an_error():
    with pytest.raises((TypeError, AttributeError)), AsyncServiceClient(KEY):
        pass


def test_the_blocking_client_is_used_from_many_threads():
    from concurrent.futures import ThreadPoolExecutor

    client = ServiceClient(KEY, base_url=ROOT, http_client=httpx.Client(transport=httpx.MockTransport(info)))

    with ThreadPoolExecutor(8) as pool:
        assert {one.name for one in pool.map(lambda _: client.app.info(), range(50))} == {"app"}
