"""What if: choose a scenario, turn it, and see who pays, who is protected and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from burdenshare.errors import UserError, did_you_mean
from burdenshare.showing import run_debt_words
from burdenshare.showing import run_rows as held
from burdenshare.showing import run_words as say
from burdenshare.showing.bill_charts import bill_charts, spending_charts
from burdenshare.showing.fan_charts import member_charts, share_charts
from burdenshare.showing.money_charts import funding_charts, loan_charts
from burdenshare.showing.pages import kind
from burdenshare.showing.plots import Chart
from burdenshare.showing.range_charts import needed_charts, reach_charts, uncertainty_charts
from burdenshare.showing.run_cover_charts import cover_charts
from burdenshare.showing.run_debt_charts import needed_charts as debt_needed_charts
from burdenshare.showing.run_debt_charts import path_charts
from burdenshare.showing.run_repeat import cite, command, python_call
from burdenshare.showing.run_tables import citations
from burdenshare.showing.strips import strip_charts
from burdenshare.showing.tiles import map_charts
from burdenshare.showing.total_charts import total_charts
from burdenshare.showing.web.pages import controls as turn
from burdenshare.showing.web.pages.answers import answer_of, hashes
from burdenshare.showing.web.pages.plates import alone, plate_of
from burdenshare.showing.web.pages.shared import PART, pages, settled, show, working
from burdenshare.showing.web.pages.state import (
    Link,
    Pairs,
    address,
    citation,
    link_of,
    marks,
    print_of,
    standing,
)
from burdenshare.whatif.answer import SLOW
from burdenshare.whatif.overrides import override
from burdenshare.whatif.scenarios import Scenario, read_scenario, scenario_files
from burdenshare.world.dates import parse_day
from burdenshare.world.load import World

router = pages()
FIRST = "us-leaves-nato"
VIEWS = (
    ("pays", "Who pays"),
    ("protected", "Who is protected"),
    ("pledge", "The pledges"),
    ("members", "Member by member"),
    ("debt", "Debt"),
    ("sure", "How sure"),
    ("assumed", "Assumptions"),
    ("sources", "Sources"),
)
_SLOW = {"debt": frozenset({"debt"}), "sure": frozenset({"uncertainty"})}
# The charts of each view, the most telling first; none is made before it is shown.
_CHARTS: dict[str, tuple[Callable[[Mapping[str, Any]], Sequence[Chart]], ...]] = {
    "pays": (
        total_charts,
        needed_charts,
        spending_charts,
        bill_charts,
        reach_charts,
        funding_charts,
        loan_charts,
    ),
    "protected": (map_charts,),
    "pledge": (share_charts, strip_charts),
    "members": (member_charts,),
    "debt": (debt_needed_charts, cover_charts, path_charts),
    "sure": (uncertainty_charts,),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A scenario as it is asked for: itself, with the settings, and the settings as told."""

    own: Scenario
    now: Scenario
    settings: tuple[str, ...]
    front: tuple[turn.Control, ...]
    behind: tuple[turn.Control, ...]

    def pairs(self, world: World) -> list[tuple[str, object]]:
        """Return what an address says of it."""
        return [
            ("draws", self.now.draws),
            ("seed", "" if self.now.seed == self.own.seed else self.now.seed),
            ("asOf", self.now.day(world).isoformat()),
            *(("set", each) for each in self.settings),
        ]


@router.get("/what-if")
def library(request: Request) -> Response:
    """Show the scenarios; a form leads to the one that is chosen."""
    chosen = request.query_params.get("scenario")
    if chosen:
        return RedirectResponse(f"/what-if/{quote(chosen, safe='')}", 303)
    with working(request) as world:
        return show(request, "library", scenarios=_scenarios(world))


@router.get("/what-if/{name}")
def what_if(request: Request, name: str) -> Response:
    """Show a scenario: the sentence that answers, one chart, the controls, and the rest."""
    with working(request) as world:
        asked = asked_of(request, world, name)
        link = link_of(request, world)
        view = request.query_params.get("view", "pays")
        view = view if view in dict(VIEWS) else "pays"
        path = f"/what-if/{asked.own.id}"
        pairs = asked.pairs(world)
        here = address(path, [*pairs, ("view", "" if view == "pays" else view)], link)
        if "result" not in request.query_params and (away := settled(request, here)):
            return away
        answer = answer_of(world, asked.now, asked.settings, _SLOW.get(view, frozenset()))
        lead = request.headers.get(PART) == "lead"
        charts = list(islice(charts_of(answer, view), 1 if lead else None))
        base = address(f"/embed{path}", pairs, link)
        plates = [plate_of(each, base, every=view == "members") for each in charts]
        return show(
            request,
            "whatif",
            address=here,
            asked=asked,
            answer=answer,
            scenarios=() if lead else _scenarios(world),
            view=view,
            views=_tabs(answer, path, pairs, link),
            plates=plates,
            reset=path,
            standing=_standing(link, world, asked, answer),
            wide=request.query_params.get("open") == "all",
            kind=kind,
            says=run_debt_words.answers(answer) if view == "debt" else (),
            **({} if lead and view in _CHARTS else _foot(request, world, asked, answer)),
        )


