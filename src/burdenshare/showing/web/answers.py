"""What each question of the API asks of the library: the same calls as the command line's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.showing.web.settings import Settings
from burdenshare.world.dates import Day, parse_day
from burdenshare.world.load import World

if TYPE_CHECKING:
    from burdenshare.checking.article import Checker
    from burdenshare.whatif.plan import Plan, Result
    from burdenshare.whatif.scenarios import Scenario

Given = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]
Progress = Callable[[int, int], object]

_NAME = 40  # characters of a name that an error repeats


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, its rows as a table, and what else it can be written as, by form."""

    answer: Mapping[str, Any]
    rows: Callable[[], Rows] = tuple
    others: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)


class Room:
    """What a process needs to answer: one world, what is made of it once, and who hears of it."""

    def __init__(self, settings: Settings, progress: Progress = lambda done, total: None) -> None:
        self.settings = settings
        self.progress = progress
        self.world = World()

    @cached_property
    def checker(self) -> Checker:
        """What checks articles."""
        from burdenshare.checking.article import Checker

        return Checker(self.world)

    def scenario(self, name: str) -> Scenario:
        """Return a scenario of the library by name; no client names a file."""
        from burdenshare.whatif.scenarios import read_file, scenario_files

        files = scenario_files(self.world.own)
        if name not in files:
            hint = did_you_mean(name, files)
            raise UserError(f"scenario {name[:_NAME]!r} is unknown: {hint}")
        return read_file(files[name])


class TooMuchError(UserError):
    """What is asked for is more than this server gives."""


def _day(given: Given, key: str = "as_of", what: str = "--as-of") -> Day | None:
    text = given.get(key)
    return None if text is None else parse_day(text, what)


def listed(text: str | None) -> list[str]:
    """Return the parts of a parameter split by commas.

    >>> listed("USA, GBR"), listed(None)
    (['USA', 'GBR'], [])
    """
    return [each.strip() for each in (text or "").split(",") if each.strip()]


