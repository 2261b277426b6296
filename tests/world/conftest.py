"""A home folder for releases of one's own, and the shipped world, read once."""

from pathlib import Path

import pytest

from burdenshare.world.load import World


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that $BURDENSHARE_HOME names."""
    monkeypatch.setenv("BURDENSHARE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Return the world as it ships, without releases of one's own."""
    return World(tmp_path_factory.mktemp("no-releases"))
