"""Skills as packed folders: what is in them, and what is refused."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..refusals import Refusal
from ..uploads import MEGABYTE, SKILL_LIMIT

SKILL_MD: Final = "SKILL.md"
_ENDINGS: Final = (".zip", ".skill")
_HEADING: Final = re.compile(r"^\s*#\s+(.+?)\s*$", re.MULTILINE)
_LINE: Final = re.compile(r"^(\w+):\s*(.*?)\s*$")


@dataclass(frozen=True)
class Skill:
    """A skill that was unpacked: its name, what it is for, and its files by their paths."""

    name: str
    description: str
    files: Mapping[str, bytes]

    def packed(self) -> bytes:
        """The folder, packed as the server keeps it: always with the same bytes."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(self.files):
                archive.writestr(zipfile.ZipInfo(path), self.files[path])
        return packed.getvalue()


def refused(status: int, code: str, message: str) -> Refusal:
    """The word of agents' configurations: without the status that other refusals have in their body."""
    return Refusal(status, code, message, body={"code": code, "message": message})


def unpack(content: bytes, filename: str) -> Skill:
    """A skill out of an upload. A folder around all of it is taken off."""
    if not filename.lower().endswith(_ENDINGS):
        raise refused(400, "unsupported_extension", f"skill must be one of {', '.join(_ENDINGS)}")
    if not content:
        raise refused(400, "empty_archive", "skill archive is empty")
    if len(content) > SKILL_LIMIT * MEGABYTE:
        raise refused(400, "archive_too_large", "skill archive exceeds size limit")
    files = contents(content)
    found = min((one for one in files if posixpath.basename(one) == SKILL_MD), key=lambda one: one.count("/"), default=None)
    if found is None:
        raise refused(400, "missing_skill_md", "skill archive must contain a SKILL.md")
    around = found.removesuffix(SKILL_MD)
    inside = {path.removeprefix(around): held for path, held in files.items() if path.startswith(around)}
    if len(inside) < len(files) and around.count("/") > 1:
        raise refused(400, "files_outside_skill_root", "skill archive contains files outside the selected skill root")
    return Skill(*_named(inside[SKILL_MD]), inside)


def contents(archive: bytes) -> dict[str, bytes]:
    """The files in an archive, by their paths."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            return {_safe(one.filename): opened.read(one) for one in opened.infolist() if not one.is_dir()}
    except zipfile.BadZipFile:
        raise refused(400, "invalid_archive", "skill archive is not a valid zip") from None


def _safe(path: str) -> str:
    normal = posixpath.normpath(path)
    if "\\" in path or "\x00" in path or normal.startswith(("/", "../")) or normal == "..":
        raise refused(400, "unsafe_path", "skill archive contains an unsafe path")
    return normal


def _named(skill_md: bytes) -> tuple[str, str]:
    """The name and the purpose: from the lines between dashes, of which plain ones are read, or from the first heading."""
    try:
        text = skill_md.decode()
    except UnicodeDecodeError:
        raise refused(400, "skill_md_not_utf8", "SKILL.md must be UTF-8 encoded") from None
    if not text.strip():
        raise refused(400, "empty_skill_md", "SKILL.md is empty")
    parts = text.split("---", 2) if text.startswith("---") else []
    lines = parts[1].splitlines() if len(parts) == 3 else []  # nothing, what stands between, and the rest
    head = {found[1]: found[2].strip("\"'") for line in lines if (found := _LINE.match(line))}
    heading = _HEADING.search(text)
    name = head.get("name") or (heading[1] if heading else "")
    if not name:
        raise refused(400, "missing_skill_name", "SKILL.md must declare a name (frontmatter or top heading)")
    return name, head.get("description", "")
