"""Workflows that stories and tests put into a mock: those of the recorded server, and a few more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .. import graphs, seed
from ..state import App, Mode
from ..workflow.publishing import publish

if TYPE_CHECKING:
    from ..mock import MockServer

WEBHOOK: Final = "hookhookhookhookhookhook"
MEMORY: Final[dict[str, Any]] = {"window": {"enabled": False, "size": 10}, "query_prompt_template": "{{#sys.query#}}"}


def put(mock: MockServer, mode: Mode, drawn: dict[str, Any], features: dict[str, Any] | None = None, **more: Any) -> str:
    """Put an app with this graph into a mock; answers its key."""
    return seed.add_app_key(mock.world, _app(mock, mode, drawn, features, **more))


def put_webhook(mock: MockServer, **settings: Any) -> str:
    """Put a workflow into a mock that gives what its webhook takes; answers the key of the app. The webhook is `WEBHOOK`."""
    return put(mock, "workflow", hooked(**settings))


def hooked(**settings: Any) -> dict[str, Any]:
    """A workflow that begins at a webhook, and gives all that it takes."""
    taken = {one["name"].replace("-", "_") for place in ("headers", "params", "body") for one in settings.get(place, ())}
    given = {name: ("hook1", name) for name in sorted(taken)} or {"call": ("hook1", "_webhook_raw")}
    return graphs.graph([graphs.webhook(WEBHOOK, **settings), graphs.end("end1", "End", **given)], ("hook1", "end1"))


def told(subscription_id: str, event: str, *names: str) -> dict[str, Any]:
    """A workflow that begins with an event of a plugin, and gives what it tells under these names."""
    given = {name: ("plugin1", name) for name in names}
    return graphs.graph([graphs.plugin_trigger(subscription_id, event), graphs.end("end1", "End", **given)], ("plugin1", "end1"))


def put_page(mock: MockServer, mode: Mode, drawn: dict[str, Any], features: dict[str, Any] | None = None, **more: Any) -> str:
    """The same; answers the code of the app's page."""
    return _app(mock, mode, drawn, features, **more).site.code


def _app(mock: MockServer, mode: Mode, drawn: dict[str, Any], features: dict[str, Any] | None, **more: Any) -> App:
    app = seed.add_app(mock.world, "Drawn", mode)
    publish(mock.world, app, drawn, features or {}, **more)
    return app


def approval(**more: Any) -> dict[str, Any]:
    """A workflow that asks a person, with an end for each button and one for nobody."""
    asks = graphs.human(
        "human1",
        "Ask a person",
        "Please review: {{#start1.query#}}\n\n{{#$output.comment#}}\n\n{{#$output.choice#}}",
        [graphs.paragraph("comment"), graphs.select("choice", "red", "blue")],
        "approve",
        "reject",
        **more,
    )
    return graphs.graph(
        [
            graphs.start(graphs.variable("query", "text-input")),
            asks,
            graphs.end("end1", "End ok", comment=("human1", "comment"), choice=("human1", "choice")),
            graphs.end("end2", "End no", rejected=("human1", "comment")),
            graphs.end("end3", "End late", late=("start1", "query")),
        ],
        ("start1", "human1"),
        ("human1", "end1", "approve"),
        ("human1", "end2", "reject"),
        ("human1", "end3", "__timeout"),
    )


def filed() -> dict[str, Any]:
    """A workflow that asks a person for a file, and for two more."""
    asks = graphs.human(
        "human1",
        "Ask for a file",
        "Give a file: {{#$output.doc#}} {{#$output.docs#}}",
        [graphs.files("doc"), graphs.files("docs", most=2)],
        "ok",
    )
    return graphs.graph(
        [graphs.start(graphs.variable("query", "text-input")), asks, graphs.end("end1", "End", doc=("human1", "doc"))],
        ("start1", "human1"),
        ("human1", "end1", "ok"),
    )


def approved_chat() -> dict[str, Any]:
    """A chatflow that asks a person before it answers."""
    content = "Please review: {{#sys.query#}}\n\n{{#$output.comment#}}"
    rejected = {**graphs.answer("Rejected."), "id": "answer2"}
    return graphs.graph(
        [
            graphs.start(),
            graphs.human("human1", "Ask a person", content, [graphs.paragraph("comment")], "approve", "reject"),
            graphs.answer("You said: {{#human1.comment#}}"),
            rejected,
        ],
        ("start1", "human1"),
        ("human1", "answer1", "approve"),
        ("human1", "answer2", "reject"),
    )


def two_approvals() -> dict[str, Any]:
    """A workflow that asks two people, one after the other."""
    first = graphs.human("human1", "First", "One?", [graphs.paragraph("comment")], "ok")
    second = graphs.human("human2", "Second", "{{#human1.comment#}}?", [graphs.paragraph("comment")], "ok")
    last = graphs.end("end1", "End", first=("human1", "comment"), second=("human2", "comment"))
    return graphs.graph([graphs.start(), first, second, last], ("start1", "human1"), ("human1", "human2", "ok"), ("human2", "end1", "ok"))


