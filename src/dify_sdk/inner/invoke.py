"""Inner: what plugins and agents ask a server to do for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from .._endpoint import POST, M, Resource
from .._params import Inputs
from ..shared.runs import AppOutcome
from .answers import Answer
from .llm import (
    AgentLLMCallerParam,
    AgentLLMSpeaking,
    AgentLLMTargetParam,
    LLMResult,
    LLMSpeaking,
    LLMStructuredSpeaking,
    ModelConfigParam,
    ModelType,
    PromptMessageParam,
    PromptToolParam,
)
from .nodes import (
    ClassParam,
    EmbeddingResult,
    Flagged,
    InvokedApp,
    NodeResult,
    ParameterParam,
    ProviderSettingParam,
    RerankResult,
    Summary,
    TextResult,
    Values,
)
from .speech import Speaking, Speech
from .tools import AgentToolCallerParam, AgentToolParam, AgentToolResult, ToolResult, ToolSpeaking, ToolType


class Invoke(Resource[M], area="inner.invoke", key="inner"):
    """What plugins and agents ask a server to do for them, in a workspace (`tenant_id`) and for a user of it."""

    @POST.stream("/agent/llm/invoke", since="1.16")
    def stream_agent_llm(self, *, caller: AgentLLMCallerParam, target: AgentLLMTargetParam) -> AgentLLMSpeaking:
        """Ask a model for an agent, and follow its answer. The arguments are those of `agent_llm`."""
        ...

    @stream_agent_llm.finished
    def agent_llm(self) -> LLMResult:
        """Ask a model for an agent, and wait for its answer.

        Args:
            caller: The agent that asks, and for whom.
            target: The model, what it is told and which tools it may call.

        Raises:
            BadRequestError: The request, or what it says of the model, is refused.
            NotFoundError: There is no such app or workspace; or the key is wrong.
            RateLimitError: A quota is used up.
        """
        ...

    @POST("/agent/tools/invoke", runs=True, since="1.16")
    def agent_tool(self, *, caller: AgentToolCallerParam, tool: AgentToolParam) -> AgentToolResult:
        """Call a tool for an agent.

        Args:
            caller: The agent that calls, and for whom.
            tool: The tool and what it is given.

        Raises:
            NotFoundError: There is no such tool, app or user; or the key is wrong.
            UnprocessableEntityError: The tool's credentials or parameters are refused, or it failed.
        """
        ...

    @POST.stream("/invoke/app", constants={"response_mode": "streaming"})
    def stream_app(
        self,
        *,
        tenant_id: str,
        user_id: str,
        app_id: str,
        inputs: Inputs = {},
        query: str | None = None,
        conversation_id: str | None = None,
        user: str | None = None,
        files: Sequence[Mapping[str, Any]] | None = None,
    ) -> InvokedApp:
        """Run an app of any mode and follow it. The arguments are those of `app`."""
        ...

    @stream_app.finished
    def app(self) -> AppOutcome:
        """Run an app of any mode and wait for its end.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            app_id: The app.
            inputs: Values of the app's variables.
            query: What the user says; needed by chats.
            conversation_id: Goes on with a conversation.
            user: The end user, by the name that the app knows.
            files: Files that go with it.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
        """
        ...

    @POST.stream("/invoke/llm")
    def stream_llm(
        self,
        *,
        tenant_id: str,
        user_id: str,
        provider: str,
        model: str,
        mode: str,
        model_type: ModelType | None = None,
        completion_params: Mapping[str, Any] | None = None,
        prompt_messages: Sequence[PromptMessageParam] | None = None,
        tools: Sequence[PromptToolParam] | None = None,
        stop: Sequence[str] | None = None,
        stream: bool | None = None,
    ) -> LLMSpeaking:
        """Ask a model and follow its answer. The arguments are those of `llm`."""
        ...

    @stream_llm.finished
    def llm(self) -> LLMResult:
        """Ask a model and wait for its answer.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            provider: The model's provider.
            model: The model.
            mode: `chat` or `completion`.
            model_type: What kind of model it is.
            completion_params: Settings of the model.
            prompt_messages: What it is told.
            tools: Tools that it may call.
            stop: Texts that end the answer.
            stream: Whether the model answers piece by piece; if not, all comes in one.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
            InternalServerError: The model failed; the message is the provider's.
        """
        ...

    @POST.stream("/invoke/llm/structured-output")
    def stream_llm_structured_output(
        self,
        *,
        tenant_id: str,
        user_id: str,
        provider: str,
        model: str,
        mode: str,
        structured_output_schema: Mapping[str, Any] | None = None,
        model_type: ModelType | None = None,
        completion_params: Mapping[str, Any] | None = None,
        prompt_messages: Sequence[PromptMessageParam] | None = None,
        tools: Sequence[PromptToolParam] | None = None,
        stop: Sequence[str] | None = None,
        stream: bool | None = None,
    ) -> LLMStructuredSpeaking:
        """Ask a model for an answer in the shape of a schema, and follow it. The arguments are those of `llm_structured_output`."""
        ...

    @stream_llm_structured_output.finished
    def llm_structured_output(self) -> LLMResult:
        """Ask a model for an answer in the shape of a schema, and wait for it.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            provider: The model's provider.
            model: The model.
            mode: `chat` or `completion`.
            structured_output_schema: The JSON schema.
            model_type: What kind of model it is.
            completion_params: Settings of the model.
            prompt_messages: What it is told.
            tools: Tools that it may call.
            stop: Texts that end the answer.
            stream: Whether the model answers piece by piece; if not, all comes in one.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
            InternalServerError: The model failed; the message is the provider's.
        """
        ...

    @POST.stream("/invoke/tool")
    def stream_tool(
        self,
        *,
        tenant_id: str,
        user_id: str,
        tool_type: ToolType,
        provider: str,
        tool: str,
        tool_parameters: Mapping[str, Any],
        credential_id: str | None = None,
    ) -> ToolSpeaking:
        """Call a tool and follow what it says. The arguments are those of `tool`."""
        ...

    @stream_tool.finished
    def tool(self) -> ToolResult:
        """Call a tool and wait for all that it says.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            tool_type: What kind of tool it is.
            provider: The tool's provider.
            tool: The tool.
            tool_parameters: What it is given.
            credential_id: The credentials that it works with.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
            InternalServerError: The tool failed.
        """
        ...

    @POST.stream("/invoke/tts")
    def stream_tts(
        self,
        *,
        tenant_id: str,
        user_id: str,
        provider: str,
        model: str,
        content_text: str,
        voice: str,
        model_type: ModelType | None = None,
    ) -> Speaking:
        """Speak a text, and follow the sound. The arguments are those of `tts`."""
        ...

    @stream_tts.finished
    def tts(self) -> Speech:
        """Speak a text, and wait for the whole sound.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            provider: The model's provider.
            model: The model.
            content_text: The text.
            voice: The voice.
            model_type: What kind of model it is.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
            InternalServerError: The model failed; the message is the provider's.
        """
        ...

    @POST("/invoke/encrypt")
    def encrypt(
        self,
        *,
        tenant_id: str,
        user_id: str,
        opt: Literal["encrypt", "decrypt", "clear"],
        namespace: Literal["endpoint"],
        identity: str,
        data: Mapping[str, Any] | None = None,
        config: Sequence[ProviderSettingParam] | None = None,
    ) -> Answer[Values]:
        """Encrypt a plugin's settings, decrypt them, or forget what was decrypted.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            opt: What is done.
            namespace: What the settings belong to.
            identity: The one they belong to.
            data: The settings.
            config: What is known of them.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
        """
        ...

    @POST("/invoke/moderation", runs=True)
    def moderation(
        self, *, tenant_id: str, user_id: str, provider: str, model: str, text: str, model_type: ModelType | None = None
    ) -> Answer[Flagged]:
        """Ask a moderation model whether it finds fault with a text.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            provider: The model's provider.
            model: The model.
            text: The text.
            model_type: What kind of model it is.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
            InternalServerError: The model failed; the message is the provider's.
        """
        ...

    @POST("/invoke/parameter-extractor", runs=True)
    def parameter_extractor(
        self,
        *,
        tenant_id: str,
        user_id: str,
        parameters: Sequence[ParameterParam],
        model: ModelConfigParam,
        instruction: str,
        query: str,
    ) -> Answer[NodeResult]:
        """Have a model find parameters in a text.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            parameters: What is looked for.
            model: The model.
            instruction: What else it is told.
            query: The text.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
            InternalServerError: The model failed; the message is the provider's.
        """
        ...

    @POST("/invoke/question-classifier", runs=True)
    def question_classifier(
        self, *, tenant_id: str, user_id: str, query: str, model: ModelConfigParam, classes: Sequence[ClassParam], instruction: str
    ) -> Answer[NodeResult]:
        """Have a model tell which class a question belongs to.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            query: The question.
            model: The model.
            classes: The classes.
            instruction: What else it is told.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
            InternalServerError: The model failed; the message is the provider's.
        """
        ...

    @POST("/invoke/rerank", runs=True)
    def rerank(
        self,
        *,
        tenant_id: str,
        user_id: str,
        provider: str,
        model: str,
        query: str,
        docs: Sequence[str],
        score_threshold: float,
        top_n: int,
        model_type: ModelType | None = None,
    ) -> Answer[RerankResult]:
        """Put texts in the order in which they fit a question.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            provider: The model's provider.
            model: The model.
            query: The question.
            docs: The texts.
            score_threshold: How well a text must fit.
            top_n: How many are answered at most.
            model_type: What kind of model it is.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
            InternalServerError: The model failed; the message is the provider's.
        """
        ...

    @POST("/invoke/speech2text", runs=True)
    def speech2text(
        self, *, tenant_id: str, user_id: str, provider: str, model: str, file: str, model_type: ModelType | None = None
    ) -> Answer[TextResult]:
        """Write down what is said.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            provider: The model's provider.
            model: The model.
            file: The sound, as hexadecimal digits: `sound.hex()`.
            model_type: What kind of model it is.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
            InternalServerError: The model failed; the message is the provider's.
        """
        ...

    @POST("/invoke/summary", runs=True)
    def summary(self, *, tenant_id: str, user_id: str, text: str, instruction: str) -> Answer[Summary]:
        """Have the workspace's model make a text shorter.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            text: The text.
            instruction: What else it is told.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
            InternalServerError: The model failed; the message is the provider's.
        """
        ...

    @POST("/invoke/text-embedding", runs=True)
    def text_embedding(
        self, *, tenant_id: str, user_id: str, provider: str, model: str, texts: Sequence[str], model_type: ModelType | None = None
    ) -> Answer[EmbeddingResult]:
        """Make a vector of each text.

        Args:
            tenant_id: The workspace.
            user_id: The user.
            provider: The model's provider.
            model: The model.
            texts: The texts.
            model_type: What kind of model it is.

        Raises:
            InvalidParamError: An argument is refused.
            NotFoundError: The key is wrong.
            InternalServerError: The model failed; the message is the provider's.
        """
        ...
