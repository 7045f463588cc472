"""How a document is indexed: stage by stage, by the world's clock.

Who looks at an unfinished document a second time has waited: each further look finds it a good deal further on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from ..providers import unusable
from .chunks import BY_PARAGRAPH, Chunk, ChunkingError, chunks_of
from .embedding import tokens
from .extraction import extract
from .state import ChildChunk, Dataset, Document, IndexingStatus, Segment
from .unreadable import Unreadable
from .words import keywords

if TYPE_CHECKING:
    from ..world import World

_STAGE_SECONDS: Final = 0.5
_LOOK_SECONDS: Final = 1.0
_MOST_KEYWORDS: Final = 10


class IndexingError(Exception):
    """A document cannot be indexed."""


def queue(world: World, document: Document) -> None:
    """Have a document indexed, anew if need be; what it has been split into is found no more."""
    document.indexing_status, document.queued_at, document.looks = "waiting", world.clock.now(), 0
    document.processing_started_at = document.parsing_completed_at = document.cleaning_completed_at = None
    document.splitting_completed_at = document.completed_at = document.stopped_at = document.error = None
    for segment in document.segments.values():
        segment.status = "re_segment"


def look(world: World, dataset: Dataset, documents: Iterable[Document]) -> None:
    """Look at documents: those on their way go on."""
    for document in documents:
        if document.is_unfinished:
            document.looks += 1
            go_on(world, dataset, document)


def finish(world: World, dataset: Dataset, document: Document) -> None:
    """Bring a document to its end at once."""
    document.queued_at = world.clock.now() - len(_STAGES) * _STAGE_SECONDS
    go_on(world, dataset, document)


def pause(world: World, document: Document) -> None:
    """Let a document stay where it is."""
    document.is_paused, document.paused_at = True, world.clock.seconds()


def recover(world: World, document: Document) -> None:
    """Let a paused document go on, as if no time had passed."""
    document.queued_at += world.clock.now() - (document.paused_at or 0)
    document.is_paused, document.paused_at = False, None


def go_on(world: World, dataset: Dataset, document: Document) -> None:
    """Bring a document to where it is by now."""
    waited = max(0, document.looks - 1) * _LOOK_SECONDS
    for at, (stage, perform) in enumerate(_STAGES.items(), 1):
        due = document.queued_at + at * _STAGE_SECONDS
        if document.indexing_status != stage:
            continue
        if document.is_paused or due > world.clock.now() + waited:
            return
        try:
            document.indexing_status = perform(world, dataset, document, int(min(due, world.clock.now())))
        except (ChunkingError, IndexingError, Unreadable) as error:
            document.indexing_status, document.error = "error", str(error)
            document.stopped_at = world.clock.seconds()


def not_embedding(world: World, dataset: Dataset) -> str:
    """Why the dataset's model cannot be asked; nothing where it can, or need not be."""
    if dataset.indexing_technique != "high_quality":
        return ""
    return unusable(world, "text-embedding", dataset.embedding_model_provider, dataset.embedding_model)


def _start(world: World, dataset: Dataset, document: Document, now: int) -> IndexingStatus:
    document.processing_started_at = now
    return "parsing"


def _parse(world: World, dataset: Dataset, document: Document, now: int) -> IndexingStatus:
    document.texts = _texts(world, document)
    document.parsing_completed_at = now
    return "cleaning"


def _texts(world: World, document: Document) -> list[str]:
    file = world.knowledge.file_of(document)
    if file is not None:
        return extract(file.extension, file.content)
    if "content" in document.data_source_info:
        return [str(document.data_source_info["content"])]
    raise IndexingError("Source file not found")


def _clean(world: World, dataset: Dataset, document: Document, now: int) -> IndexingStatus:
    return "splitting"  # one step with it to the server, which notes both at its end


def _split(world: World, dataset: Dataset, document: Document, now: int) -> IndexingStatus:
    if told := not_embedding(world, dataset):
        raise IndexingError(told)
    chunks = chunks_of(document.texts, document.rule or BY_PARAGRAPH, document.doc_form)
    document.texts, document.segments = [], {}
    document.cleaning_completed_at = document.splitting_completed_at = now
    for chunk in chunks:
        segment = add_segment(world, dataset, document, chunk)
        segment.status, segment.completed_at = "indexing", None
        segment.indexing_at = segment.indexing_at if document.rule else None  # a pipeline does not note it
    document.word_count = sum(one.word_count for one in document.segments.values())
    return "indexing"


def _complete(world: World, dataset: Dataset, document: Document, now: int) -> IndexingStatus:
    for segment in document.segments.values():
        segment.status, segment.completed_at, segment.updated_at = "completed", now, now
    document.tokens = sum(one.tokens for one in document.segments.values())
    document.completed_at = document.updated_at = now
    document.indexing_latency = _STAGE_SECONDS * (len(_STAGES) - 1)
    return "completed"


_Perform = Callable[["World", Dataset, Document, int], IndexingStatus]
_STAGES: Final[Mapping[str, _Perform]] = {
    "waiting": _start,
    "parsing": _parse,
    "cleaning": _clean,
    "splitting": _split,
    "indexing": _complete,
}


def add_segment(world: World, dataset: Dataset, document: Document, chunk: Chunk) -> Segment:
    """Make a chunk a segment at the end of its document, ready to be found."""
    now = world.clock.seconds()
    segment = Segment(
        world.ids.uuid(),
        max((one.position for one in document.segments.values()), default=0) + 1,
        chunk.content,
        document.created_by,
        now,
        now,
        world.ids.uuid(),
        chunk.answer,
        status="completed",
        indexing_at=now,
        completed_at=now,
    )
    measure(dataset, segment)
    document.segments[segment.id] = segment
    for child in chunk.children:
        add_child(world, segment, child)
    return segment


def add_child(world: World, segment: Segment, content: str) -> ChildChunk:
    """Put a part at the end of a segment."""
    now = world.clock.seconds()
    position = max((one.position for one in segment.children.values()), default=0) + 1
    child = ChildChunk(world.ids.uuid(), content, position, now, now)
    segment.children[child.id] = child
    return child


def measure(dataset: Dataset, segment: Segment) -> None:
    """Find out what a segment has: a model counts tokens, without one there are keywords."""
    segment.word_count, segment.tokens = len(segment.content), 0
    if dataset.indexing_technique == "high_quality":
        segment.tokens = tokens(segment.content)
    elif segment.keywords is None:
        segment.keywords = keywords(segment.content, _MOST_KEYWORDS)
