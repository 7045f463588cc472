"""What the events of a run come to: what the blocking call would have answered."""

import base64

import pytest

from dify_sdk import (
    StreamInterruptedError,
    WorkflowFailedError,
)
from dify_sdk._folds import Fold, events_of
from dify_sdk.shared.runs import ChatReply, CompletionReply, WorkflowRun
from unit.events import (
    CHATFLOW,
    PING,
    RUN,
    agent_message,
    chat,
    completion,
    finished,
    form_required,
    made_file,
    message,
    message_end,
    node_finished,
    node_started,
    paused,
    reasoning,
    replaced,
    speech,
    started,
    text_chunk,
    text_replaced,
    thought,
    workflow,
)
from unit.twins import Server, all_of, close, got, next_of, on_trio_too, streamed

pytestmark = pytest.mark.anyio


class TestChat:
    @on_trio_too
    async def test_it_comes_to_what_the_blocking_call_answers(self, twin):
        stream = chat(twin, message("Hel"), message("lo"), message_end())

        reply = await got(stream.result())

        assert type(reply) is ChatReply
        assert (reply.answer, reply.mode, reply.event) == ("Hello", "chat", "message")
        assert (reply.task_id, reply.id, reply.message_id, reply.conversation_id, reply.created_at) == ("t-1", "m-1", "m-1", "c-1", 5)
        assert reply.metadata.usage.total_tokens == 7
        assert reply.run is None

    async def test_the_ids_are_known_from_the_first_event_on(self, twin):
        stream = chat(twin, message("Hel"), message_end())
        assert (stream.task_id, stream.message_id, stream.conversation_id, stream.workflow_run_id) == (None, None, None, None)

        await next_of(stream)

        assert (stream.task_id, stream.message_id, stream.conversation_id, stream.workflow_run_id) == ("t-1", "m-1", "c-1", None)
        assert (stream.partial.answer, stream.partial.created_at) == ("Hel", 5)
        assert repr(stream).endswith("of service.chat.stream: task_id=t-1, message_id=m-1, conversation_id=c-1>")
        await close(stream)

    async def test_a_replacement_takes_the_place_of_what_was_said(self, twin):
        stream = chat(twin, message("some"), message("thing bad"), replaced("I cannot say that."), message(" Sorry."), message_end())

        assert (await got(stream.result())).answer == "I cannot say that. Sorry."

    async def test_a_piece_may_come_under_the_name_of_a_file(self, twin):
        odd = {"event": "message_file", "id": "m-1", "answer": "lo", "from_variable_selector": []}

        reply = await got(chat(twin, message("Hel"), made_file(), odd, message_end()).result())

        assert reply.answer == "Hello"
        assert [one.id for one in reply.made_files] == ["file-1"]

    async def test_speech_is_collected_also_after_the_end(self, twin):
        pieces = [base64.b64encode(b"ab").decode(), base64.b64encode(b"c").decode()]
        stream = chat(twin, message("x"), speech(pieces[0]), message_end(), speech(pieces[1]), {"event": "tts_message_end", "audio": ""})

        reply = await got(stream.result())
        assert reply.audio == b"abc"
        assert "abc" not in repr(reply)

    @pytest.mark.parametrize("audio", ["a", "\u00fc\u00fc\u00fc\u00fc"])
    async def test_speech_that_cannot_be_read_is_left_to_the_events(self, twin, audio):
        stream = chat(twin, message("x"), speech(audio), message_end())

        assert (await all_of(stream))[1].audio == audio
        assert stream.partial.audio == b""

    async def test_the_files_of_the_end_are_the_files_of_the_reply(self, twin):
        files = [{"related_id": "r", "filename": "cat.png"}, {"dify_model_identity": "__dify__file__", "id": "g", "type": "image"}]

        reply = await got(chat(twin, message_end(files=files)).result())

        assert [type(one).__name__ for one in reply.files] == ["AnswerFile", "RunFile"]


