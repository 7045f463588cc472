"""How agents answer: they think, call the tool that they were told to, and think again."""

from __future__ import annotations

import json
from typing import Final

from dify_sdk.shared.events import AgentMessageEvent, AgentThoughtEvent, MessageFileEvent

from .attachments import file_url
from .generation import Happening, Turn
from .llm import pieces_of, usage
from .state import MessageFile, Thought
from .tools import TOOLS, ToolError
from .writing import asked_model, words

_REPEATED_CHARACTERS: Final = 120  # of what a tool gave


def act(turn: Turn) -> Happening:
    """What an agent tells on its way to an answer."""
    world, message = turn.world, turn.message
    thought = _new_thought(turn)
    yield _thought(turn, thought)
    name = asked_model(turn).wanted_tool
    if name is None:
        yield from words(turn, lambda piece: _agent_piece(turn, piece))
        thought.thought, thought.tokens = message.answer, message.usage["total_tokens"]
        if not turn.task.stopped:
            yield _thought(turn, thought)
        return
    for piece in ("Let me use a tool. ", "", ""):
        message.answer += piece
        yield _agent_piece(turn, piece)
    tool = TOOLS.get(name)
    arguments = tool.example if tool else {}
    thought.thought, thought.tool = message.answer, name
    thought.tool_labels = {name: {"en_US": name, "zh_Hans": name}}
    thought.tool_input = json.dumps({name: arguments})
    yield _thought(turn, thought)
    try:
        if tool is None:
            raise ToolError(f"there is not a tool named {name}")
        given = tool.call(arguments)
        observed = given.text
        for content, extension, mime_type in given.files:
            made = world.tool_file(content, extension, mime_type)
            file = MessageFile(
                world.ids.uuid(),
                "image",
                "tool_file",
                "assistant",
                f"{made.id}.{extension}",
                "application/octet-stream",
                tool_file_id=made.id,
            )
            message.files.append(file)
            thought.files.append(file.id)
            url = file_url(world, turn.base_url, file)
            yield MessageFileEvent(**turn.ids, id=file.id, type=file.type, belongs_to="assistant", url=url)
    except ToolError as error:
        observed = thought.error = str(error)
    thought.observation = json.dumps({name: observed})
    yield _thought(turn, thought)
    last = _new_thought(turn)
    yield _thought(turn, last)
    before = message.answer
    said = f"The tool said: {observed[:_REPEATED_CHARACTERS]}"
    for piece in [*pieces_of(said), ""]:
        message.answer += piece
        yield _agent_piece(turn, piece)
    message.usage = usage(len(f"{message.query} {observed}".split()), len(said.split()), latency=turn.latency)
    last.thought, last.tokens = message.answer.removeprefix(before), message.usage["total_tokens"]
    yield _thought(turn, last)


def _new_thought(turn: Turn) -> Thought:
    thought = Thought(turn.world.ids.uuid(), len(turn.message.thoughts) + 1, created_at=turn.world.clock.seconds())
    turn.message.thoughts.append(thought)
    return thought


def _thought(turn: Turn, thought: Thought) -> AgentThoughtEvent:
    return AgentThoughtEvent(
        **turn.ids,
        id=thought.id,
        position=thought.position,
        thought=thought.thought,
        observation=thought.observation,
        tool=thought.tool,
        tool_labels=thought.tool_labels,
        tool_input=thought.tool_input,
        message_files=list(thought.files),
    )


def _agent_piece(turn: Turn, piece: str) -> AgentMessageEvent:
    return AgentMessageEvent(**turn.ids, id=turn.message.id, answer=piece)
