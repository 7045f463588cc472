"""What is not declared yet. The lists may only shrink: `test_registry.py` fails where an entry excuses nothing."""

# Tiers, and id prefixes within a tier, that nothing is declared of yet.
UNDECLARED = {
    "console": ("",),
    "root": ("",),
}
# Operations that will never be methods.
EXCLUDED = {("console", "collaboration.connect"): "a socket, not an exchange"}


def is_undeclared(tier, operation_id):
    return operation_id.startswith(UNDECLARED.get(tier, ()))
