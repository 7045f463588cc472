"""Console: what a server tells of an app that can be tried."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ..._models import Model


class TrialModel(Model):
    """The model that an app asks."""

    provider: str
    name: str
    mode: str | None = None
    completion_params: dict[str, Any] = {}


class TrialAgentMode(Model):
    """How an agent goes about it."""

    enabled: bool | None = None
    strategy: str | None = None
    tools: list[dict[str, Any]] = []


class TrialModelConfig(Model):
    """The configuration of an app of a simple mode. A feature is an object with `enabled` and its settings."""

    opening_statement: str | None = None
    suggested_questions: list[str] = []
    suggested_questions_after_answer: dict[str, Any] | None = None
    speech_to_text: dict[str, Any] | None = None
    text_to_speech: dict[str, Any] | None = None
    retriever_resource: dict[str, Any] | None = None
    annotation_reply: dict[str, Any] | None = None
    more_like_this: dict[str, Any] | None = None
    sensitive_word_avoidance: dict[str, Any] | None = None
    external_data_tools: list[dict[str, Any]] = []
    model: TrialModel | None = None
    user_input_form: list[dict[str, Any]] = []
    dataset_query_variable: str | None = None
    pre_prompt: str | None = None
    agent_mode: TrialAgentMode | None = None
    prompt_type: str | None = None
    chat_prompt_config: dict[str, Any] | None = None
    completion_prompt_config: dict[str, Any] | None = None
    dataset_configs: dict[str, Any] | None = None
    file_upload: dict[str, Any] | None = None
    created_by: str | None = None
    created_at: int | None = None
    updated_by: str | None = None
    updated_at: int | None = None


class TrialWorkflowVersion(Model):
    """The published version of a chatflow or workflow."""

    id: str
    created_by: str | None = None
    created_at: int | None = None
    updated_by: str | None = None
    updated_at: int | None = None


class TrialDeletedTool(Model):
    """A tool that the app uses, and the workspace has no more."""

    type: str
    tool_name: str
    provider_id: str


class TrialTag(Model):
    """A label on an app."""

    id: str
    name: str
    type: str


class TrialSite(Model):
    """The app's own page."""

    title: str
    access_token: str | None = Field(default=None, repr=False)
    code: str | None = None
    icon_type: str | None = None
    icon: str | None = None
    icon_background: str | None = None
    icon_url: str | None = Field(default=None, repr=False)
    description: str | None = None
    default_language: str = ""
    chat_color_theme: str | None = None
    chat_color_theme_inverted: bool | None = None
    customize_domain: str | None = None
    copyright: str | None = None
    privacy_policy: str | None = None
    input_placeholder: str | None = None
    custom_disclaimer: str | None = None
    customize_token_strategy: str | None = None
    prompt_public: bool | None = None
    app_base_url: str | None = None
    show_workflow_steps: bool | None = None
    use_icon_as_answer_icon: bool | None = None
    created_by: str | None = None
    created_at: int | None = None
    updated_by: str | None = None
    updated_at: int | None = None


class TrialApp(Model):
    """An app that can be tried."""

    id: str
    name: str
    description: str | None = None
    mode: str
    icon_type: str | None = None
    icon: str | None = None
    icon_background: str | None = None
    icon_url: str | None = Field(default=None, repr=False)
    enable_site: bool = False
    enable_api: bool = False
    model_config_: TrialModelConfig | None = Field(default=None, alias="model_config")
    workflow: TrialWorkflowVersion | None = None
    api_base_url: str | None = None
    use_icon_as_answer_icon: bool | None = None
    max_active_requests: int | None = None
    created_by: str | None = None
    created_at: int | None = None
    updated_by: str | None = None
    updated_at: int | None = None
    deleted_tools: list[TrialDeletedTool] = []
    access_mode: str | None = None
    tags: list[TrialTag] = []
    permission_keys: list[str] = []
    site: TrialSite | None = None


class TrialDataset(Model):
    """A dataset that an app uses."""

    id: str
    name: str
    description: str | None = None
    permission: str | None = None
    data_source_type: str | None = None
    indexing_technique: str | None = None
    created_by: str | None = None
    created_at: int | None = None
    permission_keys: list[str] = []


class TrialAuthor(Model):
    """Who has made a version, or changed it."""

    id: str
    name: str | None = None
    email: str | None = None


class TrialVariable(Model):
    """What a chatflow remembers of a conversation."""

    id: str | None = None
    name: str
    value_type: str
    value: Any = None
    description: str = ""


class TrialWorkflow(Model):
    """The published version of a chatflow or workflow, whole."""

    id: str
    graph: dict[str, Any]
    features: dict[str, Any] = {}
    hash: str | None = None
    version: str | None = None
    marked_name: str | None = None
    marked_comment: str | None = None
    created_by: TrialAuthor | None = None
    created_at: int | None = None
    updated_by: TrialAuthor | None = None
    updated_at: int | None = None
    tool_published: bool | None = None
    environment_variables: list[dict[str, Any]] = Field(default=[], repr=False)
    conversation_variables: list[TrialVariable] = []
    rag_pipeline_variables: list[dict[str, Any]] = []
