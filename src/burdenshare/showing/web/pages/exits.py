"""Exit: how a country may leave an organisation, when at the earliest, and who is on record."""

from __future__ import annotations

import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from burdenshare.showing.pages import kind
from burdenshare.showing.web import record_drawings as records
from burdenshare.showing.web.pages.controls import Control
from burdenshare.showing.web.pages.plates import alone, plate_of
from burdenshare.showing.web.pages.shared import pages, settled, show, working
from burdenshare.showing.web.pages.state import (
    Link,
    Pairs,
    address,
    citation,
    link_of,
    print_of,
    standing,
)
from burdenshare.showing.words import day_words
from burdenshare.world.ballots import Votes
from burdenshare.world.dates import Day, parse_day
from burdenshare.world.exits import GATES, exit_answer
from burdenshare.world.load import World
from burdenshare.world.votes import votes_answer

router = pages()
FIRST, WHO = "nato", "USA"
_WAYS = (
    ("senate,act", "the Senate or an Act of Congress"),
    ("senate", "the Senate alone"),
    ("act", "an Act of Congress alone"),
    ("none", "none: left out"),
)


@router.get("/exit")
def choose(request: Request) -> Response:
    """Lead to the organisation that is chosen."""
    query = [(n, v) for n, v in request.query_params.multi_items() if n != "organisation"]
    chosen = request.query_params.get("organisation") or FIRST
    return RedirectResponse(address(f"/exit/{chosen[:60]}", query), 303)


@router.get("/exit/{organisation}")
def leave(request: Request, organisation: str) -> Response:
    """Show the path out of an organisation: steps, gates, clocks, votes, and what survives."""
    chosen = request.query_params.get("organisation")
    if chosen and chosen != organisation:
        return choose(request)
    with working(request) as world:
        path, link = f"/exit/{organisation}", link_of(request, world)
        pairs, asked = _asked(request, world)
        here = address(path, pairs, link)
        if "result" not in request.query_params and (away := settled(request, here)):
            return away
        country, decided, gates, day = asked
        answer = exit_answer(world, organisation, country, decided, gates, day)
        base = address(f"/embed{path}", pairs, link)
        chart = records.path_chart(answer)
        votes = _votes(world, organisation, country, day)
        made = Link(world.hash, answer["version"], print_of(answer))
        url = str(request.base_url).rstrip("/") + address(path, pairs, made)
        title = f"{answer['country_name']}, leaving {answer['organisation_name']}"
        return show(
            request,
            "exit",
            address=here,
            answer=answer,
            title=title,
            said=_said(world, answer),
            organisations=_organisations(world),
            controls=_controls(asked, world),
            path=plate_of(chart, base) if chart else None,
            chambers=[
                (each, plate_of(seats, base) if (seats := records.chamber_chart(each)) else None)
                for each in votes
            ],
            standing=standing(link, world, answer),
            kind=kind,
            command=f"burdenshare exit {organisation} --country {country} --decided {decided} "
            f"--gate {','.join(gates) or 'none'} --as-of {day}",
            call="from burdenshare import World\nfrom burdenshare.world.dates import Day\n"
            "from burdenshare.world.exits import exit_answer\n\n"
            f"exit_answer(World(), {organisation!r}, {country!r}, "
            f"Day({decided.year}, {decided.month}, {decided.day}), {list(gates)}, "
            f"Day({day.year}, {day.month}, {day.day}))",
            api=address(f"/api/v1/exit/{organisation}", pairs),
            cited=citation(
                title,
                f"{title}, decided on {decided}, as known on {day}; burdenshare "
                f"{answer['version']}, world {answer['world']}.",
                url,
                answer["as_of"],
                f"exit-{organisation}",
            ),
        )


@router.get("/embed/exit/{organisation}")
def embed(request: Request, organisation: str) -> Response:
    """Show the path, or a chamber, alone; or its specification."""
    with working(request) as world:
        pairs, (country, decided, gates, day) = _asked(request, world)
        answer = exit_answer(world, organisation, country, decided, gates, day)
        votes = _votes(world, organisation, country, day)
        charts = [records.path_chart(answer), *(records.chamber_chart(each) for each in votes)]
        told = {
            "title": _said(world, answer),
            "made": f"burdenshare {answer['version']}, world {answer['world']}, as of {day}.",
            "back": address(f"/exit/{organisation}", pairs, link_of(request, world)),
        }
        return alone(request, charts, told)


def _asked(request: Request, world: World) -> tuple[Pairs, tuple[str, Day, tuple[str, ...], Day]]:
    query = request.query_params
    day = parse_day(query.get("asOf") or world.latest.isoformat(), "as-of day")
    decided = parse_day(query.get("decided") or day.isoformat(), "day of decision")
    country = world.countries.find(query.get("country") or WHO)
    text = query.get("gate") or ",".join(GATES)
    gates = () if text == "none" else tuple(e.strip() for e in text.split(",") if e.strip())
    pairs = [
        ("country", country),
        ("decided", decided.isoformat()),
        ("gate", ",".join(gates) or "none"),
        ("asOf", day.isoformat()),
    ]
    return pairs, (country, decided, gates, day)


def _controls(asked: tuple[str, Day, tuple[str, ...], Day], world: World) -> list[Control]:
    country, decided, gates, day = asked
    return [
        Control(("country",), "Country", "states", country, country, (), "A code or a name."),
        Control(("decided",), "Decided on", "date", decided.isoformat(), decided.isoformat()),
        Control(
            ("gate",),
            "Consent at home",
            "choice",
            ",".join(gates) or "none",
            ",".join(gates) or "none",
            _WAYS,
            "Only known for the United States.",
        ),
        Control(("asOf",), "As known on", "date", day.isoformat(), day.isoformat()),
    ]


def _organisations(world: World) -> list[Any]:
    """Return the organisations about whose exits something is held."""
    held = [o for o in world.organisations.values() if (world.folders[o.id] / "exit.toml").exists()]
    return sorted(held, key=lambda each: each.name.lower())


def _said(world: World, answer: dict[str, Any]) -> str:
    """Return the days in a sentence."""
    who, what = world.countries.spoken(answer["country"]), answer["organisation_name"]
    if answer["outcome"] == "nothing to leave":
        return f"{who[:1].upper()}{who[1:]} has nothing to leave: {answer['effect_rule']}."
    notice = day_words(datetime.date.fromisoformat(answer["earliest_notice"]))
    decided = day_words(datetime.date.fromisoformat(answer["decided"]))
    if answer["earliest_effect"] is None:
        return (
            f"Decided on {decided}, {who} could give notice to {what} on {notice}; no rule fixes "
            "the day on which it would be out."
        )
    effect = day_words(datetime.date.fromisoformat(answer["earliest_effect"]))
    return (
        f"Decided on {decided}, {who} could give notice on {notice} at the earliest, and would be "
        f"out of {what} on {effect}."
    )


def _votes(world: World, organisation: str, country: str, day: Day) -> list[dict[str, Any]]:
    """Return the recorded votes on leaving, chamber by chamber, where there were any."""
    if country != "USA":
        return []
    return [
        votes_answer(world, name, chamber, day)
        for name, question in Votes().questions.items()
        if question.organisation == organisation
        for chamber in question.chambers
    ]
