"""Worlds to begin with."""

from __future__ import annotations

from typing import Any, Final

from .apps.keys import make_key
from .apps.making import make
from .graphs import answer, end, graph, llm, node, start, tool, variable
from .knowledge.indexing import finish
from .knowledge.intake import keep_text, put_in, settle_technique
from .knowledge.pipelines import publish as fill
from .knowledge.rules import kept
from .knowledge.state import Dataset, Document, Pipeline
from .lessons import teach
from .llm import PROVIDER
from .mcp_servers import switch_on
from .recommendations import RecommendedApp
from .state import ApiKey, App, Mode
from .tools import PROVIDER as TOOL_PROVIDER
from .workflow.publishing import publish
from .world import World

EMAIL: Final = "admin@example.com"
PASSWORD: Final = "mock-password-1"  # noqa: S105  # of a mock

UPLOADS: Final[dict[str, Any]] = {
    "enabled": True,
    "number_limits": 3,
    "allowed_file_types": ["image", "document", "audio"],
    "allowed_file_extensions": [".JPG", ".PNG", ".PDF", ".TXT"],
    "allowed_file_upload_methods": ["local_file", "remote_url"],
    "image": {"enabled": True, "number_limits": 3, "detail": "high", "transfer_methods": ["local_file", "remote_url"]},
    "fileUploadConfig": {
        "file_size_limit": 15,
        "batch_count_limit": 5,
        "image_file_size_limit": 10,
        "video_file_size_limit": 100,
        "audio_file_size_limit": 50,
        "workflow_file_upload_limit": 10,
    },
}
FLOW_UPLOADS: Final = {name: told for name, told in UPLOADS.items() if name != "image"}
SPEECH: Final[dict[str, Any]] = {"enabled": True, "voice": "alloy", "language": "en-US", "autoPlay": "disabled"}


def sow(world: World, seed: str) -> dict[str, Any]:
    """Fill a world; answers what opens it."""
    if seed == "empty":
        teach(world)
        return {}
    if seed != "demo":
        raise ValueError(f"there is no seed {seed!r}: demo or empty")
    owner = world.accounts.add(EMAIL, PASSWORD, name="Admin", account_id=world.owner_id)
    world.set_up_at = world.clock.now()
    world.accounts.add_workspace("Admin's Workspace", owner, workspace_id=world.workspace_id)
    apps = [_chat(world), _completion(world), _agent(world), _chatflow(world), _workflow(world)]
    keys = {app.mode: add_app_key(world, app) for app in apps}
    _recommend(world)
    _knowledge(world)
    _pipeline(world)
    dataset_key = f"dataset-{world.ids.token(24)}"
    add_key(world, ApiKey(world.ids.uuid(), dataset_key, "dataset", created_at=world.clock.seconds()))
    return {
        "email": EMAIL,
        "password": PASSWORD,
        "app_keys": keys,
        "dataset_key": dataset_key,
        "openapi_token": world.devices.sign_in(owner, "the demo").token,
        "app_codes": {app.mode: app.site.code for app in apps},
        "inner_key": world.interior.key,
        "inner_plugin_key": world.interior.plugin_key,
        "mcp_codes": {app.mode: switch_on(world, app).code for app in apps},
    }


def add_key(world: World, key: ApiKey) -> str:
    """Put a key into the world; answers its text."""
    world.api_keys[key.id] = key
    return key.token


def add_app_key(world: World, app: App) -> str:
    """Make a key for an app; answers its text."""
    return make_key(world, app).token


def add_app(world: World, name: str, mode: Mode, config: dict[str, Any] | None = None) -> App:
    """Put an app into the world."""
    app = make(world, name, mode, description=f"{name} of the demo")
    if config is not None:
        app.configure(config, app.created_by, app.created_at)
    return app


def add_dataset(world: World, name: str, **more: Any) -> Dataset:
    """Put an empty dataset into the world."""
    now = world.clock.seconds()
    dataset = Dataset(world.ids.uuid(), name, world.owner_id, now, now, updated_by=world.owner_id, **more)
    world.knowledge.datasets[dataset.id] = dataset
    return dataset


