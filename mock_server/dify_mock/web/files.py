"""Handlers: files for messages and variables."""

from __future__ import annotations

from typing import Literal

from dify_sdk._params import Upload
from dify_sdk.web.files import Files, UploadedFile

from ..apps.files import uploaded
from ..registry import handles
from ..visit import Visit


@handles(Files.upload, by_hand=("source",))
def upload(visit: Visit, *, file: Upload, source: Literal["datasets"] | None = None) -> UploadedFile:
    return uploaded(visit, file, source, created_by=visit.end_user().id)
