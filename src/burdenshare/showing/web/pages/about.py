"""About: how it works, how it is cited, and every release with its document and hash."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from burdenshare import __version__
from burdenshare.errors import UserError, did_you_mean
from burdenshare.showing.web.pages.shared import pages, show, working
from burdenshare.showing.web.pages.state import citation

router = pages()


@router.get("/about")
def about(request: Request) -> Response:
    """Show how it works and how it is cited."""
    with working(request) as world:
        told = (
            f"burdenshare {__version__}, who pays, who is protected, who may leave: figures and "
            f"claims as of a day, world {world.hash}, figures up to {world.latest}."
        )
        url = str(request.base_url)
        cited = citation("burdenshare", told, url, world.latest.isoformat(), "program")
        return show(request, "about", cited=cited, datasets=list(world.datasets.values()))


@router.get("/sources")
def sources(request: Request) -> Response:
    """Show the datasets."""
    with working(request) as world:
        return show(request, "sources", datasets=list(world.datasets.values()))


@router.get("/sources/{name}")
def source(request: Request, name: str) -> Response:
    """Show the releases of a dataset: document, day, where it was read, hash, licence."""
    with working(request) as world:
        if name not in world.datasets:
            hint = did_you_mean(name, world.datasets)
            raise UserError(f"dataset {name[:40]!r} is unknown: {hint}")
        dataset = world.datasets[name]
        releases = sorted(dataset.releases, key=lambda each: each.order, reverse=True)
        return show(
            request,
            "source",
            dataset=dataset,
            releases=[(each, _read_from(each.sources.values())) for each in releases],
            missing=[each for each in dataset.publications if each.held == "no"],
        )


def _read_from(notes: object) -> list[str]:
    """Return where a release was read, each once."""
    said = [f"{n.read_from}{'; checked: ' + n.checked if n.checked else ''}" for n in notes]  # type: ignore[attr-defined]
    return list(dict.fromkeys(each for each in said if each))
