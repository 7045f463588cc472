"""Stories of models, tools and voices that plugins and agents use."""

from __future__ import annotations

from typing import Any

import pytest

from dify_mock.contract.place import Place
from dify_sdk.errors import InternalServerError, RateLimitError

MODEL = {"provider": "stubber/stubai/stubai", "model": "stub-chat"}


def said(text: str) -> list[Any]:
    return [{"role": "system", "content": "You are a stub."}, {"role": "user", "content": text}]


def test_a_model_answers_piece_by_piece(place: Place, caller: dict[str, str]) -> None:
    with place.inner().invoke.stream_llm(**caller, **MODEL, mode="chat", prompt_messages=said("Hi")) as stream:
        assert list(stream.text_deltas()) == ["Hello ", "from ", "the ", "stub. ", "You ", "said: ", "Hi"]
        result = stream.result()
    assert (result.model, result.text, result.finish_reason) == ("stub-chat", "Hello from the stub. You said: Hi", "stop")
    assert result.usage is not None
    assert result.usage.completion_tokens == 7


def test_a_model_answers_in_one_piece(place: Place, caller: dict[str, str]) -> None:
    parts = [{"role": "user", "content": [{"type": "text", "data": "Hi"}]}]
    with place.inner().invoke.stream_llm(**caller, **MODEL, mode="chat", prompt_messages=parts, stream=False) as stream:
        assert list(stream.text_deltas()) == ["Hello from the stub. You said: Hi"]


@pytest.mark.parametrize(("stop", "text"), [(["You"], "Hello from the stub. "), (["ub", "zz"], "Hello from the st"), (["zz"], None)])
def test_a_text_ends_the_answer(place: Place, caller: dict[str, str], stop: list[str], text: str | None) -> None:
    told = place.inner().invoke.llm(**caller, **MODEL, mode="chat", prompt_messages=said("Hi"), stop=stop)
    assert told.text == (text or "Hello from the stub. You said: Hi")


def test_a_model_that_fails_says_so_in_the_stream(place: Place, caller: dict[str, str]) -> None:
    client = place.inner()
    with pytest.raises(InternalServerError, match="Incorrect API key provided"):
        client.invoke.llm(**caller, **MODEL, mode="chat", prompt_messages=said("[[auth]]"))
    with client.invoke.stream_llm(**caller, **MODEL, mode="chat", prompt_messages=said("[[fail-mid]]")) as stream:
        pieces: list[str] = []
        with pytest.raises(InternalServerError, match="went away"):
            pieces.extend(stream.text_deltas())


def test_a_model_keeps_to_a_schema(place: Place, caller: dict[str, str]) -> None:
    schema = {"type": "object", "properties": {"name": {"type": "string"}, "tags": {"type": "array", "items": {"enum": ["a", "b"]}}}}
    told = place.inner().invoke.llm_structured_output(
        **caller, **MODEL, mode="chat", prompt_messages=said("x"), structured_output_schema=schema
    )
    assert told.structured_output == {"name": "sample", "tags": ["a"]}


def agent(place: Place) -> dict[str, Any]:
    world = place.mock.world
    ids = {"tenant_id": world.workspace_id, "user_id": "ann", "app_id": world.first_app("agent-chat").id}
    about = {"invocation_id": "i1", "agent_run_id": "r1", "call_index": 0, "user_from": "end-user", "invoke_from": "service-api"}
    return {**ids, **about, "agent_mode": "agent_app"}


def test_an_agent_asks_a_model(place: Place) -> None:
    told = place.inner().invoke.agent_llm(caller=agent(place), target={**MODEL, "prompt_messages": said("Hi")})
    assert (told.text, told.finish_reason) == ("Hello from the stub. You said: Hi", "stop")


def test_an_agent_is_told_what_is_wrong(place: Place) -> None:
    client = place.inner()
    with pytest.raises(RateLimitError, match="forced"):
        client.invoke.agent_llm(caller=agent(place), target={**MODEL, "prompt_messages": said("[[rate]]")})
    with pytest.raises(InternalServerError, match="Incorrect API key"):
        client.invoke.agent_llm(caller=agent(place), target={**MODEL, "prompt_messages": said("[[auth]]")})


def test_a_tool_is_called(place: Place, caller: dict[str, str]) -> None:
    client = place.inner()
    tool: dict[str, Any] = {"tool_type": "builtin", "provider": "stubber/stubtool/stubtool"}
    assert client.invoke.tool(**caller, **tool, tool="current_time", tool_parameters={}).text == "2026-01-05"
    with pytest.raises(InternalServerError, match="boom"):
        client.invoke.tool(**caller, **tool, tool="boom", tool_parameters={})
    with pytest.raises(InternalServerError, match="tool nothing not found"):
        client.invoke.tool(**caller, **tool, tool="nothing", tool_parameters={})


def test_what_is_spoken_comes_in_pieces(place: Place, caller: dict[str, str]) -> None:
    client = place.inner()
    with client.invoke.stream_tts(**caller, **MODEL, content_text="Hello", voice="nova") as stream:
        pieces = [one.audio for one in stream]
    assert len(pieces) > 1
    whole = client.invoke.tts(**caller, **MODEL, content_text="Hello", voice="nova").audio
    assert (b"".join(pieces), whole[-4:]) == (whole, b"nova")


def test_what_is_said_is_written_down(place: Place, caller: dict[str, str]) -> None:
    client = place.inner()
    assert client.invoke.speech2text(**caller, **MODEL, file=b"sound".hex()).data.result == "this is the transcribed text"
    with pytest.raises(InternalServerError, match="non-hexadecimal"):
        client.invoke.speech2text(**caller, **MODEL, file="sound")


def test_texts_are_put_in_order(place: Place, caller: dict[str, str]) -> None:
    texts = ["Foxes sleep in dens.", "Owls hunt at night.", "Owls hunt."]
    asked = {"query": "Owls hunt", "docs": texts}
    found = place.inner().invoke.rerank(**caller, **MODEL, **asked, score_threshold=0.1, top_n=1).data.docs
    assert [(one.index, one.text) for one in found] == [(2, "Owls hunt.")]
