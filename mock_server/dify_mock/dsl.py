"""Apps as text, to go from server to server. Real servers write YAML; this is JSON, which is YAML too, and nothing else is read."""

from __future__ import annotations

import json
from typing import Any, Final, cast, get_args

from .seed import add_app, edit
from .world import App, Mode, Workflow, World

VERSION: Final = "0.7.0"
_ICON: Final = ("icon_type", "icon", "icon_background")


class DslError(ValueError):
    """The text is no app."""


def written(app: App, workflow: Workflow | None, *, with_secrets: bool) -> str:
    """An app with a version of its workflow, or its configuration."""
    about = {"name": app.name, "mode": app.mode, "description": app.description, **{name: getattr(app, name) for name in _ICON}}
    told: dict[str, Any] = {"version": VERSION, "kind": "app", "app": about}
    if workflow is None:
        told["model_config"] = app.config
    else:
        told["workflow"] = {
            "graph": workflow.graph,
            "features": workflow.features,
            "conversation_variables": workflow.conversation_variables,
            "environment_variables": [_shown(one, with_secrets=with_secrets) for one in workflow.environment_variables],
        }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def read(text: str) -> dict[str, Any]:
    """What a text says of an app."""
    try:
        told = json.loads(text)
    except ValueError as error:
        raise DslError(f"Invalid YAML format (the mock reads YAML that is JSON): {error}") from None
    if not isinstance(told, dict):
        raise DslError("Invalid YAML format: content must be a mapping")
    found = cast("dict[str, Any]", told)
    about = found.get("app")
    if not isinstance(about, dict) or cast("dict[str, Any]", about).get("mode") not in get_args(Mode):
        raise DslError("Missing app data in YAML content")
    found.setdefault("version", VERSION)
    return found


def made(world: World, told: dict[str, Any], *, name: str | None, description: str | None) -> App:
    """The app in the world; its workflow is a draft."""
    about = told["app"]
    icon = {one: about[one] for one in _ICON if one in about}
    app = add_app(world, name or about.get("name") or "Untitled", about["mode"], config=told.get("model_config"), **icon)
    app.description = description or about.get("description") or ""
    if drawn := told.get("workflow"):
        draft = edit(world, app, drawn["graph"])
        for part in ("features", "conversation_variables", "environment_variables"):
            setattr(draft, part, drawn.get(part) or getattr(draft, part))
    return app


def _shown(variable: dict[str, Any], *, with_secrets: bool) -> dict[str, Any]:
    is_hidden = variable.get("value_type") == "secret" and not with_secrets
    return {**variable, "value": ""} if is_hidden else variable
