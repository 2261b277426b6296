"""The parts of an exit: steps, readings of the clause, laws beside it, precedents and notes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from burdenshare.world.clauses import Clause, Precedent
from burdenshare.world.dates import Day
from burdenshare.world.exit_days import Leaving, Path
from burdenshare.world.gates import BESIDE, Gates, Law, binding


def iso(day: Day | None) -> str | None:
    """Return a day as JSON has it, None for none."""
    return None if day is None else day.isoformat()


def decision(case: Leaving, law: Gates | None) -> dict[str, Any]:
    """Return the first step: who decides is domestic law, which may be unknown here."""
    name = case.world.countries.name(case.country)
    found = _step(case.clause, "decision to leave", f"{name}'s government", case.decided, "")
    for one in law.on(case.organisation.id, case.decided, case.as_of) if law else []:
        if one.kind == "constitution" and law:
            return {
                **found,
                "actor": law.act,
                "rule": one.id,
                "provision": one.provision,
                "citation": one.citation,
                "confidence": one.confidence,
                "text": one.text,
                "open": one.open,
            }
    return {
        **found,
        "rule": None,
        "provision": None,
        "citation": "no source held",
        "confidence": "to verify",
        "open": f"{name}'s own law on leaving is not held here: unknown",
    }


def treaty_steps(
    case: Leaving, main: Path, law: Gates | None, laws: Collection[Law]
) -> Iterator[dict[str, Any]]:
    """Yield the steps of the treaty: lock-in, notice, what follows it, and the day of leaving."""
    clause = case.clause
    if clause.timing.lockin is not None:
        yield _lockin(case, main)
    by = law.notice_by if law else clause.decides
    notice = _step(clause, clause.act, by, main.notice, "; ".join(clause.conditions))
    dispute = ["whether it may be given without the consent above: see the readings"]
    questions = [*clause.open, *(dispute if binding(laws) else [])]
    yield {**notice, "addressee": clause.addressee, "open": "; ".join(questions)}
    for each in clause.after:
        yield _step(clause, each.step, each.actor, each.period.after(main.notice), each.text)
    effect = _step(clause, "leaving takes effect", "no further act", main.effect, clause.effect)
    none = [] if main.effect else ["no rule fixes a day: see the readings"]
    yield {**effect, "open": "; ".join([*clause.effect_open, *none])}


def lost(case: Leaving) -> dict[str, Any]:
    """Return the only step where there is no membership: nothing to leave."""
    clause = case.clause
    step = _step(clause, "nothing to leave", clause.decides, None, clause.effect)
    return {**step, "open": "; ".join(clause.open)}


def _lockin(case: Leaving, main: Path) -> dict[str, Any]:
    timing = case.clause.timing
    since = "of the treaty" if timing.lockin_from == "treaty" else "of being a party"
    text = f"no notice in the first {timing.lockin} {since}"
    step = _step(case.clause, "end of the lock-in", "no act", main.free, text)
    if main.free is None:
        step["open"] = "the day on which the country became a party is not held here"
    elif main.free > case.decided:
        step["open"] = "whether a notice given earlier may count from that day is not settled"
    return step


def _step(clause: Clause, step: str, actor: str, earliest: Day | None, text: str) -> dict[str, Any]:
    return {
        "step": step,
        "actor": actor,
        "rule": clause.id,
        "provision": clause.provision,
        "earliest": iso(earliest),
        "citation": f"{clause.instrument}, {clause.provision} ({clause.citation})",
        "confidence": clause.confidence,
        "text": text,
        "open": "",
    }


def readings(case: Leaving, floor: Day) -> Iterator[dict[str, Any]]:
    """Yield the readings of a clause and the rules beside it, with their days if they have any."""
    for each in case.clause.readings:
        if each.known.known_from <= case.as_of:
            path = case.path(case.clause, each.timing, floor) if each.timing else None
            yield {
                "reading": each.known.id,
                "title": each.known.title,
                "text": each.known.text,
                "citation": each.known.citation,
                "confidence": each.known.confidence,
                **_days(path),
            }
    for clause in case.exits.clauses:
        if clause.beside and clause.fits(case.country, case.decided, case.as_of):
            yield {
                "reading": clause.id,
                "title": f"{clause.instrument}, {clause.provision}",
                "text": f"{clause.decides}: {clause.effect}",
                "citation": clause.citation,
                "confidence": clause.confidence,
                **_days(case.path(clause, clause.timing, floor)),
            }


def sides(
    case: Leaving, law: Gates | None, laws: Collection[Law], floor: Day
) -> Iterator[dict[str, Any]]:
    """Yield the sides of the dispute whether the gates bind, each with its days."""
    if law is None or not binding(laws):
        return
    about = {each.id: each for each in law.laws if each.known(case.organisation.id, case.as_of)}
    for side in law.sides:
        cited = [about[name] for name in side.laws if name in about]
        if side.known.known_from > case.as_of or not cited:
            continue
        start = floor if side.follows_gates else case.decided
        yield {
            "reading": side.known.id,
            "title": side.known.title,
            "text": side.known.text,
            "citation": "; ".join(each.citation for each in cited),
            "confidence": side.known.confidence,
            **_days(case.path(case.clause, case.clause.timing, start)),
        }


def _days(path: Path | None) -> dict[str, Any]:
    return {
        "earliest_notice": iso(path.notice) if path else None,
        "earliest_effect": iso(path.effect) if path else None,
    }


def surviving(clause: Clause) -> list[dict[str, Any]]:
    """Return what a leaver still owes, with where it stands."""
    return [
        {
            "obligation": text,
            "citation": f"{clause.instrument}, {clause.provision}",
            "confidence": clause.confidence,
        }
        for text in clause.survives
    ]


def laws_beside(case: Leaving, law: Gates | None, effect: Day | None) -> list[dict[str, Any]]:
    """Return the laws that are no step: statutes, floors, orders, courts, up to the day of leaving.

    A law that holds only from a day after the decision says so by its `in_force`.
    """
    return [
        {
            "rule": each.id,
            "kind": each.kind,
            "provision": each.provision,
            "in_force": each.in_force.isoformat(),
            "text": each.text,
            "citation": each.citation,
            "confidence": each.confidence,
            "open": each.open,
        }
        for each in (law.laws if law else ())
        if each.kind in BESIDE
        and each.kind != "constitution"
        and each.known(case.organisation.id, case.as_of)
        and each.in_force <= max(effect or case.as_of, case.decided)
        and (each.until is None or case.decided <= each.until)
    ]


def precedents(case: Leaving) -> list[dict[str, Any]]:
    """Return the notices on record as known on the day; an outcome that came later is not told."""
    return [_precedent(each, case.as_of) for each in _known(case)]


def _known(case: Leaving) -> list[Precedent]:
    return [each for each in case.exits.precedents if each.notice <= case.as_of]


def _precedent(found: Precedent, as_of: Day) -> dict[str, Any]:
    settled = found.settled <= as_of
    return {
        "id": found.id,
        "countries": list(found.countries),
        "notice": found.notice.isoformat(),
        "effect": iso(found.effect) if settled else None,
        "by_the_rule": iso(found.predicted),
        "outcome": found.outcome if settled else f"not settled on {as_of}",
        "note": found.note if settled else "",
        "source": found.source,
        "confidence": found.confidence,
    }


def notes(
    case: Leaving, law: Gates | None, main: Path | None, gates: Sequence[str]
) -> Iterator[str]:
    """Yield what else a reader must know: positions, notices that run, laws of a later day."""
    for country, known in case.exits.positions:
        if country == case.country and known.known_from <= case.as_of:
            yield f"{known.text} ({known.confidence})"
    if main is None:
        return
    yield from _running(case)
    if law and not gates:
        yield "domestic law was left out, as asked"
    later = law.later(case.organisation.id, main.notice, case.as_of) if law and gates else []
    if later:
        named = ", ".join(f"{each.provision} (from {each.in_force})" for each in later)
        yield f"not yet in force on {main.notice}: {named}"
    if case.exits.ended and main.effect and case.exits.ended[1].known_from <= case.as_of:
        day, why = case.exits.ended
        if day < main.effect:
            yield f"before that the treaty itself ended, on {day}: {why.text}"
    if not case.spells:
        name = case.world.countries.name(case.country)
        yield f"the list of parties held is not whole: whether {name} is one is not known here"


def _running(case: Leaving) -> Iterator[str]:
    """Yield what notices of the same country before the decision mean for it."""
    for each in _known(case):
        given = case.country in each.countries and each.notice < case.decided
        if not given or each.effect is None or (each.revoked and each.settled <= case.as_of):
            continue
        entered = max((spell.first for spell in case.spells), default=each.notice)
        if case.decided <= each.effect:
            yield f"a notice of {each.notice} was already running, with effect on {each.effect}"
        elif entered <= each.notice and each.matches != "not applicable":
            yield (
                f"a notice of {each.notice} has or had effect on {each.effect}: "
                "whether there is still something to leave was not checked"
            )
