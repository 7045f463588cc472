"""Stories of apps in the console: made, changed, copied, converted, and gone from everywhere."""

from __future__ import annotations

import pytest

from dify_mock.contract.place import Place, reach
from dify_mock.graphs import graph, webhook
from dify_mock.seed import put_text
from dify_mock.state import Mode
from dify_mock.workflow.publishing import publish
from dify_sdk.console.app_details import AppDetailWithSite
from dify_sdk.errors import (
    AuthenticationError,
    BadRequestError,
    InternalServerError,
    InvalidParamError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ResponseValidationError,
    UnprocessableEntityError,
)

UNKNOWN = "66339d0e-c3f9-4ac1-bb56-e7ab511fd5a2"
MODES: tuple[Mode, ...] = ("chat", "completion", "agent-chat", "advanced-chat", "workflow")
FLOWS: tuple[Mode, ...] = ("advanced-chat", "workflow")


def key_of(place: Place, app: AppDetailWithSite) -> str:
    return place.console().apps.api_keys.create(app.id).token


@pytest.mark.parametrize("mode", MODES)
def test_an_app_is_made_as_it_is_told(place: Place, mode: Mode) -> None:
    apps = place.console().apps
    made = apps.create(name="Ours", mode=mode, description="For us", icon_type="emoji", icon="🦉", icon_background="#000000")
    told = apps.get(made.id)
    assert told == made
    assert (told.name, told.mode, told.description) == ("Ours", mode, "For us")
    assert (told.icon_type, told.icon, told.icon_background) == ("emoji", "🦉", "#000000")
    assert told.enable_api and told.enable_site
    assert told.created_by == told.updated_by == told.maintainer == place.mock.world.owner_id
    assert told.site and (told.site.title, told.site.icon, told.site.code) == ("Ours", "🦉", told.site.access_token)
    assert told.permission_keys and "app.acl.delete" in told.permission_keys
    assert (told.model_config_ is None) == (mode in FLOWS)
    assert told.workflow is None


def test_an_app_that_is_made_chats_at_once(place: Place) -> None:
    apps = place.console().apps
    made = apps.create(name="At once", mode="chat")
    service = place.service_with(apps.api_keys.create(made.id).token)
    assert service.chat.send(query="Hello").answer
    assert service.app.info().name == "At once"
    assert made.site and made.site.code
    web = place.web_with(made.site.code)
    assert web.app.site().site
    assert web.chat.send(query="Hello").answer


def test_an_app_that_completes_takes_a_query_at_once(place: Place) -> None:
    made = place.console().apps.create(name="At once", mode="completion")
    assert place.service_with(key_of(place, made)).completion.send(inputs={"query": "Hello"}).answer


@pytest.mark.parametrize("mode", FLOWS)
def test_an_app_without_a_workflow_does_nothing_yet(place: Place, mode: Mode) -> None:
    service = place.service_with(key_of(place, place.console().apps.create(name="Empty", mode=mode)))
    with pytest.raises(BadRequestError):
        service.app.parameters()


def test_an_app_is_seen_by_the_programs_of_its_owner(place: Place) -> None:
    made = place.console().apps.create(name="For programs", mode="chat")
    assert place.openapi().apps.get(made.id).info
    assert made.id in [one.id for one in place.openapi().apps.list(workspace_id=place.mock.world.workspace_id)]


@pytest.mark.parametrize(
    "wrong", [{"mode": "magic"}, {"name": ""}, {"description": "d" * 401}, {"icon_type": "photo"}], ids=lambda wrong: next(iter(wrong))
)
@pytest.mark.profiles("dify", reason="the documents have one form for all arguments that do not fit")
def test_an_app_that_cannot_be_is_not_made(place: Place, wrong: dict[str, str]) -> None:
    apps = place.console().apps
    with pytest.raises(UnprocessableEntityError) as refused:
        apps.create(**{"name": "x", "mode": "chat", **wrong})  # type: ignore[arg-type]  # wrong on purpose
    assert list(refused.value.params) == list(wrong)
    assert "x" not in [one.name for one in apps.list()]


