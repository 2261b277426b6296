"""Domestic gates: what a country's own law asks for before it may leave, read from its folder."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import CONTENT, Table, read_toml
from burdenshare.world.clauses import Known
from burdenshare.world.dates import Day
from burdenshare.world.inputs import allowed
from burdenshare.world.rules import CONFIDENCE, Rule, read_rules

STEPS = ("consultation", "notice", "consent", "funding")
BESIDE = ("constitution", "counting", "statute", "posture", "order", "court", "opinion")
_BINDING = ("notice", "consent")


@dataclass(frozen=True, slots=True)
class Route:
    """One way to give consent: who votes, and the counts that it needs."""

    id: str
    step: str
    actor: str
    text: str
    needs: tuple[str, ...]
    open: str


@dataclass(frozen=True, slots=True)
class Law:
    """A provision of domestic law on leaving: a step of the path, or what stands beside it."""

    id: str
    kind: str
    organisations: tuple[str, ...]
    provision: str
    citation: str
    in_force: Day
    until: Day | None
    known_from: Day
    confidence: str
    checked: str
    rule: str
    step: str
    actor: str
    text: str
    open: str
    routes: tuple[Route, ...]

    def known(self, organisation: str, as_of: Day) -> bool:
        """Say whether the law speaks of an organisation and was known on a day."""
        meant = organisation in self.organisations or "*" in self.organisations
        return meant and self.known_from <= as_of

    def holds(self, day: Day) -> bool:
        """Say whether the law is in force on a day."""
        return self.in_force <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: its laws and opinions, and whether by it the gates must be passed."""

    known: Known
    laws: tuple[str, ...]
    follows_gates: bool


@dataclass(frozen=True, slots=True)
class Gates:
    """A country's own law on leaving, with the rules that compute its days and counts."""

    country: str
    act: str
    notice_by: str
    seats: dict[str, int]
    laws: tuple[Law, ...]
    sides: tuple[Side, ...]
    rules: dict[str, Rule]

    def on(self, organisation: str, day: Day, as_of: Day) -> list[Law]:
        """Return the laws for an organisation that hold on a day, as known on another."""
        return [law for law in self.laws if law.known(organisation, as_of) and law.holds(day)]

    def later(self, organisation: str, day: Day, as_of: Day) -> list[Law]:
        """Return the steps that a law in force only after a day will ask for."""
        return [
            law
            for law in self.laws
            if law.kind in STEPS and law.known(organisation, as_of) and law.in_force > day
        ]

    def routes(self) -> list[str]:
        """Return the names of all ways to give consent."""
        return list(dict.fromkeys(route.id for law in self.laws for route in law.routes))

    def count(self, name: str, sworn: int | None = None) -> dict[str, Any]:
        """Return what a count needs with all present, and with a bare quorum.

        The first word of the rule is the chamber; `sworn` is the number of its members, all
        seats if left out.
        """
        chamber = name.partition("_")[0]
        members = self.seats[chamber] if sworn is None else sworn
        least = self.rules[f"{chamber}_quorum"].run({"sworn": members})
        one = self.rules[name]
        return {
            "rule": name,
            "chamber": chamber,
            "of": members,
            "needed": one.run({"sworn": members, "present": members, "voting": members}),
            "quorum": least,
            "needed_at_quorum": one.run({"sworn": members, "present": least, "voting": least}),
            "provision": one.provision,
            "citation": one.citation,
            "confidence": one.confidence,
        }


def read_gates(country: str) -> Gates | None:
    """Return a country's own law on leaving, or None where none is held.

    >>> gates = read_gates("USA")
    >>> found = gates.count("senate_consent")
    >>> found["needed"], found["of"], found["needed_at_quorum"], found["quorum"]
    (67, 100, 34, 51)
    >>> read_gates("FRA") is None
    True
    """
    folder = CONTENT / country.lower()
    if not (folder / "gates.toml").exists():
        return None
    return _gates(folder, country)


