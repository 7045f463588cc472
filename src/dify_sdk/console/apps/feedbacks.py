"""Ratings of an app's messages, as the console gives them away."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ..._models import Model

ExportFormat: TypeAlias = Literal["csv", "json"]


class FeedbackExportInfo(Model):
    """What an export holds. `export_date` is ISO 8601 without a zone."""

    app_id: str
    export_date: str = ""
    total_records: int = 0
    data_source: str = ""


class FeedbackRow(Model):
    """A rating, and what was rated. Everything is text; what there is nothing of is empty. Dates are `YYYY-MM-DD HH:MM:SS`."""

    feedback_id: str = ""
    app_name: str = ""
    app_id: str = ""
    conversation_id: str = ""
    conversation_name: str = ""
    message_id: str = ""
    user_query: str = ""
    ai_response: str = ""
    """The first 500 characters."""
    feedback_rating: str = ""
    feedback_rating_raw: str = ""
    feedback_comment: str = ""
    feedback_source: str = ""
    feedback_date: str = ""
    message_date: str = ""
    from_account_name: str = ""
    from_end_user_id: str = ""
    has_comment: Literal["Yes", "No"] | str = ""


class FeedbackExport(Model):
    """An export as JSON: `FeedbackExport.model_validate_json(file.read())`. The columns of the CSV are the fields of a row."""

    export_info: FeedbackExportInfo
    feedback_data: list[FeedbackRow] = []
