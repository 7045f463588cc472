"""Handlers: documents, as they are and where they are on their way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any, Final, Literal

from dify_sdk._files import File
from dify_sdk._models import Listing
from dify_sdk.service.datasets import documents as told
from dify_sdk.service.datasets.documents import DisplayStatus, DocumentAction, DocumentMetadataParam, Documents
from dify_sdk.service.datasets.indexing import BatchIndexing, DocumentIndexing
from dify_sdk.shared.results import Result
from dify_sdk.shared.splitting import ProcessRule, StoredProcessRule

from ...attachments import upload_url
from ...knowledge.indexing import look
from ...knowledge.metadata import BUILT_IN, set_values
from ...knowledge.rules import DEFAULT
from ...knowledge.state import Dataset, Document
from ...paging import at
from ...refusals import Refusal, forbidden, invalid, not_found
from ...registry import handles
from ...state import UploadFile
from ...visit import Visit
from .finding import document_of

_ALIASES: Final = {"active": "available", "enabled": "available"}
_STATES: Final = frozenset({"queuing", "indexing", "paused", "error", "available", "disabled", "archived"})
_ACTIONS: Final = ["enable", "disable", "archive", "un_archive"]


@handles(Documents.list, payload="DocumentListQuery", by_hand=("status",))
def list_documents(
    visit: Visit, dataset_id: str, *, page: int = 1, limit: int = 20, keyword: str | None = None, status: DisplayStatus | None = None
) -> Listing[told.Document]:
    """A status that there is not filters nothing."""
    found = [one for one in visit.dataset.documents.values() if (keyword or "").lower() in one.name.lower()]
    look(visit.world, visit.dataset, found)
    wanted = _ALIASES.get(str(status), str(status))
    if wanted in _STATES:
        found = [one for one in found if one.display_status == wanted]
    found.sort(key=lambda one: (one.created_at, one.position), reverse=True)
    cut = at(found, max(page, 1), limit)
    promised = len(cut.rows) == limit  # a full page always promises another
    return cut.listing([tell(visit, one) for one in cut.rows], has_more=promised, limit=limit, page=page, total=cut.total)


@handles(Documents.get, by_hand=("metadata",))
def get(
    visit: Visit, dataset_id: str, document_id: str, *, metadata: Literal["all", "only", "without"] | None = None
) -> told.DocumentDetail:
    document = document_of(visit, document_id)
    if metadata not in {None, "all", "only", "without"}:
        raise Refusal(400, "invalid_metadata", f"Invalid metadata value: {metadata}")
    look(visit.world, visit.dataset, [document])
    about: dict[str, Any] = {"doc_type": document.doc_type, "doc_metadata": _fields(visit.dataset, document)}
    if metadata == "only":
        return told.DocumentDetail(id=document.id, **about)
    return _detail(visit, document, {} if metadata == "without" else about)


@handles(Documents.delete)
def delete(visit: Visit, dataset_id: str, document_id: str) -> None:
    document = document_of(visit, document_id, missing="Document Not Exists.")
    if document.archived:
        raise forbidden("The archived document is not editable.", "archived_document_immutable")
    if document.is_unfinished:
        raise Refusal(400, "document_indexing", "Cannot delete document during indexing.")
    visit.world.knowledge.delete_document(visit.dataset, document)


@handles(Documents.update_status)
def update_status(visit: Visit, dataset_id: str, action: DocumentAction, *, document_ids: Sequence[str] | None = None) -> Result:
    """Unknown documents are passed over; if one cannot be changed, none is."""
    if document_ids and action not in _ACTIONS:
        raise Refusal(400, "invalid_action", f"Invalid action: {action}. Must be one of {_ACTIONS}")
    known = [visit.dataset.documents[one] for one in document_ids or () if one in visit.dataset.documents]
    for document in known:
        if action == "disable" and document.indexing_status != "completed":
            raise Refusal(400, "invalid_action", f"Document: {document.name} is not completed.")
    for document in known:
        _change(visit, document, action)
    return Result(result="success")


@handles(Documents.update_metadata, payload="MetadataOperationData", nested=True)
def update_metadata(visit: Visit, dataset_id: str, *, operation_data: Sequence[DocumentMetadataParam]) -> Result:
    dataset = visit.dataset
    for operation in operation_data:
        document = dataset.documents.get(operation["document_id"])
        if document is None:
            raise invalid("Document not found.")
        values = [(one["name"], one.get("value")) for one in operation["metadata_list"]]
        document.updated_at = visit.world.clock.seconds()
        set_values(dataset, document, values, partial=operation.get("partial_update", False))
    return Result(result="success")


@handles(Documents.batch_indexing_status)
def batch_indexing_status(visit: Visit, dataset_id: str, batch: str) -> BatchIndexing:
    found = [one for one in visit.dataset.documents.values() if one.batch == batch]
    if not found:
        raise not_found("Documents not found.")
    look(visit.world, visit.dataset, found)
    return BatchIndexing(data=[_indexing(one) for one in found])


@handles(Documents.download)
def download(visit: Visit, dataset_id: str, document_id: str) -> told.DownloadLink:
    document = document_of(visit, document_id)
    file = visit.world.knowledge.file_of(document)
    if file is None or document.data_source_type != "upload_file":
        raise not_found("Document does not have an uploaded file to download.")
    return told.DownloadLink(url=f"{upload_url(visit.world, visit.request.base_url, file.id)}&as_attachment=true")


@handles(Documents.download_zip, payload="DocumentBatchDownloadZipPayload")
def download_zip(visit: Visit, dataset_id: str, *, document_ids: Sequence[str]) -> File:
    files: list[UploadFile] = []
    for document_id in dict.fromkeys(document_ids):
        document = document_of(visit, document_id)
        file = visit.world.knowledge.file_of(document)
        if file is None or document.data_source_type != "upload_file":
            raise not_found("Only uploaded-file documents can be downloaded as ZIP.")
        files.append(file)
    return File(_archive(files), f"{visit.world.ids.hex(32)}-docs.zip", "application/zip")


def _archive(files: Sequence[UploadFile]) -> bytes:
    """The files by their names; of a name that comes again the later ones are numbered."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            stem, dot, ending = file.name.rpartition(".")
            name, number = file.name, 0
            while name in archive.namelist():
                number += 1
                name = f"{stem} ({number}){dot}{ending}" if dot else f"{file.name} ({number})"
            archive.writestr(name, file.content)
    return made.getvalue()


