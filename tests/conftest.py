"""What holds for every test: the same examples on each run, and no figures of one's own."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# No test asserts a time. `pytest --hypothesis-profile=search` looks for new counterexamples.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("same")

# The releases of the person who runs the tests must not change what comes out.
os.environ["BURDENSHARE_HOME"] = str(Path(__file__).with_name("no-such-folder"))


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return Path(__file__).parents[1]
