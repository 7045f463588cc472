"""Questions find what was put in."""

import pytest

from dify_mock import seed
from dify_mock.knowledge import intake
from dify_mock.knowledge.metadata import set_values, switch_built_ins
from dify_mock.knowledge.retrieval import RetrievalError, Settings, search
from dify_mock.knowledge.rules import kept
from dify_mock.llm import PROVIDER
from dify_mock.world import World

FOX = "Recordings are useful. The quick brown fox jumps over the lazy dog."
DIFY = "Dify is a platform for LLM apps."
THIRD = "A third paragraph speaks about embeddings and vectors."
MODEL = {"search_method": "semantic_search", "reranking_enable": False, "top_k": 3, "score_threshold_enabled": False}
RERANKED = {"reranking_enable": True, "reranking_model": {"reranking_provider_name": PROVIDER, "reranking_model_name": "stub-rerank"}}
WEIGHTED = {
    "search_method": "hybrid_search",
    "reranking_mode": "weighted_score",
    "weights": {"vector_setting": {"vector_weight": 0.7}, "keyword_setting": {"keyword_weight": 0.3}},
}


class Scene:
    """A dataset with the texts of the recordings."""

    def __init__(self, technique="high_quality", *texts):
        self.world = World()
        self.dataset = seed.add_dataset(self.world, "Scene")
        intake.settle_technique(self.dataset, technique)
        self.documents = [seed.put_text(self.world, self.dataset, text.split()[0], text) for text in texts or (DIFY, FOX, THIRD)]

    def found(self, question, conditions=None, **changes):
        settings = Settings.of(self.dataset, {**MODEL, **changes})
        return search(self.world, self.dataset, question, settings, conditions)

    def texts(self, question, conditions=None, **changes):
        return [one.segment.content for one in self.found(question, conditions, **changes)]


def scores(found):
    return [(one.segment.content, pytest.approx(one.score, rel=1e-5)) for one in found]


def test_a_question_is_compared_by_meaning():
    assert scores(Scene().found("fox")) == [(FOX, 0.28868839), (DIFY, 3.7794288e-05), (THIRD, 3.5353346e-05)]
    assert scores(Scene().found("quick brown fox"))[0] == (FOX, 0.50000694)


def test_small_letters_are_as_good_as_capitals():
    assert scores(Scene("high_quality", "Owls hoot.", "Dogs bark.", "Two").found("owls")) == [
        ("Owls hoot.", 0.70712447),
        ("Two", 9.9989993e-05),
        ("Dogs bark.", 7.0705370e-05),
    ]


def test_a_script_without_words_is_compared_by_character():
    scene = Scene("high_quality", "猫が眠る", "犬が走る")
    assert scene.texts("猫", top_k=1) == ["猫が眠る"]


def test_only_the_best_are_found():
    assert Scene().texts("fox", top_k=1) == [FOX]


def test_a_threshold_leaves_out_what_is_too_far_off():
    assert Scene().texts("fox", score_threshold_enabled=True, score_threshold=0.2) == [FOX]
    assert Scene().texts("fox", score_threshold_enabled=True, score_threshold=0.99) == []
    assert len(Scene().texts("fox", score_threshold_enabled=False, score_threshold=0.99)) == 3


def test_a_full_text_search_needs_every_word():
    scene = Scene()
    assert scores(scene.found("the fox", search_method="full_text_search")) == [(FOX, 0.06079271)]
    assert scene.texts("fox platform", search_method="full_text_search") == []


def test_a_hybrid_search_weighs_meaning_and_keywords():
    assert scores(Scene().found("fox", **WEIGHTED))[0] == (FOX, 0.30814789)


def test_a_hybrid_search_takes_the_better_score_where_nothing_is_weighed():
    assert scores(Scene().found("fox", search_method="hybrid_search"))[0] == (FOX, 0.28868839)


def test_a_model_can_order_what_was_found():
    scene = Scene()
    assert scores(scene.found("fox", search_method="full_text_search", **RERANKED)) == [(FOX, 0.28868839)]
    with pytest.raises(RetrievalError, match=r"Model gone not exist\."):
        scene.found("fox", reranking_enable=True, reranking_model={"reranking_provider_name": PROVIDER, "reranking_model_name": "gone"})


def test_an_economic_dataset_is_searched_by_keyword_whatever_it_is_told():
    found = Scene("economy").found("Which fox is lazy, and where is the platform?")
    assert [(one.segment.content, one.score) for one in found] == [(FOX, 0.0), (DIFY, 0.0)]


def disabled_document(scene):
    scene.documents[1].enabled = False


def archived_document(scene):
    scene.documents[1].archived = True


