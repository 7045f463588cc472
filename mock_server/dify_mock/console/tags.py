"""Handlers: labels on apps, datasets and snippets."""

from __future__ import annotations

from collections.abc import Sequence

from dify_sdk.console import tags as told
from dify_sdk.console.tags import Tags, TagType
from dify_sdk.shared.results import Result

from ..accounts import EDITORS, LIBRARIANS
from ..console_callers import app_of, check_role
from ..refusals import invalid, not_found
from ..registry import handles
from ..tags import Tag
from ..visit import Visit


@handles(Tags.list, payload="TagListQueryParam", decorated=True)
def list_tags(visit: Visit, *, type: TagType, keyword: str | None = None) -> list[told.Tag]:
    return [_told(one) for one in visit.world.tags.of(visit.workspace.id, type) if (keyword or "").lower() in one.name.lower()]


@handles(Tags.create, payload="TagBasePayload", decorated=True)
def create(visit: Visit, *, name: str, type: TagType) -> told.Tag:
    check_role(visit.workspace, visit.account, LIBRARIANS)
    if visit.world.tags.is_taken(visit.workspace.id, name, type):
        raise invalid("Tag name already exists")
    return _told(visit.world.tags.add(visit.workspace.id, name, type))


@handles(Tags.update, payload="TagUpdateRequestPayload", decorated=True)
def update(visit: Visit, tag_id: str, *, name: str) -> told.Tag:
    check_role(visit.workspace, visit.account, LIBRARIANS)
    tag = _of(visit, tag_id)
    if name != tag.name and visit.world.tags.is_taken(visit.workspace.id, name, tag.type):
        raise invalid("Tag name already exists")
    tag.name = name
    return _told(tag)


@handles(Tags.delete)
def delete(visit: Visit, tag_id: str) -> None:
    check_role(visit.workspace, visit.account, EDITORS)
    visit.world.tags.remove(_of(visit, tag_id))


@handles(Tags.bind, payload="TagBindingPayload", decorated=True)
def bind(visit: Visit, *, tag_ids: Sequence[str], target_id: str, type: TagType) -> Result:
    for tag in _meant(visit, tag_ids, target_id, type):
        tag.targets.add(target_id)
    return Result(result="success")


@handles(Tags.unbind, payload="TagBindingRemovePayload", decorated=True)
def unbind(visit: Visit, *, tag_ids: Sequence[str], target_id: str, type: TagType) -> Result:
    for tag in _meant(visit, tag_ids, target_id, type):
        tag.targets.discard(target_id)
    return Result(result="success")


def _meant(visit: Visit, tag_ids: Sequence[str], target_id: str, kind: TagType) -> list[Tag]:
    """The labels of the kind that there are; what they are put on must be there."""
    check_role(visit.workspace, visit.account, LIBRARIANS)
    world, workspace = visit.world, visit.workspace
    if kind == "app":
        app_of(world, workspace, target_id)
    elif kind == "snippet":  # nobody has made one yet
        raise not_found("Snippet not found")
    elif workspace.id != world.workspace_id or target_id not in world.knowledge.datasets:  # all are in the first workspace
        raise not_found("Dataset not found")
    found = (world.tags.get(one) for one in tag_ids)
    return [one for one in found if one is not None and (one.workspace_id, one.type) == (workspace.id, kind)]


def _of(visit: Visit, tag_id: str) -> Tag:
    found = visit.world.tags.get(tag_id)
    if found is None or found.workspace_id != visit.workspace.id:
        raise not_found("Tag not found")
    return found


def _told(tag: Tag) -> told.Tag:
    return told.Tag(id=tag.id, name=tag.name, type=tag.type, binding_count=str(len(tag.targets)))
