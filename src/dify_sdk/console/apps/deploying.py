"""Console: apps from YAML to where they can be called, and all of them back into a folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from ..._files import whole
from ..._steps import Steps, ask
from ...errors import (
    APIError,
    APIStatusError,
    BadRequestError,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    ResponseValidationError,
)
from . import Apps
from .api_keys import AppApiKeys
from .dsl import Deployment
from .workflows import Workflows

_PUBLISHED: Final = frozenset({"advanced-chat", "workflow"})
"""The modes of apps that are called only when they are published."""
_OF_ONE_APP: Final = (BadRequestError, PermissionDeniedError, NotFoundError, InternalServerError)
"""Refusals that say nothing of the next app: it has no workflow yet, is another team's, is gone meanwhile, or the server stumbles over it."""
_PAGE: Final = 100
_LONGEST: Final = 60
"""Characters of an app's name in that of its file: with four bytes each it is still short enough for any disk."""
_UNSAFE: Final = re.compile(r"[^\w -]")


def deployed(dsl: str, name: str | None, app_id: str | None, *, publish: bool, key: bool) -> Steps[Deployment]:
    """Import, confirm, publish, and find a key or make one."""
    imported = yield from ask(Apps.import_dsl, mode="yaml-content", yaml_content=dsl, name=name, app_id=app_id)
    if imported.status == "pending":
        imported = yield from ask(Apps.confirm_import, imported.id)
    if imported.app_id is None:
        raise ResponseValidationError(imported.error or "the import names no app", body=imported.model_dump())
    deployment = Deployment(app_id=imported.app_id, app_mode=imported.app_mode, imported=imported)
    try:
        if publish and imported.app_mode in _PUBLISHED:
            yield from ask(Workflows.publish, deployment.app_id)
        if key:
            deployment.key = yield from _key(deployment.app_id)
    except APIError as error:
        error.add_note(f"the app is there: {deployment.app_id}")
        raise
    return deployment


def exported(folder: Path, *, include_secret: bool) -> Steps[list[Path]]:
    """Every app into a file of its own; the first refusal comes last, with all of them in its notes."""
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, Path] = {}
    failures: list[tuple[str, APIStatusError]] = []
    for app_id, name in (yield from _apps()):
        try:
            dsl = yield from ask(Apps.export_dsl, app_id, include_secret=include_secret)
        except _OF_ONE_APP as error:
            failures.append((f"{name!r}, {app_id}", error))
            continue
        stem = _stem(name, app_id[:8])
        if stem.casefold() in written:
            stem = _stem(name, app_id)
        path = written[stem.casefold()] = folder / f"{stem}.yml"
        with whole(path) as file:
            file.write(dsl.data.encode())
    if failures:
        first = failures[0][1]
        for about, reason in failures:
            first.add_note(f"not exported: {about}: {reason}")
        first.add_note(f"exported: {len(written)} of {len(written) + len(failures)} apps, into {folder}")
        raise first
    return list(written.values())


def _key(app_id: str) -> Steps[str]:
    """The key that an app has, or a new one."""
    keys = yield from ask(AppApiKeys.list, app_id)
    if keys.data:
        return keys.data[0].token
    return (yield from ask(AppApiKeys.create, app_id)).token


def _apps() -> Steps[list[tuple[str, str]]]:
    """The ids and names of all apps, in an order that does not change meanwhile."""
    found: dict[str, str] = {}
    page = 1
    while True:
        listed = yield from ask(Apps.list, page=page, limit=_PAGE, sort_by="earliest_created")
        found.update((one.id, one.name) for one in listed.data)
        if not (listed.has_more and listed.data):
            return list(found.items())
        page += 1


def _stem(name: str, app_id: str) -> str:
    """What a file is called: no more than letters, digits, blanks and dashes, whatever the server says."""
    return "-".join(_UNSAFE.sub("_", part) for part in (name[:_LONGEST].strip(), app_id[:36]))
