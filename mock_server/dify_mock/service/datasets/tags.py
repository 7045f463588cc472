"""Handlers: labels on datasets."""

from __future__ import annotations

from collections.abc import Sequence

from dify_sdk.service.datasets.tags import BoundTag, BoundTags, DatasetTags, KnowledgeTag, KnowledgeTags

from ...refusals import invalid, not_found, unfit
from ...registry import handles
from ...tags import Tag
from ...visit import Visit


@handles(DatasetTags.list)
def list_tags(visit: Visit) -> KnowledgeTags:
    return [_told(one) for one in visit.world.tags.of(visit.world.workspace_id, "knowledge")]


@handles(DatasetTags.create, payload="TagCreatePayload")
def create(visit: Visit, *, name: str) -> KnowledgeTag:
    _check_free(visit, name)
    return _told(visit.world.tags.add(visit.world.workspace_id, name, "knowledge"))


@handles(DatasetTags.update, payload="TagUpdatePayload")
def update(visit: Visit, *, tag_id: str, name: str) -> KnowledgeTag:
    tag = _of(visit, tag_id)
    if tag.name != name:
        _check_free(visit, name)
    tag.name = name
    return _told(tag)


@handles(DatasetTags.delete, payload="TagDeletePayload")
def delete(visit: Visit, *, tag_id: str) -> None:
    visit.world.tags.remove(_of(visit, tag_id))


@handles(DatasetTags.bind, payload="TagBindingPayload")
def bind(visit: Visit, *, tag_ids: Sequence[str], target_id: str) -> None:
    if not tag_ids:
        raise unfit("TagBindingPayload", "Tag IDs is required.", tag_ids, at="tag_ids")
    for tag in _meant(visit, tag_ids, target_id):
        tag.targets.add(target_id)


@handles(DatasetTags.unbind, payload="TagUnbindingPayload")
def unbind(visit: Visit, *, target_id: str, tag_ids: Sequence[str] | None = None, tag_id: str | None = None) -> None:
    meant = tag_ids or ([tag_id] if tag_id else [])
    if not meant:
        raise unfit("TagUnbindingPayload", "Tag IDs is required.", visit.request.json)
    for tag in _meant(visit, meant, target_id):
        tag.targets.discard(target_id)


@handles(DatasetTags.list_bound)
def list_bound(visit: Visit, dataset_id: str) -> BoundTags:
    found = visit.world.knowledge.tags_of(visit.dataset)
    return BoundTags(data=[BoundTag(id=one.id, name=one.name) for one in found], total=len(found))


def _meant(visit: Visit, tag_ids: Sequence[str], target_id: str) -> list[Tag]:
    """The tags that there are; the dataset must be there."""
    if target_id not in visit.world.knowledge.datasets:
        raise not_found("Dataset not found.")
    return [found for one in tag_ids if (found := visit.world.tags.get(one))]


def _check_free(visit: Visit, name: str) -> None:
    if visit.world.tags.is_taken(visit.world.workspace_id, name, "knowledge"):
        raise invalid("Tag name already exists")


def _of(visit: Visit, tag_id: str) -> Tag:
    found = visit.world.tags.get(tag_id)
    if found is None or found.type != "knowledge":
        raise not_found("Tag not found.")
    return found


def _told(tag: Tag) -> KnowledgeTag:
    return KnowledgeTag(id=tag.id, name=tag.name, type="knowledge", binding_count=str(len(tag.targets)))
