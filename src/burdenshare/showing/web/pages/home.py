"""The first page: what can be asked here."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from burdenshare.showing.web.pages.shared import pages, show, working

router = pages()


@router.get("/")
def home(request: Request) -> Response:
    """Show what can be asked."""
    with working(request) as world:
        return show(
            request,
            "home",
            datasets=len(world.datasets),
            releases=sum(len(each.days) for each in world.datasets.values()),
            organisations=len(world.organisations),
        )
