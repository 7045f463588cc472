"""Graphs of workflows, as the console saves them: the parts that a run reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .llm import PROVIDER
from .tools import PROVIDER as TOOL_PROVIDER


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


def webhook(webhook_id: str, **settings: Any) -> dict[str, Any]:
    """The node that a webhook begins at: `settings` say what the call has to be like, and what it is answered."""
    usual: dict[str, Any] = {"method": "post", "content_type": "application/json", "params": [], "headers": [], "body": []}
    return node(
        "hook1", "trigger-webhook", "Webhook", **{**usual, "status_code": 200, "response_body": "", **settings}, webhook_id=webhook_id
    )


def plugin_trigger(subscription_id: str, event: str) -> dict[str, Any]:
    """The node that an event of a plugin begins at."""
    return node("plugin1", "trigger-plugin", "Plugin", subscription_id=subscription_id, event_name=event)


def parameter(name: str, kind: str = "string", *, required: bool = False) -> dict[str, Any]:
    """Something that a webhook takes: in its query, its headers or its body."""
    return {"name": name, "type": kind, "required": required}


def variable(name: str, kind: str, *, required: bool = False, **more: Any) -> dict[str, Any]:
    """A variable of the start node."""
    return {"variable": name, "label": name.capitalize(), "type": kind, "required": required, "max_length": 2000, "options": [], **more}


def llm(node_id: str, title: str, prompt: str, **more: Any) -> dict[str, Any]:
    """A node that asks the model."""
    template = [{"role": "system", "text": "You are a stub."}, *([{"role": "user", "text": prompt}] if prompt else [])]
    model = {"provider": PROVIDER, "name": "stub-chat", "mode": "chat", "completion_params": {"temperature": 0.5}}
    return node(node_id, "llm", title, model=model, prompt_template=template, context={"enabled": False}, vision={"enabled": False}, **more)


def end(node_id: str, title: str, /, **outputs: Sequence[str]) -> dict[str, Any]:
    """The end of a workflow, with its outputs by name."""
    listed = [{"variable": name, "value_selector": list(selector), "value_type": "string"} for name, selector in outputs.items()]
    return node(node_id, "end", title, outputs=listed)


def answer(text: str) -> dict[str, Any]:
    """The end of a chatflow."""
    return node("answer1", "answer", "Answer", answer=text, variables=[])


def branch(node_id: str, title: str, **cases: Sequence[tuple[Sequence[str], str, Any]]) -> dict[str, Any]:
    """A node that goes the way of its first case that holds, or `false`: conditions by case, as variable, comparison and value."""
    listed = [
        {
            "case_id": name,
            "id": name,
            "logical_operator": "and",
            "conditions": [
                {"varType": "string", "variable_selector": list(selector), "comparison_operator": operator, "value": value}
                for selector, operator, value in conditions
            ],
        }
        for name, conditions in cases.items()
    ]
    return node(node_id, "if-else", title, cases=listed)


def human(node_id: str, title: str, content: str, inputs: Sequence[dict[str, Any]], *buttons: str, **more: Any) -> dict[str, Any]:
    """A node that asks a person; the buttons are its branches, and `__timeout` is one more."""
    actions = [
        {"id": button, "title": button.capitalize(), "button_style": "default" if at else "primary"} for at, button in enumerate(buttons)
    ]
    delivery: list[dict[str, Any]] = [{"id": f"{node_id}-webapp", "type": "webapp", "enabled": True, "config": {}}]
    settings: dict[str, Any] = {"timeout": 3, "timeout_unit": "day", "delivery_methods": delivery, **more}
    return node(node_id, "human-input", title, form_content=content, inputs=list(inputs), user_actions=actions, **settings)


def paragraph(name: str, default: str = "fine") -> dict[str, Any]:
    """A field of a form for a text."""
    return {"type": "paragraph", "output_variable_name": name, "default": {"type": "constant", "selector": [], "value": default}}


def select(name: str, *options: str) -> dict[str, Any]:
    """A field of a form with options."""
    return {"type": "select", "output_variable_name": name, "option_source": {"type": "constant", "selector": [], "value": list(options)}}


def files(name: str, *, most: int | None = None) -> dict[str, Any]:
    """A field for a file, or for several."""
    kinds = {"allowed_file_types": ["document", "image"], "allowed_file_extensions": []}
    methods = ["local_file", "remote_url"] if most is None else ["local_file"]
    told = {"output_variable_name": name, **kinds, "allowed_file_upload_methods": methods}
    return {**told, "type": "file"} if most is None else {**told, "type": "file-list", "number_limits": most}


def tool(node_id: str, title: str, name: str, **parameters: str) -> dict[str, Any]:
    """A node that calls a tool; its parameters are templates."""
    given = {key: {"type": "mixed", "value": value} for key, value in parameters.items()}
    about = {"provider_id": TOOL_PROVIDER, "provider_name": TOOL_PROVIDER, "provider_type": "builtin", "tool_label": name}
    return node(node_id, "tool", title, tool_name=name, tool_parameters=given, tool_configurations={}, **about)


def iteration(node_id: str, title: str, over: Sequence[str], output: Sequence[str], **more: Any) -> dict[str, Any]:
    """A node that goes through a list; the nodes of a round are `inside` it."""
    selectors = {"iterator_selector": list(over), "output_selector": list(output), "start_node_id": f"{node_id}start"}
    return node(node_id, "iteration", title, **{"error_handle_mode": "terminated", **selectors, **more})


def loop(node_id: str, title: str, count: int, variables: Sequence[dict[str, Any]] = (), **more: Any) -> dict[str, Any]:
    """A node that goes round; the nodes of a round are `inside` it."""
    settings = {"loop_count": count, "loop_variables": list(variables), "break_conditions": [], "logical_operator": "and"}
    return node(node_id, "loop", title, start_node_id=f"{node_id}start", **{"error_handle_mode": "terminated", **settings, **more})


def inside(container: dict[str, Any], *nodes: dict[str, Any]) -> list[dict[str, Any]]:
    """A container, the node that its rounds begin with, and the nodes in it."""
    begin = node(f"{container['id']}start", f"{container['data']['type']}-start", "")
    return [container, *({**one, "parentId": container["id"]} for one in (begin, *nodes))]
