"""Stories of searches: from outside, and by chats and workflows that look into knowledge."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract import drawings
from dify_mock.contract.place import Place
from dify_mock.contract.shelf import FAMILIES, PARAGRAPHS, Shelf
from dify_sdk.errors import DatasetNotInitializedError, InvalidParamError, ProviderNotInitializedError
from dify_sdk.service.datasets.documents import DocumentMetadataParam

STUB = "stubber/stubai/stubai"
FOX = "The quick brown fox jumps over the lazy dog."
OWL = "An owl hoots at night."
CITES: dict[str, Any] = {"retriever_resource": {"enabled": True}}
ALL: dict[str, Any] = {"score_threshold_enabled": False}
RERANKED: dict[str, Any] = {
    "reranking_enable": True,
    "reranking_mode": "reranking_model",
    "reranking_model": {"reranking_provider_name": STUB, "reranking_model_name": "stub-rerank"},
}
WEIGHTED: dict[str, Any] = {
    "search_method": "hybrid_search",
    "reranking_mode": "weighted_score",
    "weights": {
        "weight_type": "customized",
        "vector_setting": {"vector_weight": 0.7, "embedding_provider_name": STUB, "embedding_model_name": "stub-embed"},
        "keyword_setting": {"keyword_weight": 0.3},
    },
}


@pytest.fixture
def shelf(place: Place) -> Shelf:
    shelf = Shelf(place)
    shelf.put(FOX, "foxes")
    shelf.put(OWL, "owls")
    return shelf


# From outside


def test_the_demo_has_something_to_be_found(place: Place) -> None:
    datasets = place.knowledge().datasets
    (demo,) = [one for one in datasets.list() if one.name == "Demo Knowledge"] if place.mock else ()
    best = next(iter(datasets.retrieve(demo.id, query="When do owls hunt?")))
    assert best.text == "Owls hunt at night."


def test_the_best_comes_first_with_where_it_was_found(shelf: Shelf) -> None:
    result = shelf.search("fox", **ALL)
    assert result.query.content == "fox"
    assert [one.text for one in result] == [FOX, OWL]
    best = next(iter(result))
    assert best.score and best.score > 0.3
    assert best.segment and best.segment.document
    assert (best.segment.document.name, best.segment.position, best.segment.status) == ("foxes", 1, "completed")


@pytest.mark.parametrize(
    "how",
    [
        {"search_method": "semantic_search"},
        {"search_method": "full_text_search", "score_threshold": 0.01},
        {"search_method": "keyword_search", **ALL},
        {"search_method": "hybrid_search"},
        WEIGHTED,
        RERANKED,
        {"search_method": "hybrid_search", **RERANKED},
    ],
    ids=lambda how: "-".join(str(one) for one in how.values() if isinstance(one, str)),
)
def test_every_method_finds_a_word(shelf: Shelf, how: dict[str, Any]) -> None:
    assert shelf.found("owl", **how)[:1] == [OWL]


def test_words_are_all_needed_by_a_full_text_search_alone(shelf: Shelf) -> None:
    assert shelf.found("fox night", search_method="full_text_search", **ALL) == []
    assert set(shelf.found("fox night", **ALL)) == {FOX, OWL}


def test_a_dataset_of_keywords_is_searched_by_keywords_whatever_is_told(place: Place) -> None:
    shelf = Shelf(place, indexing_technique="economy")
    shelf.put(f"{FOX}\n\n{OWL}")
    assert [(one.text, one.score) for one in shelf.search("Where is the fox?")] == [(FOX, 0.0)]


def test_a_script_without_spaces_is_searched_by_its_characters(shelf: Shelf) -> None:
    shelf.put("猫が眠る。\n\n犬が走る。", "animals")
    assert shelf.found("猫", top_k=1) == ["猫が眠る。"]


def test_only_so_many_are_found_and_only_what_is_alike_enough(shelf: Shelf) -> None:
    assert shelf.found("fox", top_k=1, **ALL) == [FOX]
    assert shelf.found("fox", score_threshold=0.2) == [FOX]
    assert shelf.found("fox", score_threshold=0.99) == []


def test_a_dataset_is_searched_as_it_is_set(shelf: Shelf) -> None:
    how: Any = {"search_method": "semantic_search", "reranking_enable": False, "top_k": 1, "score_threshold_enabled": False}
    shelf.datasets.update(shelf.id, retrieval_model=how)
    assert [one.text for one in shelf.datasets.retrieve(shelf.id, query="owl")] == [OWL]


def test_parents_are_found_by_their_children(place: Place) -> None:
    shelf = Shelf(place)
    shelf.put("Owls hoot. Owls hunt at night.\n\nDogs bark.", doc_form="hierarchical_model", process_rule=FAMILIES)
    (record,) = shelf.search("owls")
    assert record.text == "Owls hoot. Owls hunt at night."
    assert record.child_chunks
    assert sorted(one.content for one in record.child_chunks) == ["Owls hoot", "Owls hunt at night."]
    assert record.score == max(one.score or 0 for one in record.child_chunks)


def test_a_question_is_found_with_its_answer(place: Place) -> None:
    shelf = Shelf(place)
    shelf.put("Some text.", doc_form="qa_model", process_rule={"mode": "automatic"})
    record = next(iter(shelf.search("What is this text about?")))
    assert record.segment and record.segment.answer


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ([("author", "is", "Ann")], {FOX}),
        ([("author", "is not", "Ann")], {OWL}),
        ([("author", "contains", "n")], {FOX}),
        ([("author", "not contains", "n")], {OWL}),
        ([("author", "start with", "A")], {FOX}),
        ([("author", "end with", "b")], {OWL}),
        ([("author", "in", ["Ann", "Bob"])], {FOX, OWL}),
        ([("author", "not in", ["Bob"])], {FOX}),
        ([("year", "=", 2023)], {FOX}),
        ([("year", "≠", 2023)], {OWL}),
        ([("year", "≥", 2023)], {FOX, OWL}),
        ([("year", ">", 2023)], {OWL}),
        ([("year", "<", 2024)], {FOX}),
        ([("year", "≤", 2022)], set()),
        ([("when", "before", 1600000000)], {FOX}),
        ([("when", "after", 1600000000)], {OWL}),
        ([("note", "empty", None)], {OWL}),
        ([("note", "not empty", None)], {FOX}),
        ([("document_name", "is", "owls")], {OWL}),
        ([("author", "is", "Ann"), ("year", "=", 2024)], set()),
    ],
)
def test_only_documents_that_a_filter_lets_through_are_searched(
    shelf: Shelf, conditions: list[tuple[str, str, Any]], found: set[str]
) -> None:
    described(shelf)
    asked = [{"name": name, "comparison_operator": operator, "value": value} for name, operator, value in conditions]
    assert set(shelf.found("fox owl", metadata_filtering_conditions={"conditions": asked}, **ALL)) == found


def test_one_of_several_conditions_may_be_enough(shelf: Shelf) -> None:
    described(shelf)
    asked = [{"name": name, "comparison_operator": "is", "value": value} for name, value in (("author", "Ann"), ("document_name", "owls"))]
    either = {"logical_operator": "or", "conditions": asked}
    assert set(shelf.found("fox owl", metadata_filtering_conditions=either, **ALL)) == {FOX, OWL}


def described(shelf: Shelf) -> None:
    """What the two documents say of themselves."""
    metadata = shelf.datasets.metadata
    kinds: Any = {"author": "string", "note": "string", "year": "number", "when": "time"}
    fields = {name: metadata.create(shelf.id, type=kind, name=name) for name, kind in kinds.items()}
    metadata.built_in.toggle(shelf.id, "enable")
    says = {
        "foxes": {"author": "Ann", "note": "x", "year": 2023, "when": 1500000000},
        "owls": {"author": "Bob", "year": 2024, "when": 1700000000},
    }
    for document in shelf.documents.list(shelf.id):
        listed: Any = [{"id": fields[name].id, "name": name, "value": value} for name, value in says[document.name].items()]
        change: DocumentMetadataParam = {"document_id": document.id, "metadata_list": listed, "partial_update": True}
        shelf.documents.update_metadata(shelf.id, operation_data=[change])


def test_what_is_on_its_way_is_not_found_yet(shelf: Shelf) -> None:
    made = shelf.documents.create_by_text(shelf.id, name="bats", text="Bats squeak.", process_rule=PARAGRAPHS)
    assert shelf.found("bats") == []
    shelf.wait(made)
    assert shelf.found("bats") == ["Bats squeak."]


def test_a_search_from_outside_is_no_hit(shelf: Shelf) -> None:
    shelf.search("fox", **ALL)
    shelf.search("fox", **ALL)
    assert {one.hit_count for one in shelf.documents.list(shelf.id)} == {0}


def test_a_question_must_be_asked(shelf: Shelf) -> None:
    with pytest.raises(InvalidParamError, match="Query or attachment_ids is required"):
        shelf.datasets.retrieve(shelf.id, query="")
    nothing: Any = None
    for wrong in (nothing, "q" * 251):
        with pytest.raises(InvalidParamError) as refused:
            shelf.datasets.retrieve(shelf.id, query=wrong)
        assert list(refused.value.params) == ["query"]


def test_a_search_is_described_wholly(shelf: Shelf) -> None:
    half: Any = {"search_method": "semantic_search"}
    with pytest.raises(InvalidParamError) as refused:
        shelf.datasets.retrieve(shelf.id, query="x", retrieval_model=half)
    lacking = {f"retrieval_model.{name}" for name in ("reranking_enable", "top_k", "score_threshold_enabled")}
    assert {name for name in refused.value.params if "RetrievalModel." not in name} == lacking


def test_there_must_be_something_to_search(place: Place) -> None:
    shelf = Shelf(place, indexing_technique=None)
    with pytest.raises(DatasetNotInitializedError, match="still being initialized"):
        shelf.datasets.retrieve(shelf.id, query="owls")
    empty = Shelf(place)
    assert len(empty.datasets.retrieve(empty.id, query="owls")) == 0


def test_a_model_that_there_is_not_cannot_order_what_is_found(shelf: Shelf) -> None:
    gone = {"reranking_enable": True, "reranking_model": {"reranking_provider_name": STUB, "reranking_model_name": "gone"}}
    with pytest.raises((ProviderNotInitializedError, InvalidParamError), match="gone not exist"):
        shelf.search("fox", **gone)


def test_nobody_is_asked_without_credentials(place: Place, shelf: Shelf) -> None:
    place.mock.world.provider_is_ready = False
    with pytest.raises(ProviderNotInitializedError, match="No valid model provider credentials found"):
        shelf.search("fox")


# By apps


def look_into(place: Place, *shelves: Shelf, mode: Any = "chat", **settings: Any) -> None:
    """Let an app look into these datasets."""
    listed = [{"dataset": {"enabled": True, "id": one.id}} for one in shelves]
    place.mock.world.first_app(mode).config["dataset_configs"] = {
        "retrieval_model": "multiple",
        "datasets": {"datasets": listed},
        "top_k": 4,
        **settings,
    }


def hits(shelf: Shelf) -> dict[str, int | None]:
    return {one.name: one.hit_count for one in shelf.documents.list(shelf.id)}


def test_a_chat_cites_what_it_finds_and_that_is_a_hit(place: Place, shelf: Shelf) -> None:
    look_into(place, shelf, score_threshold_enabled=True, score_threshold=0.1)
    client = place.service()
    sent = client.chat.send(query="What does the fox do?")
    cited = sent.metadata.retriever_resources
    assert cited
    assert [(one.position, one.content, one.document_name, one.dataset_id) for one in cited] == [(1, FOX, "foxes", shelf.id)]
    assert hits(shelf) == {"foxes": 1, "owls": 0}
    (message,) = client.messages.list(conversation_id=sent.conversation_id).data
    assert message.retriever_resources
    assert [one.content for one in message.retriever_resources] == [FOX]


def test_a_stream_cites_at_its_end(place: Place, shelf: Shelf) -> None:
    look_into(place, shelf, score_threshold_enabled=True, score_threshold=0.1)
    sent = place.service().chat.stream(query="owl").result()
    assert sent.metadata.retriever_resources
    assert [one.content for one in sent.metadata.retriever_resources] == [OWL]
    assert hits(shelf) == {"foxes": 0, "owls": 1}


def test_a_completion_looks_into_knowledge_too(place: Place, shelf: Shelf) -> None:
    config = place.mock.world.first_app("completion").config
    look_into(place, shelf, mode="completion", score_threshold_enabled=True, score_threshold=0.1)
    config["dataset_query_variable"] = "query"
    sent = place.service("completion").completion.send(inputs={"query": "fox"})
    assert sent.metadata.retriever_resources
    assert [one.document_name for one in sent.metadata.retriever_resources] == ["foxes"]


def test_a_chatflow_answers_from_what_its_node_finds(place: Place, shelf: Shelf) -> None:
    client = place.service_with(drawings.put(place.mock, "advanced-chat", drawings.knowing(shelf.id), CITES))
    stream = client.chat.stream(query="owl")
    events = list(stream)
    (found,) = [one.data.outputs["result"] for one in events if one.event == "node_finished" and one.data.node_id == "kr1"]
    assert [one["content"] for one in found] == [OWL, FOX]
    sent = stream.result()
    assert OWL in sent.answer
    assert sent.metadata.retriever_resources
    assert [one.document_name for one in sent.metadata.retriever_resources] == ["owls", "foxes"]
    assert hits(shelf) == {"foxes": 1, "owls": 1}


def test_a_chat_without_a_find_cites_nothing(place: Place, shelf: Shelf) -> None:
    look_into(place, shelf, score_threshold_enabled=True, score_threshold=0.99)
    sent = place.service().chat.send(query="What does the fox do?")
    assert not sent.metadata.retriever_resources
    assert hits(shelf) == {"foxes": 0, "owls": 0}


def test_a_deleted_document_is_cited_no_more(place: Place, shelf: Shelf) -> None:
    look_into(place, shelf, score_threshold_enabled=True, score_threshold=0.1)
    foxes = next(one for one in shelf.documents.list(shelf.id) if one.name == "foxes")
    shelf.documents.delete(shelf.id, foxes.id)
    assert not place.service().chat.send(query="What does the fox do?").metadata.retriever_resources
