"""How an app of a simple mode becomes one that has a workflow."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any, Final

from ..graphs import answer, end, graph, node, start
from ..knowledge.citing import CONTEXT_PROMPT
from ..refusals import invalid
from ..state import App
from ..workflow.publishing import keep_draft
from ..workflow.values import part
from ..world import World
from .configs import filled
from .making import make

_TALK: Final = ("opening_statement", "suggested_questions", "suggested_questions_after_answer", "speech_to_text", "retriever_resource")
_ALWAYS: Final = ("text_to_speech", "file_upload", "sensitive_word_avoidance")
_MEMORY: Final = {"window": {"enabled": False, "size": 10}, "query_prompt_template": "{{#sys.query#}}"}


def convert(
    world: World,
    source: App,
    account_id: str,
    *,
    name: str | None,
    icon_type: str | None,
    icon: str | None,
    icon_background: str | None,
) -> App:
    """Make a chatflow of an app that chats and a workflow of one that completes; it is a draft that does what the app does."""
    if source.config is None:
        raise invalid("App model config is required")
    made = make(
        world,
        name or f"{source.name}(workflow)",
        "workflow" if source.mode == "completion" else "advanced-chat",
        workspace_id=source.workspace_id,
        created_by=account_id,
        icon_type=icon_type or source.icon_type,
        icon=icon or source.icon,
        icon_background=icon_background or source.icon_background,
    )
    made.enable_api, made.enable_site = source.enable_api, source.enable_site
    config = filled(source.config)
    features = copy.deepcopy({one: config[one] for one in (_ALWAYS if source.mode == "completion" else (*_TALK, *_ALWAYS))})
    keep_draft(world, made, _drawn(source, config), features)
    return made


def _drawn(app: App, config: dict[str, Any]) -> dict[str, Any]:
    """The inputs, the knowledge where there is some, the model, and what comes of it."""
    is_talk = app.mode != "completion"
    knowledge = _knowledge(config, is_talk=is_talk)
    nodes = [
        start(*copy.deepcopy(app.variables)),
        *([knowledge] if knowledge else []),
        _model(app, config, has_context=knowledge is not None),
        answer("{{#llm.text#}}") if is_talk else end("end1", "End", result=("llm", "text")),
    ]
    ids = [str(one["id"]) for one in nodes]
    return graph(nodes, *pairwise(ids))


def _knowledge(config: dict[str, Any], *, is_talk: bool) -> dict[str, Any] | None:
    settings: dict[str, Any] = config["dataset_configs"]
    listed: list[dict[str, Any]] = part(settings, "datasets").get("datasets") or []
    ids = [one["dataset"]["id"] for one in listed if one["dataset"].get("enabled", True)]
    asked_with = ["sys", "query"] if is_talk else ["start1", config["dataset_query_variable"]]
    if not ids or not all(asked_with):
        return None
    return node(
        "knowledge_retrieval",
        "knowledge-retrieval",
        "KNOWLEDGE RETRIEVAL",
        query_variable_selector=asked_with,
        dataset_ids=ids,
        retrieval_mode=settings.get("retrieval_model") or "multiple",
        multiple_retrieval_config={name: value for name, value in settings.items() if name not in {"datasets", "retrieval_model"}},
    )


def _model(app: App, config: dict[str, Any], *, has_context: bool) -> dict[str, Any]:
    is_talk = app.mode != "completion"
    prompt, images = str(config["pre_prompt"] or ""), part(config["file_upload"], "image")
    for one in app.variables:
        prompt = prompt.replace("{{" + one["variable"] + "}}", "{{#start1." + one["variable"] + "#}}")
    if has_context:
        prompt = CONTEXT_PROMPT.replace("{context}", "{{#context#}}") + prompt
    return node(
        "llm",
        "llm",
        "LLM",
        model=copy.deepcopy(config["model"]),
        prompt_template=[{"role": "system" if is_talk else "user", "text": prompt}] if prompt else [],
        context={"enabled": has_context, "variable_selector": ["knowledge_retrieval", "result"] if has_context else None},
        vision={"enabled": bool(images.get("enabled"))},
        **({"memory": copy.deepcopy(_MEMORY)} if is_talk else {}),
    )
