"""How an agent came to its answer, from what is kept of its thoughts."""

from __future__ import annotations

import datetime
import json
from typing import Any
from zoneinfo import ZoneInfo

from dify_sdk.console.apps.messages import AgentIteration, AgentLog, AgentLogMeta, ToolCall

from ...apps import about, messages
from ...refusals import invalid
from ...state import Thought
from ...visit import Visit


def log_of(visit: Visit, conversation_id: str, message_id: str) -> AgentLog:
    """The log of a message."""
    world = visit.world
    conversation, message = world.conversations.get(conversation_id), world.messages.get(message_id)
    if conversation is None or conversation.app_id != visit.app.id:
        raise invalid(f"Conversation not found: {conversation_id}")
    if message is None or message.conversation_id != conversation_id:
        raise invalid(f"Message not found: {message_id}")
    facts = messages.facts(visit, message)
    by = world.account_of(world.end_users[message.end_user_id])
    meta = AgentLogMeta(
        status="success",
        executor=by.name if by else "Unknown",  # end users have no names
        start_time=datetime.datetime.fromtimestamp(message.created_at, ZoneInfo(visit.account.timezone)).isoformat(),
        elapsed_time=facts["provider_response_latency"],
        total_tokens=facts["total_tokens"],
        agent_mode=visit.app.feature("agent_mode").get("strategy") or "react",
        iterations=len(message.thoughts),
    )
    icons = about.meta(visit).tool_icons
    steps = [_iteration(world.clock.iso(one.created_at), one, icons) for one in message.thoughts]
    return AgentLog(meta=meta, iterations=steps, files=facts["message_files"])


def _iteration(created_at: str, thought: Thought, icons: dict[str, Any]) -> AgentIteration:
    return AgentIteration(
        tokens=thought.tokens,
        tool_calls=[_call(thought, icons)] if thought.tool else [],
        tool_raw={"inputs": thought.tool_input, "outputs": thought.observation},
        thought=thought.thought,
        created_at=created_at,
        files=list(thought.files),
    )


def _call(thought: Thought, icons: dict[str, Any]) -> ToolCall:
    """The call of the tool, which takes no time here."""
    name = thought.tool
    return ToolCall(
        status="error" if thought.error else "success",
        error=thought.error,
        time_cost=0,
        tool_name=name,
        tool_label=thought.tool_labels.get(name, name),
        tool_input=json.loads(thought.tool_input).get(name, {}),
        tool_output=json.loads(thought.observation or "{}").get(name, {}),
        tool_parameters={},
        tool_icon=icons.get(name, ""),
    )
