"""How documents come in, and how they are replaced."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

from ..llm import PROVIDER
from ..providers import default
from .indexing import measure, queue
from .metadata import refresh_built_ins
from .retrieval import RETRIEVAL_MODEL
from .state import Dataset, DocForm, Document, ProcessRule, Technique

if TYPE_CHECKING:
    from ..state import UploadFile
    from ..world import World

EXTENSIONS: Final = frozenset(
    {"txt", "markdown", "md", "mdx", "pdf", "html", "htm", "xlsx", "xls", "docx", "csv", "vtt", "properties", "odt"}
)
"""The endings of files that can be read."""


def settle_technique(
    dataset: Dataset,
    technique: Technique,
    *,
    embedding_model: str | None = None,
    embedding_model_provider: str | None = None,
    retrieval_model: dict[str, Any] | None = None,
) -> None:
    """Decide how a dataset is indexed, where nobody has yet."""
    if dataset.indexing_technique is not None:
        return
    dataset.indexing_technique = technique
    if technique == "high_quality":
        chosen = embedding_model and embedding_model_provider
        dataset.embedding_model = embedding_model if chosen else default("text-embedding")
        dataset.embedding_model_provider = embedding_model_provider if chosen else PROVIDER
        dataset.retrieval_model = dataset.retrieval_model or retrieval_model or dict(RETRIEVAL_MODEL)


def change_technique(dataset: Dataset, technique: Technique) -> None:
    """Index a dataset in another way, with all that is in it."""
    if dataset.indexing_technique == technique:
        return
    dataset.indexing_technique = dataset.embedding_model = dataset.embedding_model_provider = None
    settle_technique(dataset, technique)
    for document in dataset.documents.values():
        for segment in document.segments.values():
            measure(dataset, segment)
        document.tokens = sum(one.tokens for one in document.segments.values())


def keep_text(world: World, name: str, text: str) -> UploadFile:
    """Keep a text as the file it is downloaded as."""
    from ..state import UploadFile

    made = UploadFile(world.ids.uuid(), name, text.encode(), "text/plain", world.owner_id, world.clock.seconds(), kind="txt")
    world.upload_files[made.id] = made
    return made


def new_batch(world: World) -> str:
    """The name of what comes in with one call: the time and six digits."""
    time = datetime.datetime.fromtimestamp(world.clock.now(), datetime.UTC)
    return f"{time:%Y%m%d%H%M%S}{100000 + int(world.ids.hex(8), 16) % 900000}"


def put_in(
    world: World,
    dataset: Dataset,
    name: str,
    source: dict[str, Any],
    *,
    form: DocForm = "text_model",
    rule: ProcessRule | None = None,
    source_type: str = "upload_file",
    language: str = "English",
    created_from: str = "api",
    batch: str | None = None,
) -> Document:
    """Put a document in; it waits to be indexed. `source` tells where its text is."""
    now = world.clock.seconds()
    document = Document(
        world.ids.uuid(),
        dataset.next_position,
        name,
        batch or new_batch(world),
        source_type,
        source,
        form,
        world.owner_id,
        now,
        now,
        created_from,
        rule,
        language,
        need_summary=bool((dataset.summary_index_setting or {}).get("enable")),
    )
    dataset.data_source_type = dataset.data_source_type or source_type
    dataset.documents[document.id] = document
    refresh_built_ins(dataset, document)
    queue(world, document)
    return document


def replace(
    world: World,
    document: Document,
    *,
    name: str | None = None,
    source: dict[str, Any] | None = None,
    rule: ProcessRule | None = None,
    form: DocForm | None = None,
) -> None:
    """Change what a document is made of, and index it again; it keeps its id and its batch."""
    document.name = name or document.name
    document.rule = rule or document.rule
    document.doc_form = form or document.doc_form
    document.created_from, document.updated_at = "web", world.clock.seconds()
    if source is not None:
        document.data_source_type, document.data_source_info = "upload_file", source
    queue(world, document)
