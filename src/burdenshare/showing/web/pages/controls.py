"""The controls of a scenario: six that matter most, and all its other values behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from burdenshare.errors import UserError
from burdenshare.whatif.changes import Condition, Join, Leave, Reallocate, Set, Spend, Stop
from burdenshare.whatif.scenarios import Scenario
from burdenshare.world.load import World

DRAWS = 1000
MOST_DRAWS = 20_000
MOST_YEARS = 50
CHOICES = (200, 1000, 5000, 20_000)
WAYS = (
    ("", "all three ways, side by side"),
    ("rerun", "by the rules run again"),
    ("pro-rata", "in proportion to what they pay"),
    ("shrink", "nobody: the budget shrinks"),
)
_ALL_WAYS = {"rerun", "pro-rata", "shrink"}
# Fields of a change that say where it is from, not what it supposes.
_TOLD = {"id", "do", "when", "proposal", "citation", "confidence", "organisation", "budget", "what"}
_TOLD |= {"programme", "reading"}
_FRONT = {"who", "threshold", "rules"}


@dataclass(frozen=True, slots=True)
class Control:
    """One control: the names of its values in the address, its label, and what stands in it.

    `kind` is text, number, date or choice; `usual` is the value that the scenario itself has.
    """

    names: tuple[str, ...]
    label: str
    kind: str
    value: str
    usual: str
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""

    @property
    def name(self) -> str:
        """The name of the field of the form."""
        return self.names[0]


def front(own: Scenario, now: Scenario, world: World) -> list[Control]:
    """Return the controls that are always in view, at most six."""
    found = [*_who(own, now, world), *_threshold(own, now)]
    day = now.day(world).isoformat()
    found.append(
        Control(
            ("asOf",),
            "As known on",
            "date",
            day,
            own.day(world).isoformat(),
            (),
            "Nothing published later is used.",
        )
    )
    found += _ways(own, now)
    if own.targets:
        found.append(
            Control(
                ("set.targets",),
                "Targets, % of GDP",
                "text",
                _text(now.targets),
                _text(own.targets),
                (),
                "What reaching each of them would cost.",
            )
        )
    draws = {*CHOICES, now.draws}
    options = tuple((str(each), f"{each:,}") for each in sorted(draws))
    found.append(Control(("draws",), "Draws", "choice", str(now.draws), str(DRAWS), options))
    return found[:6]


def behind(own: Scenario, now: Scenario, shown: Sequence[Control]) -> list[Control]:
    """Return a control for each other value of a scenario."""
    seen = {name for each in shown for name in each.names}
    found = [
        Control(("set.years",), "Years", "text", now.years, own.years, (), "Such as 2026..2035."),
        Control(("seed",), "Seed of the draws", "number", str(now.seed), str(own.seed)),
    ]
    for name, switch in own.switches.items():
        found.append(
            Control(
                (f"set.switch.{name}",),
                switch.title,
                "choice",
                _on(now.switches[name].on),
                _on(switch.on),
                (("on", "yes"), ("off", "no")),
            )
        )
    later = {change.id: change for change in now.changes}
    for change in own.changes:
        fields = change.model_dump(by_alias=True, mode="json")
        values = later[change.id].model_dump(by_alias=True, mode="json")
        for field, usual in fields.items():
            name = f"set.{change.id}.{field}"
            if field in _TOLD or isinstance(usual, dict) or name in seen:
                continue
            label = f"{change.id}: {field}"
            found.append(Control((name,), label, "text", _text(values[field]), _text(usual)))
    return found


def _who(own: Scenario, now: Scenario, world: World) -> Iterator[Control]:
    """Yield who leaves, joins or stops: one control for all changes about the same countries."""
    labels: dict[type, str] = {Leave: "Who leaves", Stop: "Who stops paying", Join: "Who joins"}
    by_who: dict[tuple[type, str], list[str]] = {}
    values = {change.id: change for change in now.changes}
    for change in own.changes:
        if isinstance(change, (Leave, Stop, Join)):
            by_who.setdefault((type(change), _text(change.who)), []).append(change.id)
    for (kind, usual), ids in by_who.items():
        value = _text(getattr(values[ids[0]], "who", ()))
        names = tuple(f"set.{each}.who" for each in ids)
        note = "Codes or names of states, split by commas."
        yield Control(names, labels[kind], "states", value, usual, (), note)
        return


def _threshold(own: Scenario, now: Scenario) -> Iterator[Control]:
    values = {change.id: change for change in now.changes}
    for change in own.changes:
        if isinstance(change, Condition) and change.threshold is not None:
            value = getattr(values[change.id], "threshold", None)
            yield Control(
                (f"set.{change.id}.threshold",),
                "Threshold, % of GDP",
                "number",
                _text(value),
                _text(change.threshold),
                (),
                "Who spends less is not covered.",
            )
            return
        if isinstance(change, (Spend, Set)):
            field = "share" if isinstance(change, Spend) else "value"
            usual = getattr(change, field)
            if usual is not None and usual <= 100:
                value = getattr(values[change.id], field)
                yield Control(
                    (f"set.{change.id}.{field}",),
                    "Target, % of GDP",
                    "number",
                    _text(value),
                    _text(usual),
                    (),
                    "The share of GDP that is to be reached.",
                )
                return


def _ways(own: Scenario, now: Scenario) -> Iterator[Control]:
    ids = [change.id for change in own.changes if isinstance(change, Reallocate)]
    if not ids:
        return
    rules = next(change.rules for change in now.changes if change.id == ids[0])  # type: ignore[union-attr]
    value = "" if set(rules) == _ALL_WAYS else rules[0]
    names = tuple(f"set.{each}.rules" for each in ids)
    yield Control(names, "Who takes over the bill", "choice", value, "", WAYS)


def _on(state: bool) -> str:
    return "on" if state else "off"


def _text(value: Any) -> str:
    """Return a value as --set takes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(map(_text, value))
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def settings_of(
    query: Sequence[tuple[str, str]], controls: Sequence[Control], world: World
) -> list[str]:
    """Return what an address sets, as --set takes it, without what the scenario has anyway.

    Fields of the form are `set.KEY=VALUE`, addresses have `set=KEY=VALUE`; the fields win.
    """
    found: dict[str, str] = {}
    for name, value in query:
        if name == "set" and "=" in value:
            key, _, text = value.partition("=")
            found[key.strip()] = text.strip()
    fields = {name: value.strip() for name, value in query if name.startswith("set.")}
    for control in controls:
        first = control.names[0]
        if first not in fields:
            continue
        value = fields.pop(first)
        if control.kind == "states":
            value = _codes(value, world)
        for name in control.names:
            found.pop(name.removeprefix("set."), None)
            if value != control.usual:
                found[name.removeprefix("set.")] = value or "none"
    found |= {name.removeprefix("set."): value for name, value in fields.items() if value}
    return [f"{key}={value}" for key, value in found.items()]


def _codes(text: str, world: World) -> str:
    """Return the codes of states given by code or name; `members` stands for all."""
    parts = [each.strip() for each in text.split(",") if each.strip()]
    if not parts:
        raise UserError("nobody is named: write at least one state, such as USA")
    return ",".join(p if p == "members" else world.countries.find(p) for p in parts)
