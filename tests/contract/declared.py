"""What is not declared yet. The lists may only shrink: `test_registry.py` fails where an entry excuses nothing."""

# Tiers, and id prefixes within a tier, that nothing is declared of yet.
UNDECLARED = {
    "console": (
        "agent_providers.",
        "agents.",
        "apps.chatflow_draft.",
        "apps.comments.",
        "apps.draft.",
        "apps.published.",
        "apps.workflows.default_block_configs.",
        "apps.workflows.delete",
        "apps.workflows.list",
        "apps.workflows.list_online_users",
        "apps.workflows.logs.",
        "apps.workflows.restore",
        "apps.workflows.runs.",
        "apps.workflows.sandbox.",
        "apps.workflows.statistics.",
        "apps.workflows.stop",
        "apps.workflows.update",
        "billing.",
        "compliance.",
        "data_sources.",
        "datasets.",
        "datasource_providers.",
        "generate.",
        "human_input_forms.",
        "knowledge_fs.",
        "model_providers.",
        "models.",
        "pipelines.",
        "plugins.",
        "rbac.",
        "schema_definitions.",
        "snippets.",
        "tools.",
        "triggers.",
        "workflow_run_archives.",
        "workflows.",
    ),
    "root": ("",),
}
# Operations that will never be methods.
EXCLUDED = {("console", "collaboration.connect"): "a socket, not an exchange"}


def is_undeclared(tier, operation_id):
    return operation_id.startswith(UNDECLARED.get(tier, ()))