def test_a_plan_without_room_for_apps_takes_none(place: Place) -> None:
    client, workspace = place.console(), place.mock.world.accounts.workspaces[place.mock.world.workspace_id]
    workspace.quotas["apps"] = 6
    made = client.apps.create(name="The last one", mode="chat")
    dsl = client.apps.export_dsl(made.id).data
    told = client.features.get().apps
    assert told and (told.size, told.limit) == (6, 6)
    for attempt in (
        lambda: client.apps.create(name="One too many", mode="chat"),
        lambda: client.apps.import_dsl(mode="yaml-content", yaml_content=dsl),
    ):
        with pytest.raises((PermissionDeniedError, RateLimitError), match="apps"):
            attempt()
    client.apps.delete(made.id)
    assert client.apps.import_dsl(mode="yaml-content", yaml_content=dsl).app_id


def test_what_is_not_given_is_emptied_by_a_change(place: Place) -> None:
    apps = place.console().apps
    made = apps.create(name="Before", mode="chat", description="Old", icon_type="link", icon="http://x/y.png")
    place.mock.clock.advance(10)
    changed = apps.update(made.id, name="After", use_icon_as_answer_icon=True)
    assert (changed.name, changed.description, changed.icon, changed.icon_type) == ("After", "", "", "link")
    assert (changed.use_icon_as_answer_icon, changed.max_active_requests) == (True, 0)
    assert changed.updated_at == (made.updated_at or 0) + 10
    read = apps.get(made.id)
    assert (read.name, read.site and read.site.title) == ("After", "Before"), "the page keeps its own title"


def test_an_app_can_be_told_how_much_it_does_at_once(place: Place) -> None:
    apps = place.console().apps
    made = apps.create(name="Limited", mode="chat")
    apps.update(made.id, name="Limited", max_active_requests=1)
    service = place.service_with(key_of(place, made))
    with service.chat.stream(query="[[slow]]") as stream:
        reach(stream, "message")
        with pytest.raises(InvalidParamError, match="Too many requests"):
            service.chat.send(query="Hello")


def test_an_app_gets_another_name_and_icon(place: Place) -> None:
    apps = place.console().apps
    made = apps.create(name="Before", mode="workflow")
    assert apps.rename(made.id, name="After").name == "After"
    shown = apps.set_icon(made.id, icon="🦊", icon_type="emoji", icon_background="#123456")
    assert (shown.icon, shown.icon_background) == ("🦊", "#123456")
    read = apps.get(made.id)
    assert (read.name, read.icon, read.icon_background) == ("After", "🦊", "#123456")


def test_an_app_that_is_closed_lets_no_key_in(place: Place) -> None:
    apps = place.console().apps
    made = apps.create(name="Closed", mode="chat")
    service = place.service_with(key_of(place, made))
    assert apps.set_api_enabled(made.id, enable_api=False).enable_api is False
    with pytest.raises(PermissionDeniedError):
        service.chat.send(query="Hello")
    assert apps.set_api_enabled(made.id, enable_api=True).enable_api is True
    assert service.chat.send(query="Hello").answer


def test_a_copy_goes_its_own_way(place: Place) -> None:
    apps = place.console().apps
    first = place.mock.world.first_app("chat")
    copied = apps.copy(first.id, name="Copied")
    source = apps.get(first.id)
    assert copied.id != source.id
    assert (copied.name, copied.description, copied.icon) == ("Copied", source.description, source.icon)
    assert copied.model_config_ and source.model_config_
    assert copied.model_config_.user_input_form == source.model_config_.user_input_form
    assert copied.site and source.site and copied.site.code != source.site.code
    service = place.service_with(key_of(place, copied))
    assert service.app.parameters().opening_statement == place.service().app.parameters().opening_statement
    apps.set_model_config(copied.id, model={"provider": "stubber/stubai/stubai", "name": "stub-chat"}, opening_statement="Another")
    assert service.app.parameters().opening_statement == "Another"
    assert place.service().app.parameters().opening_statement == "Hi {{name}}, welcome."
    apps.delete(first.id)
    assert service.chat.send(query="Still here").answer


def test_a_copy_that_waits_names_what_is_to_be_confirmed(place: Place) -> None:
    waiting = {"id": UNKNOWN, "status": "pending", "current_dsl_version": "0.6.0", "imported_dsl_version": "0.7.0"}
    place.mock.faults.refuse(202, waiting, on="apps.copy")
    with pytest.raises(ResponseValidationError, match=f"confirm the import {UNKNOWN}") as waits:
        place.console().apps.copy(place.mock.world.first_app("chat").id)
    assert waits.value.body == waiting


