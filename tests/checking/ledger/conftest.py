"""Ledgers to write to: a file, and a database of a real PostgreSQL server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from burdenshare.checking.ledger.base import Base
from burdenshare.checking.ledger.place import VARIABLE, Place, ledger_place
from burdenshare.world.load import World
from checking.ledger.postgres import Cluster, cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Return a PostgreSQL server that is stopped at the end."""
    with cluster() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Return the place of an empty ledger, in each of the two databases."""
    monkeypatch.setenv("BURDENSHARE_HOME", str(tmp_path / "home"))
    if request.param == "sqlite":
        address = str(tmp_path / "ledger.sqlite")
    else:
        address = request.getfixturevalue("postgres").database()
    found = ledger_place({VARIABLE: address})
    assert found is not None
    return found


@pytest.fixture
def base(place: Place) -> Iterator[Base]:
    """Return an empty ledger, in each of the two databases."""
    with Base(place) as found:
        yield found


@pytest.fixture
def in_file(tmp_path: Path) -> Iterator[Base]:
    """Return an empty ledger in a file."""
    found = ledger_place({VARIABLE: str(tmp_path / "ledger.sqlite")})
    assert found is not None
    with Base(found) as opened:
        yield opened


@pytest.fixture(scope="session")
def world() -> World:
    """Return the world as it ships."""
    return World()
