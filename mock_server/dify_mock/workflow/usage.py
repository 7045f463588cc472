"""What several calls of the model come to together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

_TOKENS: Final = ("prompt_tokens", "completion_tokens", "total_tokens")
_PRICES: Final = ("prompt_price", "completion_price", "total_price")


def added(usages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The sum: tokens, prices and time are added, unit prices are those of the last call."""
    total = dict(usages[-1])
    for name in _TOKENS:
        total[name] = sum(one[name] for one in usages)
    for name in _PRICES:
        total[name] = str(sum((Decimal(one[name]) for one in usages), Decimal()))
    total["latency"] = round(sum(one["latency"] for one in usages), 3)
    return total


def price_of(usages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Tokens and price as the metadata of executions have them."""
    if not usages:
        return {"total_tokens": 0, "total_price": "0", "currency": "USD"}
    total = added(usages)
    return {name: total[name] for name in ("total_tokens", "total_price", "currency")}
