"""Whether the debt model runs in numpy or in the same loops compiled by numba, and how.

It is numpy until a process has worked out so much that numba is worth its start; numba then takes
over where it is installed. The numbers are the same to the bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from burdenshare.errors import UserError
from burdenshare.whatif.debt.inputs import Floats

if TYPE_CHECKING:
    from burdenshare.whatif.debt.project import Projection
    from burdenshare.whatif.debt.stochastic import Draws

WORTH_COMPILING = 400_000  # years of lanes: some five answers for all states, more than one command
_told: ContextVar[bool | None] = ContextVar("_told", default=None)
_done = {"years": 0}


@contextmanager
def loops(fast: bool | None) -> Iterator[None]:
    """Choose the loops for what runs inside: False numpy alone, True numba, None as it is worth.

    Raises UserError where numba is asked for and not installed.

    >>> with loops(False):
    ...     compiled(10**9)
    False
    """
    if fast and not _installed():
        raise UserError("the fast loops need numba: pip install 'burdenshare[fast]'")
    before = _told.set(fast)
    try:
        yield
    finally:
        _told.reset(before)


def compiled(years: int) -> bool:
    """Say whether to run compiled loops now; `years` are those of lanes about to be worked out."""
    told = _told.get()
    if told is not None:
        return told
    _done["years"] += years
    return _done["years"] > WORTH_COMPILING and _installed()


@cache
def _installed() -> bool:
    return find_spec("numba") is not None


def project(path: Projection, years: tuple[int, int], steps: Floats) -> None:
    """Work out the years from the first to the last of `years`, a row of `steps` for each.

    After the rows of steps (any x L) the balance stays.
    """
    from burdenshare.whatif.debt import kernels

    given: list[Any] = [_plain(getattr(path.inputs, name)) for name in kernels.Given._fields]
    made = [getattr(path, name) for name in kernels.Made._fields]
    span = kernels.Span(path.end, path.ageing_from, path.ageing_to)
    kernels.project(span, kernels.Given(*given), kernels.Made(*made), years, _plain(steps))


def shocked(path: Projection, draws: Draws, point: Floats, base: Floats, debt: Floats) -> None:
    """Fill debt of 6 x C x B x N (or one row: the last year only), whose first row is the start."""
    from burdenshare.whatif.debt import kernels

    q, years = path.inputs, slice(path.end, path.end + len(draws.first) + 1)
    money = kernels.Money(
        *(q.domestic, q.euro, q.dollar), _plain(q.exr_euro[years]), _plain(q.exr_dollar[years])
    )
    kernels.shocked(
        _plain(draws.first), _plain(draws.others), _plain(point), _plain(base), money, debt
    )


def _plain(values: Floats) -> Floats:
    """Return values in the one order in memory that the loops are compiled for."""
    return np.ascontiguousarray(values)
