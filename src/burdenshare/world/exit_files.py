"""Reading `content/<org>/exit.toml`, and refusing what is not understood."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import Table, read_toml
from burdenshare.world.clauses import (
    LOCKINS,
    TYPES,
    After,
    Clause,
    Exits,
    Known,
    Party,
    Precedent,
    Reading,
    Timing,
)
from burdenshare.world.dates import Day
from burdenshare.world.durations import Duration
from burdenshare.world.rules import CONFIDENCE


def read_exits(path: Path, countries: Collection[str]) -> Exits:
    """Return what an `exit.toml` holds; a file that is not understood is an error."""
    table = read_toml(path)
    clauses = tuple(_clause(each, countries) for each in table.tables("clause"))
    if not clauses:
        raise table.fail("clause", "at least one table [[clause]]")
    ended = table.table("ended")
    found = Exits(
        clauses=clauses,
        ended=(ended.day("day"), _known(ended, "")) if ended.values else None,
        complete=table.choice("parties", ["complete", "partial"], "partial") == "complete",
        parties=tuple(_party(each, countries) for each in table.tables("party")),
        outsiders=tuple(_of_country(each, countries) for each in table.tables("never")),
        positions=tuple(_of_country(each, countries) for each in table.tables("position")),
        precedents=tuple(
            _precedent(each, countries, {c.id for c in clauses})
            for each in table.tables("precedent")
        ),
    )
    table.done()
    return found


def _clause(table: Table, countries: Collection[str]) -> Clause:
    timing = _timing(table, None)
    found = Clause(
        id=table.text("id"),
        instrument=table.text("instrument"),
        provision=table.text("provision"),
        citation=table.text("citation"),
        in_force=table.day("in_force"),
        known_from=table.day("known_from"),
        until=table.day("until", None),
        confidence=table.choice("confidence", CONFIDENCE),
        checked=table.text("checked"),
        url=table.text("url", ""),
        timing=timing,
        countries=_codes(table, "countries", countries),
        others=_codes(table, "not_countries", countries),
        beside=table.flag("beside"),
        decides=table.text("decides"),
        addressee=table.text("addressee", ""),
        act=table.text("act", "notice"),
        effect=table.text("effect"),
        words=table.text("words", ""),
        revocable=table.text("revocable", ""),
        conditions=table.texts("conditions"),
        open=table.texts("open"),
        effect_open=table.texts("effect_open"),
        survives=table.texts("survives"),
        after=tuple(_after(each) for each in table.tables("after")),
        readings=tuple(_reading(each, timing) for each in table.tables("reading")),
    )
    table.done()
    return found


def _timing(table: Table, base: Timing | None) -> Timing:
    """Return a timing; a reading takes from its clause what it does not say itself."""
    kind = table.choice("type", TYPES, base.type if base else ...)
    terms = tuple(_term(each) for each in table.tables("term"))
    found = Timing(
        type=kind,
        notice=_period(table, "notice", base.notice if base else None),
        lockin=_period(table, "lockin", base.lockin if base else None),
        lockin_from=table.choice("lockin_from", LOCKINS, base.lockin_from if base else ""),
        terms=terms or (base.terms if base else ()),
    )
    needs = ("notice-plus", "notice-by-date", "agreement-or-period", "term-end")
    if found.notice is None and kind in needs:
        raise table.fail("notice", 'the period of notice, such as "P1Y"')
    if found.lockin is not None and not found.lockin_from:
        raise table.fail("lockin_from", '"treaty", "first-entry" or "entry"')
    if kind == "term-end" and not found.terms:
        raise table.fail("term", "the terms, each headed [[clause.term]]")
    return found


def _period(table: Table, key: str, default: Duration | None = None) -> Duration | None:
    if key not in table.values:
        table.asked.add(key)
        return default
    return Duration.parse(table.text(key), f"{table.where}: {key}")


def _term(table: Table) -> tuple[Duration, Day]:
    found = _must(table), table.day("known_from")
    table.done()
    return found


def _after(table: Table) -> After:
    found = After(table.text("step"), table.text("actor"), _must(table), table.text("text"))
    table.done()
    return found


def _must(table: Table) -> Duration:
    period = _period(table, "period")
    if period is None:
        raise table.fail("period", 'a period, such as "P30D"')
    return period


def _reading(table: Table, base: Timing) -> Reading:
    dated = table.flag("dated")
    timing = _timing(table, base) if dated else None
    return Reading(_known(table), timing)


def _known(table: Table, name: str | None = None) -> Known:
    found = Known(
        id=table.text("id") if name is None else name,
        title=table.text("title", ""),
        text=table.text("text"),
        citation=table.text("citation"),
        known_from=table.day("known_from"),
        confidence=table.choice("confidence", CONFIDENCE),
    )
    table.done()
    return found


def _of_country(table: Table, countries: Collection[str]) -> tuple[str, Known]:
    country = _code(table, table.text("country"), countries)
    return country, _known(table, "")


def _party(table: Table, countries: Collection[str]) -> Party:
    found = Party(
        country=_code(table, table.text("country"), countries),
        first=table.day("from"),
        last=table.day("to", None),
        note=table.text("note", ""),
        citation=table.text("citation"),
        confidence=table.choice("confidence", CONFIDENCE),
    )
    table.done()
    return found


def _precedent(table: Table, countries: Collection[str], clauses: Collection[str]) -> Precedent:
    notice: Day = table.day("notice")
    effect: Day | None = table.day("effect", None)
    found = Precedent(
        id=table.text("id"),
        clause=table.choice("clause", clauses),
        countries=_codes(table, "countries", countries),
        notice=notice,
        effect=effect,
        predicted=table.day("predicted", None),
        matches=table.choice("matches", ["yes", "no", "about", "not applicable"]),
        kind=table.text("kind"),
        outcome=table.text("outcome"),
        settled=table.day("settled", notice if effect is None else effect),
        revoked=table.flag("revoked"),
        note=table.text("note", ""),
        source=table.text("source"),
        confidence=table.choice("confidence", CONFIDENCE),
        announced=table.day("announced", None),
        returned=table.day("returned", None),
    )
    table.done()
    return found


def _codes(table: Table, key: str, countries: Collection[str]) -> tuple[str, ...]:
    return tuple(_code(table, each, countries) for each in table.texts(key))


def _code(table: Table, code: str, countries: Collection[str]) -> str:
    if code not in countries:
        raise UserError(f"{table.where}: country is {code[:40]!r}: {did_you_mean(code, countries)}")
    return code
