"""The MCP tier: a session that begins by itself, and errors of the protocol."""

import json

import httpx
import pytest

from dify_sdk import ConfigurationError
from dify_sdk.errors import MCPError
from dify_sdk.mcp import AsyncMCPClient, MCPClient
from unit.twins import ROOT, Server, answer, got

pytestmark = pytest.mark.anyio

TOOL = {"name": "demo", "description": "Ask", "inputSchema": {"type": "object", "properties": {"query": {"type": "string"}}}}


class Protocol:
    """Answers as a server of the protocol, and remembers what it was asked."""

    def __init__(self, **results):
        self.results = {"initialize": {"protocolVersion": "2025-06-18", "serverInfo": {"name": "Dify"}}, "ping": {}, **results}
        self.asked = []

    def __call__(self, request):
        told = json.loads(request.content)
        self.asked.append(told)
        if "id" not in told:
            return httpx.Response(202)
        found = self.results[told["method"]]
        body = {"error": found["error"]} if "error" in found else {"result": found}
        return answer({"jsonrpc": "2.0", "id": told["id"], **body})

    @property
    def methods(self):
        return [one["method"] for one in self.asked]


def client_of(twin, server):
    kind = AsyncMCPClient if twin.is_async else MCPClient
    return kind("c0de", base_url=ROOT, max_retries=0, http_client=twin.http(server))


async def test_a_session_begins_by_itself_and_once(twin):
    server = Protocol(**{"tools/list": {"tools": [TOOL]}, "tools/call": {"content": [{"type": "text", "text": "Hi"}], "isError": False}})
    client = client_of(twin, server)

    tools = (await got(client.list_tools())).tools
    reply = await got(client.call_tool("demo", {"query": "Hello"}))

    assert server.methods == ["initialize", "notifications/initialized", "tools/list", "tools/call"]
    assert server.asked[-1]["params"] == {"name": "demo", "arguments": {"query": "Hello"}}
    assert (tools[0].name, tools[0].inputSchema["type"], reply.text, reply.isError) == ("demo", "object", "Hi", False)
    assert len({one["id"] for one in server.asked if "id" in one}) == 3


async def test_a_ping_needs_no_session(twin):
    server = Protocol()

    assert await got(client_of(twin, server).ping()) is None
    assert server.methods == ["ping"]


async def test_an_error_of_the_protocol_is_raised_though_the_status_is_good(twin):
    server = Protocol(**{"tools/call": {"error": {"code": -32602, "message": "no such input", "data": {"name": "x"}}}})

    with pytest.raises(MCPError, match="-32602: no such input") as failed:
        await got(client_of(twin, server).call_tool("demo"))

    assert (failed.value.code, failed.value.message, failed.value.data) == (-32602, "no such input", {"name": "x"})
    assert "while calling mcp.server.call (POST /server/{server_code}/mcp)" in failed.value.__notes__


async def test_the_operation_itself_can_be_called(twin):
    server = Protocol()
    client = client_of(twin, server)

    reply = await got(client.server.call("other", jsonrpc="2.0", method="initialize", id="a"))
    nothing = await got(client.server.call("other", jsonrpc="2.0", method="notifications/initialized"))

    assert (reply.id, reply.result["serverInfo"]["name"]) == ("a", "Dify")
    assert nothing is None


async def test_a_failed_beginning_is_begun_again(twin):
    replies = Server(answer({"code": "unknown", "message": "no"}, status=500), *(Protocol(),) * 3)
    client = client_of(twin, replies)

    with pytest.raises(Exception, match="no"):
        await got(client.initialize())
    assert (await got(client.initialize())).serverInfo.name == "Dify"


def test_an_empty_code_is_refused(twin):
    with pytest.raises(ConfigurationError, match="server_code"):
        MCPClient("", base_url=ROOT)
