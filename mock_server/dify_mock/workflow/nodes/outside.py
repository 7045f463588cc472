"""Nodes that reach out: tools, the web, documents and code. None of them leaves the process."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import urlsplit

from dify_sdk._steps import Pause

from ...tools import TOOLS, ToolError
from ..files import tool_file
from ..step import NodeError, Outcome, Performing, Step
from ..templates import render
from ..values import as_list, as_object, is_file, part

_NO_SANDBOX: Final = (
    "Failed to execute code, which is likely a network issue, please check if the sandbox service is running. "
    "( Error: [Errno 111] Connection refused )"
)
_READABLE: Final = frozenset(
    {".txt", ".md", ".markdown", ".mdx", ".csv", ".json", ".yaml", ".yml", ".html", ".htm", ".xml", ".vtt", ".properties"}
)


def tool(step: Step) -> Performing:
    """A tool is called with the node's parameters."""
    data, world, run = step.data, step.engine.world, step.engine.run
    given = {
        name: _argument(step, told) for name, told in {**data.get("tool_configurations", {}), **data.get("tool_parameters", {})}.items()
    }
    info = {
        "tool_info": {
            "provider_type": data.get("provider_type", "builtin"),
            "provider_id": data.get("provider_id"),
            "plugin_unique_identifier": None,
        }
    }
    found = TOOLS.get(data["tool_name"])
    if found is None:
        raise NodeError(f"Failed to get tool runtime: tool {data['tool_name']} not found", "ToolNodeError", metadata=info)
    yield Pause(0.01)
    try:
        result = found.call(given)
    except ToolError as error:
        told = f"Failed to invoke tool {data.get('provider_name') or data.get('provider_id')}: {error}"
        raise NodeError(told, "ToolInvokeError", inputs=given, metadata=info) from error
    files = [tool_file(world, run.base_url, world.tool_file(*made)) for made in result.files]
    outputs = {"text": result.text, "files": files, "json": result.json or [{"data": []}], **result.variables}
    return Outcome(outputs, given, {}, info)


def _argument(step: Step, told: Any) -> Any:
    given = as_object(told)
    if given is None:
        return told
    match given.get("type"):
        case "variable":
            return step.pool.get(given["value"])
        case "mixed":
            return render(str(given.get("value")), step.pool)
        case _:
            return given.get("value")


def http_request(step: Step) -> Performing:
    """A request that is never sent. A path like `/status/404` says what comes back; a host in `.invalid` cannot be reached."""
    data = step.data
    method = str(data.get("method", "get")).upper()
    url = urlsplit(render(data.get("url", ""), step.pool))
    body = _body(step, part(data, "body"))
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise NodeError("url should start with http or https", "InvalidURLError")
    path = f"{url.path or '/'}{'?' + url.query if url.query else ''}"
    sent = {"request": f"{method} {path} HTTP/1.1\r\nHost: {url.netloc}\r\n\r\n{body}"}
    yield Pause(0.05)
    if url.hostname.endswith(".invalid"):
        raise NodeError(f"Reached maximum retries (0) for URL {url.geturl()}", "MaxRetriesExceededError")
    words = url.path.strip("/").split("/")
    status = int(words[1]) if len(words) == 2 and words[0] == "status" and words[1].isdecimal() else 200
    if status >= 400 and (step.node.error_strategy or part(data, "retry_config").get("retry_enabled")):
        raise NodeError(f"Request failed with status code {status}", "HTTPResponseCodeError")
    echoed = json.dumps({"method": method, "url": url.geturl(), "body": body})
    headers = {"content-type": "application/json", "content-length": str(len(echoed))}
    return Outcome({"status_code": status, "body": echoed, "headers": headers, "files": []}, {}, sent)


def _body(step: Step, body: dict[str, Any]) -> str:
    told = body.get("data") or ""
    if isinstance(told, str):
        return render(told, step.pool)
    rows: list[dict[str, Any]] = told
    if body.get("type") in {"json", "raw-text"}:
        return "".join(render(str(row.get("value", "")), step.pool) for row in rows)
    filled = ((render(str(row.get("key", "")), step.pool), render(str(row.get("value", "")), step.pool)) for row in rows)
    return "&".join(f"{key}={value}" for key, value in filled)


def code(step: Step) -> Outcome:
    """There is no sandbox here, as on a server that runs without one."""
    inputs = {one["variable"]: step.pool.get(one["value_selector"]) for one in step.data.get("variables", [])}
    raise NodeError(_NO_SANDBOX, "CodeExecutionError", inputs=inputs)


def document_extractor(step: Step) -> Outcome:
    """The text of uploaded files that are text already."""
    given = step.pool.get(step.data["variable_selector"])
    inputs = {"variable_selector": given}
    several = as_list(given)
    files = [given] if several is None else several
    texts: list[str] = []
    for file in files:
        if not is_file(file):
            raise NodeError(
                f"Variable {step.data['variable_selector']} is not an ArrayFileSegment", "DocumentExtractorError", inputs=inputs
            )
        upload = step.engine.world.upload_files.get(str(file.get("related_id")))
        if file.get("extension") not in _READABLE or upload is None:
            raise NodeError(f"Unsupported Extension Type: {file.get('extension')}", "UnsupportedFileTypeError", inputs=inputs)
        texts.append(upload.content.decode("utf-8", "replace"))
    return Outcome({"text": texts[0] if several is None else texts}, inputs, {"documents": files})
