"""Handlers: uploads of the accounts."""

from __future__ import annotations

from typing import Final, Literal

from dify_sdk._params import Upload
from dify_sdk.console.files import Files, FileText, SupportedTypes, UploadConfig, UploadedFile

from ..accounts import LIBRARIANS
from ..apps.files import uploaded
from ..console_callers import check_role
from ..knowledge.extraction import extract
from ..knowledge.intake import EXTENSIONS
from ..knowledge.unreadable import Unreadable
from ..quotas import check_quota
from ..refusals import Refusal, invalid, not_found
from ..registry import handles
from ..uploads import LIMITS, SKILL_LIMIT, WORKFLOW_FILES
from ..visit import Visit

_SHOWN: Final = 3000
"""Characters of a document's text."""


@handles(Files.upload, by_hand=("source",))
def upload(visit: Visit, *, file: Upload, source: Literal["datasets"] | None = None) -> UploadedFile:
    check_source(visit, source)
    return uploaded(visit, file, source, created_by=visit.account.id, workspace_id=visit.workspace.id)


def check_source(visit: Visit, source: str | None) -> None:
    """Files that knowledge is made of are for librarians, as many as the plan of the workspace has room for."""
    if source == "datasets":
        check_quota(visit.world, visit.workspace, "documents")
        check_role(visit.workspace, visit.account, LIBRARIANS)


@handles(Files.get_upload_config)
def get_upload_config(_: Visit) -> UploadConfig:
    return UploadConfig(
        file_size_limit=LIMITS["other"],
        knowledge_file_size_limit=LIMITS["other"],
        batch_count_limit=5,
        file_upload_limit=20,
        image_file_size_limit=LIMITS["image"],
        video_file_size_limit=LIMITS["video"],
        audio_file_size_limit=LIMITS["audio"],
        skill_file_size_limit=SKILL_LIMIT,
        workflow_file_upload_limit=WORKFLOW_FILES,
        image_file_batch_limit=10,
        single_chunk_attachment_limit=10,
        attachment_image_file_size_limit=2,
    )


@handles(Files.get_supported_types)
def get_supported_types(_: Visit) -> SupportedTypes:
    return SupportedTypes(allowed_extensions=sorted(EXTENSIONS))


@handles(Files.preview)
def preview(visit: Visit, file_id: str) -> FileText:
    kept = visit.world.upload_files.get(file_id)
    if kept is None or visit.world.workspace_of(kept) != visit.workspace.id:
        raise not_found("File not found")
    if kept.extension not in EXTENSIONS:
        raise invalid("")
    try:
        text = "\n".join(extract(kept.extension, kept.content))
    except Unreadable:
        raise Refusal(500, "unknown", "Internal Server Error") from None
    return FileText(content=text[:_SHOWN])