def _change(visit: Visit, document: Document, action: DocumentAction) -> None:
    now = visit.world.clock.seconds()
    match action:
        case "enable":
            document.enabled, document.disabled_at, document.disabled_by = True, None, None
        case "disable":
            document.enabled, document.disabled_at, document.disabled_by = False, now, visit.world.owner_id
        case "archive":
            document.archived = True
        case "un_archive":
            document.archived = False
    document.updated_at = now


def tell(visit: Visit, document: Document) -> told.Document:
    """A document as lists have it."""
    file = _file(visit, document)
    return told.Document(
        **_common(document),
        data_source_info=document.data_source_info,
        data_source_detail_dict={"upload_file": file} if file else {},
        word_count=document.word_count,
        doc_metadata=_fields(visit.dataset, document) or [],
    )


def _detail(visit: Visit, document: Document, about: dict[str, Any]) -> told.DocumentDetail:
    """A document as its own record has it."""
    dataset, file = visit.dataset, _file(visit, document)
    latest = dataset.rules[-1] if dataset.rules else None
    segments = len(document.segments)
    own: dict[str, Any] = {"id": document.rule.id, "dataset_id": dataset.id, **_rule(document)} if document.rule else {}
    return told.DocumentDetail(
        **_common(document),
        **about,
        data_source_info={"upload_file": file} if file else document.data_source_info,
        dataset_process_rule=ProcessRule.model_validate(
            {"mode": latest.mode, "rules": latest.rules} if latest else {"mode": "custom", "rules": DEFAULT}
        ),
        document_process_rule=StoredProcessRule.model_validate(own),
        completed_at=document.completed_at,
        updated_at=document.updated_at,
        indexing_latency=document.indexing_latency,
        segment_count=segments,
        average_segment_length=(document.word_count or 0) // segments if segments else 0,
        doc_language=document.doc_language,
    )


def _rule(document: Document) -> dict[str, Any]:
    return {"mode": document.rule.mode, "rules": document.rule.rules} if document.rule else {}


def _common(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "position": document.position,
        "data_source_type": document.data_source_type,
        "dataset_process_rule_id": document.rule.id if document.rule else None,
        "name": document.name,
        "created_from": document.created_from,
        "created_by": document.created_by,
        "created_at": document.created_at,
        "tokens": document.tokens,
        "indexing_status": document.indexing_status,
        "error": document.error,
        "enabled": document.enabled,
        "disabled_at": document.disabled_at,
        "disabled_by": document.disabled_by,
        "archived": document.archived,
        "display_status": document.display_status,
        "hit_count": document.hit_count,
        "doc_form": document.doc_form,
        "summary_index_status": None,
        "need_summary": document.need_summary,
    }


def _file(visit: Visit, document: Document) -> dict[str, Any] | None:
    file = visit.world.knowledge.file_of(document) if document.data_source_type == "upload_file" else None
    if file is None:
        return None
    return {
        "id": file.id,
        "name": file.name,
        "size": len(file.content),
        "extension": file.extension,
        "mime_type": file.mime_type,
        "created_by": file.created_by,
        "created_at": float(file.created_at),
    }


def _fields(dataset: Dataset, document: Document) -> list[told.DocumentField] | None:
    """What the document says in the fields of its dataset; built-in times are texts."""
    if document.metadata is None:
        return None
    said = document.metadata
    own = [(one.id, one.name, one.type, said[one.name]) for one in dataset.fields.values() if one.name in said]
    built_in = [("built-in", name, kind, str(said[name])) for name, kind in BUILT_IN.items() if name in said]
    return [told.DocumentField(id=field_id, name=name, type=kind, value=value) for field_id, name, kind, value in own + built_in]


def _indexing(document: Document) -> DocumentIndexing:
    current = [one for one in document.segments.values() if one.status != "re_segment"]
    return DocumentIndexing(
        id=document.id,
        indexing_status="paused" if document.is_paused else document.indexing_status,
        processing_started_at=document.processing_started_at,
        parsing_completed_at=document.parsing_completed_at,
        cleaning_completed_at=document.cleaning_completed_at,
        splitting_completed_at=document.splitting_completed_at,
        completed_at=document.completed_at,
        paused_at=document.paused_at,
        error=document.error,
        error_code=None,
        estimated_vector_space_mb=None,
        vector_space_limit_mb=None,
        stopped_at=document.stopped_at,
        completed_segments=sum(one.status == "completed" for one in current),
        total_segments=len(current),
    )
