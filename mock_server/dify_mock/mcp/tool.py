"""An app as a tool: the schema of what it takes, and a call of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from dify_sdk.mcp.types import CallToolResult, Content, Tool
from dify_sdk.shared.events import AgentThoughtEvent

from ..apps import answering, workflows
from ..generation import Asked
from ..mcp_servers import McpServer
from ..refusals import invalid
from ..state import App, EndUser
from ..visit import Caller, Visit
from ..workflow import starting

_TYPES: Final = {"text-input": "string", "paragraph": "string", "select": "string", "number": "number"}
_LEFT_OUT: Final = frozenset({"file", "file-list", "external_data_tool"})


def described(app: App, server: McpServer) -> Tool:
    """The tool that an app is."""
    variables = [one for one in app.variables if one["type"] not in _LEFT_OUT]
    properties = {one["variable"]: _schema(one, str(server.parameters.get(one["variable"], ""))) for one in variables}
    required = [one["variable"] for one in variables if one.get("required")]
    if app.takes_query:
        properties = {"query": {"type": "string", "description": "User Input/Question content"}, **properties}
        required = ["query", *required]
    schema = {"type": "object", "properties": properties, "required": required}
    return Tool(name=app.name, description=server.description, inputSchema=schema)


def called(visit: Visit, caller: EndUser | None, arguments: Mapping[str, Any]) -> CallToolResult:
    """Run the app and answer what it says."""
    if caller is None:
        raise invalid("End user not found")
    visit.caller = Caller(visit.app, caller)
    return CallToolResult(content=[Content(type="text", text=_answer(visit, caller, arguments))], isError=False)


def _answer(visit: Visit, caller: EndUser, arguments: Mapping[str, Any]) -> str:
    if visit.app.mode == "workflow":
        run = workflows.run(visit, caller, starting.published(visit), arguments, None)
        return json.dumps(run.data.outputs, ensure_ascii=False)
    if visit.app.mode == "completion":
        return answering.completion(visit, Asked("", arguments, None)).answer
    inputs = {name: value for name, value in arguments.items() if name != "query"}
    asked = Asked(arguments.get("query", ""), inputs, None)
    if visit.app.mode == "agent-chat":
        told = visit.finished(answering.chat_events(visit, asked))
        return "".join(one.thought or "" for one in told if isinstance(one, AgentThoughtEvent))
    return answering.chat(visit, asked).answer


def _schema(variable: Mapping[str, Any], description: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"description": description}
    if kind := _TYPES.get(variable["type"]):
        schema["type"] = kind
    if variable["type"] == "select":
        schema["enum"] = variable.get("options") or []
    return schema