class TestCompletion:
    async def test_it_comes_to_what_the_blocking_call_answers(self, twin):
        reply = await got(completion(twin, message("Hel"), message("lo"), message_end()).result())

        assert type(reply) is CompletionReply
        assert (reply.answer, reply.mode, reply.message_id, reply.metadata.usage.total_price) == ("Hello", "completion", "m-1", "0.001")


class TestAgent:
    async def test_thoughts_with_the_same_id_replace_each_other(self, twin):
        stream = chat(
            twin,
            thought("b", 2),
            thought("a", 1),
            thought("a", 1, "I need the weather", tool="weather", tool_input='{"city":"Oslo"}'),
            thought(
                "a", 1, "I need the weather", tool="weather", tool_input='{"city":"Oslo"}', observation="rain", message_files=["file-1"]
            ),
            made_file(),
            agent_message("It "),
            agent_message("rains."),
            thought("b", 2, "It rains."),
            message_end(),
        )

        reply = await got(stream.result())

        assert (reply.mode, reply.answer) == ("agent-chat", "It rains.")
        assert [(one.id, one.thought, one.tool, one.observation) for one in reply.thoughts] == [
            ("a", "I need the weather", "weather", "rain"),
            ("b", "It rains.", None, None),
        ]
        assert reply.thoughts[0].message_files == ["file-1"]
        assert reply.made_files[0].url == "http://files.test/1"

    @pytest.mark.parametrize("whole", ["It rains.", "Let me see. It rains."])
    async def test_a_new_agent_repeats_its_whole_answer_which_is_not_said_twice(self, twin, whole):
        stream = chat(twin, agent_message("Let me see. "), agent_message("It rains."), message(whole), message_end())

        assert (await got(stream.result())).answer == whole

    async def test_an_agent_that_answers_directly_is_heard(self, twin):
        stream = chat(twin, thought("a", 1), message("I know "), message("that."), message_end())

        assert (await got(stream.result())).answer == "I know that."


class TestChatflow:
    @pytest.mark.parametrize("order", ["message_end first", "workflow_finished first"])
    async def test_it_is_whole_in_either_order_of_its_ends(self, twin, order):
        ends = [message_end(), finished(CHATFLOW)]
        if order == "workflow_finished first":
            ends.reverse()
        stream = chat(twin, PING, started(CHATFLOW), node_started("n-1", CHATFLOW), message("Hel"), message("lo"), *ends)

        reply = await got(stream.result())

        assert (reply.answer, reply.mode, reply.workflow_run_id, reply.conversation_id) == ("Hello", "advanced-chat", RUN, "c-1")
        assert reply.metadata.usage.total_tokens == 7
        assert (reply.run.status, reply.run.outputs, reply.run.data.total_steps) == ("succeeded", {"answer": "whole"}, 2)
        assert reply.raise_for_status() is reply

    async def test_the_end_of_the_message_is_not_the_end_of_the_run(self, twin):
        with pytest.raises(StreamInterruptedError):
            await got(chat(twin, started(CHATFLOW), message("x"), message_end()).result())

    async def test_an_answer_that_was_not_streamed_is_found_in_the_outputs(self, twin):
        assert (await got(chat(twin, started(CHATFLOW), finished(CHATFLOW)).result())).answer == "whole"

    async def test_a_run_that_failed_is_an_answer_that_complains_when_asked(self, twin):
        failed = finished(CHATFLOW, status="failed", outputs=None, error="node broke")

        reply = await got(chat(twin, started(CHATFLOW), message("half"), failed).result())

        assert (reply.answer, reply.run.status) == ("half", "failed")
        with pytest.raises(WorkflowFailedError, match="node broke") as caught:
            reply.raise_for_status()
        assert caught.value.run is reply.run

    async def test_an_answer_given_without_a_run_is_good_although_the_server_makes_up_a_failed_one(self, twin):
        """A ready answer, or moderation, ends the message before a run begins; some servers then add a pair of records."""
        made_up = [started({"workflow_run_id": RUN}), finished({"workflow_run_id": RUN}, status="failed", error="no terminal event")]

        reply = await got(chat(twin, message("Ready."), message_end(), *made_up).result())

        assert reply.answer == "Ready."
        assert reply.raise_for_status() is reply

    async def test_a_pause_tells_the_forms_it_waits_for(self, twin):
        reply = await got(chat(twin, started(CHATFLOW), message("Wait: "), form_required(CHATFLOW), paused(CHATFLOW)).result())

        assert reply.paused
        assert [form.form_token for form in reply.forms] == ["token"]
        assert (reply.data.status, reply.data.answer, reply.data.workflow_run_id, reply.data.paused_nodes) == (
            "paused",
            "Wait: ",
            RUN,
            ["n"],
        )
        assert reply.raise_for_status() is reply

    async def test_thinking_is_no_part_of_the_answer(self, twin):
        stream = chat(twin, started(CHATFLOW), reasoning("Hmm.", CHATFLOW), message("Yes."), message_end(), finished(CHATFLOW))

        assert (await got(stream.result())).answer == "Yes."


