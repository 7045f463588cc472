"""Console: the numbers of an app, day by day."""

from __future__ import annotations

from typing import Generic, TypeVar

from ..._endpoint import GET, M, Resource
from ..._models import Model

D = TypeVar("D")


class Statistics(Resource[M], area="console.apps.statistics", key="session"):
    """The numbers of an app, day by day. Days are those of the account's time zone; what was only tried out does not count."""

    @GET("/apps/{app_id:uuid}/statistics/daily-messages")
    def daily_messages(self, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyMessages]:
        """Count the messages of each day.

        Args:
            app_id: The app.
            start: From this minute on, `YYYY-MM-DD HH:MM` in the account's time zone.
            end: Before this minute, in the same form.

        Raises:
            NotFoundError: No such app.
            BadRequestError: These are no times, or they go backwards.
        """
        ...

    @GET("/apps/{app_id:uuid}/statistics/daily-conversations")
    def daily_conversations(self, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyConversations]:
        """Count the conversations in which something was said, for each day.

        Args:
            app_id: The app.
            start: From this minute on, `YYYY-MM-DD HH:MM` in the account's time zone.
            end: Before this minute, in the same form.

        Raises:
            NotFoundError: No such app.
            BadRequestError: These are no times, or they go backwards.
        """
        ...

    @GET("/apps/{app_id:uuid}/statistics/daily-end-users")
    def daily_end_users(self, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyEndUsers]:
        """Count the end users who said something, for each day.

        Args:
            app_id: The app.
            start: From this minute on, `YYYY-MM-DD HH:MM` in the account's time zone.
            end: Before this minute, in the same form.

        Raises:
            NotFoundError: No such app.
            BadRequestError: These are no times, or they go backwards.
        """
        ...

    @GET("/apps/{app_id:uuid}/statistics/token-costs")
    def token_costs(self, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyTokenCosts]:
        """Tell the tokens of each day, and their price.

        Args:
            app_id: The app.
            start: From this minute on, `YYYY-MM-DD HH:MM` in the account's time zone.
            end: Before this minute, in the same form.

        Raises:
            NotFoundError: No such app.
            BadRequestError: These are no times, or they go backwards.
        """
        ...

    @GET("/apps/{app_id:uuid}/statistics/average-session-interactions")
    def average_session_interactions(self, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyInteractions]:
        """Tell how many messages the conversations begun on each day have on the average.

        Args:
            app_id: The app; it is one that chats.
            start: Of conversations begun from this minute on, `YYYY-MM-DD HH:MM` in the account's time zone.
            end: Of those begun before this minute, in the same form.

        Raises:
            NotFoundError: No such app, or one of another mode.
            BadRequestError: These are no times, or they go backwards.
        """
        ...

    @GET("/apps/{app_id:uuid}/statistics/user-satisfaction-rate")
    def user_satisfaction_rate(self, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailySatisfaction]:
        """Tell how many of a thousand messages were liked, for each day.

        Args:
            app_id: The app.
            start: From this minute on, `YYYY-MM-DD HH:MM` in the account's time zone.
            end: Before this minute, in the same form.

        Raises:
            NotFoundError: No such app.
            BadRequestError: These are no times, or they go backwards.
        """
        ...

    @GET("/apps/{app_id:uuid}/statistics/average-response-time")
    def average_response_time(self, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyResponseTime]:
        """Tell how long the answers of each day took on the average.

        Args:
            app_id: The app; it is a completion.
            start: From this minute on, `YYYY-MM-DD HH:MM` in the account's time zone.
            end: Before this minute, in the same form.

        Raises:
            NotFoundError: No such app, or one of another mode.
            BadRequestError: These are no times, or they go backwards.
        """
        ...

    @GET("/apps/{app_id:uuid}/statistics/tokens-per-second")
    def tokens_per_second(self, app_id: str, *, start: str | None = None, end: str | None = None) -> Days[DailyTokensPerSecond]:
        """Tell how many tokens a second the answers of each day came with.

        Args:
            app_id: The app.
            start: From this minute on, `YYYY-MM-DD HH:MM` in the account's time zone.
            end: Before this minute, in the same form.

        Raises:
            NotFoundError: No such app.
            BadRequestError: These are no times, or they go backwards.
        """
        ...


class Days(Model, Generic[D]):
    """A statistic: the days on which there was something, the earliest first."""

    data: list[D]


class Day(Model):
    """A day, as `YYYY-MM-DD`."""

    date: str


class DailyMessages(Day):
    """The messages of a day."""

    message_count: int


class DailyConversations(Day):
    """The conversations of a day."""

    conversation_count: int


class DailyEndUsers(Day):
    """The end users of a day."""

    terminal_count: int


class DailyTokenCosts(Day):
    """The tokens of a day. Their price is a decimal text, in `currency`."""

    token_count: int | None = None
    total_price: str | None = None
    currency: str | None = None


class DailyInteractions(Day):
    """The messages of a conversation, on the average."""

    interactions: float


class DailySatisfaction(Day):
    """The likes among a thousand messages."""

    rate: float


class DailyResponseTime(Day):
    """The time of an answer on the average, in milliseconds."""

    latency: float


class DailyTokensPerSecond(Day):
    """The tokens that answers came with in a second."""

    tps: float
