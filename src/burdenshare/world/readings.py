"""What the readings of a guarantee are measured by, and what each takes for granted.

Both stand in `content/<organisation>/guarantee.toml`: the pledge that a reading carries out, and
the assumptions that its text does not settle, each with its options, its reason and a citation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import Table, read_toml
from burdenshare.world.load import World
from burdenshare.world.pledges import Pledge
from burdenshare.world.rules import CONFIDENCE, Rule

MEASURED = ("share", "earlier", "threshold", "year")  # inputs that come from a pledge's measure


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a text does not settle: the options, the first of which is taken, and why."""

    id: str
    title: str
    options: tuple[str, ...]
    lowest: int
    highest: int
    why: str
    citation: str
    confidence: str

    @property
    def default(self) -> str | int:
        """What is taken unless something else is asked for."""
        return self.options[0] if self.options else self.lowest

    def take(self, asked: str | int) -> str | int:
        """Return an option as a user writes it, or an error that lists the options.

        >>> it = Assumption("grace_years", "Years of grace", (), 0, 20, "", "", "inference")
        >>> it.take("3")
        3
        """
        text = str(asked).strip()
        if self.options:
            if text in self.options:
                return text
            options = ", ".join(self.options)
            raise UserError(f"assumption {self.id} is {text[:40]!r}: write one of {options}")
        if text.isascii() and text.isdigit() and self.lowest <= int(text) <= self.highest:
            return int(text)
        raise UserError(
            f"assumption {self.id} is {text[:40]!r}: "
            f"write a whole number from {self.lowest} to {self.highest}"
        )


FIGURES = Assumption(
    id="figures",
    title="Which figures count",
    options=("any", "actual"),
    lowest=0,
    highest=0,
    why="the newest figure is taken, an estimate too: no text says which",
    citation="none: the texts name no status of figures",
    confidence="inference",
)


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of one organisation: their rules, the pledges behind them, the assumptions."""

    rules: Mapping[str, Rule]
    pledges: Mapping[str, Pledge]
    assumptions: Mapping[str, Assumption]


def label(rule: str) -> str:
    """Return the name of a reading as people write it.

    >>> label("pay_or_no_protection")
    'pay-or-no-protection'
    """
    return rule.replace("_", "-")


def read_readings(world: World, organisation: str) -> Readings:
    """Return the readings of an organisation's guarantee, or an error where it has none."""
    rules = _guarantees(world, organisation)
    if not rules:
        having = [name for name in world.organisations if _guarantees(world, name)]
        raise UserError(
            f"{organisation} has no rule of kind guarantee: these have: {', '.join(having)}"
        )
    path = world.folders[organisation] / "guarantee.toml"
    table = read_toml(path) if path.exists() else Table({}, str(path))
    pledges: dict[str, Pledge] = {}
    for name, each in table.named("reading"):
        if name not in rules:
            raise UserError(f"{each.where}: no such rule: {did_you_mean(name, rules)}")
        pledges[name] = _pledge(world, organisation, rules[name], each)
    assumptions = {each.id: each for each in map(_assumption, table.tables("assumption"))}
    table.done()
    for name, rule in rules.items():
        if name not in pledges and set(rule.inputs) & set(MEASURED):
            raise UserError(f'{table.where}: write [reading.{name}] with pledge = "…", its measure')
    return Readings(rules, pledges, assumptions)


def _guarantees(world: World, organisation: str) -> dict[str, Rule]:
    rules = world.rules_of(organisation)
    return {name: rule for name, rule in rules.items() if rule.kind == "guarantee"}


def _pledge(world: World, organisation: str, rule: Rule, table: Table) -> Pledge:
    known = world.organisations[organisation].pledges
    name = f"{organisation}.{table.choice('pledge', [n.split('.', 1)[1] for n in known])}"
    table.done()
    pledge = known[name]
    if not pledge.criteria:
        raise table.fail("pledge", "a pledge with a criterion: this one names no figure")
    if rule.known_from < pledge.known_from:
        day = f"{rule.known_from}, before the pledge ({pledge.known_from})"
        raise UserError(f"{table.where}: the rule is known from {day}: write the later day")
    return pledge


def _assumption(table: Table) -> Assumption:
    options = table.texts("options")
    found = Assumption(
        id=table.text("id").replace("-", "_"),
        title=table.text("title"),
        options=options,
        lowest=table.whole("lowest", 0),
        highest=table.whole("highest", 0),
        why=table.text("why"),
        citation=table.text("citation"),
        confidence=table.choice("confidence", CONFIDENCE),
    )
    table.done()
    if bool(options) == (found.highest > found.lowest):
        raise table.fail("options", "either options, or lowest and highest")
    return found
