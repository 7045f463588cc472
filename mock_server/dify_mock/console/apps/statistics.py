"""Handlers: the numbers of an app, day by day."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from decimal import Decimal
from statistics import mean
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from dify_sdk.console.apps.statistics import (
    DailyConversations,
    DailyEndUsers,
    DailyInteractions,
    DailyMessages,
    DailyResponseTime,
    DailySatisfaction,
    DailyTokenCosts,
    DailyTokensPerSecond,
    Days,
    Statistics,
)

from ...periods import period
from ...registry import CONSOLE_CHATS, CONSOLE_COMPLETIONS, handles
from ...state import DEBUGGER, Conversation, Message
from ...visit import Visit

_QUERY = "StatisticTimeRangeQuery"
_PRICE = Decimal("1e-7")  # the precision of prices


class _Dated(Protocol):
    created_at: int


T = TypeVar("T", bound=_Dated)
D = TypeVar("D")


@handles(Statistics.daily_messages, payload=_QUERY, decorated=True)
def daily_messages(visit: Visit, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyMessages]:
    return _of_messages(visit, start, end, lambda date, said: DailyMessages(date=date, message_count=len(said)))


@handles(Statistics.daily_conversations, payload=_QUERY, decorated=True)
def daily_conversations(visit: Visit, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyConversations]:
    def told(date: str, said: Sequence[Message]) -> DailyConversations:
        return DailyConversations(date=date, conversation_count=len({one.conversation_id for one in said}))

    return _of_messages(visit, start, end, told)


@handles(Statistics.daily_end_users, payload=_QUERY, decorated=True)
def daily_end_users(visit: Visit, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyEndUsers]:
    users = visit.world.end_users

    def told(date: str, said: Sequence[Message]) -> DailyEndUsers:
        return DailyEndUsers(date=date, terminal_count=len({one.end_user_id for one in said if users[one.end_user_id].source == "api"}))

    return _of_messages(visit, start, end, told)


@handles(Statistics.token_costs, payload=_QUERY, decorated=True)
def token_costs(visit: Visit, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyTokenCosts]:
    def told(date: str, said: Sequence[Message]) -> DailyTokenCosts:
        tokens = sum(_read(one) + _written(one) for one in said)
        price = sum((Decimal(one.usage.get("total_price", "0")) for one in said), Decimal(0))
        return DailyTokenCosts(date=date, token_count=tokens, total_price=str(price.quantize(_PRICE)), currency="USD")

    return _of_messages(visit, start, end, told)


@handles(Statistics.average_session_interactions, modes=CONSOLE_CHATS, payload=_QUERY, decorated=True)
def average_session_interactions(visit: Visit, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyInteractions]:
    said: dict[str, int] = {}
    for message in _counted(visit):
        said[message.conversation_id] = said.get(message.conversation_id, 0) + 1

    def told(date: str, begun: Sequence[Conversation]) -> DailyInteractions:
        return DailyInteractions(date=date, interactions=round(mean(said[one.id] for one in begun), 2))

    return _by_day(visit, [visit.world.conversations[one] for one in said], start, end, told)


@handles(Statistics.user_satisfaction_rate, payload=_QUERY, decorated=True)
def user_satisfaction_rate(visit: Visit, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailySatisfaction]:
    def told(date: str, said: Sequence[Message]) -> DailySatisfaction:
        likes = [sum(given.rating == "like" for given in one.feedbacks.values()) for one in said]
        counted = sum(max(1, liked) for liked in likes)  # a message that was liked twice counts twice
        return DailySatisfaction(date=date, rate=round(sum(likes) * 1000 / counted, 2))

    return _of_messages(visit, start, end, told)


@handles(Statistics.average_response_time, modes=CONSOLE_COMPLETIONS, payload=_QUERY, decorated=True)
def average_response_time(visit: Visit, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyResponseTime]:
    def told(date: str, said: Sequence[Message]) -> DailyResponseTime:
        return DailyResponseTime(date=date, latency=round(mean(map(_latency, said)) * 1000, 4))

    return _of_messages(visit, start, end, told)


@handles(Statistics.tokens_per_second, payload=_QUERY, decorated=True)
def tokens_per_second(visit: Visit, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyTokensPerSecond]:
    def told(date: str, said: Sequence[Message]) -> DailyTokensPerSecond:
        seconds = sum(map(_latency, said))
        return DailyTokensPerSecond(date=date, tps=round(sum(map(_written, said)) / seconds, 4) if seconds else 0)

    return _of_messages(visit, start, end, told)


def _read(message: Message) -> int:
    return int(message.usage.get("prompt_tokens", 0))


def _written(message: Message) -> int:
    return int(message.usage.get("completion_tokens", 0))


def _latency(message: Message) -> float:
    return float(message.usage.get("latency", 0.0))


def _counted(visit: Visit) -> list[Message]:
    """The app's messages, without those of people who only try it out."""
    users = visit.world.end_users
    counted = [one for one in visit.world.messages.values() if one.app_id == visit.app.id and users[one.end_user_id].type != DEBUGGER]
    for one in counted:
        visit.catch_up(one)
    return counted


def _of_messages(visit: Visit, start: str | None, end: str | None, told: Callable[[str, Sequence[Message]], D]) -> Days[D]:
    return _by_day(visit, _counted(visit), start, end, told)


def _by_day(visit: Visit, rows: Sequence[T], start: str | None, end: str | None, told: Callable[[str, Sequence[T]], D]) -> Days[D]:
    """What is told of each day of the account on which something came about."""
    wanted, zone = period(start, end, visit.account.timezone), ZoneInfo(visit.account.timezone)
    days: dict[str, list[T]] = {}
    for row in sorted(rows, key=lambda one: one.created_at):
        if row.created_at in wanted:
            date = datetime.datetime.fromtimestamp(row.created_at, zone).date().isoformat()
            days.setdefault(date, []).append(row)
    return Days(data=[told(date, among) for date, among in days.items()])
