"""Stories of datasets: made, looked up, changed, deleted; and of who may look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_mock.contract.shelf import SEARCH, Shelf, new_name
from dify_mock.knowledge.state import ExternalApi
from dify_sdk import ServiceClient
from dify_sdk.errors import (
    AuthenticationError,
    DatasetNameDuplicateError,
    InvalidParamError,
    NotFoundError,
    PermissionDeniedError,
    ProviderNotInitializedError,
)
from dify_sdk.shared.retrieval import RetrievalModelParam

UNKNOWN = "59f9d59a-4750-450f-8923-95571dc4f3b7"
NOTE = ("note.txt", b"words")
STUB = "stubber/stubai/stubai"
RUN: dict[str, Any] = {"datasource_type": "local_file", "is_published": True}
CALLS: dict[str, Callable[[ServiceClient, str], object]] = {
    "get": lambda client, one: client.datasets.get(one),
    "update": lambda client, one: client.datasets.update(one, name=""),
    "delete": lambda client, one: client.datasets.delete(one),
    "retrieve": lambda client, one: client.datasets.retrieve(one, query=""),
    "documents.batch_indexing_status": lambda client, one: client.datasets.documents.batch_indexing_status(one, "none"),
    "documents.create_by_file": lambda client, one: client.datasets.documents.create_by_file(one, file=NOTE),
    "documents.create_by_text": lambda client, one: client.datasets.documents.create_by_text(one, name="x", text="x"),
    "documents.delete": lambda client, one: client.datasets.documents.delete(one, UNKNOWN),
    "documents.download": lambda client, one: client.datasets.documents.download(one, UNKNOWN),
    "documents.download_zip": lambda client, one: client.datasets.documents.download_zip(one, document_ids=[]),
    "documents.get": lambda client, one: client.datasets.documents.get(one, UNKNOWN),
    "documents.list": lambda client, one: client.datasets.documents.list(one),
    "documents.update": lambda client, one: client.datasets.documents.update(one, UNKNOWN),
    "documents.update_by_text": lambda client, one: client.datasets.documents.update_by_text(one, UNKNOWN),
    "documents.update_metadata": lambda client, one: client.datasets.documents.update_metadata(one, operation_data=[]),
    "documents.update_status": lambda client, one: client.datasets.documents.update_status(one, "enable"),
    "metadata.built_in.list": lambda client, one: client.datasets.metadata.built_in.list(one),
    "metadata.built_in.toggle": lambda client, one: client.datasets.metadata.built_in.toggle(one, "enable"),
    "metadata.create": lambda client, one: client.datasets.metadata.create(one, type="string", name="x"),
    "metadata.delete": lambda client, one: client.datasets.metadata.delete(one, UNKNOWN),
    "metadata.list": lambda client, one: client.datasets.metadata.list(one),
    "metadata.update": lambda client, one: client.datasets.metadata.update(one, UNKNOWN, name="x"),
    "pipeline.datasource_nodes.run": lambda client, one: client.datasets.pipeline.datasource_nodes.run(one, "ds1", **RUN),
    "pipeline.datasource_plugins.list": lambda client, one: client.datasets.pipeline.datasource_plugins.list(one),
    "pipeline.run": lambda client, one: client.datasets.pipeline.run(one, start_node_id="ds1", datasource_info_list=[], **RUN),
    "segments.child_chunks.create": lambda client, one: client.datasets.segments.child_chunks.create(one, UNKNOWN, UNKNOWN, content="x"),
    "segments.child_chunks.delete": lambda client, one: client.datasets.segments.child_chunks.delete(one, UNKNOWN, UNKNOWN, UNKNOWN),
    "segments.child_chunks.list": lambda client, one: client.datasets.segments.child_chunks.list(one, UNKNOWN, UNKNOWN),
    "segments.child_chunks.update": lambda client, one: client.datasets.segments.child_chunks.update(
        one, UNKNOWN, UNKNOWN, UNKNOWN, content="x"
    ),
    "segments.create": lambda client, one: client.datasets.segments.create(one, UNKNOWN, segments=[]),
    "segments.delete": lambda client, one: client.datasets.segments.delete(one, UNKNOWN, UNKNOWN),
    "segments.get": lambda client, one: client.datasets.segments.get(one, UNKNOWN, UNKNOWN),
    "segments.list": lambda client, one: client.datasets.segments.list(one, UNKNOWN),
    "segments.update": lambda client, one: client.datasets.segments.update(one, UNKNOWN, UNKNOWN, segment={}),
    "tags.list_bound": lambda client, one: client.datasets.tags.list_bound(one),
}
ELSEWHERE: dict[str, Callable[[ServiceClient], object]] = {
    "list": lambda client: client.datasets.list(),
    "create": lambda client: client.datasets.create(name=""),
    "pipeline.upload_file": lambda client: client.datasets.pipeline.upload_file(file=NOTE),
    "tags.bind": lambda client: client.datasets.tags.bind(tag_ids=[], target_id=UNKNOWN),
    "tags.create": lambda client: client.datasets.tags.create(name=""),
    "tags.delete": lambda client: client.datasets.tags.delete(tag_id=UNKNOWN),
    "tags.list": lambda client: client.datasets.tags.list(),
    "tags.unbind": lambda client: client.datasets.tags.unbind(target_id=UNKNOWN),
    "tags.update": lambda client: client.datasets.tags.update(tag_id=UNKNOWN, name="x"),
}


@pytest.fixture
def client(place: Place) -> ServiceClient:
    return place.knowledge()


# Who may look


@pytest.mark.parametrize("operation", CALLS)
def test_a_dataset_that_there_is_not_is_not_found_whatever_is_asked(client: ServiceClient, operation: str) -> None:
    with pytest.raises(NotFoundError, match=r"Dataset not found\."):
        CALLS[operation](client, UNKNOWN)


@pytest.mark.parametrize("operation", CALLS)
def test_a_dataset_that_is_closed_to_the_api_is_forbidden_whatever_is_asked(place: Place, operation: str) -> None:
    shelf = Shelf(place)
    place.mock.world.knowledge.datasets[shelf.id].enable_api = False
    with pytest.raises(PermissionDeniedError, match=r"Dataset api access is not enabled\."):
        CALLS[operation](shelf.client, shelf.id)
    assert shelf.id in [one.id for one in shelf.datasets.list(keyword=shelf.dataset.name)]


@pytest.mark.parametrize("operation", [*CALLS, *ELSEWHERE])
def test_an_unknown_key_opens_nothing(place: Place, operation: str) -> None:
    stranger = place.service_with(None, dataset_api_key="dataset-unknown")
    with pytest.raises(AuthenticationError, match="Access token is invalid"):
        CALLS[operation](stranger, UNKNOWN) if operation in CALLS else ELSEWHERE[operation](stranger)


def test_a_name_is_no_dataset(client: ServiceClient) -> None:
    with pytest.raises(NotFoundError, match="not found on the server"):
        client.datasets.get("abc")


# Making, changing, deleting


def test_a_dataset_is_made_looked_up_listed_changed_and_deleted(place: Place) -> None:
    shelf = Shelf(place, description="All of them", permission="all_team_members", indexing_technique=None)
    made, datasets = shelf.dataset, shelf.datasets
    assert (made.description, made.permission, made.indexing_technique) == ("All of them", "all_team_members", None)
    assert (made.provider, made.document_count, made.word_count, made.tags) == ("vendor", 0, 0, [])
    assert [one.id for one in datasets.list(keyword=made.name)] == [made.id]

    renamed = new_name()
    changed = datasets.update(made.id, name=renamed, description="", permission="only_me")
    assert (changed.name, changed.description, changed.permission) == (renamed, "", "only_me")
    found = datasets.get(made.id)
    assert (found.name, found.description, found.permission) == (renamed, "", "only_me")
    assert datasets.list(keyword=made.name).data == []

    assert datasets.delete(made.id) is None
    assert datasets.list(keyword=renamed).data == []
    with pytest.raises(NotFoundError):
        datasets.get(made.id)


def test_what_is_not_told_stays_as_it_is(place: Place) -> None:
    shelf = Shelf(place, description="Before")
    model: RetrievalModelParam = {**SEARCH, "top_k": 7}
    shelf.datasets.update(shelf.id, retrieval_model=model)
    found = shelf.datasets.get(shelf.id)
    assert (found.name, found.description, found.indexing_technique) == (shelf.dataset.name, "Before", "high_quality")
    assert found.retrieval_model_dict
    assert (found.retrieval_model_dict.top_k, found.retrieval_model_dict.score_threshold) == (7, 0.1)


def test_two_datasets_of_a_name_are_refused(place: Place) -> None:
    one, other = Shelf(place), Shelf(place)
    with pytest.raises(DatasetNameDuplicateError, match="already exists") as refused:
        one.datasets.create(name=one.dataset.name)
    assert refused.value.status_code == 409
    with pytest.raises(InvalidParamError, match="Dataset name already exists"):
        one.datasets.update(other.id, name=one.dataset.name)
    assert one.datasets.update(one.id, name=one.dataset.name).name == one.dataset.name


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "n" * 41},
        {"description": "d" * 401},
        {"indexing_technique": "cheap"},
        {"permission": "everybody"},
        {"provider": "nobody"},
        {"retrieval_model": {"search_method": "semantic_search"}},
    ],
)
def test_a_wrong_argument_is_named(client: ServiceClient, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidParamError) as refused:
        client.datasets.create(**{"name": "x", **wrong})
    assert all(name.partition(".")[0] in wrong for name in refused.value.params)
    assert refused.value.params


def test_names_may_have_forty_characters_and_descriptions_four_hundred(place: Place) -> None:
    name = new_name().ljust(40, "n")
    assert len(Shelf(place, name=name, description="d" * 400).dataset.name) == 40


def test_a_dataset_gets_a_model_only_where_it_needs_one(place: Place) -> None:
    good, thrifty, open_ = Shelf(place), Shelf(place, indexing_technique="economy"), Shelf(place, indexing_technique=None)
    assert good.dataset.embedding_model
    assert good.datasets.get(good.id).embedding_available
    for shelf in (thrifty, open_):
        found = shelf.datasets.get(shelf.id)
        assert (found.embedding_model, found.embedding_available) == (None, True)
        assert found.retrieval_model_dict
        assert found.retrieval_model_dict.search_method == "keyword_search"


def test_a_model_that_there_is_not_is_refused(client: ServiceClient) -> None:
    technique: Any = {"indexing_technique": "high_quality"}
    with pytest.raises(InvalidParamError, match="does not exist"):
        client.datasets.create(name=new_name(), embedding_model="gone", embedding_model_provider="nobody/none/none", **technique)
    with pytest.raises(InvalidParamError, match="gone not exist"):
        client.datasets.create(name=new_name(), embedding_model="gone", embedding_model_provider=STUB, **technique)
    model: RetrievalModelParam = {
        **SEARCH,
        "reranking_enable": True,
        "reranking_model": {"reranking_provider_name": STUB, "reranking_model_name": "gone"},
    }
    with pytest.raises(InvalidParamError, match="gone not exist"):
        client.datasets.create(name=new_name(), retrieval_model=model)


def test_no_model_is_promised_while_the_provider_has_no_credentials(place: Place) -> None:
    place.mock.world.provider_is_ready = False
    datasets = place.knowledge().datasets
    with pytest.raises(ProviderNotInitializedError, match="No valid model provider credentials found"):
        datasets.create(name=new_name(), indexing_technique="high_quality")
    assert datasets.create(name=new_name(), indexing_technique="economy").indexing_technique == "economy"


def test_what_is_found_by_words_is_found_by_meaning_after_a_change(place: Place) -> None:
    shelf = Shelf(place, indexing_technique="economy")
    document = shelf.put("Owls hoot.\n\nDogs bark.")
    assert document.tokens == 0
    assert [one.score for one in shelf.search("owls")] == [0.0]
    changed = shelf.datasets.update(shelf.id, indexing_technique="high_quality")
    assert (changed.indexing_technique, bool(changed.embedding_model)) == ("high_quality", True)
    assert [(one.score or 0) > 0.5 for one in shelf.search("owls")] == [True]


def test_documents_are_counted(place: Place) -> None:
    shelf = Shelf(place)
    first = shelf.put("Owls hoot.")
    shelf.put("Dogs bark.")
    shelf.documents.update_status(shelf.id, "disable", document_ids=[first.id])
    found = shelf.datasets.get(shelf.id)
    assert (found.document_count, found.total_documents, found.total_available_documents) == (2, 2, 1)
    assert (found.word_count, found.data_source_type, found.doc_form) == (20, "upload_file", "text_model")


def test_who_may_see_a_dataset_is_told_where_not_everybody_may(place: Place) -> None:
    shelf = Shelf(place)
    shelf.datasets.update(shelf.id, permission="partial_members", partial_member_list=[{"user_id": UNKNOWN}])
    assert shelf.datasets.get(shelf.id).partial_member_list == [UNKNOWN]
    assert shelf.datasets.update(shelf.id, permission="all_team_members").partial_member_list == []


def test_summaries_are_a_setting(place: Place) -> None:
    shelf = Shelf(place, summary_index_setting={"enable": True, "model_name": "stub-chat", "model_provider_name": STUB})
    kept = shelf.datasets.get(shelf.id).summary_index_setting
    assert kept and (kept.enable, kept.model_name) == (True, "stub-chat")


def test_a_dataset_that_an_app_uses_is_counted_there_and_can_be_deleted(place: Place) -> None:
    shelf = Shelf(place)
    config = place.mock.world.first_app("chat").config
    config["dataset_configs"] = {"datasets": {"datasets": [{"dataset": {"enabled": True, "id": shelf.id}}]}}
    assert shelf.datasets.get(shelf.id).app_count == 1
    shelf.datasets.delete(shelf.id)
    with pytest.raises(NotFoundError):
        shelf.datasets.get(shelf.id)


# Lists


def test_a_walk_visits_every_dataset_newest_first(place: Place) -> None:
    mark = new_name()[-8:]
    made = [Shelf(place, name=f"{mark} {number}").id for number in range(5)]
    datasets = place.knowledge().datasets
    page = datasets.list(limit=2, keyword=mark.upper())
    assert (len(page.data), page.has_more, page.total) == (2, True, 5)
    assert [one.id for one in page] == made[::-1]
    assert [one.id for one in datasets.list(limit=2, page=3, keyword=mark).data] == [made[0]]


def test_no_more_than_a_hundred_stand_on_a_page(place: Place) -> None:
    mark = new_name()[-8:]
    for number in range(101):
        Shelf(place, name=f"{mark} {number}")
    page = place.knowledge().datasets.list(limit=500, keyword=mark)
    assert (len(page.data), page.limit, page.total) == (100, 500, 101)


def test_a_page_below_one_is_the_first(place: Place) -> None:
    shelf = Shelf(place)
    assert [one.id for one in shelf.datasets.list(page=-1, keyword=shelf.dataset.name).data] == [shelf.id]


def test_a_limit_must_be_a_number(client: ServiceClient) -> None:
    wrong: Any = "x"
    with pytest.raises(InvalidParamError) as refused:
        client.datasets.list(limit=wrong)
    assert list(refused.value.params) == ["limit"]


# Elsewhere


@pytest.fixture
def api(place: Place) -> ExternalApi:
    """A connection to knowledge outside of Dify."""
    made = ExternalApi(place.mock.world.ids.uuid(), "Elsewhere", "http://elsewhere", "secret", "owner", 0)
    place.mock.world.knowledge.external_apis[made.id] = made
    return made


def test_knowledge_elsewhere_is_connected(place: Place, api: ExternalApi) -> None:
    shelf = Shelf(place, provider="external", external_knowledge_api_id=api.id, external_knowledge_id="shelf-1", indexing_technique=None)
    told = shelf.datasets.get(shelf.id).external_knowledge_info
    assert told
    assert (told.external_knowledge_id, told.external_knowledge_api_name) == ("shelf-1", "Elsewhere")
    changed = shelf.datasets.update(
        shelf.id,
        external_knowledge_api_id=api.id,
        external_knowledge_id="shelf-2",
        external_retrieval_model={"top_k": 5, "score_threshold": 0.3, "score_threshold_enabled": True},
    )
    assert changed.external_knowledge_info and changed.external_knowledge_info.external_knowledge_id == "shelf-2"
    told_how = shelf.datasets.get(shelf.id).external_retrieval_model
    assert told_how and (told_how.top_k, told_how.score_threshold) == (5, 0.3)


def test_it_cannot_be_searched_from_here(place: Place, api: ExternalApi) -> None:
    shelf = Shelf(place, provider="external", external_knowledge_api_id=api.id, external_knowledge_id="shelf-1")
    with pytest.raises(InvalidParamError, match="does not exist"):
        shelf.datasets.retrieve(shelf.id, query="owls")


def test_a_connection_must_be_there(client: ServiceClient, api: ExternalApi) -> None:
    with pytest.raises(InvalidParamError, match=r"External API template not found\."):
        client.datasets.create(name=new_name(), provider="external", external_knowledge_api_id=UNKNOWN, external_knowledge_id="x")
    with pytest.raises(InvalidParamError, match="external_knowledge_id is required"):
        client.datasets.create(name=new_name(), provider="external", external_knowledge_api_id=api.id)
