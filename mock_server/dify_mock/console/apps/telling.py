"""Apps as the console has them."""

from __future__ import annotations

from typing import Any, Final

from dify_sdk.console.app_details import (
    AppDetail,
    AppDetailWithSite,
    AppSite,
    AppSummary,
    AppTag,
    DeletedTool,
    ModelConfig,
    ModelConfigSummary,
    RecentApp,
    WorkflowSummary,
)

from ...accounts import EDITORS
from ...apps import about, configs
from ...state import App
from ...tools import TOOLS
from ...visit import Visit

_PERMISSIONS: Final = (
    "app.acl.preview", "app.acl.view_layout", "app.acl.test_and_run", "app.acl.edit", "app.acl.import_export_dsl", "app.acl.delete",
    "app.acl.release_and_version", "app.acl.monitor", "app.acl.access_config", "app.acl.tracing_config", "app.acl.log_and_annotation",
)  # fmt: skip


def detail(visit: Visit, app: App) -> AppDetail:
    """An app after a small change: the server does not say what the account may."""
    return AppDetail(**_facts(visit, app), permission_keys=[])


def detail_with_site(visit: Visit, app: App, *, permission_keys: list[str]) -> AppDetailWithSite:
    """An app, and its page."""
    return AppDetailWithSite(
        **_facts(visit, app),
        permission_keys=permission_keys,
        icon_type=app.icon_type,
        icon_url=None,
        api_base_url=f"{visit.request.base_url}/v1",
        max_active_requests=app.max_active_requests,
        deleted_tools=_deleted_tools(app),
        site=_site(visit, app),
        bound_agent_id=None,
        app_id=None,
    )


def summary(visit: Visit, app: App, *, permission_keys: list[str]) -> AppSummary:
    """An app in a list."""
    return AppSummary(
        **_common(visit, app),
        permission_keys=permission_keys,
        max_active_requests=app.max_active_requests,
        icon_type=app.icon_type,
        icon_url=None,
        model_config=_config_summary(app),
        create_user_name=None,
        author_name=visit.world.author_of(app),
        has_draft_trigger=_has_draft_trigger(app),
        bound_agent_id=None,
        app_id=None,
        is_starred=visit.account.id in app.starred_by,
    )


def recent(visit: Visit, app: App) -> RecentApp:
    """An app that was changed lately."""
    return RecentApp(
        **about.card(app),
        author_name=visit.world.author_of(app),
        updated_at=app.updated_at,
        permission_keys=permissions(visit),
        maintainer=app.created_by,
    )


def site(app: App) -> AppSite:
    """A page after a change: less is said of it than with its app."""
    page = app.site
    return AppSite(
        app_id=app.id,
        access_token=page.code,
        code=page.code,
        title=page.title,
        icon=page.icon,
        icon_background=page.icon_background,
        description=page.description,
        default_language=page.default_language,
        customize_domain=page.customize_domain,
        copyright=page.copyright,
        privacy_policy=page.privacy_policy,
        input_placeholder=page.input_placeholder,
        custom_disclaimer=page.custom_disclaimer,
        customize_token_strategy=page.customize_token_strategy,
        prompt_public=page.prompt_public,
        show_workflow_steps=page.show_workflow_steps,
        use_icon_as_answer_icon=page.use_icon_as_answer_icon,
    )


def permissions(visit: Visit) -> list[str]:
    """What the account may do with the apps of its workspace."""
    return list(_PERMISSIONS) if visit.workspace.roles.get(visit.account.id) in EDITORS else []


def _common(visit: Visit, app: App) -> dict[str, Any]:
    """What is told of an app everywhere."""
    enterprise = visit.world.enterprise
    return {
        "id": app.id,
        "name": app.name,
        "mode": app.mode,
        "description": app.description,
        "icon": app.icon,
        "icon_background": app.icon_background,
        "workflow": _workflow(app),
        "use_icon_as_answer_icon": app.use_icon_as_answer_icon,
        "created_by": app.created_by,
        "created_at": app.created_at,
        "updated_by": app.updated_by,
        "updated_at": app.updated_at,
        "access_mode": enterprise.access_mode(app.id) if enterprise else None,
        "tags": [AppTag(id=one.id, name=one.name, type=one.type) for one in visit.world.tags.on(app.id)],
        "maintainer": app.created_by,
    }


def _facts(visit: Visit, app: App) -> dict[str, Any]:
    return {
        **_common(visit, app),
        "enable_site": app.enable_site,
        "enable_api": app.enable_api,
        "model_config": _config(app),
        "tracing": None,
    }


def _config(app: App) -> ModelConfig | None:
    if app.config is None:
        return None
    return ModelConfig(**configs.filled(app.config), annotation_reply=about.annotation_reply(app), **_configured(app))


def _config_summary(app: App) -> ModelConfigSummary | None:
    if app.config is None:
        return None
    config = configs.filled(app.config)
    return ModelConfigSummary(model=config["model"], pre_prompt=config["pre_prompt"], **_configured(app))


def _configured(app: App) -> dict[str, Any]:
    """Who has configured an app, and when: every configuration is a new one."""
    by, at = app.configured_by, app.configured_at
    return {"created_by": by, "created_at": at, "updated_by": by, "updated_at": at}


def _workflow(app: App) -> WorkflowSummary | None:
    workflow = app.workflow
    if workflow is None:
        return None
    at = workflow.created_at
    return WorkflowSummary(id=workflow.id, created_by=app.created_by, created_at=at, updated_by=None, updated_at=at)


def _site(visit: Visit, app: App) -> AppSite:
    page = app.site
    return AppSite(
        **about.site_facts(app),
        access_token=page.code,
        code=page.code,
        customize_domain=page.customize_domain,
        customize_token_strategy=page.customize_token_strategy,
        prompt_public=page.prompt_public,
        app_base_url=visit.request.base_url,
        created_by=app.created_by,
        created_at=app.created_at,
        updated_by=page.updated_by,
        updated_at=page.updated_at,
    )


def _deleted_tools(app: App) -> list[DeletedTool]:
    tools: list[dict[str, Any]] = app.feature("agent_mode").get("tools") or []
    return [
        DeletedTool(type=one["provider_type"], tool_name=one["tool_name"], provider_id=one["provider_id"])
        for one in tools
        if one["tool_name"] not in TOOLS
    ]


def _has_draft_trigger(app: App) -> bool:
    nodes: list[dict[str, Any]] = app.draft.graph["nodes"] if app.draft else []
    return any(str(node["data"]["type"]).startswith("trigger-") for node in nodes)
