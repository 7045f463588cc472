"""Console: apps as YAML, and what comes of them."""

from __future__ import annotations

from pydantic import Field

from ..._models import Model
from ...shared.imports import (
    AppDsl as AppDsl,
    AppImport as AppImport,
    Dependencies as Dependencies,
    Dependency as Dependency,
    DslImportWarning as DslImportWarning,
    ImportMode as ImportMode,
)


class DslVersion(Model):
    """The version of the YAML that a server writes."""

    app_dsl_version: str


class Deployment(Model):
    """An app that can be called with its key. `imported` has the warnings of the import."""

    app_id: str
    app_mode: str | None = None
    key: str | None = Field(default=None, repr=False)
    imported: AppImport