def disabled_segment(scene):
    scene.documents[1].in_order[0].enabled = False


def document_on_its_way(scene):
    intake.replace(scene.world, scene.documents[1])


@pytest.mark.parametrize("hide", [disabled_document, archived_document, disabled_segment, document_on_its_way])
def test_what_is_not_available_is_not_found(hide):
    scene = Scene()
    hide(scene)
    assert FOX not in scene.texts("fox")


def test_parents_are_found_by_their_children():
    scene = Scene()
    rules = {
        "pre_processing_rules": [],
        "segmentation": {"separator": "\n\n", "max_tokens": 200},
        "subchunk_segmentation": {"separator": ".", "max_tokens": 100},
    }
    rule = kept(scene.world.ids, scene.dataset, {"mode": "hierarchical", "rules": rules})
    scene.dataset.documents.clear()
    seed.put_text(scene.world, scene.dataset, "parents", f"{DIFY}\n\n{FOX}\n\n{THIRD}", form="hierarchical_model", rule=rule)
    found = scene.found("fox", top_k=4)
    assert scores(found) == [(FOX, 0.33334814), (DIFY, 3.7794288e-05), (THIRD, 3.5353346e-05)]
    assert [(part.chunk.position, part.chunk.content) for part in found[0].parts] == [
        (2, " The quick brown fox jumps over the lazy dog"),
        (1, "Recordings are useful"),
    ]


def test_nobody_is_asked_without_credentials():
    scene = Scene()
    scene.world.provider_is_ready = False
    with pytest.raises(RetrievalError, match="No valid model provider credentials found"):
        scene.found("fox")


@pytest.mark.parametrize(
    ("name", "operator", "value", "found"),
    [
        ("writer", "is", "Ann", [FOX]),
        ("writer", "is not", "Ann", [DIFY]),
        ("writer", "contains", "n", [FOX]),
        ("writer", "not contains", "n", [DIFY]),
        ("writer", "start with", "A", [FOX]),
        ("writer", "end with", "b", [DIFY]),
        ("writer", "in", "Ann, Eve", [FOX]),
        ("writer", "in", ["Ann", "Eve"], [FOX]),
        ("writer", "not in", "Ann", [DIFY]),
        ("writer", "empty", None, [THIRD]),
        ("writer", "not empty", None, [DIFY, FOX]),
        ("year", "=", 2024, [FOX]),
        ("year", "≠", "2024", [DIFY]),
        ("year", ">", 2020, [FOX]),
        ("year", "<", 2024, [DIFY]),
        ("year", "≥", 2024, [FOX]),
        ("year", "≤", 2019, [DIFY]),
        ("year", "before", 2020, [DIFY]),
        ("year", "after", 2020, [FOX]),
        ("document_name", "is", "Dify", [DIFY]),
        ("source", "is", "file_upload", [DIFY, FOX, THIRD]),
        ("upload_date", "after", 0, [DIFY, FOX, THIRD]),
    ],
)
def test_a_condition_chooses_documents(name, operator, value, found):
    scene = Scene()
    switch_built_ins(scene.dataset, on=True)
    set_values(scene.dataset, scene.documents[0], [("writer", "Bob"), ("year", 2019)], partial=True)
    set_values(scene.dataset, scene.documents[1], [("writer", "Ann"), ("year", 2024)], partial=True)
    conditions = {"conditions": [{"name": name, "comparison_operator": operator, "value": value}]}
    assert set(scene.texts("fox", conditions)) == set(found)


@pytest.mark.parametrize(("operator", "found"), [("and", [FOX]), ("or", [DIFY, FOX])])
def test_conditions_go_together(operator, found):
    scene = Scene()
    set_values(scene.dataset, scene.documents[0], [("year", 2024)], partial=True)
    set_values(scene.dataset, scene.documents[1], [("writer", "Ann"), ("year", 2024)], partial=True)
    conditions = [
        {"name": "year", "comparison_operator": "=", "value": 2024},
        {"name": "writer", "comparison_operator": "is", "value": "Ann"},
    ]
    assert set(scene.texts("fox", {"logical_operator": operator, "conditions": conditions})) == set(found)


def test_a_condition_without_a_value_is_none():
    conditions = {"conditions": [{"name": "writer", "comparison_operator": "is", "value": None}]}
    assert len(Scene().texts("fox", conditions)) == 3


def test_a_text_is_not_a_number():
    scene = Scene()
    set_values(scene.dataset, scene.documents[0], [("writer", "Bob")], partial=True)
    with pytest.raises(RetrievalError, match="Invalid actual value type: number"):
        scene.found("fox", {"conditions": [{"name": "writer", "comparison_operator": ">", "value": 3}]})
