"""Graphs of workflows, as the console saves them: the parts that a run reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .llm import PROVIDER


def node(node_id: str, kind: str, title: str, **data: Any) -> dict[str, Any]:
    """A node."""
    return {"id": node_id, "type": "custom", "data": {"type": kind, "title": title, "desc": "", **data}}


def graph(nodes: Sequence[dict[str, Any]], *edges: tuple[str, str] | tuple[str, str, str]) -> dict[str, Any]:
    """Nodes and the edges between them: from, to, and the branch where it is not the only one."""
    drawn = [
        {"id": f"{edge[0]}-{edge[1]}", "source": edge[0], "sourceHandle": edge[2] if len(edge) == 3 else "source", "target": edge[1]}
        for edge in edges
    ]
    return {"nodes": list(nodes), "edges": drawn, "viewport": {"x": 0, "y": 0, "zoom": 1}}


def start(*variables: dict[str, Any]) -> dict[str, Any]:
    """The node that takes the inputs."""
    return node("start1", "start", "Start", variables=list(variables))


def variable(name: str, kind: str, *, required: bool = False, **more: Any) -> dict[str, Any]:
    """A variable of the start node."""
    return {"variable": name, "label": name.capitalize(), "type": kind, "required": required, "max_length": 2000, "options": [], **more}


def llm(node_id: str, title: str, prompt: str, **more: Any) -> dict[str, Any]:
    """A node that asks the model."""
    template = [{"role": "system", "text": "You are a stub."}, *([{"role": "user", "text": prompt}] if prompt else [])]
    model = {"provider": PROVIDER, "name": "stub-chat", "mode": "chat", "completion_params": {"temperature": 0.5}}
    return node(node_id, "llm", title, model=model, prompt_template=template, context={"enabled": False}, vision={"enabled": False}, **more)


def end(node_id: str, title: str, **outputs: Sequence[str]) -> dict[str, Any]:
    """The end of a workflow, with its outputs by name."""
    listed = [{"variable": name, "value_selector": list(selector), "value_type": "string"} for name, selector in outputs.items()]
    return node(node_id, "end", title, outputs=listed)


def answer(text: str) -> dict[str, Any]:
    """The end of a chatflow."""
    return node("answer1", "answer", "Answer", answer=text, variables=[])
