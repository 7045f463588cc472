"""The apps that come with the platform, for newcomers to learn from."""

from __future__ import annotations

from typing import Any, Final

from .apps.making import make
from .graphs import answer, end, graph, llm, start, variable
from .recommendations import RecommendedApp
from .state import Mode
from .workflow.publishing import publish
from .world import World

_NOWHERE: Final = "00000000-0000-0000-0000-000000000000"
_LESSONS: Final[tuple[tuple[str, Mode, str], ...]] = (
    ("Text Summarization Workflow", "workflow", "A text becomes a shorter one."),
    ("Question Classifier + Knowledge + Chatbot", "advanced-chat", "A chatbot that looks at what is wanted before it answers."),
    ("Knowledge Retrieval + Chatbot", "advanced-chat", "A chatbot that answers from a knowledge base."),
)


def teach(world: World) -> None:
    """Recommend them. They are in nobody's workspace, and open to nobody from outside."""
    for name, mode, description in _LESSONS:
        app = make(world, name, mode, workspace_id=_NOWHERE, description=description, icon_type=None)
        app.enable_site = app.enable_api = False
        publish(world, app, _summary() if mode == "workflow" else _chatbot(), {})
        world.recommendations.recommend(RecommendedApp(app.id, description, ["Workflow"], teaches=True))


def _summary() -> dict[str, Any]:
    text = variable("text", "paragraph", required=True)
    nodes = [start(text), llm("llm1", "LLM", "{{#start1.text#}}"), end("end1", "End", text=("llm1", "text"))]
    return graph(nodes, ("start1", "llm1"), ("llm1", "end1"))


def _chatbot() -> dict[str, Any]:
    return graph([start(), llm("llm1", "LLM", ""), answer("{{#llm1.text#}}")], ("start1", "llm1"), ("llm1", "answer1"))
