"""Console: what the current workspace can do."""

from __future__ import annotations

from typing import Literal, TypeAlias

from .._endpoint import GET, M, Resource
from .._models import Model

Plan: TypeAlias = Literal["sandbox", "professional", "team"]


class Features(Resource[M], area="console.features", key="session"):
    """What the current workspace can do."""

    @GET("/features")
    def get(self) -> WorkspaceFeatures:
        """Tell what the workspace can do, and how much of it. Limits of a plan count in the cloud only."""
        ...

    @GET("/features/vector-space", since="1.16")
    def get_vector_space(self) -> VectorSpace:
        """Tell how much room there is for vectors, and how much is taken."""
        ...


class Limit(Model):
    """How much of something there is, and may be."""

    size: int = 0
    limit: int = 0


class Limitation(Limit):
    """A limit of a licence, which counts where it is `enabled`."""

    enabled: bool = False


class Subscription(Model):
    """What was bought."""

    plan: Plan | str = "sandbox"
    interval: str = ""


class Billing(Model):
    """Whether plans are sold here, and which one the workspace has."""

    enabled: bool = False
    subscription: Subscription | None = None


class Education(Model):
    """Whether there are terms for students, and whether the account has them."""

    enabled: bool = False
    activated: bool = False


class Quota(Model):
    """How often something was done, and may be done until `reset_date`."""

    usage: int = 0
    limit: int = 0
    reset_date: int = -1


class KnowledgePipelineFeatures(Model):
    """What can be done with pipelines of knowledge."""

    publish_enabled: bool = False


class VectorSpace(Limit):
    """Room for vectors, in megabytes."""

    usage_unknown: bool | None = None


class WorkspaceFeatures(Model):
    """What a workspace can do, and how much of it."""

    billing: Billing | None = None
    education: Education | None = None
    members: Limit | None = None
    apps: Limit | None = None
    vector_space: Limit | None = None
    knowledge_rate_limit: int | None = None
    annotation_quota_limit: Limit | None = None
    documents_upload_quota: Limit | None = None
    docs_processing: Literal["standard", "priority", "top-priority"] | str | None = None
    can_replace_logo: bool | None = None
    model_load_balancing_enabled: bool | None = None
    dataset_operator_enabled: bool | None = None
    webapp_copyright_enabled: bool | None = None
    workspace_members: Limitation | None = None
    is_allow_transfer_workspace: bool | None = None
    trigger_event: Quota | None = None
    api_rate_limit: Quota | None = None
    human_input_email_delivery_enabled: bool | None = None
    knowledge_pipeline: KnowledgePipelineFeatures | None = None
    next_credit_reset_date: int | None = None
