"""What is measured, and how good it has to be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A variant, and the one that it is compared with in the same rounds. Without one, its own figure counts."""

    what: str
    ours: str
    against: str | None
    goal: float
    needs: str | None = None  # somebody else's package; the row is skipped where it is not installed

    @property
    def variants(self) -> list[str]:
        return [self.ours, *([self.against] if self.against else [])]


@dataclass(frozen=True)
class Group:
    """Rows whose variants are measured together, in rounds."""

    rows: tuple[Row, ...]
    size: int  # events, or calls, of one run
    rounds: int
    quick_size: int
    quick_rounds: int
    together: bool = False


GROUPS = (
    Group(
        (
            Row("stream, typed / floor", "streams.typed", "streams.floor", 1.8, needs="orjson"),
            Row("stream, typed / dify-client", "streams.typed", "streams.dify_client", 1.0, needs="dify_client"),
        ),
        size=50_000, rounds=9, quick_size=20_000, quick_rounds=5,
    ),
    Group(
        (
            Row("stream, typed / httpx + httpx-sse + pydantic", "streams.typed", "streams.assembled", 0.5),
            Row("stream, typed, on a plain httpx.Client / the same", "streams.typed_on_httpx", "streams.assembled", 0.9),
            Row("stream, typed / openai-python", "streams.typed", "streams.openai", 0.04, needs="openai"),
        ),
        size=10_000, rounds=7, quick_size=5_000, quick_rounds=3,
    ),
    Group(
        (Row("stream, typed, async / async floor", "streams.async_typed", "streams.async_floor", 1.9, needs="orjson"),),
        size=50_000, rounds=7, quick_size=20_000, quick_rounds=3,
    ),
    Group(
        (Row("an event each 10 ms, latency, typed / httpx-sse + json", "streams.latency_typed", "streams.latency_json", 1.0),),
        size=150, rounds=9, quick_size=60, quick_rounds=5, together=True,
    ),
    Group(
        (Row("stream of many events, growth in MB", "streams.growth", None, 10),),
        size=1_000_000, rounds=1, quick_size=100_000, quick_rounds=1,
    ),
    Group(
        (Row("blocking call, typed / httpx post().json()", "calls.send_typed", "calls.send_bare", 1.0),),
        size=300, rounds=9, quick_size=150, quick_rounds=3,
    ),
    Group(
        (Row("list page of 57 KB, typed / httpx + dicts", "calls.list_typed", "calls.list_bare", 1.2),),
        size=600, rounds=5, quick_size=300, quick_rounds=3,  # enough calls for the garbage collector to take part evenly
    ),
    Group(
        (Row("import dify_sdk / import httpx, pydantic", "starts.import_ours", "starts.import_theirs", 0.3),),
        size=1, rounds=7, quick_size=1, quick_rounds=3,
    ),
    Group(
        (
            Row("import to first answer / httpx + pydantic", "starts.first_ours", "starts.first_assembled", 1.5),
            Row("import to first answer / openai-python", "starts.first_ours", "starts.first_openai", 0.5, needs="openai"),
        ),
        size=1, rounds=7, quick_size=1, quick_rounds=3,
    ),
)  # fmt: skip
