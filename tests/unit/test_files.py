"""Files on their way up and down."""

import io
import os
import warnings
from contextlib import ExitStack
from pathlib import Path

import httpx
import hypothesis.strategies as st
import pytest
from hypothesis import given

from dify_sdk import APIConnectionError, ConfigurationError, File
from dify_sdk._files import Binary
from unit.twins import UUID, Body, Server, Twin, all_of, answer, close, got, inside


class Pipe(io.RawIOBase):
    """A source that can be read once and not turned back."""

    def __init__(self, content):
        self._rest = io.BytesIO(content)

    def readable(self):
        return True

    def readinto(self, buffer):
        return self._rest.readinto(buffer)


class TestUploadable:
    def test_a_path_is_opened_and_closed_with_the_call(self, tmp_path):
        path = tmp_path / "notes.md"
        path.write_bytes(b"# hi")

        with ExitStack() as opened:
            file = File.of(path, opened)
            assert (file.name, file.media_type, file.content.read()) == ("notes.md", "text/markdown", b"# hi")

        assert file.content.closed

    def test_without_a_call_a_path_is_read_at_once(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_bytes(b"hi")

        assert File.of(str(path)) == File(b"hi", "a.txt")

    @pytest.mark.parametrize(
        ("given", "name", "media_type"),
        [
            (b"x", "file", "application/octet-stream"),
            (("a.png", b"x"), "a.png", "image/png"),
            (("a.bin", b"x", "audio/wav"), "a.bin", "audio/wav"),
            (("a.mp3", io.BytesIO(b"x")), "a.mp3", "audio/mp3"),
            (File(b"x", "b.md"), "b.md", "text/markdown"),
        ],
    )
    def test_every_form_has_a_name_and_a_type(self, given, name, media_type):
        file = File.of(given)

        assert (file.name, file.media_type, file.read()) == (name, media_type, b"x")

    def test_an_open_file_keeps_its_name(self, tmp_path):
        path = tmp_path / "voice.M4A"
        path.write_bytes(b"x")

        with path.open("rb") as given:
            assert File.of(given).name == "voice.M4A"
            assert File.of(given).media_type == "audio/m4a"

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ("/no/such/file", "cannot be read"),
            ("/", "cannot be read"),
            (("a",), "not 1 parts"),
            (("a", b"x", "t", "more"), "not 4 parts"),
            (io.StringIO("text"), "opened in binary mode"),
            (5, "not int"),
            (None, "not NoneType"),
            (("a.txt", b"x", "text/plain\r\nX-Other: 1"), "media type"),
        ],
        ids=lambda given: given if isinstance(given, str) else type(given).__name__,
    )
    def test_what_is_no_file_is_refused_with_a_sentence(self, given, words):
        with pytest.raises(ConfigurationError, match=words):
            File.of(given)

    def test_a_source_that_cannot_be_turned_back_is_read_at_once_so_that_it_can_be_sent_again(self):
        assert File.of(Pipe(b"abc")).content == b"abc"
        assert File.of(("a.txt", Pipe(b"abc"))).content == b"abc"
        assert File.of(File(Pipe(b"abc"), "a.txt")) == File(b"abc", "a.txt")

    def test_a_name_that_utf8_cannot_hold_loses_what_cannot_travel(self, tmp_path):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
        path.write_bytes(b"x")

        assert File.of(path).name == "?.txt"


