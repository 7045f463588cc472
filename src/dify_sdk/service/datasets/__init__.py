"""Service: knowledge. Every operation here takes a key for knowledge (`dataset-...`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from typing_extensions import TypedDict

from ..._endpoint import DELETE, GET, PATCH, POST, M, Resource, area, flow
from ..._models import Listing, Model
from ..._params import Within
from ..._steps import Steps
from ...shared.retrieval import ExternalRetrievalModel, ExternalRetrievalModelParam, RetrievalModel, RetrievalModelParam
from ...shared.splitting import DocumentForm
from .documents import DocumentDataParam
from .ingesting import IngestedFile, Ingestion, IngestReport, OnError
from .retrieval import RetrievalResult

if TYPE_CHECKING:
    from .documents import Documents
    from .metadata import DatasetMetadata
    from .pipeline import Pipeline
    from .segments import Segments
    from .tags import DatasetTags


class Datasets(Resource[M], area="service.datasets", key="dataset"):
    """Knowledge: datasets, their documents, and what is found in them."""

    @area
    def documents(self) -> Documents[M]:
        """The documents of a dataset."""
        from .documents import Documents

        return Documents(self._core)

    @area
    def segments(self) -> Segments[M]:
        """The segments of a document."""
        from .segments import Segments

        return Segments(self._core)

    @area
    def metadata(self) -> DatasetMetadata[M]:
        """What documents are described by."""
        from .metadata import DatasetMetadata

        return DatasetMetadata(self._core)

    @area
    def tags(self) -> DatasetTags[M]:
        """Labels on datasets."""
        from .tags import DatasetTags

        return DatasetTags(self._core)

    @area
    def pipeline(self) -> Pipeline[M]:
        """Datasets that a pipeline fills."""
        from .pipeline import Pipeline

        return Pipeline(self._core)

    @GET.pages("/datasets")
    def list(
        self,
        *,
        page: int = 1,
        limit: Annotated[int, Within(most=100, capped=True)] = 20,
        keyword: str | None = None,
        include_all: bool | None = None,
        tag_ids: Sequence[str] | None = None,
    ) -> Listing[Dataset]:
        """List the workspace's datasets, newest first.

        Args:
            page: The page, from 1.
            limit: How many on a page; the server gives 100 at most.
            keyword: A text in the name.
            include_all: Whether to list all of them, where the workspace's owner asks.
            tag_ids: Only datasets with all of these tags.
        """
        ...

    @POST("/datasets")
    def create(
        self,
        *,
        name: Annotated[str, Within(1, 40)],
        description: Annotated[str | None, Within(most=400)] = None,
        indexing_technique: IndexingTechnique | None = None,
        permission: Permission | None = None,
        provider: Literal["vendor", "external"] | None = None,
        external_knowledge_api_id: str | None = None,
        external_knowledge_id: str | None = None,
        retrieval_model: RetrievalModelParam | RetrievalModel | None = None,
        embedding_model: str | None = None,
        embedding_model_provider: str | None = None,
        summary_index_setting: SummaryIndexSettingParam | None = None,
    ) -> Dataset:
        """Create an empty dataset.

        Args:
            name: Its name, 1 to 40 characters; no two in a workspace are the same.
            description: What it holds, up to 400 characters.
            indexing_technique: How documents are indexed: with an embedding model, or by keywords.
            permission: Who may see it.
            provider: `external` for knowledge outside of Dify, with the two ids below.
            external_knowledge_api_id: The connection to that knowledge.
            external_knowledge_id: What it is called there.
            retrieval_model: How it is searched where a call does not say.
            embedding_model: The embedding model; the workspace's default where it is not given.
            embedding_model_provider: The provider of that model.
            summary_index_setting: Whether and how summaries are made for the index.

        Raises:
            DatasetNameDuplicateError: The name is taken.
            InvalidParamError: An argument is refused.
        """
        ...

    @GET("/datasets/{dataset_id:uuid}")
    def get(self, dataset_id: str) -> DatasetDetail:
        """Look a dataset up.

        Args:
            dataset_id: The dataset.

        Raises:
            NotFoundError: No such dataset in the workspace.
            PermissionDeniedError: The dataset is closed to the API.
        """
        ...

    @PATCH("/datasets/{dataset_id:uuid}")
    def update(
        self,
        dataset_id: str,
        *,
        name: Annotated[str | None, Within(1, 40)] = None,
        description: Annotated[str | None, Within(most=400)] = None,
        indexing_technique: IndexingTechnique | None = None,
        permission: Permission | None = None,
        embedding_model: str | None = None,
        embedding_model_provider: str | None = None,
        retrieval_model: RetrievalModelParam | RetrievalModel | None = None,
        partial_member_list: Sequence[DatasetMemberParam] | None = None,
        external_retrieval_model: ExternalRetrievalModelParam | ExternalRetrievalModel | None = None,
        external_knowledge_id: str | None = None,
        external_knowledge_api_id: str | None = None,
    ) -> DatasetDetail:
        """Change a dataset; what is not given stays as it is.

        Args:
            dataset_id: The dataset.
            name: Its name, 1 to 40 characters.
            description: What it holds, up to 400 characters.
            indexing_technique: How documents are indexed.
            permission: Who may see it.
            embedding_model: The embedding model.
            embedding_model_provider: The provider of that model.
            retrieval_model: How it is searched where a call does not say.
            partial_member_list: The members who may see it, with the permission `partial_members`.
            external_retrieval_model: How knowledge outside of Dify is searched where a call does not say.
            external_knowledge_id: What it is called there.
            external_knowledge_api_id: The connection to that knowledge.

        Raises:
            NotFoundError: No such dataset in the workspace.
            InvalidParamError: An argument is refused.
        """
        ...

    @DELETE("/datasets/{dataset_id:uuid}", status=204)
    def delete(self, dataset_id: str) -> None:
        """Delete a dataset with all its documents.

        Args:
            dataset_id: The dataset.

        Raises:
            NotFoundError: No such dataset in the workspace.
            DatasetInUseError: An app uses it; servers since 1.16 delete it all the same.
        """
        ...

    @POST("/datasets/{dataset_id:uuid}/retrieve", repeatable=True, aliases=("POST /datasets/{dataset_id:uuid}/hit-testing",))
    def retrieve(
        self,
        dataset_id: str,
        *,
        query: Annotated[str, Within(most=250)],
        retrieval_model: RetrievalModelParam | RetrievalModel | None = None,
        external_retrieval_model: ExternalRetrievalModelParam | ExternalRetrievalModel | None = None,
        attachment_ids: Sequence[str] | None = None,
    ) -> RetrievalResult:
        """Search a dataset. The answer iterates from the best score to the worst.

        Args:
            dataset_id: The dataset.
            query: What to look for, up to 250 characters.
            retrieval_model: How to search; as the dataset is set where it is not given.
            external_retrieval_model: How to search knowledge outside of Dify.
            attachment_ids: Uploaded images to look for.

        Raises:
            NotFoundError: No such dataset in the workspace.
            DatasetNotInitializedError: Nothing is indexed yet.
            ProviderNotInitializedError: The embedding model is gone, or its provider has no credentials.
            InvalidParamError: An argument is refused.
        """
        ...

    @flow
    def ingest(
        self,
        dataset_id: str,
        folder: str | PathLike[str],
        *,
        pattern: str | Iterable[str] = "**/*",
        concurrency: int = 4,
        progress: Callable[[IngestedFile], Any] | None = None,
        on_error: OnError = "continue",
        data: DocumentDataParam | None = None,
        timeout: float = 600.0,
        poll: float = 2.0,
    ) -> Steps[IngestReport]:
        """Put the files of a folder into a dataset and wait until they are indexed. Call it again to go on after an interruption.

        What is there already, by name and content, is not sent again. A file that has changed replaces its document, and so does one
        whose document was made in another way; a document that could not be indexed is made anew. The hash of each file is kept in the document's metadata, in
        the field `sha256`. A file in a sub-folder is named by its path, with `__` for each slash.

        Args:
            dataset_id: The dataset.
            folder: The folder.
            pattern: Which files below it, as of `Path.glob`; several patterns are added up. Hidden files are left out.
            concurrency: How many files travel at a time, from 1.
            progress: Called with each file as its upload ends and, if it was indexed, again when that has ended; on the asynchronous
                client it may be awaitable.
            on_error: Whether a file that fails is only reported, or ends everything with an `IngestError`.
            data: How the documents are split and indexed; where it is not given, as the documents before, or automatically in an empty
                dataset.
            timeout: Seconds to wait for the indexing after the last upload.
            poll: Seconds between two looks at the indexing.

        Returns:
            What became of each file.

        Raises:
            ConfigurationError: There is no such folder, or two files would get the same name.
            IngestError: A file failed, and `on_error` says `raise`; its `report` tells of all files.
            IndexingTimeoutError: The indexing takes longer; its `report` tells what is indexed.
        """
        return Ingestion(dataset_id, folder, pattern, concurrency, progress, on_error, data, timeout, poll).steps()


IndexingTechnique: TypeAlias = Literal["high_quality", "economy"]
Permission: TypeAlias = Literal["only_me", "all_team_members", "partial_members"]


class DatasetMemberParam(TypedDict):
    """A member who may see a dataset."""

    user_id: str


class SummaryIndexSettingParam(TypedDict, total=False):
    """Whether and how summaries are made for the index."""

    enable: bool
    model_name: str
    model_provider_name: str
    summary_prompt: str


class SummaryIndexSetting(Model):
    """Whether and how summaries are made for the index."""

    enable: bool | None = None
    model_name: str | None = None
    model_provider_name: str | None = None
    summary_prompt: str | None = None


class DatasetTag(Model):
    """A label on a dataset."""

    id: str
    name: str
    type: str = "knowledge"


class DatasetField(Model):
    """A field of the documents' metadata."""

    id: str
    name: str
    type: Literal["string", "number", "time"] | str


