"""Console: what is told of an app, its configuration and its page."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from .._models import Model
from ..shared.apps import Site

AppMode: TypeAlias = Literal["chat", "agent-chat", "advanced-chat", "workflow", "completion"]
IconType: TypeAlias = Literal["image", "emoji", "link"]


class AppTag(Model):
    """A label on an app."""

    id: str
    name: str
    type: str = "app"


class ModelConfig(Model):
    """What a chat app, an agent or a completion app asks of its model. A feature is an object with `enabled` and its settings."""

    opening_statement: str | None = None
    suggested_questions: list[str] | None = None
    suggested_questions_after_answer: dict[str, Any] | None = None
    speech_to_text: dict[str, Any] | None = None
    text_to_speech: dict[str, Any] | None = None
    retriever_resource: dict[str, Any] | None = None
    annotation_reply: dict[str, Any] | None = None
    more_like_this: dict[str, Any] | None = None
    sensitive_word_avoidance: dict[str, Any] | None = None
    external_data_tools: list[dict[str, Any]] | None = None
    model: dict[str, Any] | None = None
    user_input_form: list[dict[str, Any]] | None = None
    dataset_query_variable: str | None = None
    pre_prompt: str | None = None
    agent_mode: dict[str, Any] | None = None
    prompt_type: Literal["simple", "advanced"] | str | None = None
    chat_prompt_config: dict[str, Any] | None = None
    completion_prompt_config: dict[str, Any] | None = None
    dataset_configs: dict[str, Any] | None = None
    file_upload: dict[str, Any] | None = None
    created_by: str | None = None
    created_at: int | None = None
    updated_by: str | None = None
    updated_at: int | None = None


class ModelConfigSummary(Model):
    """The model and the prompt of an app in a list."""

    model: dict[str, Any] | None = None
    pre_prompt: str | None = None
    created_by: str | None = None
    created_at: int | None = None
    updated_by: str | None = None
    updated_at: int | None = None


class WorkflowSummary(Model):
    """The published version of a workflow or chatflow."""

    id: str
    created_by: str | None = None
    created_at: int | None = None
    updated_by: str | None = None
    updated_at: int | None = None


class DeletedTool(Model):
    """A tool that an agent has and the workspace has no more."""

    type: str
    tool_name: str
    provider_id: str


class AppSite(Site):
    """An app's own page: how it looks, and the `code` that its address ends with."""

    app_id: str | None = None
    access_token: str | None = None
    """The same as `code`."""
    code: str | None = None
    customize_domain: str | None = None
    customize_token_strategy: Literal["must", "allow", "not_allow"] | str | None = None
    prompt_public: bool | None = None
    app_base_url: str | None = None
    created_by: str | None = None
    created_at: int | None = None
    updated_by: str | None = None
    updated_at: int | None = None


class AppDetail(Model):
    """An app. Times are in seconds since the epoch."""

    id: str
    name: str
    mode: AppMode | str
    description: str | None = None
    icon: str | None = None
    icon_background: str | None = None
    enable_site: bool
    enable_api: bool
    model_config_: ModelConfig | None = Field(default=None, alias="model_config")
    workflow: WorkflowSummary | None = None
    tracing: Any = None
    use_icon_as_answer_icon: bool | None = None
    created_by: str | None = None
    created_at: int | None = None
    updated_by: str | None = None
    updated_at: int | None = None
    access_mode: str | None = None
    tags: list[AppTag] = []
    permission_keys: list[str] | None = None
    maintainer: str | None = None


class AppDetailWithSite(AppDetail):
    """An app, and its page."""

    icon_type: IconType | str | None = None
    icon_url: str | None = None
    api_base_url: str | None = None
    max_active_requests: int | None = None
    deleted_tools: list[DeletedTool] = []
    site: AppSite | None = None
    bound_agent_id: str | None = None
    app_id: str | None = None


def _copied(told: Any) -> Any:
    """Refuse an import: it waits, and there is no copy yet."""
    match told:
        case {"id": str(import_id), "current_dsl_version": str()}:
            raise PydanticCustomError("pending", "there is no copy yet: confirm the import {id}", {"id": import_id})
        case _:
            return told


CopiedApp: TypeAlias = Annotated[AppDetailWithSite, BeforeValidator(_copied)]
"""An app, and its page; where a server answers an import that waits to be confirmed, the error says so."""


class AppSummary(Model):
    """An app in a list."""

    id: str
    name: str
    mode: AppMode | str
    description: str | None = None
    icon_type: IconType | str | None = None
    icon: str | None = None
    icon_background: str | None = None
    icon_url: str | None = None
    max_active_requests: int | None = None
    model_config_: ModelConfigSummary | None = Field(default=None, alias="model_config")
    workflow: WorkflowSummary | None = None
    use_icon_as_answer_icon: bool | None = None
    created_by: str | None = None
    created_at: int | None = None
    updated_by: str | None = None
    updated_at: int | None = None
    tags: list[AppTag] = []
    access_mode: str | None = None
    create_user_name: str | None = None
    author_name: str | None = None
    has_draft_trigger: bool | None = None
    permission_keys: list[str] | None = None
    bound_agent_id: str | None = None
    app_id: str | None = None
    is_starred: bool | None = None
    maintainer: str | None = None


class RecentApp(Model):
    """An app that was changed lately."""

    id: str
    name: str
    mode: AppMode | str
    icon_type: IconType | str | None = None
    icon: str | None = None
    icon_background: str | None = None
    icon_url: str | None = None
    author_name: str | None = None
    updated_at: int
    permission_keys: list[str] | None = None
    maintainer: str | None = None


class RecentApps(Model):
    """The apps that were changed last."""

    data: list[RecentApp]


class ConvertedApp(Model):
    """The app that a conversion has made."""

    new_app_id: str
    permission_keys: list[str] | None = None


class PromptTemplate(Model):
    """A prompt to begin with, for a model that chats or one that completes."""

    chat_prompt_config: dict[str, Any] | None = None
    completion_prompt_config: dict[str, Any] | None = None


class Redirect(Model):
    """Where to go on in a browser."""

    redirect_url: str