@functools.cache
def _gates(folder: Path, country: str) -> Gates:
    table = read_toml(folder / "gates.toml")
    if table.text("country") != country:
        raise table.fail("country", f'"{country}", the name of its folder in capitals')
    table.text("source")
    rules = read_rules(folder / "rules.py", allowed(folder))
    seats = table.table("seats")
    seats.text("citation")
    numbers = {name: seats.whole(name) for name in seats.values if name != "citation"}
    laws = tuple(_law(each, rules) for each in table.tables("law"))
    found = Gates(
        country=country,
        act=table.text("act"),
        notice_by=table.text("notice_by"),
        seats=numbers,
        laws=laws,
        sides=tuple(_side(each, laws) for each in table.tables("reading")),
        rules=rules,
    )
    table.done()
    return found


def _law(table: Table, rules: Collection[str]) -> Law:
    kind = table.choice("kind", [*STEPS, *BESIDE])
    is_step = kind in STEPS and kind != "consent"
    law = Law(
        id=table.text("id"),
        kind=kind,
        organisations=table.texts("organisations"),
        provision=table.text("provision"),
        citation=table.text("citation"),
        in_force=table.day("in_force"),
        until=table.day("until", None),
        known_from=table.day("known_from"),
        confidence=table.choice("confidence", CONFIDENCE),
        checked=table.text("checked"),
        rule=table.choice("rule", rules, ... if kind == "notice" else ""),
        step=table.text("step", ... if is_step else ""),
        actor=table.text("actor", ... if is_step else ""),
        text=table.text("text"),
        open=table.text("open", ""),
        routes=tuple(_route(each, rules) for each in table.tables("route")),
    )
    table.done()
    return law


def _route(table: Table, rules: Collection[str]) -> Route:
    needs = table.texts("needs")
    for name in needs:
        if name not in rules:
            raise UserError(f"{table.where}: needs {name[:40]!r}: {did_you_mean(name, rules)}")
    found = Route(
        id=table.text("id"),
        step=table.text("step"),
        actor=table.text("actor"),
        text=table.text("text"),
        needs=needs,
        open=table.text("open", ""),
    )
    table.done()
    return found


def _side(table: Table, laws: Collection[Law]) -> Side:
    names = table.texts("laws")
    known = {law.id for law in laws}
    for name in names:
        if name not in known:
            raise UserError(f"{table.where}: laws names {name[:40]!r}: {did_you_mean(name, known)}")
    text = Known(
        id=table.text("id"),
        title=table.text("title"),
        text=table.text("text"),
        citation="",
        known_from=table.day("known_from"),
        confidence=table.choice("confidence", CONFIDENCE),
    )
    found = Side(text, names, table.flag("follows_gates"))
    table.done()
    return found


def steps(
    gates: Gates, laws: Collection[Law], decided: Day, routes: Collection[str]
) -> Iterator[tuple[dict[str, Any], Day | None]]:
    """Yield the steps that laws ask for, each with the day before which no notice may be given."""
    for law in laws:
        if law.kind == "consent":
            for route in law.routes:
                if route.id in routes:
                    yield _route_step(gates, law, route, decided), None
        elif law.kind in STEPS:
            first = gates.rules[law.rule].run({"decided": decided}) if law.rule else None
            own = None if law.kind == "funding" else decided.isoformat()
            yield _step(law, law.step, law.actor, own, law.text, law.open), first


def binding(laws: Collection[Law]) -> bool:
    """Say whether any of the laws makes a decision wait or ask."""
    return any(law.kind in _BINDING for law in laws)


def _route_step(gates: Gates, law: Law, route: Route, decided: Day) -> dict[str, Any]:
    counts = [gates.count(name) for name in route.needs]
    found = _step(law, route.step, route.actor, decided.isoformat(), route.text, route.open)
    return {**found, "gate": route.id, "needed": counts}


def _step(
    law: Law, step: str, actor: str, earliest: str | None, text: str, open_: str
) -> dict[str, Any]:
    return {
        "step": step,
        "actor": actor,
        "rule": law.id,
        "provision": law.provision,
        "earliest": earliest,
        "citation": law.citation,
        "confidence": law.confidence,
        "text": text,
        "open": open_,
    }