def put_text(world: World, dataset: Dataset, name: str, text: str, **more: Any) -> Document:
    """Put a text into a dataset, indexed already; by paragraphs, unless another rule is given."""
    rules: dict[str, Any] = {"pre_processing_rules": [], "segmentation": {"separator": "\n\n", "max_tokens": 500}}
    more.setdefault("rule", kept(world.ids, dataset, {"mode": "custom", "rules": rules}))
    document = put_in(world, dataset, name, {"upload_file_id": keep_text(world, name, text).id}, **more)
    finish(world, dataset, document)
    return document


def model_config(**changes: Any) -> dict[str, Any]:
    """The configuration of an app of a simple mode."""
    return {
        "pre_prompt": "You are a stub.",
        "prompt_type": "simple",
        "user_input_form": [],
        "opening_statement": "Hi {{name}}, welcome.",
        "suggested_questions": ["What can you do?", "Who are you?"],
        "suggested_questions_after_answer": {"enabled": True},
        "speech_to_text": {"enabled": True},
        "text_to_speech": SPEECH,
        "retriever_resource": {"enabled": True},
        "annotation_reply": {"enabled": False},
        "more_like_this": {"enabled": False},
        "sensitive_word_avoidance": {"enabled": False},
        "file_upload": UPLOADS,
        "agent_mode": {"enabled": False, "tools": []},
        "dataset_configs": {"retrieval_model": "multiple", "datasets": {"datasets": []}},
        "model": {
            "provider": PROVIDER,
            "name": "stub-vision",
            "mode": "chat",
            "completion_params": {"temperature": 0.5, "max_tokens": 256, "stop": []},
        },
        **changes,
    }


def _chat(world: World) -> App:
    form = [
        {"text-input": {"label": "Name", "variable": "name", "required": False, "max_length": 48, "default": ""}},
        {"select": {"label": "Tone", "variable": "tone", "required": False, "options": ["formal", "casual"], "default": ""}},
        {"paragraph": {"label": "Bio", "variable": "bio", "required": False, "max_length": 200, "default": ""}},
        {"number": {"label": "Age", "variable": "age", "required": False, "default": ""}},
    ]
    return add_app(world, "Demo Chat", "chat", config=model_config(user_input_form=form))


def _completion(world: World) -> App:
    form = [{"paragraph": {"label": "Query", "variable": "query", "required": True, "default": ""}}]
    config = model_config(
        pre_prompt="{{query}}",
        user_input_form=form,
        opening_statement=None,
        suggested_questions=[],
        suggested_questions_after_answer={"enabled": False},
        speech_to_text={"enabled": False},
        more_like_this={"enabled": True},
    )
    return add_app(world, "Demo Completion", "completion", config=config)


def _agent(world: World) -> App:
    tools = [
        {"provider_id": TOOL_PROVIDER, "provider_type": "builtin", "tool_name": name, "tool_label": name, "enabled": True}
        for name in ("current_time", "make_image", "echo", "boom")
    ]
    config = model_config(agent_mode={"enabled": True, "max_iteration": 5, "strategy": "function_call", "tools": tools})
    return add_app(world, "Demo Agent", "agent-chat", config=config)


def _chatflow(world: World) -> App:
    app = add_app(world, "Demo Chatflow", "advanced-chat")
    memory = {"window": {"enabled": False, "size": 10}, "query_prompt_template": "{{#sys.query#}}\n\n{{#sys.files#}}"}
    drawn = graph(
        [
            start(variable("name", "text-input", max_length=256), variable("tone", "select", options=["formal", "casual"])),
            llm("llm1", "LLM", "", memory=memory, reasoning_format="separated"),
            answer("{{#llm1.text#}}"),
        ],
        ("start1", "llm1"),
        ("llm1", "answer1"),
    )
    features = {
        "opening_statement": "Hello from the chatflow",
        "suggested_questions": ["First?", "Second?"],
        "suggested_questions_after_answer": {"enabled": True},
        "speech_to_text": {"enabled": True},
        "text_to_speech": {"enabled": True, "voice": "alloy", "language": "en-US"},
        "retriever_resource": {"enabled": True},
        "sensitive_word_avoidance": {"enabled": False},
        "file_upload": FLOW_UPLOADS,
    }
    variables: list[dict[str, Any]] = [
        {"name": "counter", "value_type": "number", "value": 0, "description": "a counter"},
        {"name": "notes", "value_type": "string", "value": "none", "description": "notes"},
        {"name": "items", "value_type": "array[string]", "value": [], "description": "list"},
    ]
    publish(world, app, drawn, features, variables)
    return app


