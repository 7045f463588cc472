"""Service: datasets that a pipeline fills, from where their documents come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Required, TypeAlias

from typing_extensions import TypedDict

from ..._endpoint import GET, POST, M, Resource, area, flow
from ..._models import Model
from ..._params import Inputs, Upload
from ..._steps import Steps, finished
from ...shared.pipelines import DatasourceReading, DatasourceRun, PipelineOutcome, PipelineRunning


class DatasourceNodes(Resource[M], area="service.datasets.pipeline.datasource_nodes", key="dataset"):
    """The nodes of a pipeline that documents come from."""

    @POST.stream("/datasets/{dataset_id:uuid}/pipeline/datasource/nodes/{node_id}/run", since="1.13")
    def stream(
        self,
        dataset_id: str,
        node_id: str,
        *,
        datasource_type: DatasourceType,
        is_published: bool,
        inputs: Inputs = {},
        credential_id: str | None = None,
    ) -> DatasourceReading:
        """Look into a source of documents and follow what is found. The arguments are those of `run`."""
        ...

    @flow
    def run(
        self,
        dataset_id: str,
        node_id: str,
        *,
        datasource_type: DatasourceType,
        is_published: bool,
        inputs: Inputs = {},
        credential_id: str | None = None,
    ) -> Steps[DatasourceRun]:
        """Look into a source of documents and wait for all that is found. Servers only stream this; the stream is read to its end.

        A source that fails is an answer too: `raise_for_status()` complains.

        Args:
            dataset_id: The dataset.
            node_id: The node, from `pipeline.datasource_plugins.list`.
            datasource_type: What kind of source it is.
            is_published: Whether the published pipeline is meant, or the draft.
            inputs: Values of the node's variables.
            credential_id: The credentials for the source, where there are several.

        Raises:
            NotFoundError: No such dataset in the workspace.
            InvalidParamError: The dataset has no pipeline, or an argument is refused.
        """
        return finished(
            DatasourceNodes.stream,
            dataset_id,
            node_id,
            datasource_type=datasource_type,
            is_published=is_published,
            inputs=inputs,
            credential_id=credential_id,
        )


class DatasourcePlugins(Resource[M], area="service.datasets.pipeline.datasource_plugins", key="dataset"):
    """The sources that a pipeline takes documents from."""

    @GET("/datasets/{dataset_id:uuid}/pipeline/datasource-plugins", since="1.13")
    def list(self, dataset_id: str, *, is_published: bool | None = None) -> DatasourcePluginList:
        """List the sources of a pipeline.

        Args:
            dataset_id: The dataset.
            is_published: Whether the published pipeline is meant, as it is by default, or the draft.

        Raises:
            NotFoundError: No such dataset in the workspace.
            InvalidParamError: The dataset has no pipeline.
        """
        ...


class Pipeline(Resource[M], area="service.datasets.pipeline", key="dataset"):
    """Datasets that a pipeline fills."""

    @area
    def datasource_nodes(self) -> DatasourceNodes[M]:
        """The nodes of a pipeline that documents come from."""
        return DatasourceNodes(self._core)

    @area
    def datasource_plugins(self) -> DatasourcePlugins[M]:
        """The sources that a pipeline takes documents from."""
        return DatasourcePlugins(self._core)

    @POST("/datasets/pipeline/file-upload", status=201, since="1.13")
    def upload_file(self, *, file: Upload) -> PipelineFile:
        """Upload a file for a run of a pipeline; its id is the `reference` in `datasource_info_list`.

        Args:
            file: A path, bytes, an open file or `(name, content, type)`.

        Raises:
            FileTooLargeError: More than 15 MB, as servers come.
            UnsupportedFileTypeError: The server takes no such files.
        """
        ...

    @POST("/datasets/{dataset_id:uuid}/pipeline/run", runs=True, since="1.13")
    def run(
        self,
        dataset_id: str,
        *,
        datasource_type: DatasourceType,
        datasource_info_list: Sequence[DatasourceInfoParam],
        start_node_id: str,
        is_published: bool,
        inputs: Inputs = {},
    ) -> PipelineOutcome:
        """Run a pipeline over documents of a source.

        A published pipeline answers at once with the documents it makes, and their batch: `documents.wait_until_indexed` waits for
        them. A draft answers with its run.

        Args:
            dataset_id: The dataset.
            datasource_type: What kind of source the documents come from.
            datasource_info_list: The documents.
            start_node_id: The node of that source, from `datasource_plugins.list`.
            is_published: Whether to run the published pipeline, or the draft.
            inputs: Values of the pipeline's variables.

        Raises:
            NotFoundError: No such dataset in the workspace.
            InvalidParamError: The dataset has no pipeline, or an argument is refused.
            PipelineRunError: The pipeline could not be run.
        """
        ...

    @run.streaming()
    def stream(self) -> PipelineRunning:
        """Run a pipeline and follow it. The arguments are those of `run`; a published pipeline does not stream, `result()` has its answer."""
        ...


DatasourceType: TypeAlias = Literal["local_file", "online_document", "website_crawl", "online_drive"]


class OnlinePageParam(TypedDict, total=False):
    """A page of a workspace elsewhere."""

    page_id: Required[str]
    type: Required[str]
    page_name: str


class DatasourceInfoParam(TypedDict, total=False):
    """A document of a source; which fields it has depends on the kind.

    An uploaded file, by the id that `upload_file` answers:

    ```python
    {"reference": uploaded.id, "name": uploaded.name}
    ```

    A page of a website, a page of a workspace elsewhere, or a file of a drive:

    ```python
    {"url": "https://example.com", "title": "Example"}
    {"workspace_id": "w1", "page": {"page_id": "p1", "type": "page"}, "credential_id": "c1"}
    {"id": "f1", "type": "file", "bucket": "b1", "name": "facts.txt"}
    ```
    """

    reference: str
    name: str
    workspace_id: str
    page: OnlinePageParam
    credential_id: str
    url: str
    title: str
    id: str
    type: Literal["file", "folder"]
    bucket: str


class PipelineFile(Model):
    """A file that was uploaded for a run. `size` is in bytes, `created_at` a text as ISO 8601."""

    id: str
    name: str
    size: int | None = None
    extension: str | None = None
    mime_type: str | None = None
    created_by: str | None = None
    created_at: str | None = None


class DatasourceCredential(Model):
    """Credentials for a source."""

    id: str | None = None
    name: str | None = None
    type: str | None = None
    is_default: bool | None = None


class DatasourcePlugin(Model):
    """A source that a pipeline takes documents from."""

    node_id: str | None = None
    plugin_id: str | None = None
    provider_name: str | None = None
    datasource_type: DatasourceType | str | None = None
    title: str | None = None
    user_input_variables: list[dict[str, Any]] | None = None
    credentials: list[DatasourceCredential] | None = None


DatasourcePluginList: TypeAlias = list[DatasourcePlugin]
