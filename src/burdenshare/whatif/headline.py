"""One sentence that answers the question of a scenario, with the figure, the year and its range.

There is one function for each kind of question. Each reads the blocks of an answer and takes no
side: it says what would follow, not whether it should be done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from burdenshare.whatif.blocks import CONSTANT, SHARE
from burdenshare.whatif.changes import Borrow, Condition, Leave, Spend, Stop
from burdenshare.whatif.scenarios import BASELINE, Scenario
from burdenshare.whatif.wording import countries, listed
from burdenshare.world.load import World

Answer = Mapping[str, Any]
KEEP = "keep"
_BILLION = 1000.0  # million
_EUROPE = "Europe and Canada"


def headline(world: World, scenario: Scenario, answer: Answer) -> str:
    """Return the sentence for the first change of a scenario that has one."""
    for kind in dict.fromkeys(type(change) for change in scenario.active()):
        write = _KINDS.get(kind)
        if write is not None and (text := write(world, scenario, answer)):
            return text
    if answer["rows"]:
        return spending(world, scenario, answer)
    return bills(world, scenario, answer) or f"{scenario.title}: no figure follows from it."


def leaving(world: World, scenario: Scenario, answer: Answer) -> str:
    """Say what the others would have to spend, and to pay, when members leave."""
    keep = [row for row in answer["needed"] if row["id"] == KEEP]
    if not keep:
        return bills(world, scenario, answer)
    last = keep[-1]
    region = _groups(answer)[0]
    own = _row(answer, scenario.id, region, SHARE, last["year"])
    pledging = _pledging(world, answer)
    left = [m for m in answer["moves"] if m["organisation"] in pledging and not m["joins"]]
    gone = sorted({move["country"] for move in left})
    spends = f"{countries(world, gone)} {'spends' if len(gone) == 1 else 'spend'}"
    text = (
        f"If {_gone(world, scenario, answer)}, the other members of {region} would have to spend "
        f"{last['p50']:.1f} % of their GDP in {last['year']} to replace all that {spends} "
        f"({_range(last, 1)}), against {own['p50']:.1f} % otherwise"
    )
    more = _dues(answer, besides=pledging)
    return f"{text}; in proportion, others would pay {more}." if more else f"{text}."


def bills(world: World, scenario: Scenario, answer: Answer) -> str:
    """Say by how much the bills of the others rise when members leave; nothing without bills."""
    more = _dues(answer, besides=())
    if not more:
        return ""
    shrink = any(each["reallocation"] == "shrink" and each["rows"] for each in answer["bills"])
    return (
        f"If {_gone(world, scenario, answer)} and the others take over that share in proportion, "
        f"they pay {more}" + ("; if the budget shrinks instead, nothing more." if shrink else ".")
    )


def stopping(world: World, scenario: Scenario, answer: Answer) -> str:
    """Say what is lost when voluntary payments stop, and what others would have to add."""
    parts = []
    for change in scenario.active():
        if isinstance(change, Stop):
            [found] = [f for f in answer["funding"] if f["change"] == change.id]
            parts.append(_stopped(world, change, found))
    return "; ".join(parts) + "."


def conditional(world: World, scenario: Scenario, answer: Answer) -> str:
    """Say how many members would be protected by the reading of a condition, in the last year."""
    asked = next(each for each in scenario.active() if isinstance(each, Condition))
    entries = [each for each in answer["protection"] if each["reading"] == asked.reading]
    if not entries:
        return ""
    last = entries[-1]
    threshold = last["parameters"].get("threshold")
    likely = {row["country"]: row["probability"] for row in last["rows"]}
    known = {code: chance for code, chance in likely.items() if chance is not None}
    open_ = sorted(set(likely) - set(known))
    count = _counted(answer, threshold, last["year"], scenario.id)
    expected = count["p50"] if count else round(sum(known.values()))
    start = f"By the reading “{asked.reading}” those protected are"
    if threshold is not None:
        start = f"If only those that spend at least {threshold:g} % of GDP are protected, that is"
    text = f"{start} {expected} of {len(likely)} members in {last['year']}"
    if count:
        text += f" (90 % range {count['p5']} to {count['p95']})"
    least = min(known, key=lambda code: (known[code], code), default=None)
    if least is not None and known[least] < 1:
        text += f"; the least likely is {countries(world, [least])}, at {100 * known[least]:.0f} %"
    return text + (f"; open: {countries(world, open_)}." if open_ else ".")


def borrowing(_: World, scenario: Scenario, answer: Answer) -> str:
    """Say what may be borrowed and what room there is, and what would be spent then."""
    loans = sum(each["total_eur"] for each in answer["borrowing"])
    states = {row["country"] for each in answer["borrowing"] for row in each["rows"]}
    text = f"Loans of EUR {loans / 1e9:,.0f} billion go to {len(states)} states"
    rooms = [each for each in answer["room"] if each["total_eur"] is not None]
    active = [each["total_eur"] for each in rooms if "active" in each["title"]]
    if active:
        low, high = min(active) / 1e9, max(active) / 1e9
        text += (
            f", and those that use the escape clause have room for EUR {low:,.0f} to {high:,.0f}"
        )
        text += " billion"
    told = [each["total_eur"] for each in rooms if not each["rows"]]
    if told:
        text += f" (announced: {told[0] / 1e9:,.0f} billion)"
    if not answer["rows"]:
        return f"{text}."
    region = _EUROPE if _EUROPE in _groups(answer) else _groups(answer)[0]
    peak = _row(answer, scenario.id, region, SHARE, answer["uncertainty"][0]["year"])
    before = _row(answer, BASELINE, region, SHARE, peak["year"])
    return (
        f"{text}; used in full, {region} spend {peak['p50']:.1f} % of GDP in {peak['year']} "
        f"({_range(peak, 1)}), against {before['p50']:.1f} % otherwise."
    )


def spending(_: World, scenario: Scenario, answer: Answer) -> str:
    """Say what the members spend in the last year, and how much more than if nothing changes."""
    region = _groups(answer)[0]
    share = _row(answer, scenario.id, region, SHARE, answer["uncertainty"][0]["year"])
    money = _row(answer, scenario.id, region, CONSTANT, share["year"])
    start = "If nothing changes," if scenario.id == BASELINE else f"{scenario.title}:"
    text = (
        f"{start} in {share['year']} the members of {region} spend "
        f"{share['p50']:.1f} % of GDP ({_range(share, 1)}), {usd(money['p50'])} in prices of "
        f"{answer['measure']['price_year']} ({_usd_range(money)})"
    )
    if scenario.id == BASELINE or not scenario.active():
        return f"{text}."
    more = money["mean"] - _row(answer, BASELINE, region, CONSTANT, share["year"])["mean"]
    word = "more" if more >= 0 else "less"
    return f"{text}, on average {usd(abs(more))} {word} than if nothing changes."


_KINDS: dict[type, Callable[[World, Scenario, Answer], str]] = {
    Leave: leaving,
    Stop: stopping,
    Condition: conditional,
    Borrow: borrowing,
    Spend: spending,
}


def _gone(world: World, scenario: Scenario, answer: Answer) -> str:
    """Return who leaves what, as the start of a sentence."""
    by_member: dict[str, list[str]] = {}
    for each in answer["moves"]:
        if not each["joins"]:
            by_member.setdefault(each["country"], []).append(each["organisation"])
    who: dict[tuple[str, ...], list[str]] = {}
    for country, left in by_member.items():
        who.setdefault(tuple(dict.fromkeys(left)), []).append(country)
    parts = []
    for left_by_them, codes in who.items():
        names = [world.organisations[name].name for name in left_by_them]
        what = listed([f"the {name}" if " " in name else name for name in names])
        parts.append(f"{countries(world, codes)} {'leaves' if len(codes) == 1 else 'leave'} {what}")
    return listed(parts) or scenario.title


def _dues(answer: Answer, besides: Iterable[str]) -> str:
    """Return by how much others pay more in proportion, but for budgets of some organisations."""
    left_out = set(besides)
    parts = []
    for each in answer["bills"]:
        organisation = each["budget"].split(".")[0]
        if each["reallocation"] != "pro-rata" or organisation in left_out or not each["rows"]:
            continue
        gone = [row for row in each["rows"] if not row["after"]]
        whole = sum(row["before"] or 0.0 for row in each["rows"])
        lost = sum(row["before"] or 0.0 for row in gone)
        money = sum(row["before_usd"] or 0.0 for row in gone)
        of = f" ({usd(money / 1e6)} a year)" if money else ""
        title = f"{'the ' if each['title'].endswith('budget') else ''}{each['title']}"
        parts.append(f"{100 * lost / (whole - lost):.1f} % more to {title} of {each['period']}{of}")
    return listed(parts)


def _stopped(world: World, change: Stop, found: Mapping[str, Any]) -> str:
    names = countries(world, list(change.who))
    verb = "stops" if len(change.who) == 1 else "stop"
    name = world.organisations[found["organisation"]].name
    text = (
        f"If {names} {verb} paying, the {name} loses {usd(found['lost_usd'] / 1e6)} a year, "
        f"{found['lost_share']:.1f} % of what governments gave in {found['year']}"
    )
    if found["others_raise_percent"] is None:
        return f"{text}, and no other government is left to add to it"
    return f"{text}; the others would have to give {found['others_raise_percent']:.1f} % more"


def _counted(
    answer: Answer, threshold: float | None, year: int, scenario: str
) -> Mapping[str, Any] | None:
    """Return how many reach a threshold in a year, where it is counted."""
    named = {row["pledge"] for row in answer["meets"] if row["target"] == threshold}
    for row in answer["counts"]:
        if row["pledge"] in named and (row["year"], row["scenario"]) == (year, scenario):
            found: Mapping[str, Any] = row
            return found
    return None


def _pledging(world: World, answer: Answer) -> list[str]:
    """Return the organisations whose spending is told."""
    names = set(_groups(answer))
    return [each.id for each in world.organisations.values() if each.name in names]


def _groups(answer: Answer) -> list[str]:
    """Return the regions that are groups, in their order."""
    codes = {member["country"] for member in answer["members"]}
    regions = dict.fromkeys(row["region"] for row in answer["rows"])
    return [region for region in regions if region not in codes]


def _rows(answer: Answer, scenario: str, variable: str) -> list[Mapping[str, Any]]:
    wanted = (scenario, variable)
    return [row for row in answer["rows"] if (row["scenario"], row["variable"]) == wanted]


def _row(answer: Answer, scenario: str, region: str, variable: str, year: int) -> Mapping[str, Any]:
    rows: Sequence[Mapping[str, Any]] = _rows(answer, scenario, variable)
    return next(row for row in rows if (row["region"], row["year"]) == (region, year))


def _range(row: Mapping[str, Any], decimals: int) -> str:
    return f"90 % range {row['p5']:.{decimals}f} to {row['p95']:.{decimals}f}"


def usd(million: float) -> str:
    """Return money in words that a reader takes in.

    >>> usd(3_180_274.5), usd(4435.96), usd(759.0)
    ('USD 3,180 billion', 'USD 4.4 billion', 'USD 759 million')
    """
    billion = million / _BILLION
    if billion < 1:
        return f"USD {million:,.0f} million"
    return f"USD {billion:,.0f} billion" if billion >= 10 else f"USD {billion:.1f} billion"


def _usd_range(row: Mapping[str, Any]) -> str:
    low, high = (usd(row[name]).removeprefix("USD ") for name in ("p5", "p95"))
    unit = high.split()[-1]
    return f"90 % range {low.removesuffix(f' {unit}')} to {high}"
