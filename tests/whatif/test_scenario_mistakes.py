"""What a user may write wrong in a scenario: file, key, value found, what to write instead."""

import datetime
import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from burdenshare.errors import UserError
from burdenshare.whatif.changes import KINDS
from burdenshare.whatif.scenarios import Scenario, parse_scenario
from whatif.scenario_parts import EXIT, SMALL, WHERE, changed

DAY = datetime.date(2028, 1, 1)
SPEND = {"do": "spend", "who": ["POL"]}
HUGE = 1 << 20_000  # more digits than Python turns into a text
WHOLE = "a whole number from 1 to 2000000"

TOP = [
    ({"draws": 0}, f"mine.toml: draws is 0: write {WHOLE}"),
    ({"draws": 10**12}, f"mine.toml: draws is 1000000000000: write {WHOLE}"),
    ({"draws": 2.5}, f"mine.toml: draws is 2.5: write {WHOLE}"),
    ({"draws": True}, f"mine.toml: draws is True: write {WHOLE}"),
    ({"draws": HUGE}, f"mine.toml: draws is a number of thousands of digits: write {WHOLE}"),
    ({"seed": -1}, "seed is -1: write a whole number from 0 to 9223372036854775807"),
    ({"seed": 2**63}, "seed is 9223372036854775808: write a whole number from 0"),
    ({"sed": 1}, "mine.toml: unknown key 'sed': did you mean 'seed'?"),
    ({"targets": [2.0, math.nan]}, "targets is nan: write a list of shares of GDP from 0 to 100"),
    ({"targets": [101.0]}, "targets is 101.0: write"),
    ({"title": ""}, "title is '': write a text in quotes"),
    ({"as_of": "yesterday"}, "as_of is 'yesterday': write a day without quotes, such as"),
    ({"as_of": datetime.datetime(2025, 1, 1)}, "as_of is 2025-01-01T00:00:00: write a day"),
    ({"years": 2026}, 'years is 2026: write the first and the last year in quotes: "2026..2035"'),
    ({"years": "2026-2030"}, "years is '2026-2030': write 2026..2035"),
    ({"years": "2030..2026"}, "years is '2030..2026': write the earlier year first"),
    ({"years": "2000..2099"}, "years is '2000..2099': write at most 75 years"),
    ({"years": "1066..1067"}, "years is '1066..1067': write years from 1950 to 2100"),
    ({"organisations": []}, "organisations is []: write a list of ids of organisations"),
    ({"organisations": "nato"}, "organisations is 'nato': write a list of ids"),
    ({"change": {}}, "change is {}: write tables headed [[change]]"),
    ({"change": [3]}, "mine.toml [[change]] 1: it is 3: write tables headed [[change]]"),
    ({"switch": {"a": 3}}, "mine.toml [switch.a]: it is 3: write tables headed [switch.NAME]"),
    (
        {"switch": {"A": {"title": "x", "on": True}}},
        "mine.toml [switch.A]: it is 'A': write a name",
    ),
    ({"switch": {"a": {"title": "x", "on": 1}}}, "[switch.a]: on is 1: write true or false"),
    ({"switch": {"a": {"title": "x", "on": True}}}, "no change has when = 'a': write it, or leave"),
    ({"assumption": [{"text": "x"}]}, "[[assumption]] 1: citation is nothing: write a text"),
    ({"id": "nothing-changes", "change": [{**EXIT, "on": DAY}]}, "id is 'nothing-changes', which"),
    ({"change": [{**EXIT, "on": DAY}] * 2}, "two changes have the id 'exit': give one another"),
    (
        {"change": [{**EXIT, "on": DAY, "id": "draws"}]},
        "a change has the id 'draws', which is a key",
    ),
]
CHANGES = [
    ({"do": "lave"}, "mine.toml [[change]] 1 (c0): do is 'lave': did you mean 'leave'?"),
    ({}, "[[change]] 1 (c0): do is nothing: write one of leave, join, set, spend, condition"),
    ({**EXIT, "id": "c0"}, "(c0): decided is nothing: write the day of decision, or on = the day"),
    ({**EXIT, "id": "c0", "decide": DAY}, "(c0): unknown key 'decide': did you mean 'decided'?"),
    ({**EXIT, "id": "c0", "on": "2028-01-01"}, "on is '2028-01-01': write a day without quotes"),
    (
        {**EXIT, "id": "c0", "on": DAY, "decided": datetime.date(2028, 6, 1)},
        "on is 2028-01-01: write a day after the decision (2028-06-01)",
    ),
    ({**EXIT, "id": "c0", "on": DAY, "when": "x"}, "the switch 'x', which is not there: write [sw"),
    ({**SPEND, "who": "usa", "share": 2.0}, "who is 'usa': write a list of ISO 3166-1 alpha-3"),
    ({**SPEND, "who": [], "share": 2.0}, "who is []: write a list of ISO"),
    ({**SPEND, "share": math.nan}, "(c0): share is nan: write a share of GDP from 0 to 100"),
    ({**SPEND, "share": math.inf}, "(c0): share is inf: write a share of GDP from 0 to 100"),
    ({**SPEND, "share": -1.0}, "(c0): share is -1.0: write a share of GDP from 0 to 100"),
    ({**SPEND, "share": "2 %"}, "(c0): share is '2 %': write a share of GDP from 0 to 100"),
    ({**SPEND, "path": {"2026": math.nan}}, "(c0): path.2026 is nan: write a share of GDP by year"),
    ({**SPEND, "path": {"soon": 2.0}}, "(c0): path.soon is 'soon': write a share of GDP by year"),
    ({**SPEND, "path": {}}, "(c0): path is {}: write a share of GDP by year"),
    ({**SPEND, "share": 2.0, "except": {"esp": 2.0}}, "except.esp is 'esp': write a share of GDP"),
    ({**SPEND, "share": 2.0, "add": 1.0}, "the change gives share and add: write one of share"),
    (SPEND, "the change gives nothing: write one of share, path and add"),
    ({**SPEND, "add": 1.0}, "from is nothing: write the first year of what is added"),
    ({**SPEND, "add": 1.0, "from": 2027, "mode": "exactly"}, "mode goes with share and path"),
    ({**SPEND, "add": 1.0, "from": 2027, "except": {"ESP": 1.0}}, "except goes with share"),
    ({**SPEND, "path": {"2026": 2.0}, "by": 2027}, "path names its own years: leave out from, by"),
    ({**SPEND, "share": 2.0, "from": 2030, "by": 2027}, "from, by and to are not in order"),
    ({**SPEND, "share": 2.0, "mode": "exact"}, "mode is 'exact': did you mean 'exactly'?"),
    ({"do": "set", "what": "push", "value": 1.0}, "what is 'push': write \"pledge:ORG.PLEDGE."),
    ({"do": "set", "what": "pull", "value": 1.5}, "value is 1.5: write a pull from 0.0 to 1.0"),
    (
        {"do": "set", "what": "pledge:nato.hague-2025.core", "value": 350.0},
        "value is 350: write a share of GDP, such as 3.5",
    ),
    (
        {"do": "reallocate", "budget": "un.regular", "rules": ["prorata"]},
        "did you mean 'pro-rata'?",
    ),
    ({"do": "borrow", "programme": "eu-safe", "from": 2030, "to": 2026}, "from is 2030: write a y"),
    ({"do": "stop", "who": "members", "organisation": "wfp"}, "who is 'members': write a list of"),
]


