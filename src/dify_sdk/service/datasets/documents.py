"""Service: the documents of a dataset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, Required, TypeAlias

from pydantic import Field
from typing_extensions import TypedDict

from ..._endpoint import DELETE, GET, PATCH, POST, M, Resource, flow
from ..._files import File
from ..._models import Listing, Model
from ..._params import Upload, Within
from ..._steps import Steps, ask
from ...shared.results import Result
from ...shared.retrieval import RetrievalModel, RetrievalModelParam
from ...shared.splitting import DocumentForm, ProcessRule, ProcessRuleParam, StoredProcessRule
from .indexing import BatchIndexing, IndexingStatus, waiting


class Documents(Resource[M], area="service.datasets.documents", key="dataset"):
    """The documents of a dataset. A new one is indexed in the background; `wait_until_indexed` waits for that."""

    @POST(
        "/datasets/{dataset_id:uuid}/document/create-by-text",
        aliases=("POST /datasets/{dataset_id:uuid}/document/create_by_text",),
    )
    def create_by_text(
        self,
        dataset_id: str,
        *,
        name: str,
        text: str,
        indexing_technique: Literal["high_quality", "economy"] | None = None,
        process_rule: ProcessRuleParam | ProcessRule | None = None,
        doc_form: DocumentForm | None = None,
        doc_language: str | None = None,
        retrieval_model: RetrievalModelParam | RetrievalModel | None = None,
        embedding_model: str | None = None,
        embedding_model_provider: str | None = None,
        original_document_id: str | None = None,
    ) -> DocumentBatch:
        """Add a text as a document.

        Args:
            dataset_id: The dataset.
            name: The document's name.
            text: Its text.
            indexing_technique: How it is indexed; needed for the first document of a dataset that does not say.
            process_rule: How it is split; the dataset's latest rule where it is not given, and needed where there is none.
            doc_form: As text, in parents and children, or in questions and answers; all documents of a dataset have the same form.
            doc_language: The language of questions and answers.
            retrieval_model: How the dataset is searched, for its first document.
            embedding_model: The embedding model, for the first document.
            embedding_model_provider: The provider of that model.
            original_document_id: A document that this one replaces.

        Raises:
            NotFoundError: No such dataset in the workspace.
            InvalidParamError: An argument is refused, or a rule contradicts itself.
            ProviderNotInitializedError: There is no embedding model.
        """
        ...

    @POST(
        "/datasets/{dataset_id:uuid}/document/create-by-file",
        aliases=("POST /datasets/{dataset_id:uuid}/document/create_by_file",),
    )
    def create_by_file(self, dataset_id: str, *, file: Upload, data: DocumentDataParam | None = None) -> DocumentBatch:
        """Add a file as a document, under the file's name.

        Args:
            dataset_id: The dataset.
            file: A path, bytes, an open file or `(name, content, type)`. The server goes by the name's ending.
            data: How it is split and indexed; as the dataset's other documents where it is not given.

        Raises:
            NotFoundError: No such dataset in the workspace.
            FileTooLargeError: More than 15 MB, as servers come.
            InvalidParamError: An argument is refused, or the server takes no such files (then without a message).
            ProviderNotInitializedError: There is no embedding model.
        """
        ...

    @GET.pages("/datasets/{dataset_id:uuid}/documents")
    def list(
        self,
        dataset_id: str,
        *,
        page: int = 1,
        limit: Annotated[int, Within(most=100, capped=True)] = 20,
        keyword: str | None = None,
        status: DisplayStatus | None = None,
    ) -> Listing[Document]:
        """List the documents of a dataset, newest first.

        Args:
            dataset_id: The dataset.
            page: The page, from 1.
            limit: How many on a page; the server gives 100 at most.
            keyword: A text in the name.
            status: What the documents are shown as.

        Raises:
            NotFoundError: No such dataset in the workspace.
        """
        ...

    @GET("/datasets/{dataset_id:uuid}/documents/{document_id:uuid}")
    def get(self, dataset_id: str, document_id: str, *, metadata: Literal["all", "only", "without"] | None = None) -> DocumentDetail:
        """Look a document up.

        Args:
            dataset_id: The dataset.
            document_id: The document.
            metadata: Whether to answer all there is, `only` the metadata, or all `without` it.

        Raises:
            NotFoundError: No such dataset or document.
            InvalidMetadataError: `metadata` is none of the three.
        """
        ...

    @POST(
        "/datasets/{dataset_id:uuid}/documents/{document_id:uuid}/update-by-text",
        aliases=("POST /datasets/{dataset_id:uuid}/documents/{document_id:uuid}/update_by_text",),
    )
    def update_by_text(
        self,
        dataset_id: str,
        document_id: str,
        *,
        name: str | None = None,
        text: str | None = None,
        process_rule: ProcessRuleParam | ProcessRule | None = None,
        doc_form: DocumentForm | None = None,
        doc_language: str | None = None,
        retrieval_model: RetrievalModelParam | RetrievalModel | None = None,
    ) -> DocumentBatch:
        """Replace a document's text; it is indexed anew under the same id.

        Args:
            dataset_id: The dataset.
            document_id: The document.
            name: Its name; needed together with a text.
            text: Its text.
            process_rule: How it is split.
            doc_form: The form of the dataset's documents.
            doc_language: The language of questions and answers.
            retrieval_model: How the dataset is searched.

        Raises:
            NotFoundError: No such dataset or document.
            InvalidParamError: An argument is refused.
        """
        ...

    @PATCH(
        "/datasets/{dataset_id:uuid}/documents/{document_id:uuid}",
        since="1.16",
        aliases=(
            "POST /datasets/{dataset_id:uuid}/documents/{document_id:uuid}/update-by-file",
            "POST /datasets/{dataset_id:uuid}/documents/{document_id:uuid}/update_by_file",
        ),
    )
    def update(
        self, dataset_id: str, document_id: str, *, file: Upload | None = None, data: DocumentDataParam | None = None
    ) -> DocumentBatch:
        """Replace a document's file, or split it by another rule; it is indexed anew under the same id.

        Args:
            dataset_id: The dataset.
            document_id: The document.
            file: The new file.
            data: How it is split and indexed.

        Raises:
            NotFoundError: No such dataset or document.
            FileTooLargeError: More than 15 MB, as servers come.
            UnsupportedFileTypeError: The server takes no such files.
            InvalidParamError: An argument is refused.
        """
        ...

    @DELETE("/datasets/{dataset_id:uuid}/documents/{document_id:uuid}", status=204)
    def delete(self, dataset_id: str, document_id: str) -> None:
        """Delete a document with its segments.

        Args:
            dataset_id: The dataset.
            document_id: The document.

        Raises:
            NotFoundError: No such dataset or document.
            DocumentIndexingError: It is being indexed.
            ArchivedDocumentError: It is archived.
        """
        ...

    @PATCH("/datasets/{dataset_id:uuid}/documents/status/{action}")
    def update_status(self, dataset_id: str, action: DocumentAction, *, document_ids: Sequence[str] | None = None) -> Result:
        """Switch documents on or off, or archive them. Servers say yes to unknown documents too.

        Args:
            dataset_id: The dataset.
            action: What to do.
            document_ids: The documents.

        Raises:
            NotFoundError: No such dataset in the workspace.
            InvalidActionError: There is no such action, or a document is not in a state for it.
        """
        ...

    @POST("/datasets/{dataset_id:uuid}/documents/metadata")
    def update_metadata(self, dataset_id: str, *, operation_data: Sequence[DocumentMetadataParam]) -> Result:
        """Describe documents by metadata.

        Args:
            dataset_id: The dataset.
            operation_data: For each document the fields and their values.

        Raises:
            NotFoundError: No such dataset in the workspace.
            InvalidParamError: No such document, or an argument is refused.
        """
        ...

    @GET("/datasets/{dataset_id:uuid}/documents/{batch}/indexing-status")
    def batch_indexing_status(self, dataset_id: str, batch: str) -> BatchIndexing:
        """Tell how far the indexing of a batch is.

        Args:
            dataset_id: The dataset.
            batch: The batch, from the answer that made or changed its documents.

        Raises:
            NotFoundError: No such dataset or batch.
        """
        ...

    @GET("/datasets/{dataset_id:uuid}/documents/{document_id:uuid}/download", since="1.16")
    def download(self, dataset_id: str, document_id: str) -> DownloadLink:
        """Tell where a document's file can be fetched, for five minutes.

        Args:
            dataset_id: The dataset.
            document_id: The document.

        Raises:
            NotFoundError: No such dataset or document, or it has no file.
        """
        ...

    @POST.file("/datasets/{dataset_id:uuid}/documents/download-zip", repeatable=True, since="1.16")
    def download_zip(self, dataset_id: str, *, document_ids: Annotated[Sequence[str], Within(1, 100)]) -> File:
        """Fetch the files of several documents in a ZIP archive.

        Args:
            dataset_id: The dataset.
            document_ids: The documents, 1 to 100.

        Raises:
            NotFoundError: No such dataset, or one of the documents is not there or has no file.
        """
        ...

    @flow
    def wait_until_indexed(
        self,
        dataset_id: str,
        batch: str,
        *,
        timeout: float = 600.0,
        poll: float = 1.0,
        progress: Callable[[BatchIndexing], Any] | None = None,
    ) -> Steps[BatchIndexing]:
        """Wait until every document of a batch is indexed, or cannot be.

        A document that cannot be indexed is an answer too: `raise_for_status()` complains.

        Args:
            dataset_id: The dataset.
            batch: The batch, from the answer that made or changed its documents.
            timeout: Seconds to wait at most.
            poll: Seconds between two looks.
            progress: Called after every look; on the asynchronous client it may be awaitable.

        Raises:
            NotFoundError: No such dataset or batch.
            IndexingTimeoutError: It takes longer; its `report` is the last look.
        """

        def look() -> Steps[BatchIndexing]:
            return ask(Documents.batch_indexing_status, dataset_id, batch)

        return waiting(look, timeout, poll, progress)


DisplayStatus: TypeAlias = Literal["queuing", "indexing", "paused", "error", "available", "disabled", "archived"]
DocumentAction: TypeAlias = Literal["enable", "disable", "archive", "un_archive"]


class DocumentDataParam(TypedDict, total=False):
    """How a file is split and indexed.

    ```python
    {"indexing_technique": "high_quality", "process_rule": {"mode": "automatic"}}
    ```
    """

    name: str
    indexing_technique: Literal["high_quality", "economy"]
    process_rule: ProcessRuleParam
    doc_form: DocumentForm
    doc_language: str
    retrieval_model: RetrievalModelParam
    embedding_model: str
    embedding_model_provider: str
    original_document_id: str
    duplicate: bool


class MetadataValueParam(TypedDict, total=False):
    """The value of a field: a text, a number, or for times the seconds since the epoch. None empties it."""

    id: Required[str]
    name: Required[str]
    value: str | float | None


class DocumentMetadataParam(TypedDict, total=False):
    """What a document is described by. Fields that are not in the list are removed, unless the update is partial.

    ```python
    {
        "document_id": document.id,
        "metadata_list": [{"id": field.id, "name": field.name, "value": "Ann"}],
        "partial_update": True,
    }
    ```
    """

    document_id: Required[str]
    metadata_list: Required[Sequence[MetadataValueParam]]
    partial_update: bool


class DocumentField(Model):
    """What a document is described by. Built-in fields have the id `built-in`."""

    id: str
    name: str
    type: Literal["string", "number", "time"] | str
    value: str | int | float | bool | None = None


class Document(Model):
    """A document. Times are in seconds since the epoch."""

    id: str
    name: str = ""
    position: int | None = None
    data_source_type: str | None = None
    data_source_info: Any = None
    data_source_detail_dict: Any = None
    dataset_process_rule_id: str | None = None
    created_from: str | None = None
    created_by: str | None = None
    created_at: int | None = None
    tokens: int | None = None
    indexing_status: IndexingStatus | str | None = None
    error: str | None = None
    enabled: bool | None = None
    disabled_at: int | None = None
    disabled_by: str | None = None
    archived: bool | None = None
    display_status: DisplayStatus | str | None = None
    word_count: int | None = None
    hit_count: int | None = None
    doc_form: DocumentForm | str | None = None
    doc_metadata: list[DocumentField] | dict[str, Any] | None = None
    summary_index_status: str | None = None
    need_summary: bool | None = None


class DocumentDetail(Document):
    """A document with what only it tells. Asked for `only` its metadata, the rest is empty."""

    dataset_process_rule: ProcessRule | None = None
    document_process_rule: StoredProcessRule | None = None
    completed_at: int | None = None
    updated_at: int | None = None
    indexing_latency: float | None = None
    doc_type: str | None = None
    segment_count: int | None = None
    average_segment_length: int | float | None = None
    doc_language: str | None = None


class DocumentBatch(Model):
    """A document that was made or changed, and the batch that it is indexed in."""

    document: Document
    batch: str


class DownloadLink(Model):
    """Where a file can be fetched."""

    url: str = Field(repr=False)
