"""The kinds of nodes, each by a function of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..containers import iteration, loop
from ..graph import Node
from ..step import Outcome, Perform, Step
from .ends import answer, end, start
from .human import human_input
from .knowledge import datasource, knowledge_index, knowledge_retrieval
from .lists import list_operator
from .llm import llm
from .logic import assigner, if_else, template_transform, variable_aggregator
from .outside import code, document_extractor, http_request, tool
from .triggers import trigger_plugin, trigger_webhook


def _nothing(step: Step) -> Outcome:
    return Outcome()


NODES: Final[Mapping[str, Perform]] = {
    "start": start,
    "trigger-webhook": trigger_webhook,
    "trigger-plugin": trigger_plugin,
    "answer": answer,
    "end": end,
    "llm": llm,
    "if-else": if_else,
    "template-transform": template_transform,
    "variable-aggregator": variable_aggregator,
    "variable-assigner": variable_aggregator,
    "assigner": assigner,
    "list-operator": list_operator,
    "knowledge-retrieval": knowledge_retrieval,
    "datasource": datasource,
    "knowledge-index": knowledge_index,
    "tool": tool,
    "http-request": http_request,
    "code": code,
    "document-extractor": document_extractor,
    "human-input": human_input,
    "iteration": iteration,
    "iteration-start": _nothing,
    "loop": loop,
    "loop-start": _nothing,
    "loop-end": _nothing,
}


def extras_of(node: Node, base_url: str) -> dict[str, Any]:
    """What is told of a node beside its data: the picture of a tool."""
    if node.type != "tool":
        return {}
    return {"icon": f"{base_url}/console/api/workspaces/current/plugin/icon?filename=icon_s.png"}
