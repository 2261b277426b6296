"""What the API asks about articles: a check, and what the ledger holds."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from burdenshare.errors import UserError
from burdenshare.showing.web.answers import ANSWERS, Found, Given, Room
from burdenshare.world.dates import parse_day

if TYPE_CHECKING:
    from burdenshare.checking.ledger.base import Base
    from burdenshare.checking.ledger.place import Place
    from burdenshare.checking.results import Check

ARTICLE = "the article"


def check(room: Room, given: Given) -> Found:
    """Check the article that a client sends; keep it only where the client may write."""
    day = None if given["date"] is None else parse_day(given["date"], "--date")
    found = room.checker.check(given["text"], day, given["name"] or "-", given["html"])
    if given["keep"]:
        _keep(found, given["outlet"])
    return Found(
        found.as_dict(),
        lambda: [_claim(each) for each in found.as_dict()["claims"]],
        {
            "html": lambda: _page(found).encode("utf-8", "replace"),
            "text": lambda: _text(found).encode("utf-8", "replace"),
            "jsonld": lambda: _reviews(found, given["outlet"]).encode("utf-8", "backslashreplace"),
        },
    )


def _claim(claim: dict[str, Any]) -> dict[str, Any]:
    """Return a claim as a row."""
    then, now = claim["then"] or {}, claim["now"] or {}
    row = {name: claim[name] for name in ("id", "start", "end", "text", "kind", "verdict", "why")}
    for name, each in (("then", then), ("now", now)):
        row |= {f"{name}_{key}": each.get(key) for key in ("value", "unit", "published", "source")}
    return row


def _page(found: Check) -> str:
    from burdenshare.showing.reports import report_html

    return report_html(found)


def _text(found: Check) -> str:
    from burdenshare.showing.tables import check_text

    return check_text(found, 100, False) + "\n"


def _reviews(found: Check, outlet: str | None) -> str:
    from burdenshare.showing.claimreview import Review, claim_reviews, script_json

    return script_json(claim_reviews([found], Review(Review.author, None, outlet))) + "\n"


def _keep(found: Check, outlet: str | None) -> None:
    """Keep a check in the ledger, and see that it is there."""
    from burdenshare.checking.ledger import outbox
    from burdenshare.checking.ledger.base import Base
    from burdenshare.checking.ledger.store import take_in
    from burdenshare.reading.outlets import page_outlet

    place = _place()
    outbox.put(place.outbox, [outbox.entry(found, outlet or page_outlet(found.document.raw))])
    with Base(place) as base:
        take_in(base)


def statements(room: Room, given: Given) -> Found:
    """Return what the ledger holds on a question; nothing is written, not even an empty ledger."""
    from burdenshare.checking.ledger import export
    from burdenshare.checking.ledger.ask import Question, ask
    from burdenshare.checking.ledger.linked import json_ld

    question = Question(
        **{
            name: given[name]
            for name in ("person", "proposition", "stance", "outlet", "verdict", "article")
        },
        since=None if given["since"] is None else parse_day(given["since"], "--since"),
        until=None if given["until"] is None else parse_day(given["until"], "--until"),
    )
    place = _place()
    with _reading(place) as base:
        answer = {**ask(base, room.world, question), "ledger": "the ledger of this server"}
    part = given["part"]
    return Found(
        answer,
        lambda: export.flat_rows(answer, part),
        {
            "jsonld": lambda: json.dumps(json_ld(answer), ensure_ascii=False, indent=2).encode(
                "utf-8", "backslashreplace"
            ),
            "parquet": lambda: _parquet(answer, part),
        },
    )


def forget(room: Room, given: Given) -> Found:
    """Remove an article from the ledger."""
    from burdenshare.checking.ledger import store
    from burdenshare.checking.ledger.base import Base

    with Base(_place()) as base:
        store.take_in(base)
        gone = store.forget(base, given["article"])
    return Found({**room.world.header("forgotten", room.world.latest), "article": gone})


def take_in(room: Room, given: Given) -> Found:
    """Take in what checks on this machine left for the ledger: no client asks for it."""
    from burdenshare.checking.ledger import store
    from burdenshare.checking.ledger.base import Base

    with Base(_place()) as base:
        taken = store.take_in(base)
    unread = [str(each) for each in taken.unreadable]
    return Found({**room.world.header("taken", room.world.latest), "unreadable": unread})


def _place() -> Place:
    from burdenshare.checking.ledger.place import ledger_place

    place = ledger_place()
    if place is None:
        raise UserError("this server keeps no ledger")
    return place


@contextmanager
def _reading(place: Place) -> Iterator[Base]:
    """Give the ledger to read; where there is none yet, an empty one that is gone afterwards."""
    from burdenshare.checking.ledger.base import Base
    from burdenshare.checking.ledger.place import ledger_place

    if place.path is None or place.path.exists():
        with Base(place) as base:
            yield base
        return
    with tempfile.TemporaryDirectory(prefix="burdenshare-") as folder:
        empty = ledger_place({"BURDENSHARE_LEDGER": f"{folder}/ledger.sqlite"})
        assert empty is not None
        with Base(empty) as base:
            yield base


def _parquet(answer: dict[str, Any], part: str) -> bytes:
    from burdenshare.checking.ledger.export import write_parquet

    with tempfile.TemporaryDirectory(prefix="burdenshare-") as folder:
        path = Path(folder) / "part.parquet"
        write_parquet(answer, part, path)
        return path.read_bytes()


ANSWERS |= {"check": check, "statements": statements, "forget": forget, "take-in": take_in}
