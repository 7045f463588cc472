"""Apps as YAML, and on their way into a workspace."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from pydantic import Field

from .._models import Model

ImportMode: TypeAlias = Literal["yaml-content", "yaml-url"]


class AppDsl(Model):
    """An app as YAML, with its secrets where they were asked for."""

    data: str = Field(repr=False)


class DslImportWarning(Model):
    """What an import has left out or changed."""

    code: str
    path: str = ""
    message: str = ""
    details: dict[str, Any] | None = None


class AppImport(Model):
    """An import, and the app it made."""

    id: str
    status: Literal["completed", "completed-with-warnings", "pending", "failed"] | str
    app_id: str | None = None
    app_mode: str | None = None
    permission_keys: list[str] = []
    current_dsl_version: str = ""
    imported_dsl_version: str = ""
    error: str = ""
    warnings: list[DslImportWarning] = []


class Dependency(Model):
    """A plugin that an app needs."""

    type: Literal["github", "marketplace", "package"] | str
    value: dict[str, Any] = {}
    current_identifier: str | None = None


class Dependencies(Model):
    """The plugins that an app needs and the workspace lacks."""

    leaked_dependencies: list[Dependency] = []
