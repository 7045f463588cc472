"""Form bodies, taken apart as a Dify server does it: `multipart/form-data`, or without files just pairs."""

from __future__ import annotations

from email.message import Message
from email.parser import HeaderParser
from typing import NamedTuple
from urllib.parse import parse_qsl

from dify_sdk._files import File


class Form(NamedTuple):
    """The fields and the files of a form. A file without a media type has an empty one."""

    fields: dict[str, str]
    files: list[tuple[str, File]]


def parse(content_type: str, body: bytes) -> Form:
    """The fields and the files; a file part without a file name counts as nothing, as it does there."""
    form = Form({}, [])
    if content_type.lower().startswith("application/x-www-form-urlencoded"):
        form.fields.update(reversed(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)))
        return form
    if not content_type.lower().startswith("multipart/"):
        return form
    told = Message()
    told["content-type"] = content_type
    boundary = told.get_param("boundary")
    if not isinstance(boundary, str):
        return form
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = HeaderParser().parsestr(head.decode("utf-8", "replace"))
        disposition = {name: _plain(value) for name, value in headers.get_params(header="content-disposition", unquote=False, failobj=[])}
        if "filename" not in disposition:
            form.fields[disposition.get("name", "")] = content.decode("utf-8", "replace")
        elif disposition["filename"]:
            name, kind = disposition["filename"], headers.get("content-type", "")
            form.files.append((disposition.get("name", ""), File(content, name, kind)))
    return form


def _plain(value: str) -> str:
    """A quoted parameter as it was meant: browsers write a quote as %22 and a backslash twice."""
    if value.startswith('"') and value.endswith('"') and len(value) > 1:
        return value[1:-1].replace("\\\\", "\\").replace('\\"', '"').replace("%22", '"')
    return value
