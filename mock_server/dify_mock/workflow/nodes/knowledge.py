"""Nodes about knowledge: one finds it, two fill it."""

from __future__ import annotations

from typing import Any

from ...llm import NO_USAGE
from ..files import upload_file
from ..step import NodeError, Outcome, Step
from ..templates import render
from ..usage import price_of
from ..values import as_list, part


def knowledge_retrieval(step: Step) -> Outcome:
    """What the world's knowledge has on a question."""
    query = step.pool.get(step.data.get("query_variable_selector") or [])
    inputs = {"query": query}
    if not isinstance(query, str):
        raise NodeError("Query variable is not string type.", "KnowledgeRetrievalNodeError", inputs=inputs)
    found = step.engine.world.retrieve(step.data.get("dataset_ids", []), query, _filled(step)) if query else []
    return Outcome({"result": found}, inputs, {"usage": dict(NO_USAGE)}, price_of([NO_USAGE]))


def _filled(step: Step) -> dict[str, Any]:
    """The node's settings with the values of its conditions."""
    told = part(step.data, "metadata_filtering_conditions")
    conditions = [
        {**one, "value": render(one["value"], step.pool)} if isinstance(one.get("value"), str) else one
        for one in told.get("conditions", [])
    ]
    return {**step.data, "metadata_filtering_conditions": {**told, "conditions": conditions}}


def datasource(step: Step) -> Outcome:
    """The document that a pipeline is run over."""
    info: dict[str, Any] = step.pool.get(("sys", "datasource_info")) or {}
    kind = step.data.get("provider_type")
    if kind != "local_file":
        return Outcome({"datasource_type": kind, **info}, {"datasource_info": info})
    upload = step.engine.world.upload_files.get(str(info.get("reference")))
    if upload is None:
        raise NodeError("File not found", "DatasourceNodeError", inputs={"datasource_info": info})
    file = upload_file(step.engine.world, step.engine.run.base_url, upload)
    return Outcome({"datasource_type": kind, "file": file}, {"datasource_info": info})


def knowledge_index(step: Step) -> Outcome:
    """The chunks that would become segments; a draft only shows them."""
    chunks = step.pool.get(step.data.get("index_chunk_variable_selector") or [])
    shown = [{"content": one} for one in as_list(chunks) or []]
    told = {"chunk_structure": step.data.get("chunk_structure"), "preview": shown, "total_segments": len(shown)}
    step.engine.put_out(told)
    return Outcome(told, {"chunks": chunks})
