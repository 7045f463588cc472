"""Handlers: datasets that a pipeline fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

from dify_sdk._files import File
from dify_sdk._params import Upload
from dify_sdk._steps import Pause
from dify_sdk.service.datasets.pipeline import (
    DatasourceInfoParam,
    DatasourceNodes,
    DatasourcePlugin,
    DatasourcePluginList,
    DatasourcePlugins,
    DatasourceType,
    Pipeline,
    PipelineFile,
)
from dify_sdk.shared.events import WorkflowEvent
from dify_sdk.shared.pipelines import (
    DatasourceCompletedEvent,
    DatasourceErrorEvent,
    DatasourceEvent,
    DatasourceProcessingEvent,
    PipelineBatch,
    PipelineDataset,
    PipelineDocument,
    PipelineOutcome,
)

from ...knowledge import state as held
from ...knowledge.intake import new_batch, put_in
from ...knowledge.pipelines import name_of, pages_of
from ...refusals import invalid
from ...registry import handles
from ...uploads import accept, only_file
from ...visit import Visit
from ...workflow import following
from .drafting import begin, told

_CRAWL_SECONDS: Final = 0.2
_NO_NODE: Final = "Datasource node data not found"


@handles(Pipeline.upload_file)
def upload_file(visit: Visit, *, file: Upload) -> PipelineFile:
    only_file(visit.request)
    kept = accept(visit.world, File.of(file), created_by=visit.world.owner_id)
    return PipelineFile(
        id=kept.id,
        name=kept.name,
        size=len(kept.content),
        extension=kept.extension,
        mime_type=kept.mime_type,
        created_by=kept.created_by,
        created_at=visit.world.clock.iso(),
    )


@handles(DatasourcePlugins.list)
def list_plugins(visit: Visit, dataset_id: str, *, is_published: bool | None = None) -> DatasourcePluginList:
    pipeline = _pipeline(visit)
    return [
        DatasourcePlugin(
            node_id=node_id,
            plugin_id=node["plugin_id"],
            provider_name=node["provider_name"],
            datasource_type=node["provider_type"],
            title=node["title"],
            user_input_variables=[one for one in pipeline.variables if one["belong_to_node_id"] == node_id],
            credentials=[],
        )
        for node_id, node in pipeline.nodes("datasource").items()
    ]


@handles(DatasourceNodes.stream, payload="DatasourceNodeRunPayload")
def run_node(
    visit: Visit,
    dataset_id: str,
    node_id: str,
    *,
    datasource_type: DatasourceType,
    is_published: bool,
    inputs: Mapping[str, Any] = {},
    credential_id: str | None = None,
) -> Iterator[DatasourceEvent | Pause]:
    return _read(_pipeline(visit).nodes("datasource").get(node_id), inputs)


@handles(Pipeline.run, payload="PipelineRunApiEntity", generates=True, needs_mode=True)
def run(
    visit: Visit,
    dataset_id: str,
    *,
    datasource_type: DatasourceType,
    datasource_info_list: Sequence[DatasourceInfoParam],
    start_node_id: str,
    is_published: bool,
    inputs: Mapping[str, Any] = {},
) -> PipelineOutcome:
    if is_published:
        return _filled(visit, datasource_type, datasource_info_list, start_node_id)
    draft = begin(visit, _pipeline(visit), start_node_id, datasource_info_list, inputs)
    following.finish(visit, draft)
    return told(draft)


@handles(Pipeline.stream, payload="PipelineRunApiEntity", generates=True, needs_mode=True)
def stream(
    visit: Visit,
    dataset_id: str,
    *,
    datasource_type: DatasourceType,
    datasource_info_list: Sequence[DatasourceInfoParam],
    start_node_id: str,
    is_published: bool,
    inputs: Mapping[str, Any] = {},
) -> Iterator[WorkflowEvent | Pause]:
    """A published pipeline has no events: it answers at once."""
    if is_published:
        return cast("Iterator[WorkflowEvent | Pause]", _filled(visit, datasource_type, datasource_info_list, start_node_id))
    return following.begun(visit.world, begin(visit, _pipeline(visit), start_node_id, datasource_info_list, inputs))


def _pipeline(visit: Visit) -> held.Pipeline:
    found = visit.world.knowledge.pipelines.get(visit.dataset.pipeline_id or "")
    if found is None:
        raise invalid("Pipeline not found")
    return found


def _read(node: Mapping[str, Any] | None, inputs: Mapping[str, Any]) -> Iterator[DatasourceEvent | Pause]:
    if node is None:
        yield DatasourceErrorEvent(error=_NO_NODE)
        return
    if node["provider_type"] != "website_crawl":
        yield DatasourceErrorEvent(error=f"Unsupported datasource provider: {node['provider_type']}")
        return
    pages = pages_of(str(inputs.get("url", "")))
    yield DatasourceProcessingEvent(total=len(pages), completed=1)
    yield Pause(_CRAWL_SECONDS)
    yield DatasourceCompletedEvent(data=pages, total=len(pages), completed=len(pages), time_consuming=_CRAWL_SECONDS)


def _filled(visit: Visit, kind: str, infos: Sequence[DatasourceInfoParam], start_node_id: str) -> PipelineBatch:
    """A document for each piece of the source, on its way; one from a node that there is not gets nowhere."""
    world, dataset, pipeline = visit.world, visit.dataset, _pipeline(visit)
    if not pipeline.is_published or dataset.chunk_structure is None:
        raise invalid("Pipeline is not published")
    batch = new_batch(world)
    made = [
        put_in(
            world,
            dataset,
            name_of(info),
            dict(info),
            form=dataset.chunk_structure,
            source_type=kind,
            created_from="rag-pipeline",
            batch=batch,
        )
        for info in infos
    ]
    answer = PipelineBatch(
        batch=batch,
        dataset=PipelineDataset(id=dataset.id, name=dataset.name, description=dataset.description, chunk_structure=dataset.chunk_structure),
        documents=[_told(one) for one in made],
    )
    if start_node_id not in pipeline.nodes("datasource"):
        for document in made:
            document.indexing_status, document.error, document.stopped_at = "error", _NO_NODE, world.clock.seconds()
    return answer


def _told(document: held.Document) -> PipelineDocument:
    return PipelineDocument(
        id=document.id,
        position=document.position,
        data_source_type=document.data_source_type,
        data_source_info=document.data_source_info,
        name=document.name,
        indexing_status=document.indexing_status,
        error=document.error,
        enabled=document.enabled,
    )
