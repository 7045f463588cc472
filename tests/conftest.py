"""What all tests share."""

import hypothesis
import pytest

hypothesis.settings.register_profile("default", deadline=None)  # nothing is timed
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=5000)  # --hypothesis-profile=thorough
hypothesis.settings.load_profile("default")


@pytest.fixture
def anyio_backend():
    """Asynchronous tests run on asyncio; a few ask for trio as well."""
    return "asyncio"