def retrying() -> dict[str, Any]:
    """A workflow with two branches; the model of the one is asked twice, and then replaced by a text of its own."""
    settings: dict[str, Any] = {
        "error_strategy": "default-value",
        "default_value": [{"key": "text", "type": "string", "value": "fallback text"}],
        "retry_config": {"max_retries": 1, "retry_interval": 100, "retry_enabled": True},
    }
    return graphs.graph(
        [
            graphs.start(graphs.variable("query", "paragraph", required=True)),
            graphs.branch("if1", "Branch", true=[(("start1", "query"), "contains", "[[")]),
            graphs.llm("llm1", "LLM retry", "{{#start1.query#}}", **settings),
            graphs.llm("llm2", "LLM plain", "{{#start1.query#}}"),
            graphs.node("agg1", "variable-aggregator", "Join", variables=[["llm1", "text"], ["llm2", "text"]], output_type="string"),
            graphs.end("end1", "End", text=("agg1", "output")),
        ],
        ("start1", "if1"),
        ("if1", "llm1", "true"),
        ("if1", "llm2", "false"),
        ("llm1", "agg1"),
        ("llm2", "agg1"),
        ("agg1", "end1"),
    )


def iterating(**more: Any) -> dict[str, Any]:
    """A workflow that asks the model for each paragraph of its input."""
    return graphs.graph(
        [
            graphs.start(graphs.variable("query", "paragraph", required=True)),
            graphs.tool("tool1", "Chunker", "chunk", input_text="{{#start1.query#}}"),
            *graphs.inside(
                graphs.iteration("iter1", "Iteration", ("tool1", "result"), ("llm1", "text"), **more),
                graphs.llm("llm1", "LLM", "{{#iter1.item#}}"),
            ),
            graphs.end("end1", "End", out=("iter1", "output")),
        ],
        ("start1", "tool1"),
        ("tool1", "iter1"),
        ("iter1start", "llm1"),
        ("iter1", "end1"),
    )


def looping(count: int = 3, **more: Any) -> dict[str, Any]:
    """A workflow that adds to a variable, round by round."""
    sums = {"label": "sum", "var_type": "number", "value_type": "constant", "value": 0}
    adds = {"variable_selector": ["loop1", "sum"], "input_type": "constant", "operation": "+=", "value": 2}
    return graphs.graph(
        [
            graphs.start(graphs.variable("query", "paragraph")),
            *graphs.inside(
                graphs.loop("loop1", "Loop", count, [sums], **more), graphs.node("add1", "assigner", "Add", version="2", items=[adds])
            ),
            graphs.end("end1", "End", sum=("loop1", "sum"), rounds=("loop1", "loop_round")),
        ],
        ("start1", "loop1"),
        ("loop1start", "add1"),
        ("loop1", "end1"),
    )


def remembering() -> dict[str, Any]:
    """A chatflow that counts its questions in a variable of the conversation and answers with a model that has a memory."""
    counts = {"variable_selector": ["conversation", "counter"], "input_type": "constant", "operation": "+=", "value": 1}
    return graphs.graph(
        [
            graphs.start(),
            graphs.node("count1", "assigner", "Count", version="2", items=[counts]),
            graphs.llm("llm1", "LLM", "", memory=MEMORY),
            graphs.answer("{{#conversation.counter#}}: {{#llm1.text#}}"),
        ],
        ("start1", "count1"),
        ("count1", "llm1"),
        ("llm1", "answer1"),
    )


def filing() -> dict[str, Any]:
    """A workflow that gives its files back."""
    kinds: dict[str, Any] = {
        "allowed_file_types": ["document", "image"],
        "allowed_file_extensions": [],
        "allowed_file_upload_methods": ["local_file", "remote_url"],
    }
    form = [
        graphs.variable("doc", "file", **kinds),
        graphs.variable("docs", "file-list", max_length=3, **kinds),
        graphs.variable("flag", "checkbox"),
        graphs.variable("extra", "json_object"),
    ]
    last = graphs.end("end1", "End", doc=("start1", "doc"), docs=("start1", "docs"), flag=("start1", "flag"))
    return graphs.graph([graphs.start(*form), last], ("start1", "end1"))


def knowing(*dataset_ids: str, **more: Any) -> dict[str, Any]:
    """A chatflow that answers from knowledge."""
    found = graphs.node(
        "kr1",
        "knowledge-retrieval",
        "Knowledge",
        query_variable_selector=["sys", "query"],
        dataset_ids=list(dataset_ids),
        retrieval_mode="multiple",
        multiple_retrieval_config={"top_k": 3, "score_threshold": None, "reranking_enable": False},
        **more,
    )
    model = graphs.llm("llm1", "LLM", "{{#context#}} {{#sys.query#}}")
    model["data"]["context"] = {"enabled": True, "variable_selector": ["kr1", "result"]}
    return graphs.graph(
        [graphs.start(), found, model, graphs.answer("{{#llm1.text#}}")], ("start1", "kr1"), ("kr1", "llm1"), ("llm1", "answer1")
    )