def _pairs(texts: Iterable[str]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UserError(f"--assume is {text[:_NAME]!r}: write NAME=VALUE")
        pairs[name.strip()] = value.strip()
    return pairs


def _facts(room: Room, given: Given) -> Found:
    from burdenshare.world.answers import facts

    found = facts(
        room.world,
        given["series"],
        listed(given["country"]),
        given["year"],
        _day(given),
        given["all_releases"],
    )
    return Found(found, lambda: [*found["rows"], *found["gaps"]])


def _revisions(room: Room, given: Given) -> Found:
    from burdenshare.world.answers import revisions

    found = revisions(room.world, given["series"], given["year"], given["at_least"], _day(given))
    return Found(found, lambda: found["releases"])


def _pledge(room: Room, given: Given) -> Found:
    from burdenshare.world.assess import pledge_answer, pledge_rows

    name, criterion = given["name"], given["criterion"]
    found = pledge_answer(room.world, name, given["year"], _day(given), criterion)
    return Found(found, lambda: pledge_rows(found))


def _shares(room: Room, given: Given) -> Found:
    from burdenshare.world.shares import shares_answer, shares_rows

    found = shares_answer(
        room.world,
        given["budget"],
        given["period"],
        given["steps"],
        listed(given["without"]),
        listed(given["reallocate"]),
        _pairs(given["assume"]),
        _day(given),
    )
    return Found(found, lambda: shares_rows(found))


def _rights(room: Room, given: Given) -> Found:
    from burdenshare.world.rights import rights_answer

    found = rights_answer(
        room.world,
        given["organisation"],
        given["country"],
        _day(given),
        given["arrears"],
        [_amount(each) for each in listed(given["due"])],
    )
    return Found(found, lambda: found["findings"])


def _amount(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UserError(f"--due is {text[:_NAME]!r}: write a number, such as 1.5e9") from None


def _guarantee(room: Room, given: Given) -> Found:
    from burdenshare.showing.guarantee import guarantee_rows
    from burdenshare.world.guarantee import guarantee_answer

    if given["by_release"]:
        return _by_release(room, given)
    found = guarantee_answer(
        room.world,
        given["organisation"],
        given["reading"],
        given["threshold"],
        _year(given["year"]),
        _day(given),
        _pairs(given["assume"]),
    )
    return Found(found, lambda: guarantee_rows(found))


def _by_release(room: Room, given: Given) -> Found:
    from burdenshare.showing.guarantee import matrix_rows
    from burdenshare.world.coverage import guarantee_matrix, guarantee_sweep

    if len(given["reading"]) != 1:
        raise UserError("--by-release shows one reading: give one --reading")
    [reading] = given["reading"]
    year, threshold = given["year"], given["threshold"]
    day, assume = _day(given), _pairs(given["assume"])
    if year and ".." in year:
        swept = guarantee_sweep(
            room.world, given["organisation"], reading, threshold, year, day, assume
        )
        return Found(swept, lambda: swept["years"])
    found = guarantee_matrix(
        room.world, given["organisation"], reading, threshold, _year(year), day, assume
    )
    return Found(found, lambda: matrix_rows(found))


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        raise UserError(f"--year is {text[:_NAME]!r}: write four digits, such as 2024")
    return int(text)


def _exit(room: Room, given: Given) -> Found:
    from burdenshare.showing.exits import exit_rows
    from burdenshare.world.exits import exit_answer

    decided = _day(given, "decided", "--decided")
    assert decided is not None
    found = exit_answer(
        room.world,
        given["organisation"],
        given["country"],
        decided,
        listed(given["gate"]),
        _day(given),
    )
    return Found(found, lambda: exit_rows(found))


def _votes(room: Room, given: Given) -> Found:
    from burdenshare.showing.exits import votes_rows
    from burdenshare.world.votes import votes_answer

    found = votes_answer(room.world, given["question"], given["chamber"], _day(given))
    return Found(found, lambda: votes_rows(found))


def _scenarios(room: Room, given: Given) -> Found:
    from burdenshare.whatif.catalogue import scenarios_answer

    found = scenarios_answer(room.world)
    return Found(found, lambda: found["rows"])


def _scenario(room: Room, given: Given) -> Found:
    from burdenshare.files import read_text
    from burdenshare.whatif.catalogue import scenario_answer
    from burdenshare.whatif.scenarios import scenario_files

    found = scenario_answer(room.world, room.scenario(given["name"]))
    path = scenario_files(room.world.own)[given["name"]]
    return Found(found, others={"toml": lambda: read_text(path).encode()})


def _run(room: Room, given: Given) -> Found:
    from burdenshare.whatif.answer import run_answer
    from burdenshare.whatif.flat import flat_rows
    from burdenshare.whatif.given import to_repeat, with_given

    text = given.get("text")
    asked = room.scenario(given["scenario"]) if text is None else _uploaded(text)
    settings = given["set"]
    fixed = with_given(room.world, asked, (given["draws"], given["seed"], _day(given)), settings)
    _check_size(room, fixed)
    found = run_answer(
        room.world, fixed, overrides=to_repeat(asked, settings), draw=_drawing(room, runs=2)
    ).json
    return Found(found, lambda: flat_rows(found))


def _uploaded(text: str) -> Scenario:
    """Return the scenario that a client sends as the text of its file."""
    import tomllib

    from burdenshare.whatif.scenarios import parse_scenario

    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(f"the scenario is not TOML: {str(error)[:200]}") from None
    return parse_scenario({"id": "scenario", **values}, "the scenario")


def _check_size(room: Room, scenario: Scenario) -> None:
    """Refuse a run that is larger than this server gives."""
    limits = room.settings
    if scenario.draws > limits.draws:
        raise TooMuchError(
            f"draws is {scenario.draws}: this server draws at most {limits.draws}; write fewer, "
            "or run it on your own machine with `burdenshare run`"
        )
    if scenario.last - scenario.first >= limits.years:
        raise TooMuchError(
            f"years is {scenario.years}: this server runs at most {limits.years} years; write "
            "fewer, or run it on your own machine with `burdenshare run`"
        )


def _drawing(room: Room, runs: int) -> Callable[[Plan, int, int], Result]:
    """Return what draws one plan after the other and tells of all of them together."""
    from burdenshare.whatif import engine

    begun: list[int] = []

    def draw(plan: Plan, draws: int, seed: int) -> Result:
        before = len(begun)
        begun.append(draws)
        return engine.run(
            plan,
            draws,
            seed,
            lambda done, total: room.progress(before * total + done, runs * total),
        )

    return draw


def _compare(room: Room, given: Given) -> Found:
    from burdenshare.whatif.comparing import compare_answers
    from burdenshare.whatif.overrides import override

    first, second = room.scenario(given["first"]), room.scenario(given["second"])
    draws = given["draws"] or first.draws
    for each in (first, second):
        _check_size(room, override(each, [f"draws={draws}"]))
    found = compare_answers(
        room.world, first, second, draws, given["seed"], _day(given), progress=room.progress
    )
    return Found(found, lambda: found["rows"])


def _backtest(room: Room, given: Given) -> Found:
    from burdenshare.whatif import backtest as scored

    draws = scored.DRAWS if given["draws"] is None else given["draws"]
    seed = scored.SEED if given["seed"] is None else given["seed"]
    found = scored.backtest_answer(room.world, draws=draws, seed=seed, progress=room.progress)
    return Found(found, lambda: found["rows"])


def _debt(room: Room, given: Given) -> Found:
    from burdenshare.showing.debt import debt_rows
    from burdenshare.whatif.debt.asked import Asked, debt_asked

    scenario = given["scenario"]
    asked = Asked(
        None if given["country"] is None else tuple(listed(given["country"])),
        given["adjust"],
        given["preset"],
        given["defence"],
        None if scenario is None else room.scenario(scenario),
        not given["no_stochastic"],
        given["inputs"],
        _day(given),
    )
    found = debt_asked(room.world, asked)
    return Found(found, lambda: debt_rows(found))


ANSWERS: dict[str, Callable[[Room, Given], Found]] = {
    "facts": _facts,
    "revisions": _revisions,
    "pledge": _pledge,
    "shares": _shares,
    "rights": _rights,
    "guarantee": _guarantee,
    "exit": _exit,
    "votes": _votes,
    "scenarios": _scenarios,
    "scenario": _scenario,
    "run": _run,
    "compare": _compare,
    "backtest": _backtest,
    "debt": _debt,
}
# What an address names, by its kind in the library's errors and its key.
NAMED = {
    "facts": {"series": "series"},
    "revisions": {"series": "series"},
    "pledge": {"pledge": "name"},
    "shares": {"budget": "budget"},
    "rights": {"organisation": "organisation"},
    "guarantee": {"organisation": "organisation"},
    "exit": {"organisation": "organisation"},
    "votes": {"question": "question"},
    "scenario": {"scenario": "name"},
    "run": {"scenario": "scenario"},
    "compare": {"scenario": "first", "scenario ": "second"},
    "statements": {"article": "article"},
}
