"""The registry against the route table, both ways: what the server has is declared, and nothing else is.

Every list of exceptions gives its reasons and may only shrink: an entry that excuses nothing fails.
"""

import ast
import inspect
import textwrap
from functools import reduce

import pytest

from contract.declared import EXCLUDED, UNDECLARED, is_undeclared
from dify_mock.contract.upstream import operations, table
from dify_sdk import _registry
from dify_sdk._endpoint import Download, Paged, Relayed, Streamed
from dify_sdk._plan import PLACEHOLDER

# Fields that a client may send though the table has none of that name.
EXTRA = {
    ("service.chat.send", "parent_message_id"): "recorded servers take it, and answer in the branch it names",
}
# Fields that the table has and a client does not let a caller give.
MISSING = {"response_mode": "the method that is called says it: `send` or `stream`"}
# Operations of which an attempt may do what the verb does not say.
ACTING = {
    "service.messages.suggested": "asks the model, which costs tokens",
    "web.messages.suggested": "the same",
    "web.messages.more_like_this": "runs the app again",
    "web.messages.stream_more_like_this": "the same",
    **{
        f"triggers.{area}.{verb}": "starts a workflow"
        for area in ("webhooks", "debug_webhooks", "plugins")
        for verb in ("get", "put", "delete")
    },
}
# Fields that the table calls optional, and the client asks for.
STRICTER = {}
# Fields that the table calls required, and the client does not ask for.
LOOSER = {}

RELEASES = ("1.8", "1.13", "1.16")
KEYS = {
    "app_api_key": "app",
    "dataset_api_key": "dataset",
    "file_signature": "none",
    "mcp_server_code": "none",
    "none": "none",
    "console_session": "session",
    "console_bearer_admin": "admin",
    "inner_api_key": "inner",
    "openapi_oauth": "token",
    "web_login": "known",
    "web_passport": "passport",
}
# Operations that are open to everybody, and answer more to one who shows who they are.
SHOWING = {
    "console.logout": "known",
    "console.refresh_token": "known",
    "console.setup.create_admin": "known",
    "console.setup.validate_init_password": "known",
    "web.login_status": "known",
    "web.logout": "known",
    "web.passport.get": "code",
}
PAGED = {
    "page": {"page", "limit"},
    "cursor_last_id": {"last_id", "limit"},
    "cursor_first_id": {"first_id", "limit"},
}

EVERY = list(_registry.every())
DOCUMENTED = [one for one in EVERY if one.declaration.route.documented]
DECLARED = [one for one in EVERY if one not in DOCUMENTED and not one.declaration.route.anywhere]


def over(operations):
    return pytest.mark.parametrize("operation", operations, ids=lambda one: one.declaration.id)


each = over(DECLARED)
each_table = pytest.mark.parametrize("tier", table())


def facts(operation):
    found = operations(operation.tier.name).get(operation.contract_id)
    assert found, f"the route table has no {operation.contract_id}"
    return found


@each_table
def test_every_operation_of_the_table_is_declared(tier):
    expected = {one for one in operations(tier) if not is_undeclared(tier, one) and (tier, one) not in EXCLUDED}
    declared = {one.contract_id for one in DECLARED if one.tier.name == tier}
    missing = expected - declared - {one.path for one in (_registry.flows(tier) if tier in _registry.tiers() else ())}
    assert not missing


@pytest.mark.parametrize(("tier", "prefix"), [(tier, prefix) for tier, prefixes in UNDECLARED.items() for prefix in prefixes])
def test_the_list_of_what_is_not_declared_only_shrinks(tier, prefix):
    assert any(one.startswith(prefix) for one in operations(tier)), "it excuses nothing"
    assert not [one.path for one in DECLARED if one.tier.name == tier and one.path.startswith(prefix)], "some of it is declared"


def test_every_declaration_has_its_own_id():
    ids = [one.declaration.id for one in EVERY]
    assert len(ids) == len(set(ids))


@over(DOCUMENTED)
def test_no_release_has_what_only_the_documents_have(operation):
    path = PLACEHOLDER.sub("{}", operation.url_path)
    ways = {(one["method"], PLACEHOLDER.sub("{}", one["path"])) for told in table().values() for one in told}
    assert (operation.declaration.route.verb, path) not in ways
    assert operation.contract_id not in operations(operation.tier.name)


@over(EVERY)
def test_the_id_is_the_attribute_path_on_the_client(operation):
    declaration = operation.declaration
    assert declaration.id == f"{operation.tier.name}.{operation.path}"
    for client in operation.tier.clients:
        method = reduce(getattr, operation.path.split("."), object.__new__(client))
        assert method.__qualname__ == declaration.function.__qualname__
        assert inspect.signature(method) == declaration.plan.signature


@over(EVERY)
def test_the_body_is_a_docstring_and_dots(operation):
    tree = ast.parse(textwrap.dedent(inspect.getsource(operation.declaration.function)))
    docstring, *rest = tree.body[0].body
    assert isinstance(docstring, ast.Expr) and isinstance(docstring.value.value, str)
    assert [ast.unparse(one) for one in rest] == ["..."]