class ExternalKnowledgeInfo(Model):
    """Where knowledge outside of Dify comes from."""

    external_knowledge_id: str | None = None
    external_knowledge_api_id: str | None = None
    external_knowledge_api_name: str | None = None
    external_knowledge_api_endpoint: str | None = None


class DatasetIcon(Model):
    """What a dataset is shown as."""

    icon_type: str | None = None
    icon: str | None = None
    icon_background: str | None = None
    icon_url: str | None = None


class Dataset(Model):
    """A dataset. Times are in seconds since the epoch."""

    id: str
    name: str
    description: str | None = None
    provider: Literal["vendor", "external"] | str | None = None
    permission: Permission | str | None = None
    data_source_type: str | None = None
    indexing_technique: IndexingTechnique | str | None = None
    app_count: int | None = None
    document_count: int | None = None
    word_count: int | None = None
    created_by: str | None = None
    author_name: str | None = None
    created_at: int | None = None
    updated_by: str | None = None
    updated_at: int | None = None
    embedding_model: str | None = None
    embedding_model_provider: str | None = None
    embedding_available: bool | None = None
    retrieval_model_dict: RetrievalModel | None = None
    summary_index_setting: SummaryIndexSetting | None = None
    tags: list[DatasetTag] = []
    doc_form: DocumentForm | str | None = None
    external_knowledge_info: ExternalKnowledgeInfo | None = None
    external_retrieval_model: ExternalRetrievalModel | None = None
    doc_metadata: list[DatasetField] | None = None
    built_in_field_enabled: bool | None = None
    pipeline_id: str | None = None
    runtime_mode: Literal["general", "rag_pipeline"] | str | None = None
    chunk_structure: str | None = None
    icon_info: DatasetIcon | None = None
    is_published: bool | None = None
    total_documents: int | None = None
    total_available_documents: int | None = None
    enable_api: bool | None = None
    is_multimodal: bool | None = None
    permission_keys: list[str] | None = None
    maintainer: str | None = None


class DatasetDetail(Dataset):
    """A dataset, with the members who may see it."""

    partial_member_list: list[str] | None = None
