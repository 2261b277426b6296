"""The shipped world, read once."""

import pytest

from burdenshare.world.load import World


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Return the world as it ships."""
    return World(tmp_path_factory.mktemp("no-releases"))
