"""Files on their way up and down."""

from __future__ import annotations

import mimetypes
import os
import warnings
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from email.message import Message
from email.utils import collapse_rfc2231_value
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias, Union, cast

from ._options import is_header_value
from .errors import ConfigurationError

if TYPE_CHECKING:
    from typing import Self

    import httpx

# Python's table depends on the machine; these are the types a Dify server compares with.
_TYPES: Final = {
    ".amr": "audio/amr",
    ".m4a": "audio/m4a",
    ".markdown": "text/markdown",
    ".md": "text/markdown",
    ".mdx": "text/markdown",
    ".mp3": "audio/mp3",
    ".mpga": "audio/mpga",
    ".wav": "audio/wav",
    ".webp": "image/webp",
}


@dataclass(frozen=True)
class File:
    """A file with its name and media type. Declared as a return type it makes the operation a download."""

    content: bytes | IO[bytes]
    name: str = "file"
    content_type: str | None = None

    def __post_init__(self) -> None:
        if not is_header_value(self.content_type or ""):
            msg = f"{self.content_type!r} cannot travel as a file's media type"
            raise ConfigurationError(msg)

    @classmethod
    def of(cls, given: Uploadable, opened: ExitStack | None = None) -> File:
        """Take a path, bytes, an open file, `(name, content[, type])` or a `File`.

        What it opens it leaves on `opened`; without one the file is read at once.
        """
        if isinstance(given, File):
            return given if isinstance(given.content, bytes) else replace(given, content=cls.of(given.content).content)
        if isinstance(given, bytes):
            return cls(given)
        if isinstance(given, tuple):
            parts = cast("tuple[Any, ...]", given)
            if not 2 <= len(parts) <= 3:
                msg = f"a file as a tuple is (name, content) or (name, content, type), not {len(parts)} parts"
                raise ConfigurationError(msg)
            inner = cls.of(parts[1], opened)
            return cls(inner.content, _sendable(str(parts[0])), parts[2] if len(parts) == 3 else None)
        if isinstance(given, (str, os.PathLike)):
            path = Path(given)
            try:
                return cls(opened.enter_context(path.open("rb")) if opened else path.read_bytes(), _sendable(path.name))
            except OSError as error:
                msg = f"the file {str(path)!r} cannot be read: {error.strerror}"
                raise ConfigurationError(msg) from error
        if not callable(getattr(given, "read", None)):
            msg = f"a file is a path, bytes, an open file or (name, content, type), not {type(given).__name__}"
            raise ConfigurationError(msg)
        if isinstance(given.read(0), str):
            msg = "a file must be opened in binary mode: open(path, 'rb')"
            raise ConfigurationError(msg)
        name = getattr(given, "name", None)
        again = getattr(given, "seekable", bool)()  # what cannot be turned back could not be sent a second time
        return cls(given if again else given.read(), _sendable(Path(name).name) if isinstance(name, str) else "file")

    @property
    def media_type(self) -> str:
        """The type that was given, else what the name suggests."""
        suffix = Path(self.name).suffix.lower()
        return self.content_type or _TYPES.get(suffix) or mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def read(self) -> bytes:
        """The whole content."""
        return self.content if isinstance(self.content, bytes) else self.content.read()


def _sendable(name: str) -> str:
    """A file system may hold names that are not UTF-8."""
    return name.encode("utf-8", "replace").decode()


Uploadable: TypeAlias = Union[
    str, os.PathLike[str], bytes, IO[bytes], File, tuple[str, Union[bytes, IO[bytes]]], tuple[str, Union[bytes, IO[bytes]], str]
]


class _Body:
    """What both twins know of a download before its body is read."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.filename or 'without a name'}, {self.content_type}>"

    @property
    def content_type(self) -> str | None:
        """The media type the server gives it."""
        written: str | None = self._response.headers.get("content-type")
        return written

    @property
    def filename(self) -> str | None:
        """The name the server gives it, as it stands there: it may hold anything."""
        written = Message()
        written["content-disposition"] = self._response.headers.get("content-disposition", "")
        params: list[tuple[str, Any]] = written.get_params([], "content-disposition")
        names: list[Any] = [value for name, value in params if name.lower() == "filename"]
        best = next((name for name in names if not isinstance(name, str)), names[0] if names else None)  # `filename*` says more
        return None if best is None else collapse_rfc2231_value(best).strip()

    def _target(self, path: str | os.PathLike[str]) -> Path:
        """Where `save` writes: into a folder under the last piece of the server's name, and nowhere else."""
        target = Path(path)
        if not target.is_dir():
            return target
        name = PureWindowsPath(PurePosixPath(self.filename or "").name).name.replace("\0", "").strip()
        return target / (name if name not in {"", ".", ".."} else "download")


@contextmanager
def whole(target: Path) -> Generator[IO[bytes], None, None]:
    """A file to be written; where that fails, no half of it is left to be taken for whole."""
    with target.open("wb") as file:
        try:
            yield file
        except BaseException:
            if target.is_file():
                target.unlink()
            raise


class Binary(_Body):
    """A download. The body is fetched once, by `read`, `iter_bytes` or `save`; `with` or `close` gives it up."""

    def read(self) -> bytes:
        """Fetch the whole body."""
        from ._transport import told_as_ours

        with told_as_ours(), self:
            return self._response.read()

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Fetch the body piece by piece.

        Args:
            chunk_size: The size of a piece in bytes; as they come where it is not given.
        """
        from ._transport import told_as_ours

        with told_as_ours(), self:
            yield from self._response.iter_bytes(chunk_size)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Fetch the body into a file and answer where it is.

        Args:
            path: A file, or a folder: there the server's name is used, without any folder of its own.
        """
        target = self._target(path)
        with whole(target) as file:
            for chunk in self.iter_bytes():
                file.write(chunk)
        return target

    def close(self) -> None:
        """Give the body up."""
        self._response.close()

    def __del__(self) -> None:
        self.close()  # an unread body would keep its connection from the pool

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncBinary(_Body):
    """A download. The body is fetched once, by `read`, `iter_bytes` or `save`; `async with` or `aclose` gives it up."""

    async def read(self) -> bytes:
        """Fetch the whole body."""
        from ._transport import told_as_ours

        with told_as_ours():
            async with self:
                return await self._response.aread()

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """Fetch the body piece by piece.

        Args:
            chunk_size: The size of a piece in bytes; as they come where it is not given.
        """
        from ._transport import told_as_ours

        with told_as_ours():
            async with self:
                async for chunk in self._response.aiter_bytes(chunk_size):
                    yield chunk

    async def save(self, path: str | os.PathLike[str]) -> Path:
        """Fetch the body into a file and answer where it is.

        Args:
            path: A file, or a folder: there the server's name is used, without any folder of its own.
        """
        target = self._target(path)
        with whole(target) as file:
            async for chunk in self.iter_bytes():
                file.write(chunk)
        return target

    async def aclose(self) -> None:
        """Give the body up."""
        await self._response.aclose()

    def __del__(self) -> None:
        if not self._response.is_closed:  # cannot be closed from here
            warnings.warn(f"a download was never read nor closed: {self._response.url.path}", ResourceWarning, stacklevel=2)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
