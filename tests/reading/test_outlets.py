"""Which outlet a page says that it is of."""

import pytest

from burdenshare.reading.outlets import page_outlet


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ('<meta property="og:site_name" content="The Courier">', "The Courier"),
        ("<meta content='R&amp;D\n News' property='OG:site_name'>", "R&D News"),
        ('<meta name="og:site_name" content="  ">', None),
        ('<meta property="og:title" content="The Courier">', None),
        (
            '<script type="application/ld+json">{"publisher": {"@type": "Organization", '
            '"name": "The Herald"}}</script>',
            "The Herald",
        ),
        ('<script>{"publisher": {"logo": {"name": "no"}}}</script>', None),
        ("", None),
    ],
)
def test_the_outlet_of_a_page(head: str, outlet: str | None) -> None:
    assert page_outlet(f"<!doctype html><html><head>{head}</head><p>text</p>") == outlet


def test_a_page_that_never_ends_is_read_in_time() -> None:
    page = "<html>" + '"publisher": {' * 50_000 + "<meta " * 50_000
    assert page_outlet(page) is None


def test_plain_text_names_no_outlet() -> None:
    assert page_outlet('og:site_name content="The Courier"') is None
