"""Binary frames: the same however the bytes are cut, and every way they can be wrong has its own error."""

import struct
from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given

from dify_sdk._frames import Frames
from dify_sdk.errors import EventTooLargeError, MalformedFrameError, StreamInterruptedError


def frame(body, *, magic=0x0F, head=10, size=None):
    return struct.pack("<BBHI", magic, 0, head, len(body) if size is None else size) + bytes(max(0, head - 4)) + body


def pieces(text, cuts):
    """The text, cut at these places."""
    at = [0, *sorted(min(one, len(text)) for one in cuts), len(text)]
    return [text[begin:end] for begin, end in pairwise(at)]


def read(*chunks, limit=1000):
    """The bodies of the frames in these chunks, and what went wrong after them."""
    decoder = Frames(limit)
    found = []
    for chunk in chunks:
        found += decoder.payloads(decoder.feed(chunk))
        if decoder.failure is not None:
            return found, type(decoder.failure)
    try:
        return [*found, *decoder.payloads(decoder.finish())], None
    except (MalformedFrameError, StreamInterruptedError) as error:
        return found, type(error)


bodies = st.lists(st.binary(max_size=30))
cuts = st.lists(st.integers(0, 300))
ends = st.sampled_from(
    [
        (b"", None),
        (frame(b"torn")[:9], StreamInterruptedError),
        (frame(b"torn")[:-1], StreamInterruptedError),
        (b"\x0f", StreamInterruptedError),
        (frame(b"", magic=0x10), MalformedFrameError),
        (frame(b"", head=3), MalformedFrameError),
        (b"<", MalformedFrameError),
        (b"data: {}\n\n", MalformedFrameError),
        (frame(b"", size=1001) + frame(b"never read"), EventTooLargeError),
    ]
)


@given(bodies, cuts, ends)
def test_any_cut_gives_the_same_frames_and_the_same_error(bodies, cuts, end):
    rest, error = end

    assert read(*pieces(b"".join(map(frame, bodies)) + rest, cuts)) == (bodies, error)


@given(bodies)
def test_byte_by_byte_is_the_same_as_at_once(bodies):
    text = b"".join(map(frame, bodies))

    assert read(*(bytes([one]) for one in text)) == read(text) == (bodies, None)


def test_the_head_says_where_the_body_begins():
    assert read(frame(b"a", head=4) + frame(b"b", head=30) + frame(b"c")) == ([b"a", b"b", b"c"], None)


def test_a_frame_as_large_as_the_limit_is_read():
    assert read(frame(b"x" * 1000)) == ([b"x" * 1000], None)


def test_the_largest_size_is_refused_before_its_bytes_are_kept():
    decoder = Frames(1000)
    decoder.feed(frame(b"", size=0xFFFFFFFF))

    assert isinstance(decoder.failure, EventTooLargeError)
    assert "a frame of 4294967295 bytes, more than 1000; with_options(max_event_bytes=...)" in str(decoder.failure)


def test_a_torn_frame_tells_how_much_of_it_came():
    decoder = Frames()
    decoder.feed(frame(b"whole") + frame(b"torn")[:-1])

    with pytest.raises(StreamInterruptedError, match="within a frame, after 17 bytes of it"):
        decoder.finish()


def test_what_is_no_frame_tells_how_it_begins():
    decoder = Frames()
    decoder.feed(b"<html></html>")

    assert "it begins with 0x3C" in str(decoder.failure)


def test_frames_are_records_without_a_name():
    decoder = Frames()

    assert [tuple(one) for one in decoder.records(frame("ü".encode()) + frame(b"\xff"), "7")] == [
        ("", "ü", "7", None),
        ("", "\ufffd", "7", None),
    ]
