"""The configuration of apps of the simple modes: what it is at first, what it may be, and how it is told."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from ..llm import PROVIDER
from ..providers import MODELS, default
from ..refusals import invalid
from ..state import App, Mode
from ..workflow.values import as_list, as_object, part

SIMPLE_MODES: Final = frozenset({"chat", "agent-chat", "completion"})
NO_UPLOADS: Final[dict[str, Any]] = {
    "image": {"enabled": False, "number_limits": 3, "detail": "high", "transfer_methods": ["remote_url", "local_file"]}
}
_OFF: Final = {"enabled": False}
_AT_FIRST: Final[dict[str, Any]] = {
    "opening_statement": None,
    "suggested_questions": [],
    "suggested_questions_after_answer": _OFF,
    "speech_to_text": _OFF,
    "text_to_speech": _OFF,
    "retriever_resource": {"enabled": True},
    "more_like_this": _OFF,
    "sensitive_word_avoidance": {"enabled": False, "type": "", "config": {}},
    "external_data_tools": [],
    "model": {"provider": PROVIDER, "name": default("llm"), "mode": "chat", "completion_params": {}},
    "user_input_form": [],
    "dataset_query_variable": None,
    "pre_prompt": None,
    "agent_mode": {"enabled": False, "strategy": None, "tools": [], "prompt": None},
    "prompt_type": "simple",
    "chat_prompt_config": {},
    "completion_prompt_config": {},
    "dataset_configs": {"retrieval_model": "multiple"},
    "file_upload": NO_UPLOADS,
}
_COMPLETION: Final[dict[str, Any]] = {
    "user_input_form": [{"paragraph": {"label": "Query", "variable": "query", "required": True, "default": ""}}],
    "pre_prompt": "{{query}}",
}
_FOR_TALK: Final = frozenset(
    {"opening_statement", "suggested_questions", "suggested_questions_after_answer", "speech_to_text", "retriever_resource"}
)
_FOR_COMPLETION: Final = frozenset({"more_like_this"})
_OF_A_TOOL: Final = ("provider_type", "provider_id", "tool_name")
_KINDS: Final = frozenset(
    {"text-input", "select", "paragraph", "number", "checkbox", "external_data_tool", "file", "file-list", "json_object"}
)

_DICT: Final = (Mapping, "of dict type")
_OBJECT: Final = (Mapping, "of object type")
_LIST: Final = (Sequence, "of list type")
_TEXT: Final = (str, "of string type")
_SHAPES: Final[dict[str, tuple[type, str]]] = {
    "user_input_form": (Sequence, "a list of objects"),
    "pre_prompt": _TEXT,
    "opening_statement": _TEXT,
    "suggested_questions": _LIST,
    "suggested_questions_after_answer": _DICT,
    "speech_to_text": _DICT,
    "text_to_speech": _DICT,
    "retriever_resource": _DICT,
    "more_like_this": _DICT,
    "sensitive_word_avoidance": _DICT,
    "external_data_tools": _LIST,
    "agent_mode": _OBJECT,
    "dataset_configs": _OBJECT,
    "file_upload": _OBJECT,
}
"""What parts of a configuration are, and the server's words where they are not."""


def at_first(mode: Mode) -> dict[str, Any]:
    """What a new app is configured as."""
    return copy.deepcopy({**_AT_FIRST, **(_COMPLETION if mode == "completion" else {})})


def filled(config: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration with everything that it does not say."""
    said = {name: value for name, value in config.items() if name in _AT_FIRST and value is not None}
    return copy.deepcopy({**_AT_FIRST, **said})


def check(config: Mapping[str, Any]) -> None:
    """Refuse a configuration that does not hold together."""
    _check_model(config)
    for name, (kind, told) in _SHAPES.items():
        if config.get(name) is not None and not isinstance(config[name], kind):
            raise invalid(f"{name} must be {told}")
    _check_form(config.get("user_input_form") or ())
    _check_tools(config.get("agent_mode") or {})
    knowledge: Mapping[str, Any] = config.get("dataset_configs") or {}
    _check_knowledge(knowledge.get("datasets") or {})


def accepted(app: App, given: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration that an app is given: without what its mode does not have, refused where it does not hold together."""
    whole: dict[str, Any] = {**given, "model": {"completion_params": {}, **given["model"]}}
    check(whole)
    foreign = _FOR_TALK if app.mode == "completion" else _FOR_COMPLETION
    told = {name: value for name, value in whole.items() if name not in foreign}
    if app.mode != "completion":
        told["retriever_resource"] = told["retriever_resource"] or _OFF
    config = filled(told)
    config["model"] = _as_kept(config["model"])
    if not config["sensitive_word_avoidance"].get("enabled"):
        config["sensitive_word_avoidance"] = dict(_OFF)
    return config


def _as_kept(model: Mapping[str, Any]) -> dict[str, Any]:
    """A model as apps have it; what it does is its own to say."""
    properties = next(one["model_properties"] for one in MODELS["llm"] if one["model"] == model["name"])
    return {**model, "completion_params": {"stop": [], **model["completion_params"]}, "mode": properties["mode"]}


def _check_model(config: Mapping[str, Any]) -> None:
    if "model" not in config:
        raise invalid("model is required")
    model = config["model"]
    if not isinstance(model, Mapping):
        raise invalid("model must be of object type")
    told = cast("Mapping[str, Any]", model)
    if told.get("provider") != PROVIDER:
        raise invalid(f"model.provider is required and must be in {[PROVIDER]}")
    if "name" not in told:
        raise invalid("model.name is required")
    if all(one["model"] != told["name"] for one in MODELS["llm"]):
        raise invalid("model.name must be in the specified model list")
    if "completion_params" not in told:
        raise invalid("model.completion_params is required")
    if not isinstance(told["completion_params"], Mapping):
        raise invalid("model.completion_params must be of object type")


def _check_form(form: Sequence[Any]) -> None:
    if not all(isinstance(one, Mapping) for one in form):
        raise invalid(f"user_input_form must be {_SHAPES['user_input_form'][1]}")
    for kind in (kind for one in form for kind in one):
        if kind not in _KINDS:
            raise invalid("Keys in user_input_form list can only be 'text-input', 'paragraph'  or 'select'")
    for name in ("label", "variable"):
        if not all((as_object(told) or {}).get(name) for one in form for told in one.values()):
            raise invalid(f"{name} is required in user_input_form")


def _check_tools(agent: dict[str, Any]) -> None:
    tools = _objects(agent, "tools")
    for name in _OF_A_TOOL:
        if not all(one.get(name) for one in tools):
            raise invalid(f"{name} is required in agent_mode.tools")


def _check_knowledge(told: Any) -> None:
    datasets = as_object(told)
    if datasets is None:
        raise invalid("datasets must be of dict type")
    if not all(part(one, "dataset").get("id") for one in _objects(datasets, "datasets")):
        raise invalid("id is required in dataset")


def _objects(settings: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of objects among the settings; empty where there is none."""
    listed = as_list(settings.get(name) or [])
    if listed is None:
        raise invalid(f"{name} must be of list type")
    return [as_object(one) or {} for one in listed]