@over(EVERY)
def test_the_signature_and_the_reply_can_be_read(operation):
    declaration = operation.declaration
    assert declaration.plan.signature
    assert isinstance(declaration, (Download, Relayed)) or declaration.adapter.validator


@each
def test_method_and_path(operation):
    told = facts(operation)

    def placeholder(found):
        converter = told["params"][found[1]]
        return f"{{{found[1]}:{converter}}}" if converter else found[0]

    assert (operation.declaration.route.verb, operation.url_path) == (told["method"], PLACEHOLDER.sub(placeholder, told["path"]))


def names(operation, *places):
    return {one.wire for one in operation.declaration.plan.arguments.values() if one.place in places}


def extra(operation):
    return {name for id_, name in EXTRA if id_ == f"{operation.tier.name}.{operation.contract_id}"}


@each
def test_names_in_the_query(operation):
    told = facts(operation)
    body = told.get("body", {})
    in_body = body.get("fields", body.get("parts", {}))
    assert names(operation, "query") == told.get("query", {}).keys() - in_body.keys() - MISSING.keys()


@each
def test_names_in_the_body(operation):
    body = facts(operation).get("body", {})
    known = body.get("fields", body.get("parts", {})).keys() - MISSING.keys()
    assert names(operation, "json", "form", "file") == known | extra(operation)
    assert names(operation, "file") == set(body.get("files", ()))
    assert operation.declaration.plan.multipart == ("parts" in body)


@each
def test_what_is_required(operation):
    told = facts(operation)
    body = told.get("body", {})
    required = {**told.get("query", {}), **body.get("fields", body.get("parts", {}))}
    plan = operation.declaration.plan
    id_ = f"{operation.tier.name}.{operation.contract_id}"
    for argument in plan.arguments.values():
        if argument.place in {"path", "header", "whole"} or (id_, argument.wire) in EXTRA:
            continue
        asked_for = argument.default is inspect.Parameter.empty or argument.name in plan.always
        asked_for = asked_for or bool(argument.from_client and argument.from_client.required)
        where = STRICTER if asked_for else LOOSER
        assert asked_for == required[argument.wire] or (id_, argument.wire) in where, argument.wire


@each
def test_status_and_kind_of_the_reply(operation):
    success, declaration = facts(operation)["success"], operation.declaration
    assert str(declaration.route.status) in success
    media_types = success[str(declaration.route.status)]
    if isinstance(declaration, Streamed):
        assert "text/event-stream" in media_types
    elif isinstance(declaration, Download):
        assert [one for one in media_types if one != "application/json"]
    elif isinstance(declaration, Relayed):
        assert set(media_types) <= {"*/*", "application/json"}
    elif declaration.route.status in {204, 302}:
        assert declaration.plan.result is type(None)
    else:
        assert "application/json" in media_types


@each
def test_kind_of_key(operation):
    assert operation.declaration.key == SHOWING.get(operation.declaration.id, KEYS[facts(operation)["auth"]])


@each
def test_what_may_be_sent_twice(operation):
    told, route = facts(operation), operation.declaration.route
    by_verb = told["method"] in {"GET", "PUT", "DELETE"}
    if operation.declaration.id in ACTING:
        assert not route.repeatable
        assert by_verb, "the table knows"
    else:
        assert route.repeatable == told.get("safe_to_retry", by_verb)


@each
def test_how_a_list_goes_on(operation):
    paging, declaration = facts(operation).get("paging", "none"), operation.declaration
    if paging in PAGED:
        assert isinstance(declaration, Paged)
        assert names(operation, "query") >= PAGED[paging]
    else:
        assert not isinstance(declaration, Paged)


@each
def test_names_of_streaming_methods(operation):
    """A method named so streams, and no other; an operation that can do both has both methods."""
    name = operation.path.rpartition(".")[2]
    named_so = name == "stream" or name.startswith("stream_") or name == "events" or name.endswith("_events")
    assert isinstance(operation.declaration, Streamed) == named_so
    if facts(operation).get("streaming") and not named_so:
        twin = "stream" if name in {"send", "run"} else f"stream_{name}"
        same = [one for one in DECLARED if (one.tier, one.contract_id) == (operation.tier, operation.contract_id)]
        twins = [one for one in same if one.declaration is not operation.declaration]
        assert [one.path.rpartition(".")[2] for one in twins] == [twin]


@each
def test_since_which_release(operation):
    """Not later than the first release that was seen to have it, and later than the last one that was seen not to."""
    first = facts(operation)["seen_in"][0]
    before = [one for one in RELEASES if number(one) < number(first)]
    assert (number(before[-1]) if before else (0,)) < number(operation.declaration.route.since) <= number(first)


def number(release):
    return tuple(map(int, release.split(".")))


def test_exceptions_are_needed():
    by_id = {one.declaration.id: one for one in DECLARED}
    for id_, name in EXTRA:
        told = facts(by_id[id_])
        assert name not in {**told.get("query", {}), **told.get("body", {}).get("fields", {})}, (id_, name)
    assert ACTING.keys() | SHOWING.keys() <= by_id.keys()
