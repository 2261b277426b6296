"""Cards made from what the world holds: accessions, exits, loans, seats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

from burdenshare.checking.cards import WORDS, Card, group
from burdenshare.checking.cards_held import Basis, Value
from burdenshare.checking.europe_states import LOAN
from burdenshare.checking.rollcalls import votes
from burdenshare.checking.treaties import exits
from burdenshare.files import read_toml
from burdenshare.world.clauses import Exits, Precedent
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World
from burdenshare.world.organisations import Membership, Organisation

_FOUNDED = 1949
_JOINED = group(
    *"joined join joins joining acceded accedes accession entered entry admitted became become "
    "becoming membership since belongs belonged admission".split(),
    *("has been in", "have been in", "came in", "let in", "brought in", "member in"),
)
_NOT_JOINED = group(
    *"applied apply applies application applicant ratified ratify ratification parliament invited "
    "invitation negotiating talks bid vote voted blocked veto candidate referendum signed protocol "
    "invasion annexed war spent spending percent left quit president minister".split(),
    "per cent",
)
_LEFT = group(
    *"left leave leaves leaving quit quits quitting withdrew withdraw withdraws withdrawn "
    "withdrawal exit exited exits departure departed gone notice notified denounced bites "
    "abandoned ditched scrapped".split(),
    *("walked out", "walking out", "walk out", "pulled out", "pull out", "pulling out"),
    *("takes effect", "took effect", "taking effect", "stormed out", "out of", "next"),
)
_NOT_LEFT = group(
    *"talks summit meeting session office job post command troops vote poll referendum".split(),
    *"could would might should wants vowed threatened threatens plans proposed".split(),
    *"if never not paid".split(),
    *("single market", "customs union", "gas deal", "grain deal"),
)
_BACK = group(
    *"rejoined rejoin rejoins rejoining returned return returns returning readmitted reentered "
    "back resumed".split(),
    *("re joined", "re entered", "came back"),
)
_AMERICAN = (
    *"we us our ours washington america american americans trump reagan biden bush obama carter "
    "administration".split(),
    "white house",
    "country:USA",
)


def made(world: World) -> Iterator[Card]:
    """Yield the cards that follow from the world's members, exits and seats."""
    for organisation in world.organisations.values():
        yield from _accessions(world, organisation)
        held = exits(world, organisation.id)
        if held is not None and held.precedents:
            yield from _exits(world, organisation, held)
    yield from _loans(world)
    yield from _seats()


def words_for(organisation: str) -> tuple[str, ...]:
    """Return what an organisation is called: its names, hints, and words of the press.

    >>> "hint:nato" in words_for("nato")
    True
    """
    return (
        f"organisation:{organisation}",
        f"hint:{organisation}",
        *_called().get(organisation, ()),
    )


@lru_cache
def _called() -> dict[str, tuple[str, ...]]:
    return {name: each.texts("any") for name, each in read_toml(WORDS).named("called")}


def _accessions(world: World, organisation: Organisation) -> Iterator[Card]:
    body = group(*words_for(organisation.id), around=True)
    for country in sorted({m.country for m in organisation.memberships}):
        spells = [m for m in organisation.memberships if m.country == country]
        values: tuple[Value, ...] = tuple(
            (m.first.year, m.first.year) if m.only_year else m.first for m in spells
        )
        name = group(f"country:{country}")
        yield Card(
            id=f"accession-{organisation.id}-{country}",
            title=f"{world.countries.spoken(country)} became a member of {organisation.name}",
            kind="membership",
            dimension="date",
            unit="",
            values=values,
            about=(name, _JOINED, body),
            near=name,
            without=_NOT_JOINED,
            basis=Basis(spells[0].source, spells[0].first, "seen"),
            within=10,
            side="before",
            firm=True,
        )
        if organisation.id == "nato" and spells[0].first.year > _FOUNDED:
            yield _ratified(world, organisation, spells[0])


