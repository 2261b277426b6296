"""Scenarios for tests: the smallest one, with changes, and any that Hypothesis can think of."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from burdenshare.whatif.scenarios import Scenario, parse_scenario

WHERE = "mine.toml"
SMALL: dict[str, Any] = {
    "id": "small",
    "title": "Small",
    "question": "Who?",
    "organisations": ["nato"],
    "years": "2026..2030",
}
EXIT = {"id": "exit", "do": "leave", "who": ["USA"], "organisation": "nato", "citation": "x"}


def small(**values: Any) -> Scenario:
    """Return the smallest scenario with keys added or replaced."""
    return parse_scenario({**SMALL, **values}, WHERE)


def changed(*changes: dict[str, Any], **values: Any) -> Scenario:
    """Return the smallest scenario with changes, each of which has a name and a citation."""
    named = [{"id": f"c{i}", "citation": "x", **each} for i, each in enumerate(changes)]
    return small(change=named, **values)


names = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)
codes = st.sampled_from(["USA", "DEU", "POL", "ESP", "ISL"])
shares = st.floats(0, 100, allow_nan=False)
years = st.integers(2026, 2060)
dates = st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 12, 31))
_WHO = st.one_of(st.just("members"), st.lists(codes, min_size=1, max_size=3))


def _change(do: str, needed: dict[str, Any], extra: dict[str, Any]) -> st.SearchStrategy[Any]:
    common = {"do": st.just(do), "citation": texts}
    maybe = {
        "proposal": texts,
        "confidence": st.sampled_from(["seen", "general knowledge", "inference", "to verify"]),
    }
    return st.fixed_dictionaries(common | needed, optional=maybe | extra)


changes = st.one_of(
    _change("leave", {"who": _WHO, "organisation": texts, "on": dates}, {"but": st.lists(codes)}),
    _change("join", {"who": st.lists(codes, min_size=1), "organisation": texts, "on": dates}, {}),
    _change("set", {"what": st.just("pull"), "value": st.floats(0, 1)}, {}),
    _change(
        "spend",
        {"who": _WHO, "share": shares},
        {"by": years, "except": st.dictionaries(codes, shares), "organisation": texts},
    ),
    _change(
        "spend",
        {"who": _WHO, "path": st.dictionaries(years.map(str), shares, min_size=1)},
        {"mode": st.sampled_from(["at-least", "exactly"])},
    ),
    _change("spend", {"who": _WHO, "add": st.floats(-100, 100), "from": years}, {}),
    _change("condition", {"organisation": texts, "reading": names}, {"threshold": shares}),
    _change("borrow", {"programme": names, "from": st.just(2026), "to": years}, {}),
    _change("reallocate", {"budget": st.just("un.regular")}, {"rules": st.just(["rerun"])}),
    _change("stop", {"who": st.lists(codes, min_size=1), "organisation": texts}, {"on": dates}),
)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a scenario of any kinds of changes, some of them under a switch."""
    found = draw(st.lists(changes, max_size=4))
    switches = draw(st.lists(names.filter(lambda name: name != "switch"), unique=True, max_size=2))
    for number, change in enumerate(found):
        change["id"] = f"change-{number}"
        if number < len(switches):
            change["when"] = draw(st.sampled_from(["", "not "])) + switches[number]
    values = {
        **SMALL,
        "title": draw(texts),
        "question": draw(texts),
        "as_of": draw(st.one_of(st.just("latest"), dates)),
        "draws": draw(st.integers(1, 2_000_000)),
        "seed": draw(st.integers(0, 2**63 - 1)),
        "targets": draw(st.lists(shares, max_size=3)),
        "studies": draw(st.lists(names, max_size=2)),
        "assumption": draw(
            st.lists(st.fixed_dictionaries({"text": texts, "citation": texts}), max_size=2)
        ),
        "switch": {name: {"title": draw(texts), "on": True} for name in switches[: len(found)]},
        "change": found,
    }
    return parse_scenario(values, WHERE)