class TestWorkflow:
    @on_trio_too
    async def test_it_comes_to_what_the_blocking_call_answers(self, twin):
        stream = workflow(twin, PING, started(), node_started("n-1"), text_chunk("Hel"), text_chunk("lo"), node_finished("n-1"), finished())

        run = await got(stream.result())

        assert type(run) is WorkflowRun
        assert (run.task_id, run.workflow_run_id, run.status, run.outputs, run.error) == (
            "t-1",
            RUN,
            "succeeded",
            {"answer": "whole"},
            None,
        )
        assert (run.data.elapsed_time, run.data.total_tokens, run.data.finished_at) == (1.5, 7, 6)
        assert run.text == "Hello"
        assert run.raise_for_status() is run

    async def test_a_replacement_takes_the_place_of_the_text(self, twin):
        run = await got(workflow(twin, started(), text_chunk("bad"), text_replaced("good"), text_chunk("!"), finished()).result())

        assert run.text == "good!"

    @pytest.mark.parametrize(("status", "words"), [("failed", "failed: boom"), ("stopped", "was stopped: boom")])
    async def test_a_run_that_did_not_succeed_is_an_answer_that_complains_when_asked(self, twin, status, words):
        run = await got(workflow(twin, started(), finished(status=status, error="boom")).result())

        assert (run.status, run.error) == (status, "boom")
        with pytest.raises(WorkflowFailedError, match=words):
            run.raise_for_status()

    async def test_a_run_that_succeeded_in_part_does_not_complain(self, twin):
        run = await got(workflow(twin, started(), finished(status="partial-succeeded", exceptions_count=1)).result())

        assert (run.raise_for_status().status, run.data.exceptions_count) == ("partial-succeeded", 1)

    async def test_a_pause_tells_the_forms_it_waits_for(self, twin):
        run = await got(workflow(twin, started(), form_required(), paused()).result())

        assert run.raise_for_status().status == "paused"
        assert [(form.form_id, form.form_token) for form in run.forms] == [("form-1", "token")]
        assert run.data.workflow_id == "flow"

    async def test_before_its_end_it_is_running(self, twin):
        stream = workflow(twin, started(), finished())

        await next_of(stream)

        assert (stream.partial.status, stream.workflow_run_id, stream.task_id) == ("running", RUN, "t-1")
        await close(stream)

    async def test_a_run_that_is_over_is_followed_to_its_only_event(self, twin):
        run = await got(twin.client(Server(streamed(finished()))).workflows.events(RUN).result())

        assert (run.status, run.workflow_run_id) == ("succeeded", RUN)

    async def test_of_a_chatflow_that_is_followed_the_text_is_its_answer(self, twin):
        server = Server(streamed(started(CHATFLOW), replaced("So far"), message(" and on"), message_end(), finished(CHATFLOW)))

        assert (await got(twin.client(server).workflows.events(RUN).result())).text == "So far and on"


def test_a_fold_must_name_its_events():
    class Nameless(Fold):
        pass

    with pytest.raises(TypeError, match="Nameless does not name its event type"):
        events_of(Nameless)


def test_a_fold_may_know_a_single_event():
    class Single(Fold[int, str]):
        pass

    assert events_of(Single).validate_python(5) == 5
