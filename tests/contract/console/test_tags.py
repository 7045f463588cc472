"""Stories of labels: made, put on apps and datasets, seen by every tier, and gone."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place
from dify_sdk.console.tags import TagType
from dify_sdk.errors import BadRequestError, NotFoundError, PermissionDeniedError, UnprocessableEntityError

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
KINDS: tuple[TagType, ...] = ("app", "knowledge", "snippet")


@pytest.mark.parametrize("kind", KINDS)
def test_a_label_is_made_renamed_and_deleted(place: Place, kind: TagType) -> None:
    tags = place.console().tags
    made = tags.create(name="ours yxw", type=kind)
    assert (made.name, made.type, made.binding_count) == ("ours yxw", kind, "0")
    assert tags.update(made.id, name="theirs yxw").name == "theirs yxw"
    assert [one.name for one in tags.list(type=kind, keyword="YXW")] == ["theirs yxw"]
    assert tags.delete(made.id) is None
    assert made.id not in [one.id for one in tags.list(type=kind)]


def test_each_kind_has_labels_of_its_own(place: Place) -> None:
    tags = place.console().tags
    made = {kind: tags.create(name="same name vut", type=kind).id for kind in KINDS}
    for kind in KINDS:
        assert [one.id for one in tags.list(type=kind, keyword="vut")] == [made[kind]]


def test_two_labels_of_a_kind_have_different_names(place: Place) -> None:
    tags = place.console().tags
    tags.create(name="taken srq", type="app")
    other = tags.create(name="free srq", type="app")
    with pytest.raises(BadRequestError):
        tags.create(name="taken srq", type="app")
    with pytest.raises(BadRequestError):
        tags.update(other.id, name="taken srq")
    assert tags.update(other.id, name="free srq").id == other.id


def test_a_label_on_an_app_is_seen_with_its_key(place: Place) -> None:
    app = place.mock.world.first_app("chat")
    tags = place.console().tags
    made = tags.create(name="support", type="app")
    assert tags.bind(tag_ids=[made.id], target_id=app.id, type="app").result == "success"
    assert [one.binding_count for one in tags.list(type="app")] == ["1"]
    assert place.service().app.info().tags == ["support"]
    tags.unbind(tag_ids=[made.id], target_id=app.id, type="app")
    assert place.service().app.info().tags == []
    assert [one.binding_count for one in tags.list(type="app")] == ["0"]


def test_a_label_on_a_dataset_is_seen_with_the_key_for_knowledge(place: Place) -> None:
    datasets = place.knowledge().datasets
    made = place.console().tags.create(name="from the console", type="knowledge")
    assert made.id in [one.id for one in datasets.tags.list()]
    dataset = datasets.create(name="labelled")
    place.console().tags.bind(tag_ids=[made.id], target_id=dataset.id, type="knowledge")
    assert [one.name for one in datasets.tags.list_bound(dataset.id).data] == ["from the console"]
    datasets.delete(dataset.id)
    assert [one.binding_count for one in place.console().tags.list(type="knowledge")] == ["0"]


def test_a_deleted_label_is_on_nothing(place: Place) -> None:
    app = place.mock.world.first_app("chat")
    tags = place.console().tags
    made = tags.create(name="short-lived", type="app")
    tags.bind(tag_ids=[made.id], target_id=app.id, type="app")
    tags.delete(made.id)
    assert place.service().app.info().tags == []


def test_what_is_not_there_is_not_found(place: Place) -> None:
    tags = place.console().tags
    made = tags.create(name="for nothing", type="app")
    with pytest.raises(NotFoundError):
        tags.update(UNKNOWN, name="x")
    with pytest.raises(NotFoundError):
        tags.delete(UNKNOWN)
    for kind in KINDS:
        with pytest.raises(NotFoundError):
            tags.bind(tag_ids=[made.id], target_id=UNKNOWN, type=kind)


@pytest.mark.profiles("dify", reason="the documents have one form for all arguments that do not fit")
def test_arguments_that_do_not_fit_are_named(place: Place) -> None:
    """The message is a JSON text with a list of complaints; the error has them by name."""
    tags = place.console().tags
    with pytest.raises(UnprocessableEntityError) as refused:
        tags.create(name="", type="colour")  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.code == "unprocessable_entity"
    assert sorted(refused.value.params) == ["name", "type"]


def test_whoever_only_uses_apps_cannot_label_them(place: Place) -> None:
    tags = place.member("normal").tags
    assert tags.list(type="app") == []
    with pytest.raises(PermissionDeniedError):
        tags.create(name="mine", type="app")


def test_whoever_keeps_datasets_can_label_them_and_not_take_labels_away(place: Place) -> None:
    tags = place.member("dataset_operator").tags
    made = tags.create(name="theirs", type="knowledge")
    assert tags.update(made.id, name="still theirs").name == "still theirs"
    with pytest.raises(PermissionDeniedError):
        tags.delete(made.id)
    assert [one.name for one in place.member("editor").tags.list(type="knowledge")] == ["still theirs"]
