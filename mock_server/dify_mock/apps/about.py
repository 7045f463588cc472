"""What an app tells of itself."""

from __future__ import annotations

import copy
from typing import Any

from dify_sdk.shared.apps import AppMeta, AppParameters, SystemParameters

from .. import state as held
from ..uploads import LIMITS, WORKFLOW_FILES
from ..visit import Visit, configured
from .configs import NO_UPLOADS

_SWITCHES = (
    "suggested_questions_after_answer", "speech_to_text", "text_to_speech", "retriever_resource", "more_like_this",
    "sensitive_word_avoidance",
)  # fmt: skip


def parameters(visit: Visit) -> AppParameters:
    """The app's variables, features and limits."""
    features = configured(visit.app)
    switches: dict[str, Any] = {name: features.get(name) or {"enabled": False} for name in _SWITCHES}
    switches["annotation_reply"] = annotation_reply(visit.app)
    return AppParameters(
        opening_statement=features.get("opening_statement"),
        suggested_questions=features.get("suggested_questions") or [],
        user_input_form=_form(visit.app),
        file_upload=features.get("file_upload") or copy.deepcopy(NO_UPLOADS),
        system_parameters=SystemParameters(
            image_file_size_limit=LIMITS["image"],
            video_file_size_limit=LIMITS["video"],
            audio_file_size_limit=LIMITS["audio"],
            file_size_limit=LIMITS["other"],
            workflow_file_upload_limit=WORKFLOW_FILES,
        ),
        **switches,
    )


def annotation_reply(app: held.App) -> dict[str, Any]:
    """Whether ready answers are given, and how."""
    settings = app.annotation_reply
    if settings is None:
        return {"enabled": False}
    model = {"embedding_provider_name": settings.provider, "embedding_model_name": settings.model}
    return {"enabled": True, "score_threshold": settings.score_threshold, "embedding_model": model}


def meta(visit: Visit) -> AppMeta:
    """The icons of the app's tools."""
    app, root = visit.app, f"{visit.request.base_url}/console/api/workspaces/current/tool-provider/builtin"
    configured(app)
    tools: list[dict[str, Any]]
    if app.workflow:
        nodes: list[dict[str, Any]] = [node["data"] for node in app.workflow.graph["nodes"]]
        tools = [one for one in nodes if one["type"] == "tool"]
    else:
        tools = app.feature("agent_mode").get("tools") or []
    return AppMeta(tool_icons={one["tool_name"]: f"{root}/{one['provider_id']}/icon" for one in tools})


def card(app: held.App) -> dict[str, Any]:
    """An app's name, and what it is shown with."""
    return {
        "id": app.id,
        "name": app.name,
        "mode": app.mode,
        "icon_type": app.icon_type,
        "icon": app.icon,
        "icon_background": app.icon_background,
        "icon_url": None,
    }


def site_facts(app: held.App) -> dict[str, Any]:
    """How the app's page looks."""
    site = app.site
    return {
        "title": site.title,
        "chat_color_theme": site.chat_color_theme,
        "chat_color_theme_inverted": site.chat_color_theme_inverted,
        "icon_type": site.icon_type,
        "icon": site.icon,
        "icon_background": site.icon_background,
        "icon_url": None,
        "description": site.description,
        "copyright": site.copyright,
        "privacy_policy": site.privacy_policy,
        "input_placeholder": site.input_placeholder,
        "custom_disclaimer": site.custom_disclaimer,
        "default_language": site.default_language,
        "show_workflow_steps": site.show_workflow_steps,
        "use_icon_as_answer_icon": site.use_icon_as_answer_icon,
    }


def _form(app: held.App) -> list[dict[str, Any]]:
    """The input form as the app's mode keeps it: the variables of the start node bring their type along."""
    if app.workflow:
        return [{variable["type"]: variable} for variable in app.variables]
    form: list[dict[str, Any]] = (app.config or {}).get("user_input_form", [])
    return form