def test_a_copy_of_a_workflow_is_a_draft_of_it(place: Place) -> None:
    world = place.mock.world
    first = world.first_app("workflow")
    copied = place.console().apps.copy(first.id)
    assert (copied.name, copied.workflow) == (first.name, None)
    draft = world.apps[copied.id].draft
    assert draft and first.workflow
    assert draft.graph == first.workflow.graph and draft.graph is not first.workflow.graph
    assert draft.features == first.workflow.features


def test_nothing_can_be_copied_of_an_app_without_a_workflow(place: Place) -> None:
    apps = place.console().apps
    with pytest.raises(NotFoundError):
        apps.copy(apps.create(name="Empty", mode="workflow").id)


def test_an_app_that_chats_becomes_a_chatflow(place: Place) -> None:
    apps, world = place.console().apps, place.mock.world
    dataset = next(iter(world.knowledge.datasets.values()))
    put_text(world, dataset, "Badgers", "Badgers dig their setts in woods.")
    source = apps.create(name="Talker", mode="chat")
    apps.set_model_config(
        source.id,
        model={"provider": "stubber/stubai/stubai", "name": "stub-vision"},
        pre_prompt="Talk to {{name}}.",
        opening_statement="Good day",
        retriever_resource={"enabled": True},
        user_input_form=[{"text-input": {"label": "Name", "variable": "name", "required": False}}],
        dataset_configs={"retrieval_model": "multiple", "datasets": {"datasets": [{"dataset": {"enabled": True, "id": dataset.id}}]}},
    )
    apps.set_icon(source.id, icon="🦉", icon_background="#123456")
    apps.set_api_enabled(source.id, enable_api=False)
    converted = apps.convert_to_workflow(source.id, icon="🦡")
    made = apps.get(converted.new_app_id)
    assert (made.icon_background, made.enable_api) == ("#123456", False), "what is not given is as in the first"
    apps.set_api_enabled(made.id, enable_api=True)
    assert (made.mode, made.name, made.icon, made.model_config_) == ("advanced-chat", "Talker(workflow)", "🦡", None)
    assert apps.get(source.id).mode == "chat", "the first one stays"
    app = world.apps[made.id]
    assert app.draft
    kinds = [node["data"]["type"] for node in app.draft.graph["nodes"]]
    assert kinds == ["start", "knowledge-retrieval", "llm", "answer"]
    app.published = app.draft.id
    service = place.service_with(key_of(place, made))
    assert service.app.parameters().opening_statement == "Good day"
    reply = service.chat.send(query="Where do badgers dig?", inputs={"name": "Ann"})
    assert reply.answer
    assert "Badgers" in [one.document_name for one in reply.metadata.retriever_resources]


def test_an_app_that_completes_becomes_a_workflow(place: Place) -> None:
    apps, world = place.console().apps, place.mock.world
    made = apps.get(apps.convert_to_workflow(world.first_app("completion").id, name="Converted").new_app_id)
    assert (made.mode, made.name) == ("workflow", "Converted")
    app = world.apps[made.id]
    assert app.draft
    app.published = app.draft.id
    run = place.service_with(key_of(place, made)).workflows.run(inputs={"query": "Hello"})
    assert run.data.outputs and "Hello" in run.data.outputs["result"]


@pytest.mark.parametrize("mode", [one for one in MODES if one not in {"chat", "completion"}])
def test_others_have_nothing_to_convert(place: Place, mode: Mode) -> None:
    with pytest.raises(NotFoundError):
        place.console().apps.convert_to_workflow(place.mock.world.first_app(mode).id)


