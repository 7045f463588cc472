"""Which text goes out when, without a run."""

import pytest

from dify_mock import graphs
from dify_mock.workflow.graph import Drawing, Edge
from dify_mock.workflow.nodes.llm import Thinking
from dify_mock.workflow.pool import Pool
from dify_mock.workflow.responses import Chunk, Responses


def told(chunks):
    return [(".".join(one.selector), one.text) for one in chunks]


@pytest.fixture
def pool():
    return Pool()


def responses(pool, nodes, *edges):
    return Responses(Drawing(graphs.graph(nodes, *edges)).outermost(), pool)


def test_an_answer_that_is_certain_begins_at_once(pool):
    spoken = responses(
        pool,
        [graphs.start(), graphs.llm("llm1", "LLM", ""), graphs.answer("So: {{#llm1.text#}}!")],
        ("start1", "llm1"),
        ("llm1", "answer1"),
    )
    assert told(spoken.begin()) == [("answer1.answer", "So: ")]
    assert told(spoken.stream(Chunk(("llm1", "text"), "a"))) == [("llm1.text", "a")]
    assert told(spoken.stream(Chunk(("llm1", "text"), "", final=True))) == [("llm1.text", ""), ("answer1.answer", "!")]


def test_a_variable_that_does_not_stream_comes_whole(pool):
    spoken = responses(pool, [graphs.start(), graphs.end("end1", "End", text=("n1", "out"), more=("n2", "out"))], ("start1", "end1"))
    assert told(spoken.begin()) == []
    pool.put("n1", {"out": ["a"]})
    assert told(spoken.flush()) == [("n1.out", "- a"), ("end1.answer", "\n")]
    pool.put("n2", {"out": None})
    assert told(spoken.flush()) == [("n2.out", "")]


def test_what_streams_early_waits_for_its_turn(pool):
    template = "{{#one.text#}}{{#two.text#}}"
    spoken = responses(pool, [graphs.start(), graphs.answer(template)], ("start1", "answer1"))
    assert told(spoken.begin()) == told(spoken.stream(Chunk(("two", "text"), "2", final=True))) == []
    assert told(spoken.stream(Chunk(("one", "text"), "1", final=True))) == [("one.text", "1"), ("two.text", "2")]


def test_an_answer_behind_a_branch_waits_for_the_branch(pool):
    nodes = [graphs.start(), graphs.branch("if1", "If", yes=[]), graphs.answer("Yes"), {**graphs.answer("No"), "id": "answer2"}]
    spoken = responses(pool, nodes, ("start1", "if1"), ("if1", "answer1", "yes"), ("if1", "answer2", "false"))
    assert told(spoken.begin()) == []
    assert told(spoken.take(Edge("start1", "if1", "source"))) == []
    assert told(spoken.take(Edge("if1", "answer2", "false"))) == [("answer2.answer", "No")]


def test_an_answer_behind_an_answer_waits_for_it(pool):
    nodes = [graphs.start(), graphs.answer("One"), {**graphs.answer("Two"), "id": "answer2"}]
    spoken = responses(pool, nodes, ("start1", "answer1"), ("answer1", "answer2"))
    assert told(spoken.begin()) == [("answer1.answer", "One")]
    assert told(spoken.take(Edge("answer1", "answer2", "source"))) == [("answer2.answer", "Two")]


def test_an_answer_waits_for_the_variable_that_is_yet_to_be_assigned(pool):
    pool.put("conversation", {"counter": 0})
    counts = {"variable_selector": ["conversation", "counter"], "operation": "+=", "input_type": "constant", "value": 1}
    nodes = [graphs.start(), graphs.node("a1", "assigner", "Count", items=[counts]), graphs.answer("{{#conversation.counter#}}")]
    spoken = responses(pool, nodes, ("start1", "a1"), ("a1", "answer1"))
    assert told(spoken.begin()) == []
    pool.put("conversation", {"counter": 1})
    assert told(spoken.take(Edge("a1", "answer1", "source"))) == [("conversation.counter", "1")]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_thinking_is_told_from_answering_however_it_is_cut(size):
    text = "<think>\nI <b>ponder</b>.\n</think>\n\nHere is a < b."
    thinking = Thinking()
    said = [one for at in range(0, len(text), size) for one in thinking.split(text[at : at + size])]
    assert "".join(one.text for one in said if one.thought) == thinking.thoughts == "\nI <b>ponder</b>.\n"
    assert "".join(one.text for one in said if not one.thought) == thinking.answer == "Here is a < b."


def test_an_answer_without_thinking_is_left_alone():
    thinking = Thinking()
    assert [one.text for one in thinking.split(" Just this. ")] == [" Just this. "]
    assert (thinking.thoughts, thinking.answer) == ("", " Just this. ")


def test_what_only_looks_like_a_tag_is_said_at_last():
    thinking = Thinking()
    assert [one.text for one in (*thinking.split("a <thi"), *thinking.rest())] == ["a ", "<thi"]


def test_a_container_has_a_level_of_its_own():
    inner = graphs.llm("llm1", "LLM", "")
    box = graphs.iteration("iter1", "Each", ("start1", "list"), ("llm1", "text"))
    drawing = Drawing(graphs.graph([graphs.start(), *graphs.inside(box, inner)], ("start1", "iter1"), ("iter1start", "llm1")))
    assert set(drawing.outermost().nodes) == {"start1", "iter1"}
    level = drawing.inside(drawing.outermost().nodes["iter1"])
    assert (level.root, set(level.nodes), len(level.edges)) == ("iter1start", {"iter1start", "llm1"}, 1)
