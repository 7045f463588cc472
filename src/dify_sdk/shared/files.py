"""Files as runs take them and give them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field
from typing_extensions import TypedDict

from .._models import Model

FileType: TypeAlias = Literal["image", "document", "audio", "video", "custom"]
TransferMethod: TypeAlias = Literal["remote_url", "local_file", "tool_file", "datasource_file"]


class FileParam(TypedDict, total=False):
    """A file that goes with a message or into a variable: an uploaded one, or one to be fetched from its address.

    `files.upload_and_reference()` makes one.
    """

    type: FileType
    transfer_method: Literal["local_file", "remote_url"]
    upload_file_id: str
    url: str


class RunFile(Model):
    """A file that a node of a workflow or chatflow gives."""

    dify_model_identity: str = "__dify__file__"
    id: str | None = None
    type: FileType | str = "custom"
    transfer_method: TransferMethod | str = "tool_file"
    remote_url: str | None = Field(default=None, repr=False)
    reference: str | None = None
    filename: str | None = None
    extension: str | None = None
    mime_type: str | None = None
    size: int | None = None
    related_id: str | None = None
    url: str | None = Field(default=None, repr=False)


class AnswerFile(Model):
    """A file of a finished message: what the user sent with it, and what the answer made."""

    related_id: str | None = None
    extension: str | None = None
    filename: str | None = None
    size: int | None = None
    mime_type: str | None = None
    transfer_method: TransferMethod | str | None = None
    type: FileType | str | None = None
    url: str | None = Field(default=None, repr=False)
    upload_file_id: str | None = None
    remote_url: str | None = Field(default=None, repr=False)
