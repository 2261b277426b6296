"""The application: pages and API behind one guard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property
from pathlib import Path
from threading import Thread

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from burdenshare import __version__
from burdenshare.showing.web import api, pages
from burdenshare.showing.web.api import schema
from burdenshare.showing.web.desk import Desk
from burdenshare.showing.web.guard import Guard
from burdenshare.showing.web.problems import told
from burdenshare.showing.web.settings import Settings, settings_of
from burdenshare.whatif.worlds import World

STATIC = Path(__file__).parents[1] / "static"
_SMALLEST = 1_000  # bytes below which nothing is gained by packing


class Rooms:
    """What the pages share: one world, loaded when it is first asked for."""

    @cached_property
    def world(self) -> World:
        """The world that pages show."""
        return World()


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application; without settings, with those that the environment holds.

    `state.desk` answers the API's questions, `state.rooms.world` is the world for pages.
    """
    settings = settings_of() if settings is None else settings
    desk = Desk(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await desk.open()
        ready = Thread(target=lambda: pages.make_ready(app.state.rooms.world))
        if settings.ready:
            ready.start()
        try:
            yield
        finally:
            await desk.close()
            if settings.ready:  # drawing in a thread that outlives its process ends in an abort
                await asyncio.to_thread(ready.join)

    app = FastAPI(
        title="burdenshare",
        summary="Who pays, who is protected, who may leave: checked as of a day",
        description=schema.DESCRIPTION,
        version=__version__,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        exception_handlers={HTTPException: _refused, RequestValidationError: _unsound},
    )
    app.state.settings = settings
    app.state.desk = desk
    app.state.rooms = Rooms()
    app.include_router(api.router, prefix="/api/v1")
    app.include_router(api.docs, include_in_schema=False)
    app.include_router(pages.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")
    app.openapi = schema.described(app)  # type: ignore[method-assign]  # FastAPI's own way
    app.add_middleware(GZipMiddleware, minimum_size=_SMALLEST, compresslevel=4)
    app.add_middleware(Guard, settings=settings)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return told(request, error.status_code, str(error.detail), error.headers)


async def _unsound(request: Request, error: Exception) -> Response:
    """Say which parameter is not sound, and what it should be."""
    assert isinstance(error, RequestValidationError)
    return told(request, 422, schema.in_words(error.errors()), None)
