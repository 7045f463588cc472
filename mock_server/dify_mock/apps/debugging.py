"""Apps that are tried out by whoever edits them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, cast

from ..llm import PROVIDER
from ..providers import MODELS
from ..refusals import invalid
from ..state import DEBUGGER
from ..visit import Visit

_DEFAULTS: Final[dict[str, Any]] = {"prompt_type": "simple", "pre_prompt": "", "user_input_form": []}


def debugged(visit: Visit, config: Mapping[str, Any] | None = None) -> Visit:
    """The visit as one of the account that tries the app out, with a configuration of its own if there is one."""
    app = replace(visit.app, config=_checked(config)) if config else visit.app
    visit.caller = replace(visit.caller, app=app, person=visit.world.person(app, visit.account.id, DEBUGGER))
    return visit


def _checked(config: Mapping[str, Any]) -> dict[str, Any]:
    """A whole configuration, or the first thing that is wrong with its model. While it is tried out, knowledge is always cited."""
    if "model" not in config:
        raise invalid("model is required")
    if not isinstance(config["model"], dict):
        raise invalid("model must be of object type")
    model = cast("dict[str, Any]", config["model"])
    if model.get("provider") != PROVIDER:
        raise invalid(f"model.provider is required and must be in {[PROVIDER]}")
    if "name" not in model:
        raise invalid("model.name is required")
    if all(one["model"] != model["name"] for one in MODELS["llm"]):
        raise invalid("model.name must be in the specified model list")
    if "completion_params" not in model:
        raise invalid("model.completion_params is required")
    return {**_DEFAULTS, **config, "retriever_resource": {"enabled": True}}
