"""Handlers: what everybody is told of an app."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from dify_sdk._models import Listing
from dify_sdk.console.app_details import AppDetailWithSite
from dify_sdk.console.trial_apps import AppParameters, Site, TrialApps, TrialDataset
from dify_sdk.console.trial_apps.models import TrialAuthor, TrialVariable
from dify_sdk.console.trial_apps.workflows import TrialWorkflow, Workflows

from ... import state as held
from ...apps import about
from ...paging import numbered
from ...refusals import Refusal, not_found
from ...registry import handles
from ...visit import Caller, Visit
from ..apps import telling

_MASK: Final = "*" * 20
_UNTOLD: Final = frozenset({"tracing", "maintainer", "bound_agent_id", "app_id"})


@handles(TrialApps.get)
def get(visit: Visit, app_id: str) -> AppDetailWithSite:
    told = telling.detail_with_site(visit, _app(visit, app_id), permission_keys=[])
    return AppDetailWithSite(**{name: getattr(told, name) for name in told.model_fields_set - _UNTOLD})


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
    app = _app(visit, app_id)
    workflow, author = app.workflow, visit.world.accounts.known.get(app.created_by or "")
    if workflow is None:
        raise Refusal(400, "app_unavailable", "App unavailable, please check your app configurations.")
    return TrialWorkflow(
        id=workflow.id,
        graph=workflow.graph,
        features=workflow.features,
        hash=hashlib.sha256(json.dumps([workflow.graph, workflow.features], sort_keys=True).encode()).hexdigest(),
        version=workflow.version,
        marked_name=workflow.marked_name,
        marked_comment=workflow.marked_comment,
        created_by=TrialAuthor(id=author.id, name=author.name, email=author.email) if author else None,
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
