"""Who said what: the ledger by person, proposition and time, beside recorded votes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from burdenshare.checking.ledger.place import ledger_place
from burdenshare.reading.positions import load_propositions
from burdenshare.showing.pages import kind
from burdenshare.showing.web import record_drawings as records
from burdenshare.showing.web.articles import statements
from burdenshare.showing.web.pages.check import Here
from burdenshare.showing.web.pages.controls import Control
from burdenshare.showing.web.pages.plates import plate_of
from burdenshare.showing.web.pages.shared import pages, settled, show, working
from burdenshare.showing.web.pages.state import address, citation, link_of
from burdenshare.world.load import World

router = pages()
_FIELDS = ("person", "proposition", "stance", "outlet", "since", "until")
_STANCES = ("for", "against", "conditional", "none")
_MOST = 150  # statements on a page
_UNASKED = {"verdict": None, "article": None, "part": "rows"}


@router.get("/who-said-what")
def people(request: Request) -> Response:
    """Show who said what, when and through whom, and how they voted."""
    with working(request) as world:
        given = {name: (request.query_params.get(name) or "").strip() for name in _FIELDS}
        link = link_of(request, world)
        here = address("/who-said-what", [*given.items()], link)
        if away := settled(request, here):
            return away
        controls = _controls(given, {})
        if ledger_place() is None:
            return show(request, "people", address=here, found=None, controls=controls)
        asked = {name: value or None for name, value in given.items()}
        found = dict(statements(Here(world), {**asked, **_UNASKED}).answer)
        return show(
            request,
            "people",
            address=here,
            found=found,
            controls=_controls(given, found),
            rows=found["rows"][-_MOST:][::-1],
            by_id={row["id"]: row for row in found["rows"]},
            positions=_people(found),
            said=_said(found),
            meanings=load_propositions().meanings,
            plate=plate_of(chart) if (chart := records.positions_chart(found)) else None,
            kind=kind,
            csv=address("/api/v1/statements.csv", [*given.items()]),
            **_again(request, world, given, found, here),
        )


def _controls(given: Mapping[str, str], found: Mapping[str, Any]) -> list[Control]:
    propositions = (("", "any"), *((each, each) for each in sorted(load_propositions().meanings)))
    stances = (("", "any"), *((each, each) for each in _STANCES))
    outlets = sorted({name for row in found.get("rows", ()) for name in row["outlets"]})
    if given["outlet"] and given["outlet"] not in outlets:
        outlets.append(given["outlet"])
    choices = (("", "any"), *((each, each) for each in outlets))
    return [
        Control(("person",), "Person", "text", given["person"], "", (), "A name or surname."),
        Control(("proposition",), "Proposition", "choice", given["proposition"], "", propositions),
        Control(("stance",), "Stance", "choice", given["stance"], "", stances),
        Control(("outlet",), "Outlet", "choice", given["outlet"], "", choices),
        Control(("since",), "Since", "date", given["since"], ""),
        Control(("until",), "Until", "date", given["until"], ""),
    ]


def _said(found: Mapping[str, Any]) -> str:
    rows = found["rows"]
    if not found["held"]["articles"]:
        return "Nothing has been kept here yet."
    names = {row["name"] for row in rows if row["name"]}
    return (
        f"{_many(len(rows), 'statement')} of {_many(len(names), 'person', 'people')}, in "
        f"{_many(len({row['article'] for row in rows}), 'article')} checked here."
    )


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def _people(found: Mapping[str, Any]) -> list[tuple[str, list[Any]]]:
    """Return the positions by person, those with the most statements first."""
    by_name: dict[str, list[Any]] = {}
    for each in found["positions"]:
        by_name.setdefault(each["name"], []).append(each)
    order = sorted(
        by_name.items(), key=lambda each: (-sum(len(p["statements"]) for p in each[1]), each[0])
    )
    return order[:40]


def _again(
    request: Request,
    world: World,
    given: Mapping[str, str],
    found: Mapping[str, Any],
    here: str,
) -> dict[str, Any]:
    """Return how the answer is repeated and cited."""
    options = "".join(f" --{name} '{value}'" for name, value in given.items() if value)
    asked = ", ".join(f"{name} {value}" for name, value in given.items() if value) or "all"
    told = (
        f"Who said what ({asked}); burdenshare {found['version']}, world {found['world']}, the "
        f"ledger of this server, {_many(found['held']['articles'], 'article')}."
    )
    url = str(request.base_url).rstrip("/") + here
    filled = {name: value for name, value in given.items() if value}
    days = [name for name in ("since", "until") if name in filled]
    call = ", ".join(
        f"{name}=date.fromisoformat({value!r})" if name in days else f"{name}={value!r}"
        for name, value in filled.items()
    )
    return {
        "command": f"burdenshare statements --positions{options}",
        "call": ("from datetime import date\n" if days else "") + "from burdenshare import World\n"
        "from burdenshare.checking.ledger.ask import Question, ask\n"
        "from burdenshare.checking.ledger.base import Base\n"
        "from burdenshare.checking.ledger.place import ledger_place\n\n"
        f"with Base(ledger_place()) as base:\n    ask(base, World(), Question({call}))",
        "api": address("/api/v1/statements", [*given.items()]),
        "cited": citation("Who said what", told, url, found["as_of"], "statements"),
    }
