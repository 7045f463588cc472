"""Handlers: what everybody is told of an app."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from dify_sdk._models import Listing
from dify_sdk.console.trial_apps import AppParameters, Site, TrialApp, TrialApps, TrialDataset
from dify_sdk.console.trial_apps.models import TrialModelConfig, TrialSite, TrialTag, TrialVariable, TrialWorkflowVersion
from dify_sdk.console.trial_apps.workflows import TrialWorkflow, Workflows

from ... import state as held
from ...apps import about
from ...paging import numbered
from ...refusals import Refusal, not_found
from ...registry import handles
from ...visit import Caller, Visit

_MASK: Final = "*" * 20


@handles(TrialApps.get)
def get(visit: Visit, app_id: str) -> TrialApp:
    app = _app(visit, app_id)
    labels = [TrialTag(id=one.id, name=one.name, type=one.type) for one in visit.world.tags.on(app.id)]
    return TrialApp(
        id=app.id,
        name=app.name,
        description=app.description,
        mode=app.mode,
        icon_type=app.icon_type,
        icon=app.icon,
        icon_background=app.icon_background,
        icon_url=None,
        enable_site=app.enable_site,
        enable_api=app.enable_api,
        model_config=TrialModelConfig(**app.config) if app.config else None,
        workflow=TrialWorkflowVersion(id=app.workflow.id, created_at=app.workflow.created_at) if app.workflow else None,
        api_base_url=f"{visit.request.base_url}/v1",
        use_icon_as_answer_icon=app.site.use_icon_as_answer_icon,
        max_active_requests=app.max_active_requests,
        created_at=app.created_at,
        deleted_tools=[],
        access_mode=None,
        tags=labels,
        permission_keys=[],
        site=TrialSite(**about.site_facts(app), access_token=app.site.code, code=app.site.code, app_base_url=visit.request.base_url),
    )


@handles(TrialApps.list_datasets)
def list_datasets(visit: Visit, app_id: str, *, page: int = 1, limit: int = 20, ids: Sequence[str] | None = None) -> Listing[TrialDataset]:
    _app(visit, app_id)
    if not ids:
        raise Refusal(400, "need_add_ids", "Need to add ids.")
    known = visit.world.knowledge.datasets
    rows = [
        TrialDataset(
            id=one.id,
            name=one.name,
            description=one.description,
            permission=one.permission,
            data_source_type=one.data_source_type,
            indexing_technique=one.indexing_technique,
            created_by=one.created_by,
            created_at=one.created_at,
            permission_keys=[],
        )
        for one in (known[dataset_id] for dataset_id in ids if dataset_id in known)
    ]
    return numbered(rows, page, limit, exact=False)


@handles(TrialApps.parameters)
def parameters(visit: Visit, app_id: str) -> AppParameters:
    return about.parameters(Visit(visit.world, visit.request, Caller(_app(visit, app_id))))


@handles(TrialApps.site)
def site(visit: Visit, app_id: str) -> Site:
    return Site(**about.site_facts(_app(visit, app_id)))


@handles(Workflows.get)
def get_workflow(visit: Visit, app_id: str) -> TrialWorkflow:
    workflow = _app(visit, app_id).workflow
    if workflow is None:
        raise Refusal(400, "app_unavailable", "App unavailable, please check your app configurations.")
    return TrialWorkflow(
        id=workflow.id,
        graph=workflow.graph,
        features=workflow.features,
        hash=hashlib.sha256(json.dumps([workflow.graph, workflow.features], sort_keys=True).encode()).hexdigest(),
        version=workflow.version,
        marked_name="",
        marked_comment="",
        created_by=None,
        created_at=workflow.created_at,
        updated_by=None,
        updated_at=workflow.created_at,
        tool_published=False,
        environment_variables=[_masked(one) for one in workflow.environment_variables],
        conversation_variables=[TrialVariable(**one) for one in workflow.conversation_variables],
        rag_pipeline_variables=[],
    )


def _app(visit: Visit, app_id: str) -> held.App:
    if app_id not in visit.world.apps:
        raise not_found("App not found.", "app_not_found")
    return visit.world.apps[app_id]


def _masked(variable: dict[str, Any]) -> dict[str, Any]:
    return {**variable, "value": _MASK} if variable.get("value_type") == "secret" else variable
