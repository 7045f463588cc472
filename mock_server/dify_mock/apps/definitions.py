"""An app as it is written down: version, facts, and its workflow or its configuration."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from typing import Any, Final, TypeGuard, cast, get_args

from ..llm import PROVIDER
from ..refusals import Refusal, invalid
from ..state import App, Mode, Workflow
from ..tools import PROVIDER as TOOL_PROVIDER
from ..workflow.webhooks import unaddressed

VERSION: Final = "0.7.0"
WORKFLOW_MODES: Final = frozenset({"advanced-chat", "workflow"})
_INSTALLED: Final = {provider.rpartition("/")[0] for provider in (PROVIDER, TOOL_PROVIDER)}
_PLUGIN_VERSION: Final = "0.0.1"
_PLUGIN_KINDS: Final = {
    "github": "github_plugin_unique_identifier",
    "marketplace": "marketplace_plugin_unique_identifier",
    "package": "plugin_unique_identifier",
}


class DefinitionError(ValueError):
    """No app can be made of this."""


class NoWorkflow(Refusal):
    """There is no draft yet, or no version of this id."""

    def __init__(self) -> None:
        super().__init__(400, "invalid_param", "Missing draft workflow configuration, please check.")


def written(app: App, workflow_id: str | None, *, with_secrets: bool) -> str:
    """An app as YAML; of a workflow its draft, or the version of this id."""
    facts = {
        "name": app.name,
        "mode": app.mode,
        "icon": app.icon,
        "icon_type": app.icon_type,
        "icon_background": app.icon_background,
        "description": app.description,
        "use_icon_as_answer_icon": app.use_icon_as_answer_icon,
    }
    if app.mode in WORKFLOW_MODES:
        workflow = _version(app, workflow_id)
        parts, plugins = {"workflow": _workflow(workflow, with_secrets=with_secrets)}, _plugins_of_graph(workflow.graph)
    elif app.config is not None:
        parts, plugins = {"model_config": app.config}, _plugins_of_config(app.config)
    else:
        raise invalid("Missing app configuration, please check.")
    needed = [_package(one) for one in dict.fromkeys(plugins)]
    return _text({"version": VERSION, "kind": "app", "app": facts, "dependencies": needed, **parts})


def read(text: str) -> dict[str, Any]:
    """A definition with everything that an app is made of."""
    _check_library()
    import yaml

    try:
        told = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise DefinitionError(f"Invalid YAML format: {error}") from None
    if not _is_object(told):
        raise DefinitionError("Invalid YAML format: content must be a mapping")
    told = {**told, "version": told.get("version") or "0.1.0"}
    if not isinstance(told["version"], str):
        raise DefinitionError(f"Invalid version type, expected str, got {type(told['version'])}")
    if not _is_object(told.get("app")) or not told["app"]:
        raise DefinitionError("Missing app data in YAML content")
    _check_mode(told)
    for need in rows(told, "dependencies"):
        if not _identifier(need):
            raise DefinitionError(f"This is no plugin: {need!r}")
    return told


def rows(told: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of objects; empty where there is none."""
    found: Any = told.get(name) or list[Any]()
    if not isinstance(found, list) or not all(map(_is_object, cast("list[Any]", found))):
        raise DefinitionError(f"{name} is no list of objects")
    return cast("list[dict[str, Any]]", found)


def standing(version: str) -> str:
    """What becomes of an import of this version; a newer one, or one that is much older, waits to be confirmed."""
    try:
        theirs = tuple(map(int, version.split(".")))
    except ValueError:
        raise DefinitionError(f"Invalid version: '{version}'") from None
    ours = tuple(map(int, VERSION.split(".")))
    if theirs > ours or theirs[0] < ours[0]:
        return "pending"
    return "completed-with-warnings" if theirs[:2] < ours[:2] else "completed"


def is_installed(plugin: Mapping[str, Any]) -> bool:
    """Whether the workspace has a plugin."""
    return _identifier(plugin).partition(":")[0] in _INSTALLED


def _text(told: Mapping[str, Any]) -> str:
    _check_library()
    import yaml

    return yaml.safe_dump(dict(told), allow_unicode=True)


