"""Console: apps, and everything below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, Required, TypeAlias

from typing_extensions import TypedDict

from ..._endpoint import DELETE, GET, POST, PUT, M, Resource, area
from ..._models import Listing
from ..._params import Within
from ...shared.results import Result
from .details import (
    AppDetail,
    AppDetailWithSite,
    AppMode,
    AppSummary,
    ConvertedApp,
    IconType,
    PromptTemplate,
    RecentApps,
    Redirect,
)

if TYPE_CHECKING:
    from .api_keys import AppApiKeys
    from .site import AppSites


class Apps(Resource[M], area="console.apps", key="session"):
    """The apps of the workspace."""

    @area
    def api_keys(self) -> AppApiKeys[M]:
        """The keys that open an app on the service tier."""
        from .api_keys import AppApiKeys

        return AppApiKeys(self._core)

    @area
    def site(self) -> AppSites[M]:
        """An app's own page."""
        from .site import AppSites

        return AppSites(self._core)

    @GET.pages("/apps")
    def list(
        self,
        *,
        page: Annotated[int, Within(1, 99999)] = 1,
        limit: Annotated[int, Within(1, 100)] = 20,
        mode: ListedMode | None = None,
        sort_by: AppOrder | None = None,
        name: str | None = None,
        tag_ids: Sequence[str] | None = None,
        creator_ids: Sequence[str] | None = None,
        is_created_by_me: bool | None = None,
    ) -> Listing[AppSummary]:
        """List the apps of the workspace.

        Args:
            page: The page, from 1.
            limit: How many on a page, 1 to 100.
            mode: Only apps of this mode; of all where it is not given.
            sort_by: What comes first; whatever was changed last where it is not given.
            name: A text in the name.
            tag_ids: Only apps with all of these labels.
            creator_ids: Only apps that one of these accounts has made.
            is_created_by_me: Only apps that the account itself has made.

        Raises:
            InvalidParamError: An argument does not fit.
        """
        ...

    @POST("/apps", status=201)
    def create(
        self,
        *,
        name: Annotated[str, Within(1)],
        mode: AppMode,
        description: Annotated[str | None, Within(most=400)] = None,
        icon_type: IconType | None = None,
        icon: str | None = None,
        icon_background: str | None = None,
    ) -> AppDetailWithSite:
        """Make an app. Those that chat or complete work at once, with the workspace's own model; others want a workflow.

        Args:
            name: Its name.
            mode: What it is.
            description: What it is for, up to 400 characters.
            icon_type: What `icon` is.
            icon: An emoji, the id of an uploaded image, or an address.
            icon_background: The colour behind it, as `#FFEAD5`.

        Raises:
            UnprocessableEntityError: An argument does not fit.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET("/apps/recent", since="1.16")
    def list_recent(self, *, limit: Annotated[int, Within(1, 8)] = 8) -> RecentApps:
        """List the apps that were changed last.

        Args:
            limit: How many, 1 to 8.
        """
        ...

    @GET.pages("/apps/starred", since="1.16")
    def list_starred(
        self,
        *,
        page: Annotated[int, Within(1, 99999)] = 1,
        limit: Annotated[int, Within(1, 100)] = 20,
        mode: ListedMode | None = None,
        sort_by: AppOrder | None = None,
        name: str | None = None,
        tag_ids: Sequence[str] | None = None,
        creator_ids: Sequence[str] | None = None,
        is_created_by_me: bool | None = None,
    ) -> Listing[AppSummary]:
        """List the apps that the account has starred. The arguments are those of `list`."""
        ...

    @GET("/apps/{app_id:uuid}")
    def get(self, app_id: str) -> AppDetailWithSite:
        """Read an app, with its configuration and its page.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
        """
        ...

    @PUT("/apps/{app_id:uuid}")
    def update(
        self,
        app_id: str,
        *,
        name: Annotated[str, Within(1)],
        description: Annotated[str | None, Within(most=400)] = None,
        icon_type: IconType | None = None,
        icon: str | None = None,
        icon_background: str | None = None,
        use_icon_as_answer_icon: bool | None = None,
        max_active_requests: int | None = None,
    ) -> AppDetailWithSite:
        """Change an app. What is not given is emptied, but for the kind of the icon.

        Args:
            app_id: The app.
            name: Its name.
            description: What it is for, up to 400 characters.
            icon_type: What `icon` is; as it was where it is not given.
            icon: An emoji, the id of an uploaded image, or an address.
            icon_background: The colour behind it, as `#FFEAD5`.
            use_icon_as_answer_icon: Whether answers are shown with the icon.
            max_active_requests: How many requests it works on at once; 0 is no limit.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @DELETE("/apps/{app_id:uuid}", status=204)
    def delete(self, app_id: str) -> None:
        """Delete an app, and everything that belongs to it.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/{app_id:uuid}/copy", status=201)
    def copy(
        self,
        app_id: str,
        *,
        name: str | None = None,
        description: Annotated[str | None, Within(most=400)] = None,
        icon_type: IconType | None = None,
        icon: str | None = None,
        icon_background: str | None = None,
    ) -> AppDetailWithSite:
        """Make another app of an app. What is not given is as in the first.

        Args:
            app_id: The app.
            name: The new one's name.
            description: What it is for, up to 400 characters.
            icon_type: What `icon` is.
            icon: An emoji, the id of an uploaded image, or an address.
            icon_background: The colour behind it, as `#FFEAD5`.

        Raises:
            NotFoundError: No such app, or it has no workflow yet.
            PermissionDeniedError: The account may not.
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

    @POST("/apps/{app_id:uuid}/publish-to-creators-platform", since="1.16")
    def publish_to_creators_platform(self, app_id: str) -> Redirect:
        """Hand an app to the platform of templates; the rest is done there, in a browser.

        Args:
            app_id: The app.

        Raises:
            PermissionDeniedError: The account may not, or the server does not take part.
        """
        ...


ListedMode: TypeAlias = Literal["completion", "chat", "advanced-chat", "workflow", "agent-chat", "agent", "channel", "all"]
AppOrder: TypeAlias = Literal["last_modified", "recently_created", "earliest_created"]


class ModelParam(TypedDict, total=False):
    """A model, and how it is asked."""

    provider: Required[str]
    name: Required[str]
    mode: str
    completion_params: Mapping[str, Any]
