"""Questions about how many members meet, or miss, what they pledged."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.figures import DEFENCE, years_of
from burdenshare.checking.matching import agrees
from burdenshare.checking.results import Vintage
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.world.assess import Assessment, assess
from burdenshare.world.dates import Day
from burdenshare.world.headlines import LEVEL, Headline, announced
from burdenshare.world.load import World
from burdenshare.world.pledges import Criterion, Pledge


def count(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how many members meet, or miss, what they pledged."""
    stated = claim.stated
    if claim.organisation != "nato" or not isinstance(stated, Quantity):
        return []
    level = claim.slots.get("level")
    asked = level.value if isinstance(level, Quantity) else None
    pledges = _pledges(world, day, None if asked is None else float(asked))
    years = years_of(world, DEFENCE, claim, day)
    return [
        Counting(world, pledge, criterion, year, claim).reading(main=i == 0)
        for pledge, criterion in pledges
        for i, year in enumerate(years)
    ]


class Counting:
    """One reading of a count: a pledge's criterion in a year, and the side that is counted."""

    def __init__(
        self, world: World, pledge: Pledge, criterion: Criterion, year: int, claim: Candidate
    ) -> None:
        assert isinstance(claim.stated, Quantity)
        self.world = world
        self.pledge = dataclasses.replace(pledge, criteria=(criterion,))
        self.criterion = criterion
        self.year = year
        self.stated = claim.stated
        self.side = _side(claim)

    def reading(self, *, main: bool) -> Reading:
        """Return the reading, to be asked for any day."""
        level = f"{self.criterion.value:g}"
        return Reading(
            label=f"{level} % in {self.year}",
            query={
                "ask": "count",
                "pledge": self.pledge.id,
                "criterion": f"{self.criterion.series} >= {level}",
                "year": self.year,
                "side": self.side,
            },
            ask=self.ask,
            agrees=self.agrees,
            main=main,
            sure=lambda answer: not answer.newer,
            history=self.vintages,
            earlier=self.earlier,
        )

    def ask(self, as_of: Day) -> Answer | Missing:
        """Return the count as known on a day."""
        if self.pledge.known_from > as_of:
            return Missing(f"{self.pledge.title} was not known on {as_of}")
        result = assess(self.world, self.pledge, self.year, as_of)
        if not result.facts:
            return Missing(next(iter(result.not_assessed.values()), "no figures"))
        if result.whole:
            rough = self.stated.dimension != "number"
            return _counted(self.world, result, self.side, rough)
        headline = announced(self.world.headlines, self.year, as_of)
        if headline is None or self.criterion.value != LEVEL:
            return Missing(f"the figures of {self.year} known on {as_of} are held only in part")
        return _announced(result, headline, self.side)

    def agrees(self, answer: Answer) -> bool | None:
        """Say whether an answer agrees with the count, or the share of members, that is stated."""
        total = int(answer.unit.split()[1])
        scale = 100 / total if self.stated.unit == "%" else 1
        found = [agrees(self.stated, n * scale) for n in answer.among]
        return True if True in found else (None if None in found else False)

    def earlier(self, as_of: Day) -> str:
        """Return what an earlier release said that agrees, or an empty text."""
        for answer in self._known(as_of):
            if answer.published < as_of and self.agrees(answer):
                return answer.says
        return ""

    def vintages(self) -> tuple[tuple[Vintage, ...], str, str]:
        """Return the count by each release that gives the year for every member."""
        points = [Vintage(a.published, float(a.value)) for a in self._known(Day.max)]
        verb = "meet" if self.side == "met" else "do not meet"
        title = f"Members that {verb} {self.criterion.value:g} % in {self.year}"
        return tuple(points), title, "members"

    def _known(self, as_of: Day) -> Iterator[Answer]:
        """Yield the count by each release up to a day that gives the year for every member."""
        history = self.world.history(self.criterion.series)
        for index, release in enumerate(history.releases):
            if release.published <= as_of and history.whole(index, self.year):
                answer = self.ask(release.published)
                if isinstance(answer, Answer):
                    yield answer


def _side(claim: Candidate) -> str:
    """Return whether a count is of those that meet or miss: "spend less than 2 %" is a miss."""
    side = claim.pattern.options["side"]
    level = claim.slots.get("level")
    below = isinstance(level, Quantity) and level.comparator in ("<", "<=")
    return "missed" if below else side


def _counted(world: World, result: Assessment, side: str, whole: bool) -> Answer:
    """Return the count as an answer, with the counts that fit the words as well.

    A member without armed forces neither meets nor misses: "eight miss it" and "nine do not meet
    it" are both right.
    """
    met, missed, members = len(result.met), len(result.missed), len(result.members)
    rest = members - met
    value = met if side == "met" else (rest if whole else missed)
    among = (met,) if side == "met" else (value, missed, rest)
    fact = result.release
    assert fact is not None
    verb = "meet" if side == "met" else "do not meet"
    bare = " and ".join(map(world.countries.name, result.no_forces))
    without = f", {bare} has no armed forces" if bare else ""
    level = f"{result.criterion.value:g} % of GDP"
    day = fact.release.published
    says = (
        f"by the release of {day}, {value} of {members} members {verb} {level} in {result.year} "
        f"({met} meet it, {missed} miss it{without})"
    )
    newer = {p.document: None for f in result.facts.values() for p in f.newer}
    return Answer(
        value,
        f"of {members} members",
        day,
        f"NATO, {fact.release.document}",
        says,
        newer=tuple(newer),
        among=among,
    )


def _announced(result: Assessment, headline: Headline, side: str) -> Answer:
    """Return NATO's own count where the table behind it is held only in part."""
    met, members = int(headline.value), len(result.members)
    rest = members - met
    among = (met,) if side == "met" else (rest - len(result.no_forces), rest)
    says = (
        f"NATO announced on {headline.published} that {met} of {members} members reach 2 % of GDP "
        f"in {result.year}"
    )
    unit = f"of {members} members"
    return Answer(among[0], unit, headline.published, headline.source, says, among=among)


def _pledges(world: World, day: Day, level: float | None) -> list[tuple[Pledge, Criterion]]:
    """Return the pledge a claim is about: the one of its level, or those in force on the day."""
    known = [
        (pledge, criterion)
        for pledge in world.pledges.values()
        if pledge.known_from <= day and pledge.kind in ("pledge", "guideline")
        for criterion in pledge.criteria
        if criterion.series == DEFENCE
    ]
    newest = sorted(known, key=lambda each: each[0].in_force, reverse=True)
    chosen: dict[float, tuple[Pledge, Criterion]] = {}
    for pledge, criterion in newest:
        if level is None or criterion.value == level:
            chosen.setdefault(criterion.value, (pledge, criterion))
    if level is not None and not chosen and newest:
        pledge, criterion = newest[-1]
        other = Criterion("level", DEFENCE, level, "")
        return [(pledge, other)]
    return list(chosen.values())
