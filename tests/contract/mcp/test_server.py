"""Stories of an app as a server of the Model Context Protocol."""

from __future__ import annotations

import json

import pytest

from dify_mock.contract.place import Place
from dify_mock.state import Mode
from dify_sdk.errors import InternalServerError, InvalidParamError, MCPError

WHO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "story", "version": "1"}}


def code_of(place: Place, mode: Mode = "chat") -> str:
    return place.mock.credentials.mcp_codes[mode]


def test_a_session_lists_the_tool_of_an_app_and_calls_it(place: Place) -> None:
    client = place.mcp("workflow")
    tool = client.list_tools().tools[0]
    assert (tool.name, tool.inputSchema["required"]) == ("Demo Workflow", ["query"])
    assert tool.inputSchema["properties"]["count"] == {"description": "", "type": "number"}
    reply = client.call_tool(tool.name, {"query": "hi"})
    assert json.loads(reply.text)["text"] == "Hello from the stub. You said: hi"
    assert not reply.isError
    assert [one.body["method"] for one in place.mock.journal] == ["initialize", "notifications/initialized", "tools/list", "tools/call"]


def test_a_server_says_what_it_is_and_can_do(place: Place) -> None:
    told = place.mcp().initialize()
    assert (told.protocolVersion, told.serverInfo.name) == ("2025-06-18", "Dify")
    assert told.capabilities == {"tools": {"listChanged": False}}
    assert told.instructions


def test_a_server_keeps_to_the_version_that_its_caller_speaks(place: Place) -> None:
    server = place.mcp().server
    for asked, spoken in (("2024-11-05", "2024-11-05"), ("1999-01-01", "2025-06-18")):
        reply = server.call(code_of(place), jsonrpc="2.0", method="initialize", params={**WHO, "protocolVersion": asked}, id="a")
        assert reply is not None
        assert (reply.id, (reply.result or {})["protocolVersion"]) == ("a", spoken)


def test_a_version_that_nobody_speaks_is_an_error_of_the_protocol(place: Place) -> None:
    with pytest.raises(MCPError, match="Unsupported protocol version: 1999-01-01") as refused:
        place.mcp(headers={"MCP-Protocol-Version": "1999-01-01"}).ping()
    assert refused.value.code == -32600


def test_a_ping_is_answered(place: Place) -> None:
    place.mcp().ping()
    assert place.mock.journal[-1].status == 200


def test_a_notification_is_only_accepted(place: Place) -> None:
    assert place.mcp().server.call(code_of(place), jsonrpc="2.0", method="notifications/initialized") is None
    assert place.mock.journal[-1].status == 202


@pytest.mark.parametrize("mode", ["chat", "advanced-chat", "completion", "agent-chat"])
def test_an_app_of_any_mode_is_a_tool(place: Place, mode: Mode) -> None:
    client = place.mcp(mode)
    tool = client.list_tools().tools[0]
    assert "query" in tool.inputSchema["required"]
    assert client.call_tool(tool.name, {"query": "hi [[tool:echo]]"}).text


def test_the_variables_of_an_app_are_the_tools_arguments(place: Place) -> None:
    properties = place.mcp().list_tools().tools[0].inputSchema["properties"]
    assert properties["query"] == {"type": "string", "description": "User Input/Question content"}
    assert properties["tone"] == {"description": "", "type": "string", "enum": ["formal", "casual"]}


def test_whoever_has_not_said_who_they_are_calls_nothing(place: Place) -> None:
    server, call = place.mcp().server, {"name": "Demo Chat", "arguments": {"query": "hi"}}
    with pytest.raises(MCPError, match="End user not found") as refused:
        server.call(code_of(place), jsonrpc="2.0", method="tools/call", params=call, id=1)
    assert refused.value.code == -32602
    server.call(code_of(place), jsonrpc="2.0", method="initialize", params=WHO, id=2)
    assert server.call(code_of(place), jsonrpc="2.0", method="tools/call", params=call, id=3)


def test_an_input_that_is_missing_is_an_error_of_the_protocol(place: Place) -> None:
    with pytest.raises(MCPError, match="query is required in input form") as refused:
        place.mcp("workflow").call_tool("Demo Workflow", {})
    assert refused.value.code == -32602
    assert place.mock.journal[-1].status == 200


def test_an_answer_that_fails_is_an_error_of_the_protocol(place: Place) -> None:
    with pytest.raises(MCPError, match="Internal server error: ") as failed:
        place.mcp().call_tool("Demo Chat", {"query": "[[server]]"})
    assert failed.value.code == -32603


def test_what_the_protocol_knows_and_the_server_does_not_is_no_method(place: Place) -> None:
    with pytest.raises(MCPError, match="Method not found: ListResourcesRequest") as refused:
        place.mcp().server.call(code_of(place), jsonrpc="2.0", method="resources/list", id=1)
    assert refused.value.code == -32601


def test_what_is_no_request_of_the_protocol_breaks_the_server(place: Place) -> None:
    server, code = place.mcp().server, code_of(place)
    with pytest.raises(InternalServerError):
        server.call(code, jsonrpc="2.0", method="tools/none", id=1)
    with pytest.raises(InternalServerError):
        server.call(code, jsonrpc="2.0", method="initialize", params={}, id=1)
    with pytest.raises(InternalServerError):
        server.call(code, jsonrpc="2.0", method="ping")


def test_a_body_without_a_method_is_refused(place: Place) -> None:
    with pytest.raises(InvalidParamError, match="method: Field required"):
        place.mcp().server.call(code_of(place), jsonrpc="2.0", method=None, id=1)  # type: ignore[arg-type]  # what the story is about


def test_a_server_that_is_switched_off_answers_nobody(place: Place) -> None:
    client = place.mcp()
    client.ping()
    for one in place.mock.world.mcp_servers.values():
        one.status = "inactive"
    with pytest.raises(InternalServerError):
        client.ping()


def test_there_is_no_server_of_another_code(place: Place) -> None:
    with pytest.raises(InternalServerError):
        place.mcp_with("AAAAAAAAAAAAAAAA").ping()


def test_a_call_is_in_the_logs_of_the_app(place: Place) -> None:
    place.mcp("workflow").call_tool("Demo Workflow", {"query": "from a session"})
    log = place.service("workflow").workflows.logs.list().data[0]
    assert (log.created_from, log.created_by_end_user and log.created_by_end_user.type) == ("service-api", "mcp")


def test_the_code_of_a_server_stands_in_no_journal(place: Place) -> None:
    place.mcp().ping()
    assert code_of(place) not in str(list(place.mock.journal))
    assert place.mock.journal[-1].path == "/mcp/server/***/mcp"
