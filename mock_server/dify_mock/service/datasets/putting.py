"""Handlers: documents on their way in, as texts and as files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

from pydantic import TypeAdapter, ValidationError

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk.service.datasets.documents import DocumentBatch, DocumentDataParam, Documents
from dify_sdk.shared.retrieval import RetrievalModel, RetrievalModelParam
from dify_sdk.shared.splitting import DocumentForm, ProcessRule, ProcessRuleParam

from ...knowledge.intake import EXTENSIONS, keep_text, put_in, replace, settle_technique
from ...knowledge.rules import RuleError, check, kept
from ...knowledge.state import DocForm, Document, ProcessRule as HeldRule
from ...providers import check_ready
from ...refusals import complaints, invalid, unfit
from ...registry import handles
from ...uploads import ending_of, keep, only_file, unsupported
from ...visit import Visit
from .documents import tell
from .finding import document_of

_FORMS: frozenset[str] = frozenset({"text_model", "hierarchical_model", "qa_model"})


@handles(Documents.create_by_text, payload="DocumentTextCreatePayload", nested=True, by_hand=("doc_form",))
def create_by_text(
    visit: Visit,
    dataset_id: str,
    *,
    name: str,
    text: str,
    indexing_technique: Literal["high_quality", "economy"] | None = None,
    process_rule: ProcessRuleParam | ProcessRule | None = None,
    doc_form: DocumentForm | None = None,
    doc_language: str | None = None,
    retrieval_model: RetrievalModelParam | RetrievalModel | None = None,
    embedding_model: str | None = None,
    embedding_model_provider: str | None = None,
    original_document_id: str | None = None,
) -> DocumentBatch:
    _check_form(doc_form, "DocumentTextCreatePayload")
    told: dict[str, Any] = {
        "indexing_technique": indexing_technique,
        "process_rule": process_rule,
        "doc_form": doc_form,
        "doc_language": doc_language,
        "retrieval_model": retrieval_model,
        "embedding_model": embedding_model,
        "embedding_model_provider": embedding_model_provider,
    }
    _check_technique(visit, told)
    _check_rule(told)
    file = keep_text(visit.world, name, text)
    if original_document_id:
        return _replaced(visit, document_of(visit, original_document_id), told, file.id, name)
    return _put(visit, told, file.id, name)


@handles(Documents.create_by_file)
def create_by_file(visit: Visit, dataset_id: str, *, file: Upload, data: DocumentDataParam | None = None) -> DocumentBatch:
    """The server has no message for a kind of file that it does not take."""
    told = _data(data)
    _check_technique(visit, told)
    only_file(visit.request)
    given = File.of(file)
    if ending_of(given.name) not in EXTENSIONS:
        raise invalid("")
    kept_file = keep(visit.world, given, created_by=visit.world.owner_id)
    _check_rule(told)
    if told.get("original_document_id"):
        return _replaced(visit, document_of(visit, told["original_document_id"]), told, kept_file.id, kept_file.name)
    return _put(visit, told, kept_file.id, kept_file.name)


@handles(Documents.update_by_text, payload="DocumentTextUpdate", nested=True, by_hand=("doc_form",))
def update_by_text(
    visit: Visit,
    dataset_id: str,
    document_id: str,
    *,
    name: str | None = None,
    text: str | None = None,
    process_rule: ProcessRuleParam | ProcessRule | None = None,
    doc_form: DocumentForm | None = None,
    doc_language: str | None = None,
    retrieval_model: RetrievalModelParam | RetrievalModel | None = None,
) -> DocumentBatch:
    _check_form(doc_form, "DocumentTextUpdate")
    if text is not None and name is None:
        raise unfit("DocumentTextUpdate", "name is required when text is provided", visit.request.json)
    told: dict[str, Any] = {"process_rule": process_rule, "doc_form": doc_form}
    _check_rule(told)
    document = document_of(visit, document_id)
    file_id = keep_text(visit.world, name or document.name, text).id if text else None
    return _replaced(visit, document, told, file_id, name)


@handles(Documents.update)
def update(
    visit: Visit, dataset_id: str, document_id: str, *, file: Upload | None = None, data: DocumentDataParam | None = None
) -> DocumentBatch:
    told = _data(data)
    file_id, name = None, None
    if file is not None:
        only_file(visit.request)
        given = File.of(file)
        if ending_of(given.name) not in EXTENSIONS:
            raise unsupported()
        kept_file = keep(visit.world, given, created_by=visit.world.owner_id)
        file_id, name = kept_file.id, kept_file.name
    _check_rule(told)
    return _replaced(visit, document_of(visit, document_id), told, file_id, told.get("name") or name)


def _data(data: DocumentDataParam | None) -> dict[str, Any]:
    """What the part `data` of a form says, checked as the server checks it: it knows no part of that name."""
    try:
        return dict(TypeAdapter(DocumentDataParam).validate_python(data or {}))
    except ValidationError as error:
        raise invalid(str(error).replace("DocumentDataParam", "KnowledgeConfig"), details=complaints(error)) from None


def _check_form(form: str | None, payload: str) -> None:
    if form is not None and form not in _FORMS:
        raise unfit(payload, "Invalid doc_form.", form, at="doc_form")


def _check_technique(visit: Visit, told: Mapping[str, Any]) -> None:
    if not visit.dataset.indexing_technique and not told.get("indexing_technique"):
        raise invalid("indexing_technique is required.")


def _check_rule(told: Mapping[str, Any]) -> None:
    try:
        if told.get("process_rule"):
            check(told["process_rule"])
    except RuleError as error:
        raise invalid(str(error)) from error


def _put(visit: Visit, told: Mapping[str, Any], file_id: str, name: str) -> DocumentBatch:
    """A new document; the first one decides what its dataset is."""
    world, dataset = visit.world, visit.dataset
    form: DocForm = told.get("doc_form") or "text_model"
    if not told.get("process_rule") and not dataset.rules:
        raise invalid("process_rule is required.")
    if dataset.doc_form not in {None, form}:
        raise invalid("doc_form is different from the dataset doc_form.")
    if not dataset.indexing_technique and told["indexing_technique"] == "high_quality":
        check_ready(world)
    settle_technique(
        dataset,
        told.get("indexing_technique") or "high_quality",
        embedding_model=told.get("embedding_model"),
        embedding_model_provider=told.get("embedding_model_provider"),
        retrieval_model=cast("dict[str, Any] | None", told.get("retrieval_model")),
    )
    rule = _rule(visit, told) or dataset.rules[-1]
    language = told.get("doc_language") or "English"
    document = put_in(world, dataset, name, {"upload_file_id": file_id}, form=form, rule=rule, language=language)
    return DocumentBatch(document=tell(visit, document), batch=document.batch)


def _replaced(visit: Visit, document: Document, told: Mapping[str, Any], file_id: str | None, name: str | None) -> DocumentBatch:
    """A document that is made of something else from now on."""
    if document.display_status != "available":
        raise invalid("Document is not available")
    source = {"upload_file_id": file_id} if file_id else None
    replace(visit.world, document, name=name, source=source, rule=_rule(visit, told), form=told.get("doc_form"))
    return DocumentBatch(document=tell(visit, document), batch=document.batch)


def _rule(visit: Visit, told: Mapping[str, Any]) -> HeldRule | None:
    return kept(visit.world.ids, visit.dataset, told["process_rule"]) if told.get("process_rule") else None
