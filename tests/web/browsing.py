"""A browser for tests: Debian's chromium, told what a reader's own would be told."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 640}


@contextmanager
def browsing() -> Iterator[Browser]:
    """Give the browser; one that is not there is a failure that says what to install."""
    if not CHROMIUM.exists():
        raise RuntimeError("the pages are tested in chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def reading(browser: Browser, address: str, **how: Any) -> Iterator[Page]:
    """Give a page of a new reader; what the browser complains of fails the test.

    `mistakes` are parts of complaints that are meant to come.
    """
    told: list[str] = []
    mistakes: tuple[str, ...] = how.pop("mistakes", ())
    context = browser.new_context(
        base_url=address,
        viewport=how.pop("viewport", WIDE),
        reduced_motion=how.pop("reduced_motion", "reduce"),
        **how,
    )
    page = context.new_page()
    page.on("console", lambda each: told.append(each.text) if each.type == "error" else None)
    page.on("pageerror", lambda each: told.append(str(each)))
    try:
        yield page
        told = [each for each in told if not any(known in each for known in mistakes)]
        assert not told, told
        assert not context.cookies()
    finally:
        context.close()
