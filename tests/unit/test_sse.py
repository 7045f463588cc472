"""Bytes to events: compared with httpx-sse, cut anywhere, and bounded."""

import itertools

import httpx
import hypothesis.strategies as st
import pytest
from httpx_sse import EventSource, ServerSentEvent
from hypothesis import example, given

from dify_sdk._sse import Decoder, Record, payloads, records
from dify_sdk.errors import EventTooLargeError

BOM = b"\xef\xbb\xbf"
# Characters that some line splitters take for line ends, and others that have led parsers astray.
values = st.text(st.sampled_from("ab :\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029ä½\U0001f600"), max_size=6)
lines = st.one_of(
    st.just(""),
    st.just("data"),
    st.builds("data: {}".format, values),
    st.builds("data:{}".format, values),
    st.builds("event: {}".format, values),
    st.builds("id:{}".format, values),
    st.builds("retry: {}".format, st.sampled_from(["10", "0", "x", ""])),
    st.builds(":{}".format, values),
    st.builds("datum: {}".format, values),
)
line_ends = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def streams(draw):
    """A stream as text: whole lines, each with an end of its own, and perhaps a last line without one."""
    text = "".join(draw(lines) + draw(line_ends) for _ in range(draw(st.integers(0, 12))))
    return text + draw(st.sampled_from(["", "data: the last, without a line end"]))


def cut(whole, places):
    """The bytes in pieces, cut at the places."""
    edges = sorted({0, len(whole), *(place % (len(whole) + 1) for place in places)})
    return [whole[start:end] for start, end in itertools.pairwise(edges)]


def ours(pieces):
    """What the decoder makes of the pieces, as one text with LF."""
    decoder = Decoder()
    return [*(decoder.feed(piece) for piece in pieces), decoder.finish()]


def the_oracles(text):
    """The events by httpx-sse; it drops a last event without its blank line, which we count."""
    response = httpx.Response(200, headers={"content-type": "text/event-stream"}, content=(text + "\n\n").encode())
    return list(EventSource(response).iter_sse())


def telling(events):
    """Those that say something: httpx-sse also gives one for every blank line once there was an id."""
    shown = [(event.event, event.data, event.id, event.retry) for event in events]
    return [one for one in shown if one[:2] != ("message", "") or one[3] is not None]


@given(streams(), st.lists(st.integers(0, 200), max_size=8), st.booleans())
@example("data: a\r\n\r\ndata: b\r\r", [9, 10], True)
@example("data: a\r: b\n\n", [8, 12], False)  # a CR swallows one LF, not the next one too
def test_payloads_are_those_of_httpx_sse_wherever_the_network_cuts(text, places, with_bom):
    whole = (BOM if with_bom else b"") + text.encode()

    found = [payload.decode() for part in ours(cut(whole, places)) for payload in payloads(part)]

    assert [one for one in found if one] == [event.data for event in the_oracles(text) if event.data]


@given(streams(), st.lists(st.integers(0, 200), max_size=8))
def test_records_are_those_of_httpx_sse_wherever_the_network_cuts(text, places):
    found: list[ServerSentEvent] = []
    last_id = ""
    for part in ours(cut(text.encode(), places)):
        for record in records(part, last_id):
            last_id = record.id
            found.append(ServerSentEvent(*record))

    assert telling(found) == telling(the_oracles(text))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_stream_may_be_cut_at_every_byte(end):
    text = f'data: {{"answer":"你好 \u2028 \x85"}}{end}{end}: a comment{end}event: ping{end}{end}data: one{end}data: two{end}{end}'
    whole = BOM + text.encode()

    for place in range(len(whole) + 1):
        found = [payload for part in ours([whole[:place], whole[place:]]) for payload in payloads(part)]
        assert found == ['{"answer":"你好 \u2028 \x85"}'.encode(), b"one\ntwo"], f"cut at {place}"


def test_a_stream_may_come_byte_by_byte():
    whole = BOM + "data: ä½\r\n\r\ndata: b\n\n".encode()

    found = [payload for part in ours([bytes([byte]) for byte in whole]) for payload in payloads(part)]

    assert found == ["ä½".encode(), b"b"]


def test_an_event_is_given_out_with_its_blank_line_not_later():
    decoder = Decoder()

    assert decoder.feed(b"data: a\n") == b""
    assert payloads(decoder.feed(b"\n")) == [b"a"]
    assert payloads(decoder.feed(b"data: b\r\n\r")) == [b"b"]
    assert payloads(decoder.feed(b"\ndata: c\n\ndata")) == [b"c"]


def test_pings_and_comments_have_no_payload():
    assert payloads(b"event: ping\n\n: still here\n\n:\n\nevent: ping\n\n") == []


def test_an_event_without_its_last_blank_line_still_counts():
    decoder = Decoder()

    assert decoder.feed(b"data: last") == b""
    assert payloads(decoder.finish()) == [b"last"]
    assert decoder.finish() == b""


def test_one_space_after_the_colon_belongs_to_the_framing():
    assert payloads(b"data:a\n\ndata:  b\n\n") == [b"a", b" b"]


def test_only_the_first_bytes_can_be_a_byte_order_mark():
    assert [one for part in ours([BOM + b"data: a\n\n", b"data: " + BOM + b"\n\n"]) for one in payloads(part)] == [b"a", BOM]


def test_an_event_beyond_the_limit_is_refused_before_it_is_kept():
    decoder = Decoder(limit=100)
    decoder.feed(b"data: " + b"x" * 94)

    with pytest.raises(EventTooLargeError, match="more than 100 bytes"):
        decoder.feed(b"x")


def test_the_limit_is_for_one_event_not_for_the_stream():
    decoder = Decoder(limit=100)

    for _ in range(50):
        assert len(payloads(decoder.feed(b"data: " + b"x" * 40 + b"\n\ndata: rest"))) == 1
        assert len(payloads(decoder.feed(b"\n\n"))) == 1


def test_an_event_of_64_mib_in_crumbs_is_joined_once():
    """Work that grew with the square of the pieces would show in pieces that are copied while more come."""
    crumb = b"x" * 4096
    decoder = Decoder()
    decoder.feed(b"data: ")
    for _ in range(16 * 1024 - 1):
        assert decoder.feed(crumb) == b""

    assert sum(piece is crumb for piece in decoder._pieces) == 16 * 1024 - 1
    assert len(payloads(decoder.feed(b"\n\n"))[0]) == 4096 * (16 * 1024 - 1)
    assert decoder._pieces == []


def test_an_id_holds_until_another_comes_and_must_not_hold_a_nul():
    found = list(records(b"id: 1\ndata: a\n\ndata: b\n\nid: x\0y\ndata: c\n\nid\ndata: d\n\n"))

    assert [record.id for record in found] == ["1", "1", "1", ""]


def test_a_record_keeps_its_name_and_its_wish_for_reconnection():
    assert list(records(b"event: ping\n\nretry: 3000\n\nretry: soon\n\nretry: " + b"9" * 5000)) == [
        Record("ping", "", "", None),
        Record("", "", "", 3000),
    ]
