"""Questions about how many members meet, or miss, what they pledged."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.figures import DEFENCE, years_of
from burdenshare.checking.held import EUROPE, members_of
from burdenshare.checking.matching import agrees
from burdenshare.checking.results import Vintage
from burdenshare.checking.wording import doubtful
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.assess import Assessment, assess
from burdenshare.world.dates import Day
from burdenshare.world.headlines import LEVEL, Headline, announced
from burdenshare.world.load import World
from burdenshare.world.pledges import Criterion, Pledge

EQUIPMENT = "equipment_share"
_EQUIPMENT = re.compile(r"\b(?:equipment|procurement)\b")
_EUROPE = re.compile(
    r"\beuropean (?:\S+ )?(?:members|allies|nations|countries|states|governments|capitals)\b"
    r"(?! and canada)"
)


def count(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how many members meet, or miss, what they pledged."""
    if claim.organisation != "nato" or isinstance(claim.stated, DateMention):
        return []
    level = claim.slots.get("level")
    asked = level.value if isinstance(level, Quantity) else None
    series = EQUIPMENT if _EQUIPMENT.search(claim.words) else DEFENCE
    pledges = pledges_of(world, day, None if asked is None else float(asked), series)
    years = years_of(world, series, claim, day)
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
        assert isinstance(claim.stated, (Quantity, Name))
        self.world = world
        self.pledge = dataclasses.replace(pledge, criteria=(criterion,))
        self.criterion = criterion
        self.year = year
        self.stated = claim.stated
        self.side = _side(claim)
        self.europe = _EUROPE.search(claim.words) is not None
        self.doubtful = doubtful(claim)

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
                "among": EUROPE if self.europe else "members",
            },
            ask=self.ask,
            agrees=self.agrees,
            main=main,
            sure=self.sure,
            history=self.vintages,
            earlier=self.earlier,
        )

    def ask(self, as_of: Day) -> Answer | Missing:
        """Return the count as known on a day."""
        if self.pledge.known_from > as_of:
            return Missing(f"{self.pledge.title} was not known on {as_of}")
        result = assess(self.world, self.pledge, self.year, as_of)
        if self.europe:
            result = _among(result, set(members_of(self.world, EUROPE, as_of)))
        if not result.facts:
            return Missing(next(iter(result.not_assessed.values()), "no figures"))
        if result.whole:
            rough = isinstance(self.stated, Name) or self.stated.dimension != "number"
            return _counted(self.world, result, self.side, rough)
        headline = announced(self.world.headlines, self.year, as_of)
        if headline is None or self.europe or self.criterion.value != LEVEL:
            return Missing(f"the figures of {self.year} known on {as_of} are held only in part")
        return _announced(result, headline, self.side)

    def agrees(self, answer: Answer) -> bool | None:
        """Say whether an answer agrees with the count, or the share of members, that is stated."""
        total = int(answer.unit.split()[1])
        if isinstance(self.stated, Name):
            return _in_words(self.stated.id, answer.among, total)
        scale = 100 / total if self.stated.unit == "%" else 1
        found = [agrees(self.stated, n * scale) for n in answer.among]
        return True if True in found else (None if None in found else False)

    def sure(self, answer: Answer) -> bool:
        """Say whether a disagreement may be called wrong: not near a level of no pledge."""
        stated, free = self.stated, self.criterion.id == "level"
        if isinstance(stated, Quantity) and free and abs(stated.value - answer.among[0]) < 3:
            return False
        return not answer.newer and not self.doubtful and not self.europe

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


def _in_words(word: str, found: tuple[int, ...], total: int) -> bool | None:
    """Say whether counts agree with "most", which is more than half, or "none".

    >>> _in_words("most", (23,), 32), _in_words("most", (16,), 32), _in_words("none", (3,), 32)
    (True, None, False)
    """
    if word == "none":
        return 0 in found
    if any(2 * each > total + 1 for each in found):
        return True
    return None if any(2 * each >= total - 1 for each in found) else False


def _among(result: Assessment, names: set[str]) -> Assessment:
    """Return an assessment cut to some members."""
    return dataclasses.replace(
        result,
        members=tuple(each for each in result.members if each in names or each == "ISL"),
        met={name: value for name, value in result.met.items() if name in names},
        missed={name: value for name, value in result.missed.items() if name in names},
        not_assessed={
            name: why for name, why in result.not_assessed.items() if name in names or name == "ISL"
        },
        facts={name: fact for name, fact in result.facts.items() if name in names},
    )


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
    level = f"{result.criterion.value:g} {world.series[result.criterion.series].unit}"
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


def pledges_of(
    world: World, day: Day, level: float | None, series: str
) -> list[tuple[Pledge, Criterion]]:
    """Return the pledge a claim is about: the one of its level, or those in force on the day."""
    known = [
        (pledge, criterion)
        for pledge in world.pledges.values()
        if pledge.known_from <= day and pledge.kind in ("pledge", "guideline")
        for criterion in pledge.criteria
        if criterion.series == series
    ]
    newest = sorted(known, key=lambda each: each[0].in_force, reverse=True)
    chosen: dict[float, tuple[Pledge, Criterion]] = {}
    for pledge, criterion in newest:
        if level is None or criterion.value == level:
            chosen.setdefault(criterion.value, (pledge, criterion))
    if level is not None and not chosen and newest:
        pledge, criterion = newest[-1]
        other = Criterion("level", series, level, "")
        return [(pledge, other)]
    return list(chosen.values())
