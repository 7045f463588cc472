"""Documents go through their stages by the world's clock; who looks again has waited."""

import pytest

from dify_mock import seed
from dify_mock.knowledge import indexing, intake
from dify_mock.knowledge.rules import kept
from dify_mock.world import World

TEXT = (
    "Dify is a platform for LLM apps.\n\nRecordings are useful. The quick brown fox jumps over the lazy dog.\n\nA third paragraph speaks."
)


def rule(**segmentation):
    return {
        "mode": "custom",
        "rules": {"pre_processing_rules": [], "segmentation": {"separator": "\n\n", "max_tokens": 200, **segmentation}},
    }


class Scene:
    """A world with a document on its way."""

    def __init__(self, text=TEXT, technique="high_quality", form="text_model", **segmentation):
        self.world = World()
        self.dataset = seed.add_dataset(self.world, "Scene")
        intake.settle_technique(self.dataset, technique)
        made = kept(self.world.ids, self.dataset, rule(**segmentation))
        self.file = intake.keep_text(self.world, "doc one", text)
        self.document = intake.put_in(self.world, self.dataset, "doc one", {"upload_file_id": self.file.id}, form=form, rule=made)

    def looks(self):
        """What each look tells, until nothing is to come."""
        while True:
            indexing.look(self.world, self.dataset, [self.document])
            yield self.document.indexing_status
            if not self.document.is_unfinished:
                return

    def done(self):
        *_, last = self.looks()
        return last


def test_each_look_finds_it_further_on():
    assert list(Scene().looks()) == ["waiting", "cleaning", "indexing", "completed"]


def test_the_clock_moves_it_on_as_well():
    scene = Scene()
    seen = [scene.document.indexing_status]
    for _ in range(5):
        scene.world.clock.advance(0.5)
        scene.world.catch_up()
        seen.append(scene.document.indexing_status)
    assert seen == ["waiting", "parsing", "cleaning", "splitting", "indexing", "completed"]


def test_its_stages_are_stamped_when_they_end():
    scene = Scene()
    begun = scene.world.clock.seconds()
    scene.world.clock.advance(3600)
    scene.world.catch_up()
    document = scene.document
    assert (document.processing_started_at, document.parsing_completed_at, document.splitting_completed_at) == (begun, begun + 1, begun + 2)
    assert (document.cleaning_completed_at, document.completed_at, document.indexing_latency) == (begun + 2, begun + 2, 2.0)


def test_a_finished_document_has_been_measured():
    scene = Scene()
    assert scene.done() == "completed"
    document = scene.document
    assert [(one.position, one.word_count, one.tokens, one.status) for one in document.in_order] == [
        (1, 32, 7, "completed"),
        (2, 67, 12, "completed"),
        (3, 25, 4, "completed"),
    ]
    assert (document.word_count, document.tokens, document.display_status) == (124, 23, "available")
    assert document.in_order[1].index_node_hash == "8625e46320f24dce1bd316e89781257f5b4e3fe9fddf5f6624201c0e744b2ac5"


def test_an_economic_dataset_costs_no_tokens_and_knows_keywords():
    scene = Scene(technique="economy")
    scene.done()
    assert scene.document.tokens == 0
    assert scene.document.in_order[0].keywords == ["dify", "platform", "llm", "apps"]


def test_an_empty_text_is_a_document_without_segments():
    scene = Scene("")
    assert scene.done() == "completed"
    assert (scene.document.word_count, scene.document.tokens, scene.document.segments) == (0, 0, {})


def broken_file(scene):
    scene.file.kind, scene.file.content = "docx", b"no archive"


def lost_file(scene):
    del scene.world.upload_files[scene.file.id]


def lost_model(scene):
    scene.dataset.embedding_model = "gone-embed"


def lost_credentials(scene):
    scene.world.provider_is_ready = False


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (broken_file, "File is not a zip file"),
        (lost_file, "Source file not found"),
        (lost_model, "Model gone-embed not exist."),
        (lost_credentials, "No valid model provider credentials found."),
    ],
)
def test_what_goes_wrong_is_the_document_s_error(spoil, reason):
    scene = Scene()
    spoil(scene)
    assert scene.done() == "error"
    assert scene.document.error.startswith(reason)
    assert (scene.document.display_status, scene.document.completed_at, scene.document.segments) == ("error", None, {})
    assert scene.document.stopped_at == scene.world.clock.seconds()


def test_a_rule_that_cannot_be_followed_is_the_document_s_error():
    scene = Scene(max_tokens=20)
    assert scene.done() == "error"
    assert scene.document.error == "Custom segment length should be between 50 and 4000."


def test_a_paused_document_stays_where_it_is_until_it_is_recovered():
    scene = Scene()
    scene.world.clock.advance(1)
    scene.world.catch_up()
    indexing.pause(scene.world, scene.document)
    scene.world.clock.advance(60)
    scene.world.catch_up()
    assert (scene.document.indexing_status, scene.document.display_status) == ("cleaning", "paused")
    indexing.recover(scene.world, scene.document)
    scene.world.clock.advance(0.5)
    scene.world.catch_up()
    assert (scene.document.indexing_status, scene.document.display_status) == ("splitting", "indexing")


def test_a_replaced_document_is_indexed_again_under_the_same_name_and_batch():
    scene = Scene()
    scene.done()
    before = (scene.document.id, scene.document.batch, scene.document.rule)
    file = intake.keep_text(scene.world, "new", "Only this.")
    intake.replace(scene.world, scene.document, name="doc two", source={"upload_file_id": file.id})
    assert {one.status for one in scene.document.segments.values()} == {"re_segment"}
    assert (scene.document.word_count, scene.document.completed_at, scene.document.created_from) == (124, None, "web")
    assert list(scene.looks())[-1] == "completed"
    assert [one.content for one in scene.document.in_order] == ["Only this."]
    assert (scene.document.id, scene.document.batch, scene.document.rule) == before
    assert scene.document.name == "doc two"


def test_documents_have_a_batch_of_twenty_digits_and_the_next_position():
    scene = Scene()
    other = intake.put_in(scene.world, scene.dataset, "two", {"content": "x"})
    assert scene.document.batch.startswith("20260105090000")
    assert len(other.batch) == 20
    assert other.batch.isdecimal()
    assert (scene.document.position, other.position) == (1, 2)


def test_the_first_document_decides_how_a_dataset_is_indexed():
    world = World()
    dataset = seed.add_dataset(world, "Open")
    intake.settle_technique(dataset, "high_quality")
    intake.settle_technique(dataset, "economy")
    assert (dataset.indexing_technique, dataset.embedding_model, dataset.retrieval_model["top_k"]) == ("high_quality", "stub-embed", 4)


def test_who_goes_takes_its_parts_along():
    scene = Scene()
    knowledge = scene.world.knowledge
    knowledge.delete_dataset(scene.dataset)
    assert knowledge.datasets == {}
    assert list(knowledge.unfinished()) == []
    assert scene.file.id not in scene.world.upload_files