@router.get("/embed/what-if/{name}")
def embed(request: Request, name: str) -> Response:
    """Show one chart of a scenario alone, for a page elsewhere; or its specification."""
    with working(request) as world:
        asked = asked_of(request, world, name)
        wanted = request.query_params.get("chart", "")
        slow = SLOW if wanted.startswith(("debt", "uncertainty")) else frozenset()
        answer = answer_of(world, asked.now, asked.settings, slow)
        told = {
            "title": answer["headline"],
            "made": cite(answer),
            "back": address(
                f"/what-if/{asked.own.id}", asked.pairs(world), link_of(request, world)
            ),
        }
        return alone(request, chain(*(charts_of(answer, view) for view in _CHARTS)), told)


def asked_of(request: Request, world: World, name: str) -> Asked:
    """Return the scenario that an address asks for, with its settings.

    Only scenarios by name are read: no address makes the server open a file.
    """
    files = scenario_files(world.own)
    if name not in files:
        raise UserError(f"scenario {name[:40]!r} is unknown: {did_you_mean(name, files)}")
    own = read_scenario(world.own, name)
    query = request.query_params.multi_items()
    fields = (*turn.front(own, own, world), *turn.behind(own, own, ()))
    settings = turn.settings_of(query, fields, world)
    _check(settings)
    day = parse_day(request.query_params.get("asOf") or str(own.day(world)), "as-of day")
    drawn = _whole(request, "draws", turn.DRAWS, 1, turn.MOST_DRAWS)
    seed = _whole(request, "seed", own.seed, 0, 2**63 - 1)
    told = [*settings, f"draws={drawn}", f"seed={seed}", f"as_of={day}"]
    now = override(own, told)
    if now.last - now.first >= turn.MOST_YEARS:
        raise UserError(f"years is {now.years}: write at most {turn.MOST_YEARS} years")
    front = tuple(turn.front(own, now, world))
    return Asked(own, now, tuple(settings), front, tuple(turn.behind(own, now, front)))


def _check(settings: Sequence[str]) -> None:
    """Refuse settings that have an option of their own, or are too many."""
    for each in settings:
        key = each.partition("=")[0]
        if key in ("draws", "seed", "as_of"):
            raise UserError(f"set={key}=…: write {'asOf' if key == 'as_of' else key}=… instead")
    if len(settings) > 100 or any(len(each) > 2000 for each in settings):
        raise UserError("the settings are too many or too long: write fewer than 100")


def _whole(request: Request, name: str, usual: int, least: int, most: int) -> int:
    text = (request.query_params.get(name) or str(usual)).strip()
    if not text.isdecimal() or not text.isascii() or not least <= int(text[:20]) <= most:
        raise UserError(f"{name} is {text[:40]!r}: write a whole number from {least} to {most}")
    return int(text)


def _scenarios(world: World) -> list[Scenario]:
    return [read_scenario(world.own, name) for name in scenario_files(world.own)]


def charts_of(answer: Mapping[str, Any], view: str) -> Iterator[Chart]:
    """Yield the charts of a view; the one that tells most comes first."""
    for make in _CHARTS.get(view, ()):
        yield from make(answer)


def _tabs(
    answer: Mapping[str, Any], path: str, pairs: Pairs, link: Link
) -> list[tuple[str, str, str]]:
    """Return the views that have something to show: name, title, address."""
    blocks = ("rows", "bills", "funding", "borrowing")
    there = {
        "pays": any(answer[block] for block in blocks),
        "protected": any(each["rows"] for each in answer["protection"]),
        "pledge": bool(answer["meets"]),
        "members": bool(answer["rows"]),
        "debt": _about_debt(answer),
        "sure": bool(answer["rows"]),
    }
    return [
        (name, title, address(path, [*pairs, ("view", "" if name == "pays" else name)], link))
        for name, title in VIEWS
        if there.get(name, True)
    ]


def _about_debt(answer: Mapping[str, Any]) -> bool:
    return bool(answer["borrowing"]) or any(row["id"] != "keep" for row in answer["needed"])


def _standing(link: Link, world: World, asked: Asked, answer: dict[str, Any]) -> Any:
    if link.result:
        answer = _plain(world, asked)
    return standing(link, world, answer, answer["sources"])


def _plain(world: World, asked: Asked) -> dict[str, Any]:
    """Return the answer without what views add to it, so that its print is always the same."""
    return answer_of(world, asked.now, asked.settings, frozenset())


def _foot(request: Request, world: World, asked: Asked, answer: dict[str, Any]) -> dict[str, Any]:
    """Return how the answer is repeated and cited, and where its figures come from."""
    plain = _plain(world, asked)
    made = Link(world.hash, answer["version"], print_of(plain), marks(plain["sources"]))
    base = str(request.base_url).rstrip("/")
    path = f"/what-if/{asked.own.id}"
    url = base + address(path, asked.pairs(world), made)
    known = hashes(world)
    title = f"{asked.own.title}: what if"
    return {
        "command": command(answer),
        "call": python_call(answer),
        "api": address(f"/api/v1/run/{asked.own.id}", asked.pairs(world)),
        "cited": citation(title, cite(answer), url, answer["as_of"], asked.own.id),
        "origins": [(each, known.get(str(each["hash"]))) for each in answer["sources"]],
        "citations": citations(answer),
        "gaps": [
            (say.name(answer, about) if about else "Any member", why)
            for about, why in held.unknown(answer)
        ],
        "debt": run_debt_words,
    }