@pytest.mark.anyio
class TestDownload:
    def server(self, *pieces, **headers):
        return Server(httpx.Response(200, stream=Body(*pieces), headers={"content-type": "image/png"} | headers))

    async def binary(self, twin, server):
        return await got(twin.client(server).files.preview(UUID))

    async def test_it_is_read_once_as_a_whole(self, twin):
        binary = await self.binary(twin, self.server(b"ab", b"c"))

        assert binary.content_type == "image/png"
        assert await got(binary.read()) == b"abc"

    async def test_it_says_what_it_is(self, twin):
        named = await self.binary(twin, self.server(**{"content-disposition": 'attachment; filename="cat.png"'}))
        nameless = await self.binary(twin, self.server())

        assert repr(named) == f"<{type(named).__name__} cat.png, image/png>"
        assert repr(nameless) == f"<{type(named).__name__} without a name, image/png>"
        await close(named)
        await close(nameless)

    async def test_it_comes_piece_by_piece(self, twin):
        binary = await self.binary(twin, self.server(b"ab", b"c"))

        assert await all_of(binary.iter_bytes()) == [b"ab", b"c"]

    async def test_pieces_can_have_a_size(self, twin):
        binary = await self.binary(twin, self.server(b"ab", b"c"))

        assert await all_of(binary.iter_bytes(1)) == [b"a", b"b", b"c"]

    async def test_nothing_is_fetched_before_it_is_asked_for(self, twin):
        body = Body(b"abc")
        binary = await self.binary(twin, Server(httpx.Response(200, stream=body)))

        assert body.given == 0
        await close(binary)
        assert body.closed

    async def test_leaving_the_block_gives_it_up(self, twin):
        body = Body(b"abc")

        binary = await self.binary(twin, Server(httpx.Response(200, stream=body)))

        async with inside(binary):
            assert not body.closed
        assert body.closed

    async def test_it_is_saved_as_a_file(self, twin, tmp_path):
        binary = await self.binary(twin, self.server(b"ab", b"c"))

        assert await got(binary.save(tmp_path / "here.png")) == tmp_path / "here.png"
        assert (tmp_path / "here.png").read_bytes() == b"abc"

    async def test_into_a_folder_it_is_saved_under_the_servers_name(self, twin, tmp_path):
        binary = await self.binary(twin, self.server(b"abc", **{"content-disposition": 'attachment; filename="cat.png"'}))

        assert await got(binary.save(tmp_path)) == tmp_path / "cat.png"

    async def test_a_lost_connection_is_told_in_our_words(self, twin):
        binary = await self.binary(twin, self.server(b"ab", httpx.ReadError("reset")))

        with pytest.raises(APIConnectionError, match="reset"):
            await got(binary.read())

    async def test_half_a_file_is_not_left_behind(self, twin, tmp_path):
        binary = await self.binary(twin, self.server(b"ab", httpx.ReadError("reset")))

        with pytest.raises(APIConnectionError, match="reset"):
            await got(binary.save(tmp_path / "here.png"))

        assert list(tmp_path.iterdir()) == []

    async def test_a_refusal_is_raised_by_the_call(self, twin):
        client = twin.client(Server(answer({"code": "file_not_found", "message": "no"}, 404)))

        with pytest.raises(Exception, match="file_not_found") as caught:
            await got(client.files.preview(UUID))

        assert type(caught.value).__name__ == "UploadedFileNotFoundError"


def named(disposition):
    """A download as a server might name it."""
    request = httpx.Request("GET", "http://dify.test/")
    return Binary(httpx.Response(200, headers={"content-disposition": disposition}, request=request))


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="cat.png"', "cat.png"),
        ("attachment; filename*=UTF-8''%E4%BD%A0%20x.txt", "你 x.txt"),
        ("attachment; filename=plain.txt; filename*=UTF-8''%C3%BC.txt", "ü.txt"),
        ("attachment; FileName*=utf-8'de'%C3%BC.txt; filename=plain.txt", "ü.txt"),
        ("attachment; filename*=nonsense''a%20b.txt", "a b.txt"),
        ("inline", None),
        ("", None),
    ],
)
def test_the_servers_name_is_read_in_every_form(disposition, name):
    assert named(disposition).filename == name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\evil.exe", "evil.exe"),
        ("C:\\evil.exe", "evil.exe"),
        ("C:evil.exe", "evil.exe"),
        ("..", "download"),
        (".", "download"),
        ("", "download"),
        ("a/..", "download"),
        (" .. ", "download"),
    ],
)
def test_a_download_stays_inside_the_folder_it_is_given(name, kept, tmp_path):
    assert named(f'attachment; filename="{name}"'.replace("\\", "\\\\"))._target(tmp_path) == tmp_path / kept


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_name_whatever_it_holds_leads_out_of_the_folder(name):
    class Named(Binary):
        filename = name

    folder = Path("/tmp")
    target = Named(named("")._response)._target(folder)

    assert target.parent == folder
    assert target.name not in {"", ".", ".."}


@given(st.text(st.characters(min_codepoint=32, max_codepoint=255)))
def test_no_header_breaks_the_reading_of_the_name(disposition):
    assert isinstance(named(disposition.encode("latin-1")).filename, str | None)


def test_a_forgotten_download_gives_its_connection_back():
    body = Body(b"x")
    binary = Binary(httpx.Response(200, stream=body, request=httpx.Request("GET", "http://dify.test/")))

    del binary

    assert body.closed


@pytest.mark.anyio
async def test_a_forgotten_download_of_the_asynchronous_twin_warns():
    binary = await Twin("async").client(Server(httpx.Response(200, stream=Body(b"x")))).files.preview(UUID)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        del binary

    assert [str(one.message) for one in caught] == [f"a download was never read nor closed: /v1/files/{UUID}/preview"]