@pytest.mark.parametrize(("values", "message"), TOP, ids=[text for _, text in TOP])
def test_a_mistake_in_a_scenario(values: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_scenario({**SMALL, **values}, WHERE)
    assert message in str(caught.value)
    assert str(caught.value).startswith(WHERE)


@pytest.mark.parametrize(("change", "message"), CHANGES, ids=[text for _, text in CHANGES])
def test_a_mistake_in_a_change(change: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError) as caught:
        changed(change)
    assert message in str(caught.value)
    assert str(caught.value).startswith(WHERE)


def test_an_empty_file_is_told_what_it_lacks() -> None:
    with pytest.raises(UserError, match="title is nothing: write a text in quotes"):
        parse_scenario({"id": "x"}, WHERE)


def keys() -> Iterator[tuple[str, str]]:
    """Yield every key of a scenario and of each kind of change."""
    models: dict[str, type[BaseModel]] = {"": Scenario, **KINDS}
    for kind, model in models.items():
        for name, field in model.model_fields.items():
            yield kind, field.alias or name


LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(),
    st.datetimes(), st.times(),
    st.sampled_from(["members", "USA", "leave", "latest", "2026..2030"]),
)  # fmt: skip
JUNK = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner)),
    max_leaves=5,
)


def said_of(values: dict[str, Any]) -> str:
    """Return the words in which values are refused, or an empty text."""
    try:
        parse_scenario(values, WHERE)
    except UserError as error:
        return str(error)
    return ""


@given(st.sampled_from(sorted(keys())), JUNK)
def test_whatever_stands_under_a_key_is_taken_or_refused_in_three_lines(
    key: tuple[str, str], junk: Any
) -> None:
    kind, name = key
    values = {**SMALL, "change": [{"id": "a", "citation": "x", "do": kind, name: junk}]}
    said = said_of(values if kind else {**SMALL, name: junk})
    assert said.count("\n") < 3
    assert len(said) < 400
