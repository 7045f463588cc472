"""Files as graphs have them."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..attachments import Attachment, attachment, kind_of, tool_url, upload_url
from ..state import EndUser, ToolFile, UploadFile
from ..visit import Visit
from ..world import World
from .values import FILE


def graph_file(world: World, base_url: str, given: Attachment) -> dict[str, Any]:
    """A file that the caller gave."""
    upload = given.upload
    return {
        "dify_model_identity": FILE,
        "id": None,
        "type": given.type,
        "transfer_method": given.transfer_method,
        "remote_url": given.remote_url,
        "reference": reference(upload.id) if upload else None,
        "filename": given.name,
        "extension": f".{given.extension}" if given.extension else "",
        "mime_type": given.mime_type,
        "size": given.size,
        "related_id": upload.id if upload else None,
        "url": upload_url(world, base_url, upload.id) if upload else given.remote_url,
    }


def upload_file(world: World, base_url: str, upload: UploadFile) -> dict[str, Any]:
    """A file that was uploaded for a pipeline."""
    kind = kind_of(upload.extension)
    given = Attachment(kind, "local_file", upload.name, upload.extension, upload.mime_type, len(upload.content), upload)
    return graph_file(world, base_url, given)


def tool_file(world: World, base_url: str, made: ToolFile) -> dict[str, Any]:
    """A file that a tool made."""
    return {
        "dify_model_identity": FILE,
        "id": None,
        "type": "image" if made.mime_type.startswith("image/") else "custom",
        "transfer_method": "tool_file",
        "remote_url": None,
        "reference": reference(made.id),
        "filename": f"{made.id}.{made.extension}",
        "extension": f".{made.extension}",
        "mime_type": made.mime_type,
        "size": len(made.content),
        "related_id": made.id,
        "url": tool_url(world, base_url, made.id),
    }


def reference(record_id: str) -> str:
    """The opaque name of a stored file."""
    record = json.dumps({"record_id": record_id}, separators=(",", ":"))
    return f"dify-file-ref:{base64.urlsafe_b64encode(record.encode()).decode()}"


def with_files(visit: Visit, user: EndUser, variables: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a form, with the files that they name."""

    def read(variable: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
        return graph_file(visit.world, visit.request.base_url, attachment(visit, user, given, variable))

    filled = dict(values)
    for variable in variables:
        name, value = variable.get("variable") or variable["output_variable_name"], None
        value = values.get(name)
        if value and variable["type"] == "file":
            filled[name] = read(variable, value)
        elif value and variable["type"] == "file-list":
            filled[name] = [read(variable, one) for one in value]
    return filled
