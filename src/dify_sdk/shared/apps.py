"""Published apps, as several tiers tell them."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from .._models import Model


class SystemParameters(Model):
    """Limits of the server: megabytes for a file of a kind, and the number of files of a workflow run."""

    image_file_size_limit: int | None = None
    video_file_size_limit: int | None = None
    audio_file_size_limit: int | None = None
    file_size_limit: int | None = None
    workflow_file_upload_limit: int | None = None


class AppParameters(Model):
    """An app's variables, features and limits. A feature is an object with `enabled` and its settings."""

    opening_statement: str | None = None
    suggested_questions: list[str] = []
    suggested_questions_after_answer: dict[str, Any] = {}
    speech_to_text: dict[str, Any] = {}
    text_to_speech: dict[str, Any] = {}
    retriever_resource: dict[str, Any] = {}
    annotation_reply: dict[str, Any] = {}
    more_like_this: dict[str, Any] = {}
    user_input_form: list[dict[str, Any]] = []
    sensitive_word_avoidance: dict[str, Any] = {}
    file_upload: dict[str, Any] = {}
    system_parameters: SystemParameters = Field(default_factory=SystemParameters)


class AppMeta(Model):
    """The icons of the app's tools: an address, or an emoji with its background."""

    tool_icons: dict[str, Any] = {}


class Site(Model):
    """How the app's own page looks."""

    title: str
    chat_color_theme: str | None = None
    chat_color_theme_inverted: bool | None = None
    icon_type: str | None = None
    icon: str | None = None
    icon_background: str | None = None
    icon_url: str | None = None
    description: str | None = None
    copyright: str | None = None
    privacy_policy: str | None = None
    input_placeholder: str | None = None
    custom_disclaimer: str | None = None
    default_language: str | None = None
    show_workflow_steps: bool | None = None
    use_icon_as_answer_icon: bool | None = None
