"""MCP: what travels, under the names that the protocol gives it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from .._models import Failing, Model
from ..errors import APIError, MCPError


class ErrorData(Model):
    """What went wrong."""

    code: int
    message: str = ""
    data: Any = None


class JSONRPCMessage(Failing):
    """An answer of the protocol; an error in it is raised."""

    jsonrpc: Literal["2.0"] = "2.0"
    id: str | int | None = None
    result: dict[str, Any] | None = None
    error: ErrorData | None = None

    @property
    def failure(self) -> APIError | None:
        told = self.error
        return MCPError(told.message, code=told.code, data=told.data) if told else None


class Implementation(Model):
    """A program that speaks the protocol."""

    name: str = ""
    version: str = ""


class InitializeResult(Model):
    """What the server is and can do."""

    protocolVersion: str = ""
    capabilities: dict[str, Any] = {}
    serverInfo: Implementation = Field(default_factory=Implementation)
    instructions: str | None = None


class Tool(Model):
    """A tool: an app, with a JSON schema of its inputs."""

    name: str
    description: str | None = None
    inputSchema: dict[str, Any] = {}


class ListToolsResult(Model):
    """The tools of a server: one, its app."""

    tools: list[Tool]
    nextCursor: str | None = None


class Content(Model):
    """A piece of a tool's answer."""

    type: Literal["text", "image", "resource"] | str = "text"
    text: str | None = None
    data: str | None = None
    mimeType: str | None = None


class CallToolResult(Model):
    """A tool's answer."""

    content: list[Content] = []
    structuredContent: dict[str, Any] | None = None
    isError: bool = False

    @property
    def text(self) -> str:
        """The texts of the answer, one after the other."""
        return "".join(one.text or "" for one in self.content if one.type == "text")
