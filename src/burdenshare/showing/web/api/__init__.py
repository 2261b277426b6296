"""The HTTP API: the commands' answers, under the options' names."""

from fastapi import APIRouter, Depends

from burdenshare.showing.web.api import articles, facts, jobs, runs
from burdenshare.showing.web.api.docs import router as docs
from burdenshare.showing.web.api.parameters import only_known

__all__ = ["docs", "router"]

router = APIRouter(dependencies=[Depends(only_known)])
for each in (facts, runs, articles, jobs):
    router.include_router(each.router)
