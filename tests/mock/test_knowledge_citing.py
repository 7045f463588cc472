"""Apps and workflows look into knowledge and cite what they find; every citation is a hit."""

import pytest

from dify_mock import seed
from dify_mock.knowledge import intake
from dify_mock.knowledge.citing import context_for_app, records_for_node
from dify_mock.knowledge.metadata import set_values
from dify_mock.knowledge.state import ExternalApi, ExternalBinding
from dify_mock.llm import PROVIDER
from dify_mock.world import World

FOX = "Recordings are useful. The quick brown fox jumps over the lazy dog."
OWL = "An owl hoots at night."


class Scene:
    """Two datasets with a text each."""

    def __init__(self):
        self.world = World()
        self.foxes, self.owls = self.dataset("Foxes", FOX), self.dataset("Owls", OWL)

    def dataset(self, name, *texts, technique="high_quality"):
        made = seed.add_dataset(self.world, name)
        intake.settle_technique(made, technique)
        for text in texts:
            seed.put_text(self.world, made, text.split()[0], text)
        return made

    def node(self, query, **settings):
        told = {"retrieval_mode": "multiple", "multiple_retrieval_config": {"top_k": 4}, **settings}
        return records_for_node(self.world, [self.foxes.id, self.owls.id], query, told)

    def app(self, query, *datasets, **config):
        listed = [{"dataset": {"enabled": True, "id": one.id}} for one in datasets or (self.foxes, self.owls)]
        return context_for_app(self.world, {"retrieval_model": "multiple", "datasets": {"datasets": listed}, **config}, query)


def segment_of(dataset):
    (document,) = dataset.documents.values()
    return document.in_order[0]


def test_a_node_gets_records_in_the_order_of_their_scores():
    scene = Scene()
    first, second = scene.node("owl")
    assert (first["content"], first["title"], first["metadata"]["position"]) == (OWL, "An", 1)
    assert (second["content"], second["metadata"]["dataset_name"]) == (FOX, "Foxes")


def test_a_citation_tells_how_often_it_was_cited_before():
    scene = Scene()
    for before in range(3):
        assert scene.node("fox")[0]["metadata"]["segment_hit_count"] == before
    assert scene.app("fox")[1][0]["hit_count"] is None
    assert segment_of(scene.foxes).hit_count == 4
    (document,) = scene.foxes.documents.values()
    assert document.hit_count == 4


def test_several_datasets_share_what_is_wanted():
    assert [one["content"] for one in Scene().node("owl", multiple_retrieval_config={"top_k": 1})] == [OWL]


def test_a_threshold_is_for_all_of_them():
    assert [one["content"] for one in Scene().node("owl", multiple_retrieval_config={"top_k": 4, "score_threshold": 0.1})] == [OWL]
    assert len(Scene().app("owl", score_threshold=0.1, score_threshold_enabled=False)[1]) == 2


def test_of_single_retrieval_there_is_one_dataset():
    assert [one["content"] for one in Scene().node("owl", retrieval_mode="single")] == [FOX]


@pytest.mark.parametrize(
    "how",
    [
        {"reranking_enable": True, "reranking_model": {"provider": PROVIDER, "model": "stub-rerank"}},
        {
            "reranking_mode": "weighted_score",
            "weights": {"vector_setting": {"vector_weight": 0.5}, "keyword_setting": {"keyword_weight": 0.5}},
        },
    ],
)
def test_scores_of_different_kinds_are_made_comparable(how):
    scene = Scene()
    scene.foxes = scene.dataset("Thrifty", FOX, technique="economy")
    best = scene.node("quick fox", multiple_retrieval_config={"top_k": 4, **how})[0]
    assert best["content"] == FOX
    assert best["metadata"]["score"] > 0.1


def test_conditions_are_for_documents_and_only_where_they_are_manual():
    scene = Scene()
    (document,) = scene.foxes.documents.values()
    set_values(scene.foxes, document, [("writer", "Ann")], partial=True)
    conditions = {"conditions": [{"name": "writer", "comparison_operator": "is", "value": "Ann"}]}
    assert [one["content"] for one in scene.node("owl", metadata_filtering_mode="manual", metadata_filtering_conditions=conditions)] == [
        FOX
    ]
    assert len(scene.node("owl", metadata_filtering_mode="disabled", metadata_filtering_conditions=conditions)) == 2


def test_an_app_gets_a_context_and_citations():
    scene = Scene()
    context, (row, _) = scene.app("fox")
    assert context == f"{FOX}\n{OWL}"
    assert (row["position"], row["document_name"], row["retriever_from"], row["content"]) == (1, "Recordings", "api", FOX)
    assert row["score"] == pytest.approx(0.28868839, rel=1e-5)


def test_a_dataset_that_is_switched_off_or_gone_is_not_asked():
    scene = Scene()
    config = {
        "datasets": {"datasets": [{"dataset": {"enabled": False, "id": scene.foxes.id}}, {"dataset": {"enabled": True, "id": "gone"}}]}
    }
    assert context_for_app(scene.world, config, "fox") == ("", [])
    assert scene.app("") == ("", [])


def test_a_question_is_cited_with_its_answer():
    scene = Scene()
    asked = scene.dataset("Asked")
    seed.put_text(scene.world, asked, "qa", "Some text.", form="qa_model")
    context, rows = scene.app("text about", asked, top_k=1)
    assert context == rows[0]["content"] == "question:What is this text about? \nanswer:It is about stubs."


def test_knowledge_elsewhere_is_what_its_server_answers():
    scene = Scene()
    record = {"content": "An external fact.", "title": "ext.txt", "score": 0.9, "metadata": {"path": "/ext.txt"}}
    scene.world.knowledge.external_apis["a"] = ExternalApi("a", "ext", "http://ext", "key", "owner", 0, records=[record])
    elsewhere = seed.add_dataset(scene.world, "Elsewhere", provider="external", external=ExternalBinding("a", "kb-1"))
    context, (row,) = scene.app("fact", elsewhere)
    assert context == "An external fact."
    assert (row["document_name"], row["data_source_type"], row["segment_id"], row["score"]) == ("ext.txt", "external", None, 0.9)
    assert "key" not in repr(scene.world.knowledge.external_apis["a"]).replace("api_key", "")
