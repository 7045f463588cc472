"""Apps on their way into a workspace."""

from __future__ import annotations

from typing import Any, Literal

from .._models import Model


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
