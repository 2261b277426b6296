"""The pages in a real browser: every page, wide and narrow, light and dark, by keyboard, alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from web.browsing import NARROW, WIDE, browsing, reading

ARTICLE = "NATO's 32 members met in Vilnius. In 2024 the United States spent 3.4 % of its GDP."
PAGES = {
    "home": "/",
    "about": "/about",
    "sources": "/sources/nato-defence-expenditure",
    "scenarios": "/what-if",
    "what-if": "/what-if/us-leaves-nato?draws=200",
    "protected": "/what-if/pay-or-no-protection?draws=200&view=protected",
    "pledge": "/what-if/hague-kept?draws=200&view=pledge&open=all",
    "where-from": "/what-if/us-leaves-un?view=sources",
    "compare": "/compare",
    "figures": "/figures/share_gdp",
    "exit": "/exit/nato",
    "check": "/check",
    "people": "/who-said-what",
    "mistake": "/what-if/no-such-scenario",
    "embed": "/embed/what-if/us-leaves-un?chart=bill-1",
}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
WITHIN = {"exclude": [[".plot > *"], [".chart > *"]]}  # one picture each, with its alternative


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


@pytest.fixture(scope="module")
def shots(root: Path) -> Path:
    folder = root / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _sound(page: Page, name: str, shots: Path, opened: bool) -> None:
    """Look at a page: picture, width, and what axe finds, with all details open or as it is."""
    wide = page.viewport_size
    assert wide is not None
    look = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'")
    page.screenshot(path=shots / f"{name}-{wide['width']}-{look}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= wide["width"]
    if opened:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= wide["width"]
        # A table of hundreds of rows is not better understood by looking at each of them.
        page.evaluate("document.querySelectorAll('tr:nth-child(n+12)').forEach(e => e.remove())")
    found = Axe().run(page, context=WITHIN, options=RULES).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, browser: Browser, address: str, shots: Path) -> None:
    missing = name == "mistake"
    for how in (
        {"viewport": WIDE, "color_scheme": "light"},
        {"viewport": NARROW, "color_scheme": "dark"},
    ):
        wide = how["viewport"] is WIDE
        # Axe is put into the page, which the page's own policy would not let in.
        context = browser.new_context(base_url=address, bypass_csp=True, **how)  # type: ignore[arg-type]
        page = context.new_page()
        found = page.goto(PAGES[name])
        assert found is not None
        assert found.status == (404 if missing else 200)
        _sound(page, name, shots, opened=wide)
        context.close()


def test_the_five_pages_without_a_script(browser: Browser, address: str) -> None:
    with reading(browser, address, java_script_enabled=False) as page:
        page.goto("/")
        page.get_by_role("link", name="Check an article").click()
        page.get_by_label("The article", exact=True).fill(ARTICLE)
        page.get_by_label("Published on").fill("2025-03-07")
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator("#claim-1")).to_contain_text("supported")
        assert "a=" in page.url

        page.goto("/what-if/us-leaves-nato?draws=200")
        before = page.locator(".headline").inner_text()
        assert page.locator("figure.lead-plate svg").count() == 1
        page.get_by_label("Who leaves").fill("United Kingdom")
        page.get_by_role("button", name="Show").click()
        assert page.locator(".headline").inner_text() != before
        assert "If the United Kingdom leaves NATO" in page.locator(".headline").inner_text()
        assert "set=exit.who=GBR" in page.url
        page.locator("figure.lead-plate summary", has_text="View as table").click()
        assert page.locator("figure.lead-plate table").is_visible()
        page.go_back()
        assert page.locator(".headline").inner_text() == before

        page.goto("/figures")
        page.get_by_label("As known on").select_option("2024-06-17")
        page.get_by_role("button", name="Show").click()
        # NATO, 17 June 2024: the United States spent 3.38 % of GDP in 2024, an estimate.
        page.locator("summary", has_text="View as table").first.click()
        row = page.locator("tr", has=page.get_by_role("rowheader", name="United States")).first
        assert "3.38" in row.inner_text()

        page.goto("/exit")
        page.get_by_label("Decided on").fill("2026-10-30")
        page.get_by_role("button", name="Show").click()
        # 180 days after the decision the notice, one year after the notice the end: Art. 13.
        said = page.locator(".headline").inner_text()
        assert "28 April 2027" in said
        assert "28 April 2028" in said

        page.goto("/who-said-what?stance=against")
        assert page.locator("h1").inner_text() == "Who said what"


def test_a_control_changes_the_answer_and_back_undoes_it(browser: Browser, address: str) -> None:
    with reading(browser, address) as page:
        page.goto("/what-if/us-leaves-nato?draws=200")
        before = page.locator(".headline").inner_text()
        page.get_by_label("Who leaves").fill("Canada")
        page.get_by_label("Who leaves").press("Tab")
        expect(page.locator(".headline")).to_contain_text("If Canada leaves NATO")
        assert "set=exit.who=CAN" in page.url
        expect(page.locator("#said")).to_contain_text("If Canada leaves NATO")
        expect(page.locator("#rest figure").first).to_be_visible()
        link = page.url
        with reading(browser, address) as other:
            other.goto(link)
            assert other.locator(".headline").inner_text() == page.locator(".headline").inner_text()
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".headline")).to_have_text(before)
        expect(page.get_by_label("Who leaves")).to_have_value("USA")
        page.go_forward()
        expect(page.get_by_label("Who leaves")).to_have_value("CAN")


def test_a_mistake_is_told_beside_the_answer(browser: Browser, address: str) -> None:
    with reading(browser, address, mistakes=("400 (Bad Request)",)) as page:
        page.goto("/what-if/us-leaves-nato?draws=200")
        page.get_by_label("Who leaves").fill("Atlantis")
        page.get_by_label("Who leaves").press("Tab")
        expect(page.locator(".notice[role=alert]")).to_contain_text("did you mean")
        assert page.locator(".headline").is_visible()


def test_by_keyboard_alone(browser: Browser, address: str) -> None:
    with reading(browser, address) as page:
        page.goto("/what-if/us-leaves-nato?draws=200")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "set.exit.who":
                break
        assert _outlined(page)
        page.keyboard.press("Control+A")
        page.keyboard.type("GBR")
        page.keyboard.press("Enter")
        expect(page.locator(".headline")).to_contain_text("If the United Kingdom leaves NATO")
        expect(page.get_by_label("Who leaves")).to_be_focused()
        tab = page.get_by_role("link", name="Who is protected")
        for _ in range(40):
            page.keyboard.press("Tab")
            if tab.evaluate("each => each === document.activeElement"):
                break
        assert _outlined(page)
        page.keyboard.press("Enter")
        expect(page.locator("figure.lead-plate figcaption")).to_contain_text("Art. 5")
        expect(page.locator(".tabs [aria-current]")).to_be_focused()
        page.get_by_role("button", name="Undo").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".tabs [aria-current]")).to_have_text("Who pays")


def _outlined(page: Page) -> bool:
    """Say whether what has the focus can be seen to have it."""
    found = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
    return bool(found >= 2)


def test_a_chart_is_explored_without_loosening_the_policy(browser: Browser, address: str) -> None:
    with reading(browser, address) as page:
        page.goto("/what-if/us-leaves-un")
        page.get_by_role("button", name="Explore").first.click()
        page.locator(".live-chart svg").wait_for()
        page.locator(".live-chart .mark-rect path").nth(1).hover()
        expect(page.locator(".tip")).to_contain_text("China")


def test_the_slider_moves_through_the_releases(browser: Browser, address: str) -> None:
    with reading(browser, address) as page:
        page.goto("/figures/share_gdp")
        slider = page.get_by_role("slider")
        slider.focus()
        slider.press("ArrowLeft")
        slider.blur()
        page.wait_for_url("**asOf=2026-07-10**")
        slider.focus()
        slider.press("Home")
        slider.blur()
        expect(page.locator(".headline, #live")).not_to_have_count(0)
        page.wait_for_url(lambda url: "2026-07-10" not in url)


def test_verdicts_can_be_hidden(browser: Browser, address: str) -> None:
    with reading(browser, address) as page:
        page.goto("/check")
        page.get_by_label("The article", exact=True).fill(ARTICLE)
        page.get_by_label("Published on").fill("2025-03-07")
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator("#claim-1")).to_be_visible()
        page.locator("#show-supported").uncheck()
        expect(page.locator("#claim-1")).to_be_hidden()
        with page.expect_download() as download:
            page.get_by_role("button", name="JSON").click()
        assert download.value.suggested_filename == "check.json"


def test_motion_is_left_out_for_those_who_ask(browser: Browser, address: str) -> None:
    for wish, seconds in (("reduce", "0s"), ("no-preference", "0.15s")):
        with reading(browser, address, reduced_motion=wish) as page:
            page.goto("/exit/un")
            found = page.evaluate(
                "getComputedStyle(document.getElementById('live')).transitionDuration"
            )
            assert found == seconds
