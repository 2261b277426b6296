"""The charts of what is on record: the path of an exit, a chamber, positions over time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from burdenshare.showing.plots import (
    GHOST,
    INK,
    LINE,
    PAPER,
    SMALL,
    STATED,
    WIDE,
    Chart,
    lines,
    mark,
    plot,
    text,
)
from burdenshare.showing.words import clean, counted

Answer = Mapping[str, Any]
_ROW = 40
_PEOPLE = 12  # people that one chart shows


def path_chart(answer: Answer) -> Chart | None:
    """Return an exit as a timeline: each step at its earliest day, the clocks between them."""
    start = answer["decided"]
    steps = [
        (place, each)
        for place, each in enumerate(answer["steps"], start=1)
        if each["earliest"] and each["earliest"] >= start
    ]
    if not steps:
        return None
    days = [start, *(each["earliest"] for _, each in steps)]
    rows = []
    for row, (place, each) in enumerate(steps):
        name = lines(f"{place}. {each['step']}", WIDE - 100, SMALL)
        rows.append(
            {
                "row": row * _ROW + 28,
                "above": row * _ROW + 12,
                "day": each["earliest"],
                "from": start,
                "label": name[0] if len(name) == 1 else f"{name[0].rstrip()}…",
                "when": each["earliest"],
                "gate": "gate" if each.get("gate") else "step",
            }
        )
    high = len(rows) * _ROW + 4
    last = max(days)
    y = {
        "field": "row",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, high], "nice": False, "zero": False, "reverse": True},
    }
    above = {**y, "field": "above"}
    months = max((int(last[:4]) - int(start[:4])) * 12 + int(last[5:7]) - int(start[5:7]), 1)
    x = {
        "field": "day",
        "type": "temporal",
        "title": None,
        "scale": {
            "type": "utc",
            "domain": [start, last]
            if last > start
            else [start, f"{int(start[:4]) + 1}{start[4:]}"],
        },
        "axis": {
            "format": "%b %Y",
            "tickCount": {"interval": "month", "step": max(math.ceil(months / 4), 1)},
            "grid": True,
            "labelFlush": True,
            "orient": "bottom",
        },
    }
    shared = {"type": "temporal"}
    clock = [row for row in rows if row["day"] > start]
    layer = [
        mark(
            "rule",
            clock,
            {"x": {"field": "from", **shared}, "x2": {"field": "day"}, "y": y},
            color=LINE,
            strokeWidth=7,
            opacity=0.3,
        ),
    ]
    looks = (("step", "circle", LINE), ("gate", "diamond", STATED))
    for kind, shape, colour in looks:
        mine = [row for row in rows if row["gate"] == kind]
        layer.append(
            mark(
                "point",
                mine,
                {"x": {"field": "day", **shared}, "y": y},
                shape=shape,
                fill=PAPER if kind == "gate" else colour,
                stroke=colour,
                strokeWidth=2.5,
                size=110,
                opacity=1,
            )
        )
    layer.append(text(rows, {"x": {"value": 0}, "y": above}, align="left"))
    ends = [dict(row) | {"label": row["when"]} for row in rows]
    layer.append(text(ends, {"x": {"value": "width"}, "y": above}, align="right", fontWeight=600))
    title = f"{clean(answer['country_name'])}, leaving {clean(answer['organisation_name'])}"
    said = "; ".join(f"{each['step']}: {each['earliest']}" for _, each in steps)
    spec = plot(
        title,
        f"{title}, decided on {start}. Earliest days: {said}.",
        layer,
        high + 24,
        encoding={"x": x},
    )
    return Chart(
        "path",
        "The path, and the earliest day of each step",
        "Each bar is a clock that starts with the decision. Diamonds are gates: a vote that may "
        "also not pass.",
        (spec,),
        ("Step", "Earliest", "Who acts", "Rule"),
        tuple(
            (each["step"], each["earliest"] or "–", clean(each["actor"]), clean(each["provision"]))
            for each in answer["steps"]
        ),
    )


def chamber_chart(answer: Answer) -> Chart | None:
    """Return the recorded positions of a chamber as a half circle of seats."""
    groups = [
        (name, side, [row for row in answer["members"] if row["side"] == name])
        for name, side in answer["on_record"].items()
    ]
    seats = sum(len(rows) for _, _, rows in groups)
    if not seats:
        return None
    order = {"for": 0, "none": 1, "against": 2}
    groups.sort(key=lambda each: order[each[0]])
    places = _seats(seats)
    rows, at = [], 0
    for name, _, members in groups:
        for member in sorted(members, key=lambda row: (row["party"], row["state"])):
            x, y = places[at]
            rows.append(
                {
                    "x": x,
                    "y": y,
                    "side": name,
                    "who": f"{clean(member['name'])} ({member['party']}-{member['state']})",
                }
            )
            at += 1
    looks: dict[str, dict[str, Any]] = {
        "for": {"shape": "circle", "fill": LINE, "stroke": LINE},
        "none": {"shape": "circle", "fill": PAPER, "stroke": GHOST},
        "against": {"shape": "diamond", "fill": PAPER, "stroke": STATED},
    }
    ends = {
        "x": {
            "field": "x",
            "type": "quantitative",
            "axis": None,
            "scale": {"domain": [-1.06, 1.06], "nice": False, "zero": False},
        },
        "y": {
            "field": "y",
            "type": "quantitative",
            "axis": None,
            "scale": {"domain": [-0.1, 1.06], "nice": False, "zero": False},
        },
    }
    size = max(14, min(120, 9000 / seats))
    layer = [
        mark(
            "point",
            [row for row in rows if row["side"] == name],
            {"x": {"field": "x"}, "y": {"field": "y"}},
            size=size,
            strokeWidth=1.75,
            opacity=1,
            **look,
        )
        for name, look in looks.items()
    ]
    tally = [
        {"x": x, "y": -0.02, "label": f"{len(members)} {word}"}
        for x, word, (_, _, members) in zip(
            (-0.74, 0.0, 0.74), ("for", "none", "against"), groups, strict=True
        )
    ]
    layer.append(text(tally, {"x": {"field": "x"}, "y": {"field": "y"}}, fontWeight=600, dy=8))
    chamber = "Senate" if answer["chamber"] == "senate" else "House"
    title = f"{chamber}: {clean(answer['about'])}"
    said = ", ".join(f"{side['label']} {side['count']}" for _, side, _ in groups)
    spec = plot(title, f"{title}. {said}.", layer, 200, encoding=ends)
    return Chart(
        f"chamber-{answer['chamber']}",
        title,
        f"● {groups[0][1]['label']}; ○ {groups[1][1]['label']}; ◇ {groups[2][1]['label']}. "
        f"One mark is one member of the {counted(seats, 'member')} on the list.",
        (spec,),
        ("Member", "Party", "State", "Side", "Vote", "Roll call"),
        tuple(
            (
                clean(row["name"]),
                row["party"],
                row["state"],
                row["side"],
                clean(row["vote"]),
                clean(row["rollcall"] or "–"),
            )
            for row in answer["members"]
        ),
    )


def _seats(many: int) -> list[tuple[float, float]]:
    """Return places of seats in arcs, from left to right.

    >>> [place == (round(place[0], 4), round(place[1], 4)) for place in _seats(3)]
    [True, True, True]
    """
    arcs = max(1, round(math.sqrt(many / 4)))
    radii = [0.42 + 0.58 * (place + 0.5) / arcs for place in range(arcs)] if arcs > 1 else [0.8]
    whole = sum(radii)
    counts = [max(1, round(many * radius / whole)) for radius in radii]
    counts[-1] += many - sum(counts)
    found = []
    for radius, count in zip(radii, counts, strict=True):
        for place in range(count):
            turn = math.pi * (1 - (place + 0.5) / count)
            found.append(
                (-turn, round(radius * math.cos(turn), 4), round(radius * math.sin(turn), 4))
            )
    return [(x, y) for _, x, y in sorted(found)]


def positions_chart(answer: Answer) -> Chart | None:
    """Return who stood where and when: a row a person, a mark a statement with a stance."""
    marks = [
        (position["name"], position["proposition"], stance["date"], stance["stance"])
        for position in answer["positions"]
        for stance in position["stances"]
        if stance["date"] and stance["stance"] != "none"
    ]
    if not marks:
        return None
    names = [each[0] for each in marks]
    order = sorted(set(names), key=lambda name: (-names.count(name), name))[:_PEOPLE]
    kept = [each for each in marks if each[0] in order]
    rows = [
        {"row": order.index(name) * 30 + 24, "day": day, "stance": stance, "on": proposition}
        for name, proposition, day, stance in kept
    ]
    labels = [{"row": place * 30 + 9, "label": clean(name)} for place, name in enumerate(order)]
    high = len(order) * 30 + 8
    y = {
        "field": "row",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, high], "nice": False, "zero": False, "reverse": True},
    }
    days = sorted(each[2] for each in kept)
    first, last = days[0], days[-1]
    if first == last:
        first, last = f"{int(first[:4])}-01-01", f"{int(first[:4])}-12-31"
    form = (
        "%b %Y"
        if (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) > 3 + int(first[5:7])
        else "%-d %b %Y"
    )
    x = {
        "field": "day",
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc", "domain": [first, last], "nice": True},
        "axis": {"format": form, "tickCount": 4, "labelFlush": True, "orient": "bottom"},
    }
    looks: dict[str, dict[str, Any]] = {
        "for": {"shape": "circle", "fill": LINE, "stroke": LINE},
        "against": {"shape": "diamond", "fill": PAPER, "stroke": STATED},
        "conditional": {"shape": "circle", "fill": PAPER, "stroke": INK},
    }
    place = {"x": {"field": "day", "type": "temporal"}, "y": y}
    layer = [
        mark(
            "point",
            [row for row in rows if row["stance"] == stance],
            place,
            size=85,
            strokeWidth=2.25,
            opacity=1,
            **look,
        )
        for stance, look in looks.items()
    ]
    layer.append(text(labels, {"x": {"value": 0}, "y": y}, align="left"))
    title = "Positions over time"
    said = "; ".join(f"{name} {stance} {topic} on {day}" for name, topic, day, stance in kept[:30])
    spec = plot(title, f"{title}: {said}.", layer, high + 22, encoding={"x": x})
    note = "● for; ◇ against; ○ conditional. A copied statement counts once."
    if len(set(names)) > len(order):
        note += f" The {len(order)} with the most statements are drawn; the table has all."
    return Chart(
        "positions",
        title,
        note,
        (spec,),
        ("Person", "Proposition", "Day", "Stance"),
        tuple((clean(name), topic, day, stance) for name, topic, day, stance in marks),
    )
