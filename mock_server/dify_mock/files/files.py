"""Handlers: files behind signed addresses. Whoever has the address may fetch the file; the address holds for five minutes."""

from __future__ import annotations

import mimetypes
from typing import Final, Literal

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.files.files import Files
from dify_sdk.shared.uploads import UploadedFile

from ..apps.files import PAGES, outgoing, served
from ..attachments import KINDS, tool_url
from ..refusals import Refusal, forbidden, not_found
from ..registry import handles
from ..signing import PluginUpload, is_signed
from ..state import UploadFile
from ..uploads import ending_of, unsupported
from ..visit import Visit

_DRAWINGS: Final = frozenset({"image/svg+xml", "svg"})  # they may hold scripts


@handles(Files.preview)
def preview(visit: Visit, file_id: str, *, timestamp: str, nonce: str, sign: str, as_attachment: bool | None = None) -> File:
    kept = _upload(visit, "file-preview", file_id, timestamp, nonce, sign)
    return served(kept, as_attachment=bool(as_attachment), hidden=PAGES | _DRAWINGS)


@handles(Files.preview_image)
def preview_image(visit: Visit, file_id: str, *, timestamp: str, nonce: str, sign: str) -> File:
    kept = _upload(visit, "image-preview", file_id, timestamp, nonce, sign)
    if kept.extension not in KINDS["image"]:
        raise unsupported()
    return served(kept, as_attachment=False)


@handles(Files.get_tool_file)
def get_tool_file(
    visit: Visit, file_id: str, extension: str, *, timestamp: str, nonce: str, sign: str, as_attachment: bool | None = None
) -> File:
    if not is_signed(visit.world, f"file-preview|{file_id}", timestamp, nonce, sign):
        raise forbidden("Invalid request.")
    made = visit.world.tool_files.get(file_id)
    if made is None:
        raise not_found("file is not found")
    hidden = made.mime_type in PAGES or made.extension in PAGES
    return outgoing(made.content, made.name, made.mime_type, as_attachment=bool(as_attachment), is_hidden=hidden)


@handles(Files.upload_for_plugin, no_file=(403, "forbidden", "File is required."))
def upload_for_plugin(
    visit: Visit,
    *,
    file: Upload,
    timestamp: str,
    nonce: str,
    sign: str,
    tenant_id: str,
    user_id: str | None = None,
    conversation_id: str | None = None,
    user_from: Literal["account", "end-user"] | None = None,
    max_size: int | None = None,
) -> UploadedFile:
    """What a plugin uploads is the file of a tool."""
    world, given = visit.world, File.of(file)
    kind, content = given.content_type or "", given.read()
    wanted = PluginUpload(given.name, kind, tenant_id, user_id, conversation_id, user_from, max_size)
    if not given.name or not kind or not wanted.is_allowed(world, timestamp, nonce, sign):
        raise forbidden("Invalid request.")
    if tenant_id != world.workspace_id or (user_from == "account" and user_id != world.owner_id):
        raise forbidden("Invalid request.")
    if max_size is not None and len(content) > max_size:
        raise Refusal(413, "file_too_large", "File size exceeds the signed upload limit.")
    ending = (mimetypes.guess_extension(kind) or ".bin").lstrip(".")
    made = world.tool_file(content, ending_of(given.name) or ending, kind, given.name)
    return UploadedFile(
        id=made.id,
        reference=None,
        name=made.name,
        size=len(content),
        extension=f".{ending}",
        mime_type=kind,
        created_by=user_id,
        created_at=world.clock.seconds(),
        preview_url=tool_url(world, visit.request.base_url, made.id),
        source_url=None,
        original_url=None,
        user_id=user_id,
        tenant_id=tenant_id,
        conversation_id=conversation_id,
        file_key=None,
    )


def _upload(visit: Visit, what: str, file_id: str, timestamp: str, nonce: str, sign: str) -> UploadFile:
    """The upload that a signed address leads to."""
    signed = is_signed(visit.world, f"{what}|{file_id}", timestamp, nonce, sign)
    kept = visit.world.upload_files.get(file_id) if signed else None
    if kept is None:
        raise not_found("File not found or signature is invalid")
    return kept
