"""What bodies of the United Nations received from whom: the readings of such figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.payers import Spoken, dollars, fits, named_years
from burdenshare.checking.rates import budget_kind
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World

ALL = ("assessed", "core", "earmarked", "other")
SYSTEM = "UN system"
_NAMES = {SYSTEM: "the UN system", "UN": "the UN Secretariat", "UN-DPO": "UN peacekeeping"}
_DATASET = "un-system-revenue"
_ASSESSED = re.compile(r"\b(?:assess\w+|dues|mandatory|obligatory|membership fees?|regular)\b")
_VOLUNTARY = re.compile(r"\bvoluntary\b")
_FAR = 0.4  # fiscal years, promises and accounts differ by less

Kinds = tuple[str, ...]


def account_of(body: str, said: Spoken) -> str:
    """Return whose accounts the words mean: of the United Nations' budgets one, or the system."""
    if body != "UN":
        return body
    return {"peacekeeping": "UN-DPO", "regular": "UN"}.get(budget_kind(said), SYSTEM)


def has_accounts(world: World, body: str) -> bool:
    """Say whether revenue of a body by donor is held."""
    return body == SYSTEM or bool(_series(world, body, ALL))


def kinds_of(said: Spoken) -> Kinds:
    """Return the kinds of revenue that the words mean: dues, voluntary money, or all."""
    words = said.words + said.tail
    if _VOLUNTARY.search(words):
        return ("core", "earmarked")
    return ("assessed",) if _ASSESSED.search(words) else ALL


def _series(world: World, body: str, kinds: Kinds) -> list[str]:
    names = [f"un_system_{kind}" if body == SYSTEM else f"revenue.{body}.{kind}" for kind in kinds]
    return [name for name in names if name in world.series]


def spans_of(world: World, claim: Candidate, day: Day) -> list[tuple[int, ...]]:
    """Return the years a claim names, or the two newest of which accounts should be out."""
    named = named_years(claim, day)[:1]
    if named:
        return named
    newest = max(world.history("un_system_assessed").years(world.latest))
    last = min(day.year - 1, newest)
    return [(last,), (last - 1,)]


@lru_cache(maxsize=4096)
def revenue(
    world: World, body: str, kinds: Kinds, country: str, span: tuple[int, ...], as_of: Day
) -> tuple[float, Fact] | str:
    """Return what a donor gave over some years, with one of the facts; or why nothing is known.

    Accounts that were out on the day count as the edition held here has them (see `as_held`).
    """
    facts: list[Fact] = []
    when = world.latest if out_on(span) <= as_of else as_of
    for year in span:
        found = [world.fact(name, country, year, when) for name in _series(world, body, kinds)]
        known = [fact for fact in found if isinstance(fact, Fact)]
        if not known:
            return _why(world, body, year, as_of)
        facts += known
    return sum(fact.value for fact in facts), facts[0]


def out_on(span: tuple[int, ...]) -> Day:
    """Return the day by which the accounts of some years are out, audited: July of the year after.

    >>> out_on((2022, 2023))
    datetime.date(2024, 7, 31)
    """
    return Day(max(span) + 1, 7, 31)


def as_held(answer: Answer, span: tuple[int, ...], as_of: Day) -> Answer:
    """Return an answer as of a day before its edition: the accounts were out, as that has them.

    An edition of the day is not held and may have said otherwise: nothing is called wrong by it.
    """
    if answer.published <= as_of:
        return answer
    says = f"{answer.says} (as the edition of {answer.published} has it)"
    newer = (f"the edition that was out on {as_of}",)
    return replace(answer, published=out_on(span), says=says, newer=newer)


def _why(world: World, body: str, year: int, as_of: Day) -> str:
    """Return why no amount is known: published later, or not on record."""
    for release in world.datasets[_DATASET].releases:
        if release.published > as_of:
            return (
                f"the accounts of {body_name(body)} for {year} that are held here were published "
                f"on {release.published}, after {as_of}"
            )
    return f"the accounts of {body_name(body)} for {year} give none"


def amount(  # noqa: PLR0913 - the parts of one question
    world: World,
    body: str,
    kinds: Kinds,
    country: str,
    span: tuple[int, ...],
    stated: Quantity,
    *,
    main: bool,
) -> Reading:
    """Return the question for what a donor gave to a body, in dollars."""

    def ask(as_of: Day) -> Answer | Missing:
        found = revenue(world, body, kinds, country, span, as_of)
        if isinstance(found, str):
            later = revenue(world, body, kinds, country, span, world.latest)
            given = "" if isinstance(later, str) else f"; they give {dollars(later[0])}"
            return Missing(found + given)
        value, fact = found
        giver = "all donors" if country == "WLD" else world.countries.spoken(country)
        given = f"{dollars(value)} from {giver} to {body_name(body)}"
        says = f"the accounts of {_years(span)} give {given}"
        told = answer_of(world, value, "USD", fact, says + _of_kinds(kinds))
        return as_held(told, span, as_of)

    query = query_of("donor", body, country, span, kinds)
    label = f"{_years(span)}{_of_kinds(kinds)}"
    return replace(_held_against(stated, ask), label=label, query=query, main=main)


