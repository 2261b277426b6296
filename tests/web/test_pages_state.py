"""Addresses, controls and drawings of the pages."""

import pytest

from burdenshare.errors import UserError
from burdenshare.showing.web import record_drawings as drawings
from burdenshare.showing.web.pages import controls
from burdenshare.showing.web.pages.answers import Shelf
from burdenshare.showing.web.pages.check import packed, unpacked
from burdenshare.showing.web.pages.state import Link, address, citation, marks, print_of
from burdenshare.whatif.overrides import override
from burdenshare.whatif.scenarios import scenario_files, shipped
from burdenshare.whatif.worlds import World
from burdenshare.world.dates import Day
from burdenshare.world.exits import exit_answer
from burdenshare.world.votes import votes_answer


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def test_every_scenario_has_at_most_six_controls_and_all_the_rest_behind(world: World) -> None:
    assert set(scenario_files(world.own)) == set(shipped())
    for own in shipped().values():
        front = controls.front(own, own, world)
        behind = controls.behind(own, own, front)
        assert 2 <= len(front) <= 6
        names = [name for each in (*front, *behind) for name in each.names]
        assert len(names) == len(set(names))
        # What stands in the controls of a scenario changes nothing in it.
        query = [(each.name, each.value) for each in (*front, *behind)]
        found = controls.settings_of(query, (*front, *behind), world)
        assert [each for each in found if not each.startswith(("asOf", "draws", "seed"))] == []


def test_a_field_of_the_form_becomes_a_setting_of_each_change(world: World) -> None:
    own = shipped()["us-leaves-nato-and-un"]
    front = controls.front(own, own, world)
    [who] = [each for each in front if each.kind == "states"]
    found = controls.settings_of([(who.name, "United Kingdom, FRA")], front, world)
    assert found == [f"{name.removeprefix('set.')}=GBR,FRA" for name in who.names]
    assert len(found) == 2
    assert override(own, found).changes[0].who == ("GBR", "FRA")  # type: ignore[union-attr]


def test_the_form_wins_over_the_address(world: World) -> None:
    own = shipped()["pay-or-no-protection"]
    fields = controls.front(own, own, world)
    query = [("set", "condition.threshold=3"), ("set.condition.threshold", "2.5")]
    assert controls.settings_of(query, fields, world) == ["condition.threshold=2.5"]
    back = [("set", "condition.threshold=3"), ("set.condition.threshold", "2")]
    assert controls.settings_of(back, fields, world) == []


def test_nobody_is_a_mistake(world: World) -> None:
    own = shipped()["us-leaves-nato"]
    with pytest.raises(UserError, match="nobody is named"):
        controls.settings_of([("set.exit.who", " , ")], controls.front(own, own, world), world)


def test_an_address_says_all_and_nothing_empty() -> None:
    link = Link("ab12", "0.1.0", "cafe", ("mz3abcde", "mz411111"))
    found = address("/exit/nato", [("country", "USA"), ("gate", ""), ("q", "a b&c")], link)
    assert found == (
        "/exit/nato?country=USA&q=a+b%26c&world=ab12&version=0.1.0&result=cafe"
        "&sources=mz3abcdemz411111"
    )


def test_the_print_of_an_answer_is_of_its_figures_alone() -> None:
    one = {"version": "1", "world": "a", "as_of": "2026-10-30", "rows": [1.5]}
    assert print_of(one) == print_of({**one, "version": "2", "world": "b"})
    assert print_of(one) != print_of({**one, "rows": [1.25]})


def test_marks_are_of_releases_alone() -> None:
    found = marks(
        [
            {"published": "2026-07-10", "hash": "abcdef0123"},
            {"published": "2026-07-10", "hash": "abcdef0123"},
            {"published": "2026-07-11", "hash": ""},
        ]
    )
    # 29,775 days after 1 January 1945: 22 x 1296 + 35 x 36 + 3.
    assert found == ("mz3abcde",)


def test_a_citation_can_be_set_in_tex() -> None:
    found = citation("Shares & 2 %", "A_b, 100 %.", "http://x/?a=1&b=2", "2026-10-30", "shares")
    assert found.bibtex.startswith("@misc{burdenshare-shares,\n  title = {Shares \\& 2 \\%},")
    assert "note = {A\\_b, 100 \\%.}" in found.bibtex
    assert "url = {http://x/?a=1&b=2}" in found.bibtex
    assert "year = {2026}" in found.bibtex


def test_an_article_goes_into_a_link_and_out_again() -> None:
    text = "?NATO’s “32” members\n\udc80 \U0001f600"
    assert unpacked(packed(text)) == text
    for wrong in ("", "!", "AAAA", packed("?  "), packed("?a")[:-3]):
        with pytest.raises(UserError, match="no article"):
            unpacked(wrong)


def test_a_shelf_keeps_what_was_asked_for_last() -> None:
    shelf = Shelf(2)
    for name in "ab":
        shelf.put(name, name.upper())
    assert shelf.get("a") == "A"
    shelf.put("c", "C")
    assert [shelf.get(name) for name in "abc"] == ["A", None, "C"]


def test_the_path_out_is_drawn_in_order(world: World) -> None:
    answer = exit_answer(world, "nato", "USA", Day(2026, 10, 30))
    chart = drawings.path_chart(answer)
    assert chart is not None
    assert len(chart.rows) == len(answer["steps"])
    assert "leaving takes effect: 2028-04-28" in chart.specs[0]["description"]
    gone = exit_answer(world, "un-human-rights-council", "FRA", Day(2026, 10, 30))
    assert gone["outcome"] != "nothing to leave" or drawings.path_chart(gone) is None


@pytest.mark.parametrize(("chamber", "seats"), [("senate", 100), ("house", 435)])
def test_a_chamber_has_a_seat_for_each_member(world: World, chamber: str, seats: int) -> None:
    answer = votes_answer(world, "nato-exit", chamber)
    chart = drawings.chamber_chart(answer)
    assert chart is not None
    drawn = [row for layer in chart.specs[0]["layer"][:3] for row in layer["data"]["values"]]
    members = sum(side["count"] for side in answer["on_record"].values())
    assert len(drawn) == members == len(chart.rows)
    assert members <= seats
    places = {(row["x"], row["y"]) for row in drawn}
    assert len(places) == members
    assert all(0.15 <= x * x + y * y <= 1.01 and y >= 0 for x, y in places)
