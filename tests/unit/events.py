"""Events of made-up runs, as a server writes them, and streams of them."""

from unit.twins import Server, streamed

RUN = "w-1"
CHAT = {"task_id": "t-1", "message_id": "m-1", "conversation_id": "c-1", "created_at": 5}
COMPLETION = {"task_id": "t-1", "message_id": "m-1", "created_at": 5}
WORKFLOW = {"task_id": "t-1", "workflow_run_id": RUN}
CHATFLOW = CHAT | WORKFLOW
USAGE = {"total_tokens": 7, "total_price": "0.001", "currency": "USD"}
FORM = {"TYPE": "human_input_required", "form_id": "form-1", "form_token": "token", "node_id": "n", "inputs": [], "actions": []}


def message(text, **more):
    return {"event": "message", "id": "m-1", "answer": text} | CHAT | more


def agent_message(text):
    return {"event": "agent_message", "id": "m-1", "answer": text} | CHAT


def thought(identity, position, text="", **more):
    return {"event": "agent_thought", "id": identity, "position": position, "thought": text} | CHAT | more


def message_end(**more):
    return {"event": "message_end", "id": "m-1", "metadata": {"usage": USAGE, "retriever_resources": []}} | CHAT | more


def replaced(text):
    return {"event": "message_replace", "answer": text, "reason": ""} | CHAT


def made_file(**more):
    return {"event": "message_file", "id": "file-1", "type": "image", "belongs_to": "assistant", "url": "http://files.test/1"} | CHAT | more


def speech(audio):
    return {"event": "tts_message", "audio": audio} | CHAT


def error(code, status, text="it failed", **more):
    return {"event": "error", "code": code, "status": status, "message": text} | more


def started(wrapper=WORKFLOW, **more):
    return {
        "event": "workflow_started",
        "data": {"id": RUN, "workflow_id": "flow", "inputs": {}, "created_at": 5, "reason": "initial"} | more,
    } | wrapper


def finished(wrapper=WORKFLOW, status="succeeded", **more):
    data = {"id": RUN, "workflow_id": "flow", "status": status, "outputs": {"answer": "whole"}, "error": None, "elapsed_time": 1.5}
    return {
        "event": "workflow_finished",
        "data": data | {"total_tokens": 7, "total_steps": 2, "created_at": 5, "finished_at": 6} | more,
    } | wrapper


def paused(wrapper=WORKFLOW):
    data = {
        "workflow_run_id": RUN,
        "paused_nodes": ["n"],
        "outputs": {},
        "reasons": [FORM],
        "status": "paused",
        "elapsed_time": 0.5,
        "total_steps": 2,
    }
    return {"event": "workflow_paused", "data": data} | wrapper


def form_required(wrapper=WORKFLOW):
    return {"event": "human_input_required", "data": {name: value for name, value in FORM.items() if name != "TYPE"}} | wrapper


def node_started(identity, wrapper=WORKFLOW):
    return {"event": "node_started", "data": {"id": identity, "node_id": "n", "node_type": "llm", "title": "LLM"}} | wrapper


def node_finished(identity, wrapper=WORKFLOW):
    return {"event": "node_finished", "data": {"id": identity, "node_id": "n", "status": "succeeded", "outputs": {"text": "x"}}} | wrapper


def text_chunk(text):
    return {"event": "text_chunk", "data": {"text": text, "from_variable_selector": ["n", "text"]}} | WORKFLOW


def text_replaced(text):
    return {"event": "text_replace", "data": {"text": text}} | WORKFLOW


def reasoning(text, wrapper=WORKFLOW):
    return {"event": "reasoning_chunk", "data": {"reasoning": text, "node_id": "n", "is_final": False}} | wrapper


PING = "event: ping\n\n"


def chat(twin, *pieces, **settings):
    return twin.client(Server(streamed(*pieces)), **settings).chat.stream(query="hi")


def completion(twin, *pieces, **settings):
    return twin.client(Server(streamed(*pieces)), **settings).completion.stream()


def workflow(twin, *pieces, **settings):
    return twin.client(Server(streamed(*pieces)), **settings).workflows.stream()


def kinds(events):
    return [event.event for event in events]
