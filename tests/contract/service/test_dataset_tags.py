"""Stories of labels on datasets."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from dify_mock.contract.place import Place
from dify_mock.contract.shelf import Shelf
from dify_sdk import ServiceClient
from dify_sdk.errors import InvalidParamError, NotFoundError
from dify_sdk.service.datasets.tags import KnowledgeTag

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"


@pytest.fixture
def client(place: Place) -> ServiceClient:
    return place.knowledge()


def label(client: ServiceClient) -> KnowledgeTag:
    """A label that nobody has yet."""
    return client.datasets.tags.create(name=f"label {uuid4().hex[:12]}")


def count(client: ServiceClient, tag: KnowledgeTag) -> Any:
    """On how many datasets a label is."""
    return next(one for one in client.datasets.tags.list() if one.id == tag.id).binding_count


def test_a_label_is_added_listed_renamed_and_deleted(client: ServiceClient) -> None:
    tags = client.datasets.tags
    made = label(client)
    assert (made.type, made.binding_count) == ("knowledge", "0")
    assert tags.list()[0] == made
    renamed = tags.update(tag_id=made.id, name=f"{made.name} too")
    assert (renamed.id, renamed.name) == (made.id, f"{made.name} too")
    assert renamed in tags.list()
    assert tags.delete(tag_id=made.id) is None
    assert made.id not in [one.id for one in tags.list()]


def test_labels_are_put_on_datasets_and_taken_off(place: Place) -> None:
    shelf, other = Shelf(place), Shelf(place)
    tags = shelf.datasets.tags
    one, two = label(shelf.client), label(shelf.client)
    assert tags.bind(tag_ids=[one.id, two.id], target_id=shelf.id) is None
    tags.bind(tag_ids=[one.id], target_id=shelf.id)
    tags.bind(tag_ids=[one.id], target_id=other.id)
    assert (count(shelf.client, one), count(shelf.client, two)) == ("2", "1")
    bound = tags.list_bound(shelf.id)
    assert ({tag.id for tag in bound.data}, bound.total) == ({one.id, two.id}, 2)
    assert {tag.name for tag in shelf.datasets.get(shelf.id).tags} == {one.name, two.name}

    assert tags.unbind(tag_ids=[one.id], target_id=shelf.id) is None
    assert [tag.id for tag in tags.list_bound(shelf.id).data] == [two.id]
    tags.unbind(tag_id=two.id, target_id=shelf.id)
    assert tags.list_bound(shelf.id).data == []
    assert (count(shelf.client, one), count(shelf.client, two)) == ("1", "0")


def test_datasets_are_listed_by_all_of_their_labels(place: Place) -> None:
    shelf, other = Shelf(place), Shelf(place)
    one, two = label(shelf.client), label(shelf.client)
    shelf.datasets.tags.bind(tag_ids=[one.id, two.id], target_id=shelf.id)
    shelf.datasets.tags.bind(tag_ids=[one.id], target_id=other.id)
    assert [found.id for found in shelf.datasets.list(tag_ids=[one.id])] == [other.id, shelf.id]
    assert [found.id for found in shelf.datasets.list(tag_ids=[one.id, two.id])] == [shelf.id]
    assert shelf.datasets.list(tag_ids=[UNKNOWN]).data == []


def test_a_label_goes_from_its_datasets_and_a_dataset_from_its_labels(place: Place) -> None:
    shelf = Shelf(place)
    tags = shelf.datasets.tags
    one, two = label(shelf.client), label(shelf.client)
    tags.bind(tag_ids=[one.id, two.id], target_id=shelf.id)
    tags.delete(tag_id=one.id)
    assert [tag.name for tag in shelf.datasets.get(shelf.id).tags] == [two.name]
    shelf.datasets.delete(shelf.id)
    assert count(shelf.client, two) == "0"


def test_two_labels_of_a_name_are_refused(client: ServiceClient) -> None:
    one, two = label(client), label(client)
    with pytest.raises(InvalidParamError, match="Tag name already exists"):
        client.datasets.tags.create(name=one.name)
    with pytest.raises(InvalidParamError, match="Tag name already exists"):
        client.datasets.tags.update(tag_id=two.id, name=one.name)
    assert client.datasets.tags.update(tag_id=one.id, name=one.name).name == one.name


@pytest.mark.parametrize("name", ["", "t" * 51])
def test_a_name_has_one_to_fifty_characters(client: ServiceClient, name: str) -> None:
    tag = label(client)
    for make in (lambda: client.datasets.tags.create(name=name), lambda: client.datasets.tags.update(tag_id=tag.id, name=name)):
        with pytest.raises(InvalidParamError) as refused:
            make()
        assert list(refused.value.params) == ["name"]


def test_a_label_that_there_is_not_is_not_found(client: ServiceClient) -> None:
    with pytest.raises(NotFoundError, match=r"Tag not found\."):
        client.datasets.tags.update(tag_id=UNKNOWN, name="x")
    with pytest.raises(NotFoundError, match=r"Tag not found\."):
        client.datasets.tags.delete(tag_id=UNKNOWN)


def test_labels_are_put_on_datasets_that_there_are(client: ServiceClient) -> None:
    tag = label(client)
    for change in (client.datasets.tags.bind, client.datasets.tags.unbind):
        with pytest.raises(NotFoundError, match=r"Dataset not found\."):
            change(tag_ids=[tag.id], target_id=UNKNOWN)


def test_labels_must_be_named(place: Place) -> None:
    shelf = Shelf(place)
    with pytest.raises(InvalidParamError):
        shelf.datasets.tags.bind(tag_ids=[], target_id=shelf.id)
    with pytest.raises(InvalidParamError):
        shelf.datasets.tags.unbind(target_id=shelf.id)
