"""Questions about named members: how they voted, whose bill it is, who stands on a list."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.europe_states import ACTIVE, ASKED
from burdenshare.checking.rates import REGULAR, rates_of
from burdenshare.checking.rollcalls import ballots_of, the_one
from burdenshare.checking.stating import reading
from burdenshare.checking.statutes import bills_on, surnames_of
from burdenshare.files import CONTENT, read_csv
from burdenshare.reading.claims import Candidate
from burdenshare.world.assess import assess
from burdenshare.world.ballots import Row
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World

_MOST_NAMED = 15
_SCALE = re.compile(r"\b(?:regular|scale|assess\w*|dues|payers?|contributors?)\b")
_FILE = CONTENT / "usa" / "states.csv"


def voted(_world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how the members who are named voted in the roll call that is spoken of."""
    found = the_one(claim, day)
    options = claim.pattern.options
    if found is None:
        return []
    row, names = found.row, options["names"].split()
    cast = {b.name.partition(",")[0].lower(): b for b in ballots_of(row["id"])}
    if not all(name in cast for name in names):
        return []
    wanted = "Yea" if options["side"] == "yea" else "Nay"
    right = all(cast[name].vote == wanted for name in names)
    if options.get("whole") and right:
        right = sum(b.vote == wanted for b in cast.values()) == len(names)
    votes = ", ".join(
        f"{cast[n].name} ({cast[n].party}-{cast[n].state}) {cast[n].vote}" for n in names
    )
    says = f"{row['title']}, {row['day']}: {votes}"
    query = {"ask": "votes", "rollcall": row["id"], "members": names}
    answer = Answer(votes, "vote", Day.fromisoformat(row["day"]), row["url"], says, url=row["url"])
    return [reading(row["title"], query, answer, right, sure=found.sure)]


def on_bill(_world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether the members who are named are behind a bill on an organisation.

    A name with another state than the one on record is another member. That no such bill is held
    says nothing of others that may exist.
    """
    options = claim.pattern.options
    names = options["names"].split()
    rows = [r for r in bills_on(claim.organisation) if r["introduced"] <= day.isoformat()]
    rows = [row for row in rows if set(names) <= set(surnames_of(row))]
    if not rows:
        return []
    row = rows[0]
    held = _state(row, names[0])
    said = options.get("state", "")
    right = not said or not held or said in (held, _states().get(held, ""))
    who = row["sponsor"] + (f"; with {row['names']}" if row["names"] else "")
    says = f"{row['bill']} ({row['title']}), introduced on {row['introduced']} by {who}"
    query = {"ask": "bill", "bill": row["bill"], "members": names}
    answer = Answer(row["bill"], "bill", Day.fromisoformat(row["introduced"]), row["source"], says)
    return [reading("bill", query, answer, right, sure=len(rows) == 1 or bool(said))]


def _state(row: Row, surname: str) -> str:
    return surnames_of(row).get(surname, "")


def listed(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether the countries that are named meet, or miss, what a count just said."""
    options = claim.pattern.options
    names = options["names"].split()
    pledge = world.pledges[options["pledge"]]
    level = [c for c in pledge.criteria if f"{c.value:g}" == options["level"]]
    if not level:
        return []
    pledge = replace(pledge, criteria=(level[0],))
    if len(names) > _MOST_NAMED:
        return []

    def ask(as_of: Day) -> Answer | Missing:
        result = assess(world, pledge, int(options["year"]), as_of)
        mine, others = result.met, result.missed
        if options["side"] != "met":
            mine, others = others, mine
        if result.release is None or not all(n in mine or n in others for n in names):
            return Missing(f"the figures of {options['year']} for some of them are not held")
        wrong = [n for n in names if n in others]
        shown = ", ".join(sorted(map(world.countries.name, mine)))
        release = result.release.release
        verb = "meet" if options["side"] == "met" else "do not meet"
        says = f"by the release of {release.published}, those that {verb} it are {shown}"
        return Answer(len(wrong), "wrong", release.published, f"NATO, {release.document}", says)

    query = {"ask": "list", **options}
    return [Reading("listed", query, ask, lambda a: a.value == 0, sure=lambda a: not a.newer)]


def scale_place(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask which place a member takes on the United Nations' scale of assessments."""
    options = claim.pattern.options
    country, place = options["names"], int(options["place"])
    year = int(options.get("year", day.year))

    def ask(as_of: Day) -> Answer | Missing:
        rates = rates_of(world, year, as_of)
        if country not in rates:
            return Missing(f"no scale for {year} known on {as_of} gives {country}")
        found = 1 + sum(rate > rates[country] for rate in rates.values())
        says = (
            f"{world.countries.spoken(country)} is number {found} on the scale of {year}, "
            f"with {rates[country]:.3f} %"
        )
        known = world.fact(REGULAR, country, year, as_of)
        assert isinstance(known, Fact)
        released = known.release
        return Answer(found, "rank", released.published, released.document, says)

    def sure(_: Answer) -> bool:
        return year == day.year and _SCALE.search(claim.words) is not None

    query = {"ask": "rank", "series": REGULAR, "country": country, "year": year}
    return [Reading("place", query, ask, lambda a: a.value == place, sure=sure)]


def clause_states(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask whether some states are, and others are not, among those with the escape clause."""
    options = claim.pattern.options
    mine, others = options["names"].split(), options["without"].split()
    series = ASKED if options["side"] == "asked" else ACTIVE
    history = world.history(series)

    def ask(as_of: Day) -> Answer | Missing:
        known = [i for i, each in enumerate(history.releases) if each.published <= as_of]
        if not known:
            return Missing(f"no state is on record for the escape clause by {as_of}")
        codes: set[str] = set().union(*(history.reported[i] for i in known))
        last = history.releases[known[-1]]
        wrong = [c for c in mine if c not in codes] + [c for c in others if c in codes]
        shown = ", ".join(sorted(map(world.countries.name, codes)))
        says = f"on record for the escape clause by {last.published}: {shown}"
        return Answer(len(wrong), "wrong", last.published, last.document, says)

    query = {"ask": "escape clause", "side": options["side"], "states": mine, "without": others}
    # a state that is not on record may have asked all the same
    sure = not mine
    return [Reading("states", query, ask, lambda a: a.value == 0, sure=lambda _: sure)]


@lru_cache
def _states() -> dict[str, str]:
    return {code: name.lower() for code, name in read_csv(_FILE, ("code", "name"))}
