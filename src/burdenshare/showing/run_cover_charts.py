"""Charts of whether loans and room cover what studies ask for, in all and state by state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from burdenshare.showing import debt_words as words
from burdenshare.showing import run_debt_words as debt
from burdenshare.showing import run_words as say
from burdenshare.showing.bars import Bar, bars_spec, listed
from burdenshare.showing.plots import (
    FONT,
    GHOST,
    LINE,
    PAPER,
    STATED,
    WIDE,
    Chart,
    Layer,
    amounts,
    domain,
    lines,
    mark,
    plot,
    text,
)
from burdenshare.showing.words import clean

Answer = Mapping[str, Any]
_LINE, _BAR, _GAP = 16, 19, 14
_KINDS = ("asked", "loans", "room")
_SAID = (
    "Asked for: filled where a loan or the room covers it, hollow where it is missing. A loan pays "
    "for spending inside the room and is not added to it. EUR, all years and states together."
)
_HEAD = (
    "State",
    "Asked, EUR",
    "Asked, % of GDP",
    "Loans, EUR",
    "Room, EUR",
    "Missing, EUR",
    "Missing from",
    "Why",
)


def cover_charts(answer: Answer) -> list[Chart]:
    """Return what each study asks for beside the money there is, then each state by study."""
    covers = debt.block(answer)["covers"]
    if not covers:
        return []
    return [_money(covers), *(_states(each, place + 1) for place, each in enumerate(covers))]


def _money(covers: Sequence[Answer]) -> Chart:
    title = "What studies ask for, and the money there is"
    sums = [_sums(each) for each in covers]
    table = tuple(
        (
            debt.asked(each),
            say.money(found["asked"]),
            say.money(found["missing"]),
            say.money(found["loans"]),
            say.money(found["room"]),
            f"{len(each['covered'])} of {len(each['rows'])}",
        )
        for each, found in zip(covers, sums, strict=True)
    )
    said = "; ".join(
        f"{debt.asked(each)}: EUR {say.money(found['asked'])} in all, of it "
        f"{say.money(found['missing'])} missing"
        for each, found in zip(covers, sums, strict=True)
    )
    head = ("Study", "Asked, EUR", "Missing, EUR", "Loans, EUR", "Room, EUR", "States covered")
    note = f"{_SAID} {'. '.join(dict.fromkeys(map(debt.held, covers)))}."
    spec = _blocks(title, f"{title}. {said}.", covers, sums)
    return Chart("debt-money", title, note, (spec,), head, table)


def _sums(cover: Answer) -> dict[str, float]:
    """Return what is asked for and missing, in all years and states, and the money there is."""
    found = {
        name: sum((debt.total(row, f"{name}_eur") for row in cover["rows"]), start=0.0)
        for name in ("asked", "missing")
    }
    return found | {name: cover["money"][f"{name}_eur"] for name in ("loans", "room")}


def _blocks(
    title: str, said: str, covers: Sequence[Answer], sums: Sequence[Mapping[str, float]]
) -> dict[str, Any]:
    """Return for each study its name, and below it what it asks for, the loans and the room."""
    names, bars, foot = [], [], 0
    for cover, found in zip(covers, sums, strict=True):
        for label in _name(cover):
            names.append({"label": label, "place": foot + _LINE / 2})
            foot += _LINE
        for kind in _KINDS:
            bars.append(
                {
                    "place": foot + _BAR / 2,
                    "low": 0.0,
                    "high": found[kind],
                    "from": found[kind] - (found["missing"] if kind == "asked" else 0.0),
                    "kind": kind,
                    "colour": LINE if kind == "asked" else GHOST,
                    "label": _label(kind, found),
                }
            )
            foot += _BAR
        foot += _GAP
    y: dict[str, Any] = {"field": "place", "type": "quantitative", "axis": None}
    y |= {"scale": {"domain": [0, foot], "nice": False, "zero": False, "reverse": True}}
    high = domain([1.0, *(found[kind] for found in sums for kind in _KINDS)], zero=True)
    encoding = {"x": amounts(high, "low", tickCount=3, orient="bottom")}
    layer = [*_drawn(bars, y), text(names, {"x": {"value": 0}, "y": y}, **_NAME)]
    return plot(title, said, layer, foot + 24, encoding=encoding)


_NAME = {"align": "left", "fontWeight": 600, "fontSize": FONT}


def _name(cover: Answer) -> list[str]:
    who = f"{cover['first']} to {cover['last']}, {clean(cover['split_title'])}"
    return [*lines(clean(cover["publisher"]), WIDE, FONT), *lines(who, WIDE, FONT)]


def _label(kind: str, found: Mapping[str, float]) -> str:
    said = f"{kind} {say.money(found[kind])}"
    missing = found["missing"] if kind == "asked" else 0.0
    return f"{said}, missing {say.money(missing)}" if missing > 0 else said


def _drawn(bars: Sequence[Answer], y: Answer) -> list[Layer]:
    colour = {"field": "colour", "type": "nominal", "scale": None}
    wide: dict[str, Any] = {"orient": "horizontal", "size": _BAR - 6}
    short = [bar for bar in bars if bar["from"] < bar["high"]]
    hollow = {"fill": PAPER, "stroke": STATED, "strokeWidth": 1.5}
    ends = {"x2": {"field": "high"}, "y": y}
    return [
        mark("bar", bars, {"x": {"field": "low"}, **ends, "color": colour}, **wide),
        mark("bar", short, {"x": {"field": "from"}, **ends}, **wide, **hollow),
        text(bars, {"x": {"field": "high"}, "y": y}, align="left", dx=5),
    ]


def _states(cover: Answer, place: int) -> Chart:
    """Return what is asked of each state, and what of it no loan and no room covers."""
    title = f"{clean(cover['publisher'])}: {clean(cover['split_title'])}"
    rows = sorted(
        cover["rows"],
        key=lambda row: (-debt.total(row, "missing_eur"), -debt.total(row, "asked_eur")),
    )
    bars = [_bar(row) for row in rows]
    note = " ".join(
        clean(each)
        for each in (cover["says"], "Hollow: missing. EUR, all years.", _caveat(cover))
        if each
    )
    table = tuple(_line(row) for row in rows)
    spec = bars_spec(title, f"{title}. {listed(bars)}.", bars)
    return Chart(f"debt-cover-{place}", title, note, (spec,), _HEAD, table)


def _caveat(cover: Answer) -> str:
    return f"{say.heading(cover['caveat'])}." if cover["caveat"] else ""


def _bar(row: Answer) -> Bar:
    asked, missing = debt.total(row, "asked_eur"), debt.total(row, "missing_eur")
    label = say.money(asked)
    if missing > 0:
        size, _, scale = say.money(missing).partition(" ")
        short = size if label.endswith(scale) else f"{size} {scale}"
        label += ", all missing" if missing >= 0.995 * asked else f", {short} missing"
    return Bar(words.named(row["country"]), asked, label=label, part=missing)


def _line(row: Answer) -> tuple[str, ...]:
    share = debt.span(row["asked_points"].values())
    sums = [say.money(debt.total(row, f"{name}_eur")) for name in ("asked", *_KINDS[1:], "missing")]
    first = row["first_missing"]
    return (
        words.named(row["country"]),
        sums[0],
        share,
        *sums[1:],
        "–" if first is None else str(first),
        clean(row["reason"]) or "–",
    )
