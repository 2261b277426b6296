"""Questions about two members: three times as much as another."""

from __future__ import annotations

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.asking import answer, numeric, shown, times, weight, worked_out
from burdenshare.checking.held import CONSTANT, CURRENT, SHARE, held, spoken
from burdenshare.checking.ranks import of_share
from burdenshare.checking.wording import ally, body, combined, coming, europeans, years_asked
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day
from burdenshare.world.load import World


def many_times(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how many times as much one member or group spends as another."""
    first, second = claim.slots.get("subject"), claim.slots.get("other")
    stated = claim.stated
    if not isinstance(first, Name) or not isinstance(stated, Quantity) or coming(claim):
        return []
    other = second.id if isinstance(second, Name) else europeans(claim)
    if not other or other == first.id or (isinstance(second, Name) and _several(world, claim)):
        return []
    if not ally(world, first.id, day) or not ally(world, other, day):
        return []
    series = (SHARE,) if of_share(claim) else (CURRENT, CONSTANT, SHARE)
    return [
        _ratio(world, name, (first.id, other), year, claim, main=i == j == 0)
        for i, name in enumerate(series)
        for j, year in enumerate(years_asked(world, name, first.id, claim, day))
    ]


def _several(world: World, claim: Candidate) -> bool:
    """Say whether countries are added up, so that a single one is not what is compared with."""
    other = claim.slots["other"]
    return combined(claim) and isinstance(other, Name) and other.id in world.countries.by_code


def _ratio(
    world: World, series: str, pair: tuple[str, str], year: int, claim: Candidate, *, main: bool
) -> Reading:
    stated = claim.stated
    assert isinstance(stated, Quantity)

    def ask(as_of: Day) -> Answer | Missing:
        one = held(world, series, pair[0], year, as_of)
        two = held(world, series, pair[1], year, as_of)
        if isinstance(one, Missing):
            return one
        if isinstance(two, Missing):
            return two
        value = one.value / two.value
        says = (
            f"{spoken(world, pair[0])} has {shown(one.value)} and {spoken(world, pair[1])} "
            f"{shown(two.value)} {world.series[series].unit} in {year} ({one.basis}), "
            f"{value:.2f} times as much"
        )
        return answer(value, "×", says, one, two)

    def far(found: Answer) -> bool:
        return not 0.6 < numeric(found) / float(stated.value) < 1.6

    query = {"ask": "times", "series": series, "countries": list(pair), "year": year}
    chosen = weight(claim, main=main, sure=body(claim))

    def test(found: Answer) -> bool | None:
        return times(stated, numeric(found))

    return worked_out(world, series, query, ask, test, chosen, far)
