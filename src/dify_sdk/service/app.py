"""Service: the app that the key belongs to."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from .._endpoint import GET, M, Resource, area
from .._models import Listing, Model
from .._params import PageNumber, Within


class Feedbacks(Resource[M], area="service.app.feedbacks"):
    """All ratings of the app."""

    @GET.pages("/app/feedbacks")
    def list(self, *, page: PageNumber = 1, limit: Annotated[int, Within(1, 101)] = 20) -> Listing[AppFeedback]:
        """List the ratings of all users, newest first.

        Args:
            page: The page, from 1.
            limit: How many on a page, 1 to 101.
        """
        ...


class AppArea(Resource[M], area="service.app"):
    """The app that the key belongs to."""

    @area
    def feedbacks(self) -> Feedbacks[M]:
        """All ratings of the app."""
        return Feedbacks(self._core)

    @GET("/info")
    def info(self) -> AppInfo:
        """Tell the app's name and mode."""
        ...

    @GET("/parameters")
    def parameters(self) -> AppParameters:
        """Tell the app's variables, features and limits.

        Raises:
            AppUnavailableError: The app is not configured or not published.
        """
        ...

    @GET("/meta")
    def meta(self) -> AppMeta:
        """Tell the icons of the app's tools."""
        ...

    @GET("/site")
    def site(self) -> Site:
        """Tell how the app's own page looks."""
        ...


class AppFeedback(Model):
    """A rating. Its times are ISO 8601 without a zone, in UTC."""

    id: str
    app_id: str = ""
    conversation_id: str = ""
    message_id: str = ""
    rating: str
    content: str | None = None
    from_source: str = ""
    from_end_user_id: str | None = None
    from_account_id: str | None = None
    created_at: str = ""
    updated_at: str = ""


class AppInfo(Model):
    """An app's name and mode."""

    name: str
    description: str | None = None
    tags: list[str] = []
    mode: str = ""
    author_name: str | None = None


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
    chat_color_theme_inverted: bool = False
    icon_type: str | None = None
    icon: str | None = None
    icon_background: str | None = None
    icon_url: str | None = None
    description: str | None = None
    copyright: str | None = None
    privacy_policy: str | None = None
    input_placeholder: str | None = None
    custom_disclaimer: str | None = None
    default_language: str = ""
    show_workflow_steps: bool = False
    use_icon_as_answer_icon: bool = False
