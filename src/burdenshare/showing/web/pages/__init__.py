"""The pages that people read: whole without JavaScript, quicker with it."""

from fastapi import APIRouter

from burdenshare.errors import UserError
from burdenshare.showing.web.pages import (
    about,
    assets,
    check,
    compare,
    exits,
    figures,
    home,
    people,
    whatif,
)
from burdenshare.showing.web.pages.answers import answer_of
from burdenshare.showing.web.pages.controls import DRAWS
from burdenshare.showing.web.pages.plates import plate_of
from burdenshare.showing.web.pages.shared import alone
from burdenshare.whatif.overrides import override
from burdenshare.whatif.scenarios import read_scenario
from burdenshare.whatif.worlds import World

__all__ = ["make_ready", "router"]

router = APIRouter(include_in_schema=False)
for part in (assets, home, check, whatif, compare, figures, exits, people, about):
    router.include_router(part.router)


def make_ready(world: World) -> None:
    """Answer the first question of each kind, so that nobody waits for what it needs."""
    try:
        with alone():
            asked = override(read_scenario(world.own, whatif.FIRST), [f"draws={DRAWS}"])
            answer = answer_of(world, asked, (), frozenset())
            plate_of(next(whatif.charts_of(answer, "pays")))
            check.checker_of(world)
    except UserError:
        return  # whoever asks is told