def test_an_app_that_is_deleted_is_gone_everywhere(place: Place) -> None:
    console, world = place.console(), place.mock.world
    app = world.first_app("chat")
    service, web, mcp = place.service(), place.web(), place.mcp()
    label = console.tags.create(name="gone soon", type="app")
    console.tags.bind(tag_ids=[label.id], target_id=app.id, type="app")
    service.chat.send(query="Hello")
    web.chat.send(query="Hello")
    mcp.list_tools()
    console.apps.star(app.id)
    flow = world.first_app("advanced-chat")
    place.service("advanced-chat").chat.send(query="Hello")
    assert flow.id in {one.app_id for one in world.runs.values()}
    console.apps.delete(flow.id)
    assert console.apps.delete(app.id) is None
    with pytest.raises(NotFoundError):
        console.apps.get(app.id)
    assert app.id not in [one.id for one in console.apps.list()]
    assert console.apps.list_starred().data == []
    assert [one.binding_count for one in console.tags.list(type="app", keyword="gone soon")] == ["0"]
    with pytest.raises(AuthenticationError):
        service.chat.send(query="Hello")
    with pytest.raises(NotFoundError):
        web.app.site()
    with pytest.raises(NotFoundError):
        place.openapi().apps.get(app.id)
    with pytest.raises(InternalServerError):  # the tier's own word for a code that leads nowhere
        mcp.list_tools()
    left = (world.api_keys, world.end_users, world.conversations, world.messages, world.mcp_servers, world.runs)
    assert not [one for kept in left for one in kept.values() if one.app_id in {app.id, flow.id}]


def test_a_deleted_app_is_called_by_no_webhook(place: Place) -> None:
    world = place.mock.world
    made = place.console().apps.create(name="Hooked", mode="workflow")
    app = world.apps[made.id]
    publish(world, app, graph([webhook("hook-of-ours")]), {})
    assert place.triggers().webhooks.post("hook-of-ours", json={}).status_code == 200
    place.console().apps.delete(made.id)
    with pytest.raises(NotFoundError):
        place.triggers().webhooks.post("hook-of-ours", json={})


def test_what_is_not_there_is_not_found(place: Place) -> None:
    apps = place.console().apps
    for attempt in (
        lambda: apps.get(UNKNOWN),
        lambda: apps.delete(UNKNOWN),
        lambda: apps.update(UNKNOWN, name="x"),
        lambda: apps.rename(UNKNOWN, name="x"),
        lambda: apps.set_icon(UNKNOWN, icon="x"),
        lambda: apps.copy(UNKNOWN),
        lambda: apps.star(UNKNOWN),
        lambda: apps.publish_to_creators_platform(UNKNOWN),
    ):
        with pytest.raises(NotFoundError):
            attempt()


def test_an_app_of_another_workspace_is_not_there(place: Place) -> None:
    world = place.mock.world
    world.accounts.register("elsewhere@example.com", "a-password-1")
    apps = place.console_of("elsewhere@example.com", "a-password-1").apps
    assert apps.list().data == []
    with pytest.raises(NotFoundError):
        apps.get(world.first_app("chat").id)
    made = apps.create(name="Elsewhere", mode="chat")
    assert [one.id for one in apps.list()] == [made.id]
    assert made.id not in [one.id for one in place.console().apps.list()]


def test_whoever_only_uses_apps_changes_none(place: Place) -> None:
    app = place.mock.world.first_app("chat")
    apps = place.member("normal").apps
    assert apps.get(app.id).id == app.id
    for attempt in (
        lambda: apps.create(name="x", mode="chat"),
        lambda: apps.update(app.id, name="x"),
        lambda: apps.rename(app.id, name="x"),
        lambda: apps.set_icon(app.id, icon="x"),
        lambda: apps.copy(app.id),
        lambda: apps.convert_to_workflow(app.id),
        lambda: apps.delete(app.id),
        lambda: apps.publish_to_creators_platform(app.id),
    ):
        with pytest.raises(PermissionDeniedError):
            attempt()
    assert apps.get(app.id).name == "Demo Chat"


def test_an_editor_makes_apps_and_does_not_close_them(place: Place) -> None:
    apps = place.member("editor").apps
    made = apps.create(name="Theirs", mode="chat")
    assert made.created_by != place.mock.world.owner_id
    with pytest.raises(PermissionDeniedError):
        apps.set_api_enabled(made.id, enable_api=False)
    assert place.member("admin").apps.set_api_enabled(made.id, enable_api=False).enable_api is False


def test_an_app_is_handed_to_the_platform_of_templates(place: Place) -> None:
    apps = place.console().apps
    assert apps.publish_to_creators_platform(place.mock.world.first_app("chat").id).redirect_url
