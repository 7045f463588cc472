"""Handlers: ratings of an app's messages, to take away."""

from __future__ import annotations

import csv
import datetime
import io
import json
from typing import Final

from dify_sdk._files import File
from dify_sdk.console.apps import Apps
from dify_sdk.console.apps.feedbacks import ExportFormat, FeedbackExport, FeedbackExportInfo, FeedbackRow
from dify_sdk.console.apps.messages import FeedbackSource
from dify_sdk.shared.messages import Rating

from ... import state as held
from ...exchange import Served
from ...refusals import Refusal
from ...registry import handles
from ...visit import Visit
from .authors import author

_ANSWER: Final = 500  # characters
_TYPES: Final = {"csv": "text/csv; charset=utf-8-sig; charset=utf-8", "json": "application/json; charset=utf-8"}


@handles(Apps.export_feedbacks, payload="FeedbackExportQuery", decorated=True)
def export_feedbacks(
    visit: Visit,
    app_id: str,
    *,
    from_source: FeedbackSource | None = None,
    rating: Rating | None = None,
    has_comment: bool | None = None,
    start_date: str | None = None,
    end_date: str | None = None,
    format: ExportFormat = "csv",
) -> File:
    begin, end = _day(start_date, "start_date"), _day(end_date, "end_date")
    given = [
        (one, message)
        for message in visit.world.messages.values()
        for one in message.feedbacks.values()
        if message.app_id == visit.app.id
        and from_source in {None, one.source}
        and rating in {None, one.rating}
        and has_comment in {None, bool(one.content)}
        and (begin is None or _date(one.created_at) >= begin)
        and (end is None or _date(one.created_at) <= end)
    ]
    given.sort(key=lambda pair: pair[0].created_at, reverse=True)
    rows = [_row(visit, one, message) for one, message in given]
    now = visit.world.clock.iso()
    name = f"dify_feedback_export_{visit.app.id}_{_date(now):%Y%m%d_%H%M%S}.{format}"
    content = _as_csv(rows) if format == "csv" else _as_json(visit.app, rows, now)
    return Served(content.encode(), name, _TYPES[format], {"content-disposition": f"attachment; filename={name}"})


def _as_csv(rows: list[FeedbackRow]) -> str:
    table = io.StringIO()
    writer = csv.DictWriter(table, list(FeedbackRow.model_fields))
    writer.writeheader()
    writer.writerows(one.model_dump() for one in rows)
    return table.getvalue()


def _as_json(app: held.App, rows: list[FeedbackRow], now: str) -> str:
    info = FeedbackExportInfo(app_id=app.id, export_date=now, total_records=len(rows), data_source="dify_feedback_export")
    return json.dumps(FeedbackExport(export_info=info, feedback_data=rows).model_dump(), ensure_ascii=False, indent=2)


def _row(visit: Visit, feedback: held.Feedback, message: held.Message) -> FeedbackRow:
    by = author(visit.world, feedback.account_id)
    conversation = visit.world.conversations[message.conversation_id]
    comment = feedback.content or ""
    return FeedbackRow(
        feedback_id=feedback.id,
        app_name=visit.app.name,
        app_id=visit.app.id,
        conversation_id=conversation.id,
        conversation_name=conversation.name,
        message_id=message.id,
        user_query=message.query or str(message.inputs.get("query", "")),
        ai_response=message.answer[:_ANSWER] + "..." if len(message.answer) > _ANSWER else message.answer,
        feedback_rating="👍" if feedback.rating == "like" else "👎",
        feedback_rating_raw=feedback.rating,
        feedback_comment=comment,
        feedback_source=feedback.source,
        feedback_date=f"{_date(feedback.created_at):%Y-%m-%d %H:%M:%S}",
        message_date=f"{_date(visit.world.clock.iso(message.created_at)):%Y-%m-%d %H:%M:%S}",
        from_account_name=by.name if by else "",
        from_end_user_id=feedback.end_user_id or "",
        has_comment="Yes" if comment.strip() else "No",
    )


def _date(told: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(told).replace(tzinfo=datetime.UTC)


def _day(told: str | None, which: str) -> datetime.datetime | None:
    """The beginning of a day, in UTC as all dates here."""
    try:
        return datetime.datetime.strptime(told, "%Y-%m-%d").replace(tzinfo=datetime.UTC) if told else None
    except ValueError:
        message = f"Parameter validation error: Invalid {which} format: {told}. Use YYYY-MM-DD"
        raise Refusal(400, "invalid_param", message, body={"error": message}) from None
