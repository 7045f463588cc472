"""Stories of datasets that a pipeline fills."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_mock.contract.shelf import Shelf
from dify_sdk import ServiceClient
from dify_sdk.errors import FileTooLargeError, InvalidParamError, NotFoundError, WorkflowFailedError
from dify_sdk.service.datasets import Dataset
from dify_sdk.shared.pipelines import PipelineBatch
from dify_sdk.shared.runs import WorkflowRun

SITE = "https://owls.example"
FACTS = b"Owls hoot.\n\nDogs bark."


class Pipe:
    """The dataset of the demo that a pipeline fills."""

    def __init__(self, place: Place) -> None:
        assert place.mock
        self.client: ServiceClient = place.knowledge()
        self.dataset: Dataset = next(one for one in self.client.datasets.list() if one.name == "Demo Pipeline")
        self.id, self.pipeline, self.documents = self.dataset.id, self.client.datasets.pipeline, self.client.datasets.documents

    def uploaded(self, name: str = "facts.txt", content: bytes = FACTS) -> dict[str, Any]:
        """A file as a run wants to be told of it."""
        made = self.pipeline.upload_file(file=(name, content, "text/plain"))
        return {"reference": made.id, "name": made.name}

    def told(self, *infos: Any, **changes: Any) -> dict[str, Any]:
        """The arguments of a run."""
        local = {"datasource_type": "local_file", "start_node_id": "ds1", "is_published": True}
        return {**local, "datasource_info_list": infos, **changes}

    def found(self, query: str) -> list[str]:
        return [one.text for one in self.client.datasets.retrieve(self.id, query=query) if (one.score or 0) > 0.1]


@pytest.fixture
def pipe(place: Place) -> Pipe:
    return Pipe(place)


def test_a_dataset_tells_of_its_pipeline(pipe: Pipe) -> None:
    found = pipe.client.datasets.get(pipe.id)
    assert (found.runtime_mode, found.chunk_structure, found.is_published) == ("rag_pipeline", "text_model", True)
    assert found.pipeline_id
    assert found.icon_info and found.icon_info.icon_type == "emoji"


def test_a_pipeline_tells_where_documents_come_from(pipe: Pipe) -> None:
    found = pipe.pipeline.datasource_plugins.list(pipe.id, is_published=True)
    assert [(one.node_id, one.datasource_type, one.title) for one in found] == [
        ("ds1", "local_file", "File"),
        ("ds2", "website_crawl", "Crawl"),
    ]
    assert [one["variable"] for one in found[1].user_input_variables or ()] == ["url"]


def test_a_published_pipeline_fills_its_dataset(pipe: Pipe) -> None:
    batch = pipe.pipeline.run(pipe.id, **pipe.told(pipe.uploaded(), pipe.uploaded("more.txt", b"Cats purr.")))
    assert isinstance(batch, PipelineBatch)
    assert (batch.dataset.id, batch.dataset.chunk_structure) == (pipe.id, "text_model")
    assert [(one.name, one.indexing_status) for one in batch.documents] == [("facts.txt", "waiting"), ("more.txt", "waiting")]
    report = pipe.documents.wait_until_indexed(pipe.id, batch.batch, poll=0.001)
    assert [one.id for one in report.data] == [one.id for one in batch.documents]
    report.raise_for_status()
    listed = list(pipe.documents.list(pipe.id))
    assert {(one.name, one.created_from, one.data_source_type) for one in listed} == {
        ("facts.txt", "rag-pipeline", "local_file"),
        ("more.txt", "rag-pipeline", "local_file"),
    }
    assert [one.content for one in pipe.client.datasets.segments.list(pipe.id, batch.documents[0].id)] == ["Owls hoot.", "Dogs bark."]
    assert pipe.found("cats") == ["Cats purr."]


def test_pages_of_a_site_are_looked_at_and_taken(pipe: Pipe) -> None:
    found = pipe.pipeline.datasource_nodes.run(pipe.id, "ds2", datasource_type="website_crawl", is_published=True, inputs={"url": SITE})
    found.raise_for_status()
    assert (found.total, found.completed) == (2, 2)
    assert [one["source_url"] for one in found.data] == [SITE, f"{SITE}/two"]
    batch = pipe.pipeline.run(pipe.id, **pipe.told(*found.data, datasource_type="website_crawl", start_node_id="ds2", inputs={"url": SITE}))
    assert isinstance(batch, PipelineBatch)
    pipe.documents.wait_until_indexed(pipe.id, batch.batch, poll=0.001).raise_for_status()
    assert [one.name for one in batch.documents] == ["One", "Two"]
    assert pipe.found("Page two text") == ["Page two text.", "Page one text."]


def test_a_look_into_a_source_can_be_followed(pipe: Pipe) -> None:
    stream = pipe.pipeline.datasource_nodes.stream(pipe.id, "ds2", datasource_type="website_crawl", is_published=True, inputs={"url": SITE})
    assert [one.event for one in stream] == ["datasource_processing", "datasource_completed"]
    assert len(stream.result().data) == 2


def test_a_source_that_fails_is_an_answer_too(pipe: Pipe) -> None:
    nodes = pipe.pipeline.datasource_nodes
    for node in ("nowhere", "ds1"):
        found = nodes.run(pipe.id, node, datasource_type="local_file", is_published=True)
        assert found.error
        with pytest.raises(WorkflowFailedError, match="the source failed"):
            found.raise_for_status()


def test_a_published_pipeline_answers_a_stream_at_once(pipe: Pipe) -> None:
    batch = pipe.pipeline.stream(pipe.id, **pipe.told(pipe.uploaded())).result()
    assert isinstance(batch, PipelineBatch)
    pipe.documents.wait_until_indexed(pipe.id, batch.batch, poll=0.001).raise_for_status()
    assert "Owls hoot." in pipe.found("owls")


def test_a_draft_is_only_tried(pipe: Pipe) -> None:
    run = pipe.pipeline.run(pipe.id, **pipe.told(pipe.uploaded(), is_published=False))
    assert isinstance(run, WorkflowRun)
    assert run.status == "succeeded"
    assert [one["content"] for one in run.outputs["preview"]] == ["Owls hoot.", "Dogs bark."]
    assert pipe.documents.list(pipe.id).data == []


def test_a_draft_can_be_followed(pipe: Pipe) -> None:
    stream = pipe.pipeline.stream(pipe.id, **pipe.told(pipe.uploaded(), is_published=False))
    events = list(stream)
    assert (events[0].event, events[-1].event) == ("workflow_started", "workflow_finished")
    assert [one.data.node_id for one in events if one.event == "node_finished"] == ["ds1", "ext1", "agg1", "tool1", "kb1"]
    run = stream.result()
    assert isinstance(run, WorkflowRun)
    assert run.outputs["total_segments"] == 2


def test_a_draft_that_fails_is_an_answer_too(pipe: Pipe) -> None:
    run = pipe.pipeline.run(pipe.id, **pipe.told({"reference": "gone", "name": "x"}, is_published=False))
    assert isinstance(run, WorkflowRun)
    assert (run.status, run.error) == ("failed", "File not found")


def test_a_document_from_nowhere_gets_nowhere(pipe: Pipe) -> None:
    batch = pipe.pipeline.run(pipe.id, **pipe.told(pipe.uploaded(), start_node_id="nowhere"))
    assert isinstance(batch, PipelineBatch)
    (failed,) = pipe.documents.batch_indexing_status(pipe.id, batch.batch).failed
    assert failed.error == "Datasource node data not found"


def test_a_file_that_is_gone_is_found_out_while_indexing(pipe: Pipe) -> None:
    batch = pipe.pipeline.run(pipe.id, **pipe.told({"reference": "gone", "name": "x.txt"}))
    assert isinstance(batch, PipelineBatch)
    assert pipe.documents.wait_until_indexed(pipe.id, batch.batch, poll=0.001).failed


def test_what_a_pipeline_has_made_has_no_file_to_fetch(pipe: Pipe) -> None:
    batch = pipe.pipeline.run(pipe.id, **pipe.told(pipe.uploaded()))
    assert isinstance(batch, PipelineBatch)
    with pytest.raises(NotFoundError, match="does not have an uploaded file"):
        pipe.documents.download(pipe.id, batch.documents[0].id)


def test_an_upload_is_described(pipe: Pipe) -> None:
    made = pipe.pipeline.upload_file(file=("facts.md", b"# Facts", "text/markdown"))
    assert (made.name, made.size, made.extension, made.mime_type) == ("facts.md", 7, "md", "text/markdown")
    assert made.created_at


def test_an_upload_may_have_fifteen_megabytes(pipe: Pipe) -> None:
    with pytest.raises(FileTooLargeError):
        pipe.pipeline.upload_file(file=("a.txt", bytes(15 * 1024 * 1024 + 1), "text/plain"))


def test_what_has_no_pipeline_has_none(place: Place) -> None:
    shelf = Shelf(place)
    pipeline: Any = shelf.datasets.pipeline
    told: dict[str, Any] = {"datasource_type": "local_file", "is_published": True}
    for ask in (
        lambda: pipeline.datasource_plugins.list(shelf.id),
        lambda: pipeline.datasource_nodes.run(shelf.id, "ds1", **told),
        lambda: pipeline.run(shelf.id, start_node_id="ds1", datasource_info_list=[{"reference": "x"}], **told),
    ):
        with pytest.raises(InvalidParamError, match="Pipeline not found"):
            ask()


def test_a_pipeline_must_be_published_to_fill(place: Place, pipe: Pipe) -> None:
    place.mock.world.knowledge.pipelines[pipe.dataset.pipeline_id or ""].is_published = False
    with pytest.raises(InvalidParamError, match="Pipeline is not published"):
        pipe.pipeline.run(pipe.id, **pipe.told(pipe.uploaded()))
    run = pipe.pipeline.run(pipe.id, **pipe.told(pipe.uploaded(), is_published=False))
    assert isinstance(run, WorkflowRun)


def test_a_draft_needs_a_document(pipe: Pipe) -> None:
    with pytest.raises(InvalidParamError, match="Datasource info list is required"):
        pipe.pipeline.run(pipe.id, **pipe.told(is_published=False))


@pytest.mark.parametrize("wrong", [{"datasource_type": "carrier_pigeon"}, {"start_node_id": None}, {"is_published": "perhaps"}])
def test_a_wrong_argument_is_named(pipe: Pipe, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidParamError) as refused:
        pipe.pipeline.run(pipe.id, **pipe.told(pipe.uploaded(), **wrong))
    assert list(refused.value.params) == list(wrong)
