"""Cases worked by hand from the text of a provision, and whether the rule agrees with them.

They stand in `content/<organisation>/cases.toml`, beside the rules: what goes in, what must come
out, and the source. A case may ask instead that the rule is not known yet on a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import Table, read_toml
from burdenshare.world.dates import Day
from burdenshare.world.rules import Finding, Rule

OPEN = "open"
_VALUES = (int, float, str, bool, list, dict, Day)


@dataclass(frozen=True, slots=True)
class Case:
    """One case: the rule, its inputs, what must come out, and the source that says so.

    An input that the file lists as missing is None: TOML has no word for what is not known.
    With a day, the rule must be known then, or must not be where `known` is false.
    """

    organisation: str
    where: str
    rule: str
    name: str
    inputs: Mapping[str, Any]
    expect: Any
    tolerance: float
    as_of: Day | None
    known: bool
    source: str

    def __str__(self) -> str:
        return f"{self.organisation}: {self.rule}: {self.name}"


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file in their order; a file that is absent means none."""
    if not path.exists():
        return []
    table = read_toml(path)
    found = [_case(path.parent.name, each) for each in table.tables("case")]
    table.done()
    names: set[str] = set()
    for case in found:
        if str(case) in names:
            raise UserError(f"{case.where}: name is {case.name!r}, as in an earlier case: rename")
        names.add(str(case))
    return found


def check_case(case: Case, rules: Mapping[str, Rule]) -> str:
    """Return what is wrong with a case, or an empty text where the rule agrees with it.

    >>> from burdenshare.world.rules import rule
    >>> @rule(kind="contribution", provision="Art. 30", in_force="2008-12-15",
    ...       known_from="2007-11-20", citation="Charter, Art. 30")
    ... def dues(members):
    ...     '''Equal annual contributions.'''
    ...     return {member: 100 / len(members) for member in members}
    >>> case = Case("league", "", "dues", "two", {"members": ["LAO", "SGP"]},
    ...             {"LAO": 50, "SGP": 50}, 0, None, True, "by hand")
    >>> check_case(case, {"dues": dues.rule})
    ''
    """
    if case.rule not in rules:
        return f"{case.where}: no rule {case.rule!r}: {did_you_mean(case.rule, rules)}"
    rule = rules[case.rule]
    if case.as_of is not None:
        known = rule.holds(case.as_of, case.as_of)
        if known != case.known:
            word = "known" if known else "not known"
            return f"{case}: the rule is {word} as of {case.as_of}"
    if not case.known:
        return ""
    found = outcome(rule.run(case.inputs))
    if agrees(case.expect, found, case.tolerance):
        return ""
    return f"{case}: expected {case.expect!r}, the rule gives {found!r} ({case.source})"


def outcome(result: Any) -> Any:
    """Return what a rule gave as a case can expect it: "open" where its text leaves it open.

    >>> outcome(Finding("treaty", None, "", "Art. 5", open="such action as it deems necessary"))
    'open'
    """
    if isinstance(result, Finding):
        return OPEN if result.result is None and result.open else result.result
    return result


def agrees(expect: Any, found: Any, tolerance: float = 0.0) -> bool:
    """Say whether a result is what a case expects; numbers may differ by the tolerance.

    >>> agrees({"USA": 22}, {"USA": 22.0}), agrees([1.0], [1.1], 0.05), agrees(True, 1)
    (True, False, False)
    """
    if isinstance(expect, bool) or isinstance(found, bool):
        return expect is found
    if isinstance(expect, (int, float)) and isinstance(found, (int, float)):
        return abs(expect - found) <= tolerance
    if isinstance(expect, Mapping) and isinstance(found, Mapping):
        same = expect.keys() == found.keys()
        return same and all(agrees(expect[key], found[key], tolerance) for key in expect)
    if _listed(expect) and _listed(found):
        pairs = zip(expect, found, strict=False)
        return len(expect) == len(found) and all(agrees(*pair, tolerance) for pair in pairs)
    return bool(expect == found)


def cases_of(folders: Iterable[Path]) -> list[Case]:
    """Return the cases of several organisations' folders."""
    return [case for folder in folders for case in read_cases(folder / "cases.toml")]


def _listed(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _case(organisation: str, table: Table) -> Case:
    known = table.flag("known", default=True)
    case = Case(
        organisation=organisation,
        where=table.where,
        rule=table.text("rule"),
        name=table.text("name"),
        inputs={**table.table("inputs").values, **dict.fromkeys(table.texts("missing"))},
        expect=table.get("expect", _VALUES, "what must come out", ... if known else None),
        tolerance=float(table.number("tolerance", 0)),
        as_of=table.day("as_of", None),
        known=known,
        source=table.text("source"),
    )
    table.done()
    if not known and case.as_of is None:
        raise table.fail("as_of", "the day on which the rule must not be known")
    return case
