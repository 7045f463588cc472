"""Console: what can be changed about an app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Required

from typing_extensions import TypedDict

from ..._endpoint import DELETE, GET, POST, M, Resource
from ..._files import File
from ..._params import Within
from ...shared.messages import Rating
from ...shared.results import Result
from ..app_details import (
    AppDetail,
    ConvertedApp,
    IconType,
    PromptTemplate,
    Redirect,
)
from .feedbacks import ExportFormat
from .messages import FeedbackSource


class AppConfiguring(Resource[M], area="console.apps", key="session"):
    """What can be changed about an app."""

    @POST("/apps/{app_id:uuid}/name", repeatable=True)
    def rename(self, app_id: str, *, name: Annotated[str, Within(1)]) -> AppDetail:
        """Give an app another name.

        Args:
            app_id: The app.
            name: The new name.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/{app_id:uuid}/icon", repeatable=True)
    def set_icon(
        self, app_id: str, *, icon: str | None = None, icon_type: IconType | None = None, icon_background: str | None = None
    ) -> AppDetail:
        """Give an app another icon.

        Args:
            app_id: The app.
            icon: An emoji, the id of an uploaded image, or an address.
            icon_type: What `icon` is; as it was where it is not given.
            icon_background: The colour behind it, as `#FFEAD5`.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/{app_id:uuid}/api-enable", repeatable=True)
    def set_api_enabled(self, app_id: str, *, enable_api: bool) -> AppDetail:
        """Open an app to its keys, or close it.

        Args:
            app_id: The app.
            enable_api: Whether the service tier lets its keys in.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account is neither an owner nor an admin.
        """
        ...

    @POST("/apps/{app_id:uuid}/model-config")
    def set_model_config(
        self,
        app_id: str,
        *,
        model: ModelParam,
        provider: str | None = None,
        configs: Mapping[str, Any] | None = None,
        opening_statement: str | None = None,
        suggested_questions: Sequence[str] | None = None,
        more_like_this: Mapping[str, Any] | None = None,
        speech_to_text: Mapping[str, Any] | None = None,
        text_to_speech: Mapping[str, Any] | None = None,
        retrieval_model: Mapping[str, Any] | None = None,
        tools: Sequence[Mapping[str, Any]] | None = None,
        dataset_configs: Mapping[str, Any] | None = None,
        agent_mode: Mapping[str, Any] | None = None,
        pre_prompt: str | None = None,
        prompt_type: Literal["simple", "advanced"] | None = None,
        chat_prompt_config: Mapping[str, Any] | None = None,
        completion_prompt_config: Mapping[str, Any] | None = None,
        user_input_form: Sequence[Mapping[str, Any]] | None = None,
        dataset_query_variable: str | None = None,
        suggested_questions_after_answer: Mapping[str, Any] | None = None,
        retriever_resource: Mapping[str, Any] | None = None,
        sensitive_word_avoidance: Mapping[str, Any] | None = None,
        external_data_tools: Sequence[Mapping[str, Any]] | None = None,
        file_upload: Mapping[str, Any] | None = None,
        annotation_reply: Mapping[str, Any] | None = None,
    ) -> Result:
        """Configure an app that chats, an agent or one that completes, and publish it so. A feature that is not given is off.

        Args:
            app_id: The app.
            model: The model, with its parameters.
            provider: Taken by servers, and of no effect.
            configs: The same.
            opening_statement: What a conversation begins with.
            suggested_questions: What may be asked first.
            more_like_this: Whether more answers like one can be made.
            speech_to_text: Whether speech is taken.
            text_to_speech: Whether answers are spoken, with `voice` and `language`.
            retrieval_model: Taken by servers, and of no effect.
            tools: The same.
            dataset_configs: The knowledge, and how it is searched.
            agent_mode: Whether it is an agent, with its `strategy` and `tools`.
            pre_prompt: The prompt, with variables as `{{name}}`.
            prompt_type: Whether the prompt is `pre_prompt`, or one of the configurations.
            chat_prompt_config: An advanced prompt for a model that chats.
            completion_prompt_config: An advanced prompt for a model that completes.
            user_input_form: The variables, each an object under its kind: `{"text-input": {"variable": ...}}`.
            dataset_query_variable: The variable that knowledge is asked with.
            suggested_questions_after_answer: Whether the next questions are suggested.
            retriever_resource: Whether answers tell where they come from.
            sensitive_word_avoidance: What is refused, of questions and of answers.
            external_data_tools: Variables that are fetched elsewhere.
            file_upload: Which files are taken.
            annotation_reply: Taken by servers, and of no effect.

        Raises:
            BadRequestError: The configuration does not hold together.
            NotFoundError: No such app, or it is of another mode.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET("/app/prompt-templates")
    def get_prompt_templates(self, *, app_mode: str, model_mode: str, model_name: str, has_context: str | None = None) -> PromptTemplate:
        """Read the prompt that an advanced configuration begins with.

        Args:
            app_mode: `chat` or `completion`.
            model_mode: `chat` or `completion`: what the model does.
            model_name: The model's name; some have prompts of their own.
            has_context: `true` or `false`: whether knowledge goes into it.
        """
        ...

    @POST("/apps/{app_id:uuid}/convert-to-workflow")
    def convert_to_workflow(
        self,
        app_id: str,
        *,
        name: str | None = None,
        icon_type: str | None = None,
        icon: str | None = None,
        icon_background: str | None = None,
    ) -> ConvertedApp:
        """Make a chatflow of an app that chats, or a workflow of one that completes; the first app stays.

        Args:
            app_id: The app.
            name: The new one's name.
            icon_type: What `icon` is.
            icon: An emoji, the id of an uploaded image, or an address.
            icon_background: The colour behind it, as `#FFEAD5`.

        Raises:
            NotFoundError: No such app, or it is of another mode.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/{app_id:uuid}/publish-to-creators-platform", since="1.16")
    def publish_to_creators_platform(self, app_id: str) -> Redirect:
        """Hand an app to the platform of templates; the rest is done there, in a browser.

        Args:
            app_id: The app.

        Raises:
            PermissionDeniedError: The account may not, or the server does not take part.
        """
        ...

    @POST("/apps/{app_id:uuid}/star", repeatable=True, since="1.16")
    def star(self, app_id: str) -> Result:
        """Star an app, for the account alone.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
        """
        ...

    @DELETE("/apps/{app_id:uuid}/star", since="1.16")
    def unstar(self, app_id: str) -> Result:
        """Take the star away.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
        """
        ...

    @GET.file("/apps/{app_id:uuid}/feedbacks/export", since="1.13")
    def export_feedbacks(
        self,
        app_id: str,
        *,
        from_source: FeedbackSource | None = None,
        rating: Rating | None = None,
        has_comment: bool | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
        format: ExportFormat = "csv",
    ) -> File:
        """Give the ratings of an app's messages as a table, newest first.

        Args:
            app_id: The app.
            from_source: Of end users, or of the workspace.
            rating: Likes, or dislikes.
            has_comment: With a reason, or without.
            start_date: Given on this day or later, `YYYY-MM-DD` in UTC.
            end_date: Given before this day begins.
            format: CSV, or JSON, which `FeedbackExport` reads.

        Raises:
            NotFoundError: No such app.
            BadRequestError: A day is none.
        """
        ...


class ModelParam(TypedDict, total=False):
    """A model, and how it is asked."""

    provider: Required[str]
    name: Required[str]
    mode: str
    completion_params: Mapping[str, Any]
