"""Handlers: how apps of the simple modes are configured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from dify_sdk.console.app_details import PromptTemplate
from dify_sdk.console.apps import Apps
from dify_sdk.console.apps.configuring import ModelParam
from dify_sdk.shared.results import Result

from ...accounts import EDITORS
from ...apps.configs import SIMPLE_MODES, accepted
from ...knowledge.citing import CONTEXT_PROMPT
from ...registry import OfModes, handles
from ...visit import Visit


@handles(Apps.set_model_config, roles=EDITORS, modes=OfModes(SIMPLE_MODES), payload="ModelConfigRequest", nested=True)
def set_model_config(
    visit: Visit,
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
    given = {
        "model": model,
        "opening_statement": opening_statement,
        "suggested_questions": suggested_questions,
        "more_like_this": more_like_this,
        "speech_to_text": speech_to_text,
        "text_to_speech": text_to_speech,
        "dataset_configs": dataset_configs,
        "agent_mode": agent_mode,
        "pre_prompt": pre_prompt,
        "prompt_type": prompt_type,
        "chat_prompt_config": chat_prompt_config,
        "completion_prompt_config": completion_prompt_config,
        "user_input_form": user_input_form,
        "dataset_query_variable": dataset_query_variable,
        "suggested_questions_after_answer": suggested_questions_after_answer,
        "retriever_resource": retriever_resource,
        "sensitive_word_avoidance": sensitive_word_avoidance,
        "external_data_tools": external_data_tools,
        "file_upload": file_upload,
    }
    visit.app.configure(accepted(visit.app, given), visit.account.id, visit.world.clock.seconds())
    return Result(result="success")


@handles(Apps.get_prompt_templates, payload="AdvancedPromptTemplateQuery", decorated=True)
def get_prompt_templates(
    visit: Visit, *, app_mode: str, model_mode: str, model_name: str, has_context: str | None = None
) -> PromptTemplate:
    if not {app_mode, model_mode} <= {"chat", "completion"}:
        return PromptTemplate()
    talks = app_mode == "chat"
    text = _PROMPT if has_context == "false" else _CONTEXT + _PROMPT
    if model_mode == "chat":
        return PromptTemplate(chat_prompt_config={"prompt": [{"role": "system" if talks else "user", "text": text}]})
    completing: dict[str, Any] = {"prompt": {"text": text + (_HISTORY if talks else "")}, "stop": ["Human:"]}
    if talks:
        completing["conversation_histories_role"] = {"user_prefix": "Human", "assistant_prefix": "Assistant"}
    return PromptTemplate(completion_prompt_config=completing)


_PROMPT: Final = "{{#pre_prompt#}}"
_CONTEXT: Final = CONTEXT_PROMPT.replace("{context}", "{{#context#}}")
_HISTORY: Final = (
    "\nHere are the chat histories between human and assistant, inside <histories></histories> XML tags.\n\n"
    "<histories>\n{{#histories#}}\n</histories>\n\n\nHuman: {{#query#}}\n\nAssistant: "
)
