"""The simulated model. Markers in the last user text steer it, so tests need no patching.

`[[fail-start]] [[fail-mid]] [[rate]] [[auth]] [[badreq]] [[conn]] [[server]]` fail as a real provider does; `[[slow]]`
writes 60 pieces half a second apart; `[[silent]]` says nothing for 25 seconds first; `[[long]]` writes 400 words;
`[[empty]]` writes nothing; `[[think]]` thinks aloud; `[[tool:NAME]]` makes an agent call that tool.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple

from dify_sdk._steps import Pause

PROVIDER: Final = "stubber/stubai/stubai"
_PROMPT_PRICE: Final = Decimal("0.001")
_COMPLETION_PRICE: Final = Decimal("0.002")
_PRICE_UNIT: Final = Decimal("0.001")
_TOKEN_SECONDS: Final = 0.01
_REPEATED: Final = 80  # characters of the question
_MARKER: Final = re.compile(r"\[\[([a-z-]+)(?::(\w+))?\]\]")


class Prompt(NamedTuple):
    """One message that the model is given."""

    role: Literal["system", "user", "assistant"]
    text: str


class ModelError(Exception):
    """The provider failed. `kind` is the name of its error."""

    def __init__(self, message: str, kind: str) -> None:
        super().__init__(message)
        self.message, self.kind = message, kind

    @property
    def is_rate_limit(self) -> bool:
        return self.kind == "InvokeRateLimitError"


_FAILURES: Final = {
    "auth": ModelError("Incorrect API key provided", "InvokeAuthorizationError"),
    "rate": ModelError("stub: forced InvokeRateLimitError", "InvokeRateLimitError"),
    "badreq": ModelError("stub: forced InvokeBadRequestError", "InvokeBadRequestError"),
    "conn": ModelError("stub: forced InvokeConnectionError", "InvokeConnectionError"),
    "server": ModelError("stub: forced InvokeServerUnavailableError", "InvokeServerUnavailableError"),
    "fail-start": ModelError(
        "[Stub AI] Error: req_id: 435e04834c PluginDaemonInternalServerError: stub: forced internal error", "InvokeServerUnavailableError"
    ),
}
_GONE: Final = ModelError("stub: provider went away mid-stream", "InvokeServerUnavailableError")


@dataclass
class Answering:
    """One call of the model: iterate it for the pieces and the waiting between them."""

    prompts: Sequence[Prompt]
    stop: Sequence[str] = ()
    """Texts that end the answer."""
    pieces: list[str] = field(default_factory=list[str])
    seconds: float = 0.0

    @property
    def asked(self) -> str:
        """The last user text, which steers the model."""
        return next((prompt.text for prompt in reversed(self.prompts) if prompt.role == "user"), "")

    @property
    def text(self) -> str:
        """What the model has written so far."""
        return "".join(self.pieces)

    @property
    def wanted_tool(self) -> str | None:
        """The tool that the model wants to call."""
        marker = _MARKER.search(self.asked)
        return marker[2] if marker and marker[1] == "tool" else None

    def usage(self) -> dict[str, Any]:
        """Tokens, price and time of the call."""
        read = sum(len(prompt.text.split()) for prompt in self.prompts)
        written = max(1, len(self.pieces))
        return usage(read, written, latency=round(self.seconds, 3))

    def __iter__(self) -> Iterator[str | Pause]:
        marker = _MARKER.search(self.asked)
        what = marker[1] if marker else ""
        if what in _FAILURES:
            raise _FAILURES[what]
        if what == "silent":
            yield self._waited(25.0)
        for piece in _words(what, self.asked):
            yield self._waited(0.5 if what == "slow" and self.pieces else _TOKEN_SECONDS)
            kept = self._before_stop(piece)
            self.pieces.append(kept)
            yield kept
            if kept != piece:
                return
        if what == "fail-mid":
            raise _GONE

    def _before_stop(self, piece: str) -> str:
        """What of the next piece still belongs to the answer."""
        begun = len(self.text)
        ends = [at for one in self.stop if one and (at := (self.text + piece).find(one)) >= 0]
        return piece[: max(0, min(ends) - begun)] if ends else piece

    def _waited(self, seconds: float) -> Pause:
        self.seconds += seconds
        return Pause(seconds)


def _words(what: str, asked: str) -> list[str]:
    match what:
        case "slow":
            return [f"slow{number} " for number in range(60)]
        case "long":
            return [f"word{number} " for number in range(399)] + ["word399"]
        case "empty":
            return []
        case "fail-mid":
            return ["part0 ", "part1 ", "part2 "]
        case "think":
            return ["<think>\n", "I ", "ponder ", "the ", "stub.\n", "</think>\n", "Here ", "is ", "the ", "thought-out ", "answer."]
        case _:
            return pieces_of(f"Hello from the stub. You said: {asked.strip()[:_REPEATED]}")


def pieces_of(text: str) -> list[str]:
    """A text as a model writes it, word by word."""
    return re.findall(r"\S+\s*|^\s+", text)


def usage(read: int, written: int, *, latency: float, first: float | None = 0.01) -> dict[str, Any]:
    """Tokens, price and time as the wire has them."""
    prompt_price, completion_price = (
        (Decimal(tokens) * price * _PRICE_UNIT).quantize(Decimal("0.0000001"))
        for tokens, price in ((read, _PROMPT_PRICE), (written, _COMPLETION_PRICE))
    )
    return {
        "prompt_tokens": read,
        "prompt_unit_price": str(_PROMPT_PRICE),
        "prompt_price_unit": str(_PRICE_UNIT),
        "prompt_price": str(prompt_price),
        "completion_tokens": written,
        "completion_unit_price": str(_COMPLETION_PRICE),
        "completion_price_unit": str(_PRICE_UNIT),
        "completion_price": str(completion_price),
        "total_tokens": read + written,
        "total_price": str(prompt_price + completion_price),
        "currency": "USD",
        "latency": latency,
        "time_to_first_token": first,
        "time_to_generate": None,
    }


NO_USAGE: Final = {
    "prompt_tokens": 0, "prompt_unit_price": "0.0", "prompt_price_unit": "0.0", "prompt_price": "0.0",
    "completion_tokens": 0, "completion_unit_price": "0.0", "completion_price_unit": "0.0", "completion_price": "0.0",
    "total_tokens": 0, "total_price": "0.0", "currency": "USD", "latency": 0.0, "time_to_first_token": None, "time_to_generate": None,
}  # fmt: skip