def _workflow(world: World) -> App:
    app = add_app(world, "Demo Workflow", "workflow")
    drawn = graph(
        [
            start(
                variable("query", "paragraph", required=True), variable("name", "text-input", max_length=256), variable("count", "number")
            ),
            llm("llm1", "LLM", "{{#start1.query#}}"),
            end("end1", "End", text=("llm1", "text"), usage=("llm1", "usage")),
        ],
        ("start1", "llm1"),
        ("llm1", "end1"),
    )
    features = {"file_upload": FLOW_UPLOADS, "text_to_speech": {"enabled": True, "voice": "alloy", "language": "en-US"}}
    publish(world, app, drawn, features)
    return app


def _recommend(world: World) -> None:
    world.recommendations.recommend(RecommendedApp(world.first_app("chat").id, "A chat to begin with.", ["Assistant"], trials=3))
    workflow = world.first_app("workflow")
    world.recommendations.recommend(RecommendedApp(workflow.id, "A workflow to learn from.", ["Workflow"], teaches=True, trials=3))


def _knowledge(world: World) -> None:
    dataset = add_dataset(world, "Demo Knowledge", description="What the demo knows.")
    settle_technique(dataset, "high_quality")
    put_text(world, dataset, "Owls", "Owls hunt at night.\n\nAn owl turns its head by three quarters of a circle.")
    put_text(world, dataset, "Foxes", "The quick brown fox jumps over the lazy dog.\n\nFoxes sleep in dens.")


def _pipeline(world: World) -> None:
    """A dataset that takes files, and pages of a website."""
    url = {"belong_to_node_id": "ds2", "type": "text-input", "label": "URL", "description": "", "variable": "url", "max_length": 256}
    nothing = dict.fromkeys(("default_value", "placeholder", "unit", "tooltips", "allowed_file_types"))
    lists: dict[str, Any] = {"allowed_file_extensions": [], "allowed_file_upload_methods": [], "options": []}
    pipeline = Pipeline(world.ids.uuid(), "Demo Pipeline", _filling(), [{**url, **nothing, **lists, "required": True}])
    world.knowledge.pipelines[pipeline.id] = pipeline
    icon = {"icon_type": "emoji", "icon": "📙", "icon_background": "#FFF4ED"}
    dataset = add_dataset(world, pipeline.name, pipeline_id=pipeline.id, icon_info=icon)
    dataset.updated_by = None
    fill(dataset, pipeline)


def _filling() -> dict[str, Any]:
    file = {"plugin_id": "langgenius/file", "provider_name": "file", "provider_type": "local_file"}
    crawl = {"plugin_id": "stubber/stubds", "provider_name": "stubds", "provider_type": "website_crawl"}
    crawled = {"url": {"type": "mixed", "value": "{{#rag.ds2.url#}}"}}
    kept_as: dict[str, Any] = {
        "chunk_structure": "text_model",
        "indexing_technique": "high_quality",
        "embedding_model": "stub-embed",
        "embedding_model_provider": PROVIDER,
        "index_chunk_variable_selector": ["tool1", "result"],
        "retrieval_model": {
            "search_method": "semantic_search",
            "top_k": 3,
            "score_threshold": 0.5,
            "score_threshold_enabled": False,
            "reranking_enable": False,
        },
    }
    return graph(
        [
            node("ds1", "datasource", "File", **file),
            node("ds2", "datasource", "Crawl", **crawl, datasource_parameters=crawled),
            node("ext1", "document-extractor", "Extract", variable_selector=["ds1", "file"]),
            node("agg1", "variable-aggregator", "Join", variables=[["ext1", "text"], ["ds2", "content"]], output_type="string"),
            tool("tool1", "Chunker", "chunk", input_text="{{#agg1.output#}}"),
            node("kb1", "knowledge-index", "Knowledge Base", **kept_as),
        ],
        ("ds1", "ext1"),
        ("ext1", "agg1"),
        ("ds2", "agg1"),
        ("agg1", "tool1"),
        ("tool1", "kb1"),
    )