def _held_against(stated: Quantity, ask: Callable[[Day], Answer | Missing]) -> Reading:
    """Return the question whether an answer fits a stated figure; far off alone it is wrong."""
    return Reading(
        "",
        {},
        ask,
        lambda answer: fits(stated, answer),
        sure=lambda answer: clear(stated, float(answer.value)),
    )


def part(  # noqa: PLR0913 - the parts of one question
    world: World,
    body: str,
    kinds: Kinds,
    country: str,
    span: tuple[int, ...],
    stated: Quantity,
    *,
    main: bool,
) -> Reading:
    """Return the question for a donor's share of what a body received, in percent."""

    def ask(as_of: Day) -> Answer | Missing:
        one = revenue(world, body, kinds, country, span, as_of)
        whole = revenue(world, body, kinds, "WLD", span, as_of)
        if isinstance(one, str) or isinstance(whole, str):
            return Missing(one if isinstance(one, str) else str(whole))
        if not whole[0]:
            return Missing(f"{body_name(body)} has no such revenue in {_years(span)}")
        part = 100 * one[0] / whole[0]
        says = (
            f"of what {body_name(body)} received in {_years(span)}, {part:.1f} % came from "
            f"{world.countries.spoken(country)}{_of_kinds(kinds)}"
        )
        return as_held(answer_of(world, round(part, 2), "%", one[1], says, 0.1), span, as_of)

    query = query_of("donor-share", body, country, span, kinds)
    label = f"{_years(span)}{_of_kinds(kinds)}"
    return replace(_held_against(stated, ask), label=label, query=query, main=main)


def place_of(  # noqa: PLR0913 - the parts of one question
    world: World,
    body: str,
    kinds: Kinds,
    country: str,
    span: tuple[int, ...],
    place: int,
    *,
    main: bool,
) -> Reading:
    """Return the question for a donor's place among the governments that give to a body."""

    def ask(as_of: Day) -> Answer | Missing:
        own = revenue(world, body, kinds, country, span, as_of)
        if isinstance(own, str):
            return Missing(own)
        found = 1 + sum(
            value > own[0] for value in _givers(world, body, kinds, span, as_of).values()
        )
        who = world.countries.spoken(country)
        says = (
            f"among governments {who} was number {found} of the donors of {body_name(body)} in "
            f"{_years(span)}, with {dollars(own[0])}{_of_kinds(kinds)}"
        )
        return as_held(answer_of(world, found, "rank", own[1], says), span, as_of)

    return Reading(
        f"rank, {_years(span)}",
        query_of("donor-rank", body, country, span, kinds),
        ask,
        lambda answer: answer.value == place,
        main=main,
        sure=lambda answer: abs(float(answer.value) - place) > 1,
    )


@lru_cache(maxsize=256)
def _givers(
    world: World, body: str, kinds: Kinds, span: tuple[int, ...], as_of: Day
) -> dict[str, float]:
    codes = {
        code
        for name in _series(world, body, kinds)
        for code in world.history(name).countries(max(as_of, world.latest))
        if code != "WLD"
    }
    found = {code: revenue(world, body, kinds, code, span, as_of) for code in codes}
    return {code: each[0] for code, each in found.items() if not isinstance(each, str)}


def wfp(
    world: World, series: str, span: tuple[int, ...], stated: Quantity, *, main: bool
) -> Reading:
    """Return the question for what the World Food Programme received or needs."""

    def ask(as_of: Day) -> Answer | Missing:
        fact = world.fact(series, "WLD", span[0], as_of)
        if not isinstance(fact, Fact):
            return Missing(f"{world.series[series].title}, {span[0]}: {fact.reason}")
        title = world.series[series].title
        says = f"{title} of {span[0]}: {dollars(fact.printed)} ({fact.status})"
        return answer_of(world, fact.printed, "USD", fact, says, fact.step)

    query = {"ask": "figure", "series": series, "country": "WLD", "year": span[0]}
    return Reading(
        f"{span[0]}",
        query,
        ask,
        lambda answer: fits(stated, answer),
        main=main,
        sure=lambda answer: clear(stated, float(answer.value)),
    )


def answer_of(
    world: World, value: float, unit: str, fact: Fact, says: str, step: float | None = None
) -> Answer:
    """Return an answer with the source of a fact."""
    dataset = world.datasets[fact.release.dataset]
    return Answer(
        value,
        unit,
        fact.release.published,
        f"{dataset.publisher}, {fact.release.document}",
        says,
        url=dataset.url,
        step=step,
    )


def clear(stated: Quantity, value: float) -> bool:
    """Say whether amounts differ by more than another way to count would explain."""
    one = float(stated.value)
    return abs(one - value) > _FAR * max(abs(one), abs(value))


def query_of(
    ask: str, body: str, country: str, span: Sequence[int], kinds: Kinds
) -> dict[str, object]:
    """Return the typed query of a question about revenue."""
    return {"ask": ask, "body": body, "country": country, "years": list(span), "kinds": list(kinds)}


def _years(span: Sequence[int]) -> str:
    return str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}"


def body_name(body: str) -> str:
    """Return the name of a body as it stands in a sentence."""
    return _NAMES.get(body, body)


def _of_kinds(kinds: Kinds) -> str:
    if kinds == ALL:
        return ""
    return " (assessed contributions)" if kinds == ("assessed",) else " (voluntary contributions)"
