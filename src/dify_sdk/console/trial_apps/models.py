"""Console: what a server tells of an app that can be tried."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ..._models import Model


class TrialDataset(Model):
    """A dataset that an app uses."""

    id: str
    name: str
    description: str | None = None
    permission: str | None = None
    data_source_type: str | None = None
    indexing_technique: str | None = None
    created_by: str | None = None
    created_at: int | None = None
    permission_keys: list[str] = []


class TrialAuthor(Model):
    """Who has made a version, or changed it."""

    id: str
    name: str | None = None
    email: str | None = None


class TrialVariable(Model):
    """What a chatflow remembers of a conversation."""

    id: str | None = None
    name: str
    value_type: str
    value: Any = None
    description: str = ""


class TrialWorkflow(Model):
    """The published version of a chatflow or workflow, whole."""

    id: str
    graph: dict[str, Any]
    features: dict[str, Any] = {}
    hash: str | None = None
    version: str | None = None
    marked_name: str | None = None
    marked_comment: str | None = None
    created_by: TrialAuthor | None = None
    created_at: int | None = None
    updated_by: TrialAuthor | None = None
    updated_at: int | None = None
    tool_published: bool | None = None
    environment_variables: list[dict[str, Any]] = Field(default=[], repr=False)
    conversation_variables: list[TrialVariable] = []
    rag_pipeline_variables: list[dict[str, Any]] = []