def _check_library() -> None:
    if find_spec("yaml") is None:
        raise RuntimeError("apps are written in YAML, which needs pyyaml: pip install 'dify-sdk-py[mock]'; all else works without")


def _check_mode(told: Mapping[str, Any]) -> None:
    mode = told["app"].get("mode")
    if not mode:
        raise DefinitionError("loss app mode")
    if mode not in get_args(Mode):
        raise DefinitionError(f"'{mode}' is not a valid AppMode")
    if mode in WORKFLOW_MODES:
        workflow = told.get("workflow")
        if not _is_object(workflow) or not workflow:
            raise DefinitionError("Missing workflow data for workflow/advanced chat app")
        _check_graph(workflow.get("graph"))
        for one in (*rows(workflow, "conversation_variables"), *rows(workflow, "environment_variables")):
            if not {"name", "value_type"} <= one.keys():
                raise DefinitionError(f"This is no variable: {one!r}")
    else:
        config = told.get("model_config")
        if not _is_object(config) or not config:
            raise DefinitionError("Missing model_config for chat/agent-chat/completion app")
        if not _is_object(config.get("model")) or not {"provider", "name"} <= config["model"].keys():
            raise DefinitionError("model_config names no model")
        agent_mode: object = config.get("agent_mode") or {}
        if not _is_object(agent_mode):
            raise DefinitionError(f"This is no agent: {agent_mode!r}")
        for tool in rows(agent_mode, "tools"):
            if not {"provider_id", "tool_name"} <= tool.keys():
                raise DefinitionError(f"This is no tool: {tool!r}")


def _check_graph(graph: object) -> None:
    if not _is_object(graph) or not isinstance(graph.get("nodes"), list) or not isinstance(graph.get("edges"), list):
        raise DefinitionError("The graph of a workflow has nodes and edges")
    for node in graph["nodes"]:
        if not _is_object(node) or not isinstance(node.get("id"), str) or not _is_object(node.get("data")) or "type" not in node["data"]:
            raise DefinitionError(f"This is no node: {node!r}")
    for edge in graph["edges"]:
        if not _is_object(edge) or not {"source", "target"} <= edge.keys():
            raise DefinitionError(f"This is no edge: {edge!r}")


def _version(app: App, workflow_id: str | None) -> Workflow:
    found = app.workflows.get(workflow_id) if workflow_id else app.draft
    if found is None:
        raise NoWorkflow
    return found


def _workflow(workflow: Workflow, *, with_secrets: bool) -> dict[str, Any]:
    environment = copy.deepcopy(workflow.environment_variables)
    for one in environment:
        if one.get("value_type") == "secret" and not with_secrets:
            one["value"] = ""
    return {
        "graph": unaddressed(workflow.graph),
        "features": workflow.features,
        "environment_variables": environment,
        "conversation_variables": workflow.conversation_variables,
        "rag_pipeline_variables": list[Any](),
    }


def _plugins_of_graph(graph: Mapping[str, Any]) -> Iterator[str]:
    """The providers that a workflow goes to."""
    data = [node["data"] for node in graph["nodes"]]
    yield from _named("provider", (one.get("model") for one in data))
    yield from _named("provider_id", (one for one in data if one["type"] == "tool"))


def _plugins_of_config(config: Mapping[str, Any]) -> Iterator[str]:
    """The providers that an app of a simple mode goes to."""
    yield from _named("provider", [config["model"]])
    agent_mode: Mapping[str, Any] = config.get("agent_mode") or {}
    yield from _named("provider_id", agent_mode.get("tools") or ())


def _named(name: str, those: Iterable[object]) -> Iterator[str]:
    """What those say under a name; some may not say it yet."""
    return (one[name] for one in those if _is_object(one) and isinstance(one.get(name), str))


def _package(provider: str) -> dict[str, Any]:
    identifier = f"{provider.rpartition('/')[0]}:{_PLUGIN_VERSION}"
    return {"type": "package", "value": {"plugin_unique_identifier": identifier, "version": None}, "current_identifier": None}


def _identifier(plugin: Mapping[str, Any]) -> str:
    value = plugin.get("value")
    return str(value.get(_PLUGIN_KINDS.get(plugin.get("type", ""), ""), "")) if _is_object(value) else ""


def _is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict) and all(isinstance(name, str) for name in cast("dict[Any, Any]", value))