def _ratified(world: World, organisation: Organisation, spell: Membership) -> Card:
    """Return how many members had to ratify an accession: all that there were before it."""
    before = len(organisation.members(spell.first - timedelta(days=1)))
    members = group(
        *"parliament* legislature* members allies states capitals countries governments".split()
    )
    return Card(
        id=f"ratified-{spell.country}",
        title=f"Members that ratified the accession of {world.countries.spoken(spell.country)}",
        kind="count",
        dimension="number",
        unit="",
        values=(float(before),),
        about=(
            members,
            group("ratified", "ratify", "ratification", "approved", "signed off"),
            group(f"country:{spell.country}", around=True),
            group(*words_for(organisation.id), around=True),
        ),
        near=members,
        without=group("yet", "remaining", "still", "only", "already", "so far"),
        basis=Basis(spell.source, spell.first, "seen"),
        within=3,
    )


def _exits(world: World, organisation: Organisation, held: Exits) -> Iterator[Card]:
    body = group(*words_for(organisation.id), around=True)
    for country in sorted({c for p in held.precedents for c in p.countries}):
        mine = [p for p in held.precedents if country in p.countries]
        names = _AMERICAN if country == "USA" else (f"country:{country}",)
        left = tuple(dict.fromkeys(day for p in mine for day in _days(p)))
        back = tuple(_returns(held, mine, country))
        for side, words, days in (("exit", _LEFT, left), ("return", _BACK, back)):
            if days:
                what = "left" if side == "exit" else "came back to"
                yield Card(
                    id=f"{side}-{organisation.id}-{country}",
                    title=f"{world.countries.spoken(country)} {what} {organisation.name}",
                    kind="date",
                    dimension="date",
                    unit="",
                    values=days,
                    about=(words, body, group(*names, around=True)),
                    near=words,
                    without=_NOT_LEFT,
                    basis=Basis(mine[0].source, min(*left, *days), mine[0].confidence),
                    within=8,
                    side="before",
                    firm=True,
                )


def _days(each: Precedent) -> Iterator[Day]:
    if each.announced is not None:
        yield each.announced
    yield each.notice
    if each.effect is not None and not each.revoked:
        yield each.effect


def _returns(held: Exits, mine: list[Precedent], country: str) -> Iterator[Day]:
    yield from sorted(p.first for p in held.parties if p.country == country)[1:]
    for each in mine:
        if each.returned is not None:
            yield each.returned
        if each.revoked:
            yield each.settled


def _loans(world: World) -> Iterator[Card]:
    """Yield what each state may borrow under SAFE, as first allocated and as decided."""
    history = world.history(LOAN)
    first = history.releases[0]
    programme = group("safe", "security action", around=True)
    for country in history.countries(world.latest):
        facts = [history.on(country, first.published.year, r.published) for r in history.releases]
        amounts = [fact.printed for fact in facts if isinstance(fact, Fact)]
        name = group(f"country:{country}")
        yield Card(
            id=f"safe-{country}",
            title=f"SAFE loan of {world.countries.spoken(country)}",
            kind="value",
            dimension="money",
            unit="EUR",
            values=tuple(dict.fromkeys(amounts)),
            about=(name, programme),
            near=name,
            without=group("asked", "requested", "applied", "spent", "contract*"),
            basis=Basis(first.document, first.published, "seen"),
        )


def _seats() -> Iterator[Card]:
    """Yield how many seats each party held in a chamber, from one count to the next."""
    rows = sorted(votes().composition, key=lambda row: row["day"])
    for row in rows:
        later = [r["day"] for r in rows if r["chamber"] == row["chamber"] and r["day"] > row["day"]]
        until = Day.fromisoformat(later[0]) if later else None
        for column, party in (("r", ("republican*", "gop")), ("d", ("democrat*",))):
            words, chamber = group(*party), group(row["chamber"])
            yield Card(
                id=f"seats-{row['chamber']}-{column}-{row['day']}",
                title=f"Seats in the {row['chamber'].title()} on {row['day']}, {party[0][:-1]}s",
                kind="count",
                dimension="number",
                unit="",
                values=(float(row[column]),),
                about=(words, chamber, group("seats", "majority", "hold", "holds")),
                near=chamber,
                without=group("vote*", "needed", "defect*"),
                basis=Basis(row["source"], Day.fromisoformat(row["day"]), row["confidence"]),
                until=until,
            )
