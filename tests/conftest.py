"""What holds for every test: the same examples on each run, and no figures of one's own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# No test asserts a time. `pytest --hypothesis-profile=search` looks for new counterexamples.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("same")

# The releases of the person who runs the tests must not change what comes out.
os.environ["BURDENSHARE_HOME"] = str(Path(__file__).with_name("no-such-folder"))


@pytest.fixture(scope="session", autouse=True)
def _own_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the checks of the tests be kept in a ledger that nobody uses."""
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
        patch.setenv("BURDENSHARE_LEDGER", str(path))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return Path(__file__).parents[1]
