"""Console: apps, and everything below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Required, TypeAlias

from typing_extensions import TypedDict

from ..._endpoint import DELETE, GET, POST, PUT, M, Resource, area, flow
from ..._files import File
from ..._models import Listing
from ..._params import Within
from ..._steps import Steps
from ...shared.messages import Rating
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
from .dsl import AppDsl, AppImport, Dependencies, Deployment, DslVersion, ImportMode
from .feedbacks import ExportFormat
from .messages import FeedbackSource

if TYPE_CHECKING:
    from .agent_config import AgentConfigs
    from .annotations import Annotations
    from .api_keys import AppApiKeys
    from .audio import Audio
    from .chat import Chat
    from .chatflows import Chatflows
    from .completion import Completion
    from .mcp_server import MCPServers
    from .messages import Messages
    from .site import AppSites
    from .statistics import Statistics
    from .tracing import Tracing
    from .triggers import Triggers
    from .workflows import Workflows


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

    @area
    def workflows(self) -> Workflows[M]:
        """The workflows of apps, and their versions."""
        from .workflows import Workflows

        return Workflows(self._core)

    @area
    def annotations(self) -> Annotations[M]:
        """Ready answers to questions that are asked again and again."""
        from .annotations import Annotations

        return Annotations(self._core)

    @area
    def chatflows(self) -> Chatflows[M]:
        """Chatflows."""
        from .chatflows import Chatflows

        return Chatflows(self._core)

    @area
    def messages(self) -> Messages[M]:
        """What was said in an app, whoever said it."""
        from .messages import Messages

        return Messages(self._core)

    @area
    def statistics(self) -> Statistics[M]:
        """The numbers of an app, day by day."""
        from .statistics import Statistics

        return Statistics(self._core)

    @area
    def audio(self) -> Audio[M]:
        """Speech to text and back."""
        from .audio import Audio

        return Audio(self._core)

    @area
    def chat(self) -> Chat[M]:
        """Try a chat or an agent out, and read what its users said."""
        from .chat import Chat

        return Chat(self._core)

    @area
    def completion(self) -> Completion[M]:
        """Try a completion app out, and read what it wrote."""
        from .completion import Completion

        return Completion(self._core)

    @area
    def agent_config(self) -> AgentConfigs[M]:
        """The configurations of the agents in workflows, with their files and skills."""
        from .agent_config import AgentConfigs

        return AgentConfigs(self._core)

    @area
    def mcp_server(self) -> MCPServers[M]:
        """An app as a server of the Model Context Protocol."""
        from .mcp_server import MCPServers

        return MCPServers(self._core)

    @area
    def tracing(self) -> Tracing[M]:
        """Where an app's runs are traced to."""
        from .tracing import Tracing

        return Tracing(self._core)

    @area
    def triggers(self) -> Triggers[M]:
        """What begins the runs of a published workflow."""
        from .triggers import Triggers

        return Triggers(self._core)

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

    # Apps as YAML.

    @GET("/app-dsl-version", key="none", since="1.16")
    def get_dsl_version(self) -> DslVersion:
        """Tell the version of the YAML that the server writes."""
        ...

    @GET("/apps/{app_id:uuid}/export")
    def export_dsl(self, app_id: str, *, include_secret: bool | None = None, workflow_id: str | None = None) -> AppDsl:
        """Export an app as YAML.

        Args:
            app_id: The app.
            include_secret: Whether secret variables go along.
            workflow_id: A published version, instead of the draft.

        Raises:
            InvalidParamError: There is nothing to export yet, or no such version.
            NotFoundError: There is no such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/imports")
    def import_dsl(
        self,
        *,
        mode: ImportMode,
        yaml_content: str | None = None,
        yaml_url: str | None = None,
        name: str | None = None,
        description: str | None = None,
        icon_type: str | None = None,
        icon: str | None = None,
        icon_background: str | None = None,
        app_id: str | None = None,
    ) -> AppImport:
        """Make an app from its YAML, or change one. `deploy` goes on to what can be called.

        A workflow becomes a draft, which `workflows.publish` makes the current version.
        An import of another version waits to be confirmed: its `status` is `pending`.

        Args:
            mode: Whether the YAML itself is given, or its address.
            yaml_content: The YAML.
            yaml_url: Its address.
            name: A name, instead of the one in the YAML.
            description: A description, instead of the one in the YAML.
            icon_type: What kind of icon it is.
            icon: An icon, instead of the one in the YAML.
            icon_background: The colour behind it.
            app_id: The app to change, a workflow or a chatflow.

        Raises:
            BadRequestError: The import failed; `body` is the import.
            PermissionDeniedError: The account may not.
        """
        ...

    @POST("/apps/imports/{import_id}/confirm")
    def confirm_import(self, import_id: str) -> AppImport:
        """Confirm an import that waits for it.

        Args:
            import_id: The import.

        Raises:
            BadRequestError: The import failed, or there is none; `body` is the import.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET("/apps/imports/{app_id}/check-dependencies")
    def check_dependencies(self, app_id: str) -> Dependencies:
        """Tell which plugins an app needs and the workspace lacks; for ten minutes after its import.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: There is no such app.
            PermissionDeniedError: The account may not.
        """
        ...

    @flow
    def deploy(
        self, dsl: str, *, name: str | None = None, app_id: str | None = None, publish: bool = True, key: bool = True
    ) -> Steps[Deployment]:
        """Bring an app from its YAML to where it can be called: imported, confirmed where the server asks for it, published, with a key.

        Args:
            dsl: The YAML.
            name: A name, instead of the one in the YAML.
            app_id: The app to change, a workflow or a chatflow; a new one where it is not given.
            publish: Whether a workflow is published.
            key: Whether a key is wanted: the app's first one, or a new one where it has none.

        Raises:
            BadRequestError: The import failed, in the server's words; or what was imported cannot be published.
            PermissionDeniedError: The account may not.
        """
        from .deploying import deployed

        return deployed(dsl, name, app_id, publish=publish, key=key)

    @flow
    def export_all(self, folder: str | PathLike[str], *, include_secret: bool = False) -> Steps[Sequence[Path]]:
        """Export every app of the workspace into a folder, as `<name>-<first 8 of its id>.yml`; answers the files.

        A file that is there already is replaced. An app that has nothing to export is told of when the others are written.

        Args:
            folder: The folder; made where there is none.
            include_secret: Whether secret variables go along.

        Raises:
            APIStatusError: An app could not be exported; a note names it.
            PermissionDeniedError: The account may not.
        """
        from .deploying import exported

        return exported(Path(folder), include_secret=include_secret)

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


ListedMode: TypeAlias = Literal["completion", "chat", "advanced-chat", "workflow", "agent-chat", "agent", "channel", "all"]
AppOrder: TypeAlias = Literal["last_modified", "recently_created", "earliest_created"]


class ModelParam(TypedDict, total=False):
    """A model, and how it is asked."""

    provider: Required[str]
    name: Required[str]
    mode: str
    completion_params: Mapping[str, Any]
