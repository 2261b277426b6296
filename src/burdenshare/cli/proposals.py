"""What `check --propose` does: ask a model, add what passes, say on standard error what did not."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from burdenshare.errors import UserError

if TYPE_CHECKING:
    from burdenshare.checking.article import Checker
    from burdenshare.checking.proposals.ask import Endpoint
    from burdenshare.checking.results import Check


def whom_to_ask(propose: bool, *, many: bool, review: bool) -> Endpoint | None:
    """Return the endpoint that the environment names, where proposals are asked for.

    Tables of many articles and published reviews hold only what is read here.
    """
    if not propose:
        return None
    if many or review:
        what = "-o" if many else "--format claimreview"
        raise UserError(f"{what} holds only what is read here: leave out --propose")
    from burdenshare.checking.proposals.ask import endpoint

    return endpoint(os.environ)


def add_proposals(checker: Checker, checks: list[Check], to: Endpoint | None) -> list[Check]:
    """Return the checks with what a model adds to each; a line for each on standard error."""
    if to is None:
        return checks
    from burdenshare.checking.proposals.propose import with_proposals
    from burdenshare.showing.words import visible

    found = []
    for each in checks:
        added, note = with_proposals(checker, each, to)
        print(f"burdenshare: {visible(each.path)}: {note}", file=sys.stderr)
        found.append(added)
    return found
