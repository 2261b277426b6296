"""The world as users take it in Python: with its figures and rules, and with what may be supposed.

Nothing heavy is imported until a scenario is run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from burdenshare.world import load
from burdenshare.world.dates import Day, parse_day

if TYPE_CHECKING:
    from burdenshare.whatif.answer import Answer


class World(load.World):
    """The shipped content and the user's own releases, ready for questions and for scenarios.

    >>> World().run("us-stops-wfp").json["funding"][0]["lost_usd"]
    4435961787.0
    """

    def run(
        self,
        name: str,
        draws: int | None = None,
        seed: int | None = None,
        as_of: Day | str | None = None,
        set: Sequence[str] = (),
    ) -> Answer:
        """Run a scenario by name or by the path of its file: see `whatif.answer.run_answer`.

        `as_of` is a day or its text, `set` has what `--set` takes, such as "core.by=2032". The
        answer has the arrays (`result`, `baseline`, `plan`), the plain data (`json`) and a table
        for pandas, polars or narwhals (`frame()`). Raises UserError as `burdenshare run` does.
        """
        from burdenshare.whatif.answer import run_answer

        return run_answer(self, name, draws, seed, _day(as_of), set)

    def compare(
        self,
        first: str,
        second: str,
        draws: int | None = None,
        seed: int | None = None,
        as_of: Day | str | None = None,
    ) -> dict[str, Any]:
        """Return what differs between two scenarios over the same draws, as `burdenshare compare`.

        Raises UserError for scenarios of different days or without a common year.
        """
        from burdenshare.whatif.comparing import compare_answers

        return compare_answers(self, first, second, draws, seed, _day(as_of))


def run(
    name: str,
    draws: int | None = None,
    seed: int | None = None,
    as_of: Day | str | None = None,
    set: Sequence[str] = (),
) -> Answer:
    """Run a scenario in the world as it is shipped, with the user's own releases.

    >>> run("us-stops-wfp").json["funding"][0]["year"]
    2024
    """
    return World().run(name, draws, seed, as_of, set)


def _day(given: Day | str | None) -> Day | None:
    return parse_day(given, "as_of") if isinstance(given, str) else given
