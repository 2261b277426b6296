"""What the tests of the web share: a server, and a client for its API."""

from collections.abc import Iterator

import httpx
import pytest

from burdenshare.showing.web.settings import Settings
from web.serving import serving


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Return the address of a server as it is started without options."""
    with serving(Settings(patience=25.0)) as found:
        yield found


@pytest.fixture(scope="session")
def api(address: str) -> Iterator[httpx.Client]:
    """Return a client of that server's API."""
    with httpx.Client(base_url=f"{address}/api/v1", timeout=60) as client:
        yield client
