"""Handlers: files for messages and variables."""

from __future__ import annotations

from typing import Literal

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.web.files import Files, UploadedFile

from ..apps.files import told
from ..knowledge.intake import EXTENSIONS
from ..registry import handles
from ..uploads import ending_of, keep, only_file, unsupported
from ..visit import Visit


@handles(Files.upload, by_hand=("source",))
def upload(visit: Visit, *, file: Upload, source: Literal["datasets"] | None = None) -> UploadedFile:
    """Here nobody asks for a media type."""
    only_file(visit.request)
    given = File.of(file)
    if source == "datasets" and ending_of(given.name) not in EXTENSIONS:
        raise unsupported()
    return told(visit, keep(visit.world, given, created_by=visit.end_user().id, app_id=visit.app.id))
