"""Handlers: what the current workspace can do."""

from __future__ import annotations

from dify_sdk.console.features import (
    Billing,
    Education,
    Features,
    KnowledgePipelineFeatures,
    Limit,
    Quota,
    Subscription,
    VectorSpace,
    WorkspaceFeatures,
)

from ..features import limitation
from ..quotas import Resource, used
from ..registry import handles
from ..visit import Visit


@handles(Features.get)
def get(visit: Visit) -> WorkspaceFeatures:
    """Plans are sold in the cloud alone; their limits are told here too, and only those that the world names are kept."""
    settings, enterprise, workspace = visit.world.settings, visit.world.enterprise, visit.workspace
    return WorkspaceFeatures(
        billing=Billing(enabled=False, subscription=Subscription(plan="sandbox", interval="")),
        education=Education(enabled=False, activated=False),
        members=Limit(size=0, limit=1),
        apps=_room(visit, "apps", usual=10),
        vector_space=None,
        knowledge_rate_limit=10,
        annotation_quota_limit=Limit(size=0, limit=10),
        documents_upload_quota=_room(visit, "documents", usual=50),
        docs_processing="standard",
        can_replace_logo=settings.logo_is_replaceable,
        model_load_balancing_enabled=False,
        dataset_operator_enabled=settings.has_dataset_operators,
        webapp_copyright_enabled=enterprise is not None,
        workspace_members=limitation(len(workspace.roles), workspace.seats),
        is_allow_transfer_workspace=enterprise is None or enterprise.lets_owners_transfer,
        trigger_event=Quota(usage=0, limit=3000, reset_date=0),
        api_rate_limit=Quota(usage=0, limit=5000, reset_date=0),
        human_input_email_delivery_enabled=True,
        knowledge_pipeline=KnowledgePipelineFeatures(publish_enabled=enterprise is not None),
        next_credit_reset_date=0,
    )


def _room(visit: Visit, resource: Resource, *, usual: int) -> Limit:
    """How much of something is taken, where that is counted."""
    limit = visit.workspace.quotas.get(resource)
    return Limit(size=0, limit=usual) if limit is None else Limit(size=used(visit.world, visit.workspace, resource), limit=limit)


@handles(Features.get_vector_space)
def get_vector_space(visit: Visit) -> VectorSpace:
    return VectorSpace(size=0, limit=5)
