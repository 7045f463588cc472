"""`python -m dify_mock.demo`: a chat answer word by word, then a workflow run node by node.

They come from a mock on a socket of this machine. Where `DIFY_BASE_URL` and `DIFY_API_KEY` are set they come from that
server, from the app that the key belongs to; `DIFY_WORKFLOW_API_KEY` names a workflow for the second part.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from dify_sdk import APIError, ConfigurationError, ServiceClient
from dify_sdk.shared.events import NodeFinishedEvent, NodeRetryEvent

if TYPE_CHECKING:
    from dify_sdk.service.app import AppInfo
    from dify_sdk.shared.usage import AnswerMetadata

_USER: Final = "demo"
_QUESTION: Final = "Tell me in one sentence what you can do."


def main() -> int:
    """Show both parts; answers the exit status."""
    try:
        if os.environ.get("DIFY_BASE_URL") and os.environ.get("DIFY_API_KEY"):
            return _show(os.environ["DIFY_BASE_URL"], os.environ["DIFY_API_KEY"], os.environ.get("DIFY_WORKFLOW_API_KEY"))
        from .mock import MockServer

        with MockServer() as mock:
            keys = mock.credentials.app_keys
            return _show(mock.url, keys["chat"], keys["workflow"])
    except (APIError, ConfigurationError) as error:
        print(f"\n{type(error).__name__}: {error}", *getattr(error, "__notes__", ()), sep="\n", file=sys.stderr)
        return 1


def _show(url: str, key: str, workflow_key: str | None) -> int:
    print(f"server    {url}")
    good = True
    for one in (key, workflow_key):
        if one is not None:
            with ServiceClient(one, base_url=url, user=_USER) as client:
                good = _show_app(client) and good
    return 0 if good else 1


def _show_app(client: ServiceClient) -> bool:
    """One app, whatever its mode is."""
    app = client.app.info()
    print(f"\n{app.mode or 'app'}: {app.name}")
    inputs = _inputs(client.app.parameters().user_input_form)
    if app.mode == "workflow":
        return _show_workflow(client, inputs)
    _show_answer(client, app, inputs)
    return True


def _show_answer(client: ServiceClient, app: AppInfo, inputs: Mapping[str, Any]) -> None:
    print(f"> {_QUESTION}")
    if app.mode == "completion":
        with client.completion.stream(inputs=inputs, query=_QUESTION) as writing:
            for piece in writing.text_deltas():
                print(piece, end="", flush=True)
            metadata = writing.result().metadata
    else:
        with client.chat.stream(query=_QUESTION, inputs=inputs) as talking:
            for piece in talking.text_deltas():
                print(piece, end="", flush=True)
            metadata = talking.result().metadata
    print(f"\n{_cost(metadata)}")


def _cost(metadata: AnswerMetadata | None) -> str:
    usage = metadata.usage if metadata else None
    return f"({usage.total_tokens} tokens, {usage.total_price} {usage.currency})" if usage else "(the server does not say what it cost)"


def _show_workflow(client: ServiceClient, inputs: Mapping[str, Any]) -> bool:
    with client.workflows.stream(inputs=inputs) as running:
        for event in running:
            if isinstance(event, (NodeFinishedEvent, NodeRetryEvent)):
                node = event.data
                status = node.status if isinstance(event, NodeFinishedEvent) else "tried again"
                print(f"  {node.title:<24} {status:<12} {node.elapsed_time:6.2f} s", flush=True)
        run = running.result()
    print(f"run {run.status} after {run.data.elapsed_time:.2f} s")
    for name, value in run.outputs.items():
        print(f"  {name} = {_short(value)}")
    if run.error:
        print(f"  {run.error}")
    return run.status in {"succeeded", "partial-succeeded", "paused"}


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else f"{text[:99]}…"


def _inputs(form: list[dict[str, Any]]) -> dict[str, Any]:
    """A value for each variable that an app requires: its default, its first option, or something that fits."""
    found: dict[str, Any] = {}
    for field in form:
        for kind, told in field.items():
            about = cast("dict[str, Any]", told)
            if about.get("required"):
                options: list[str] = about.get("options") or []
                found[about["variable"]] = about.get("default") or (options[0] if options else 1 if kind == "number" else _QUESTION)
    return found


if __name__ == "__main__":
    sys.exit(main())
