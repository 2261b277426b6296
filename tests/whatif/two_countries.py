"""Two countries as known on 30 October 2026, in round figures, and scenarios about them.

The United States has a GDP of 30,000 billion dollars that stands still, and spends 3 %; Poland has
1,000 billion, growing by 10 % a year, and spends 4 %. A dollar costs half a euro and 4 zlotys.
"""

from datetime import date
from typing import Any

import numpy as np

from burdenshare.whatif.baseline import Baseline, LeftOut
from burdenshare.whatif.economy import Money
from burdenshare.whatif.goals import Goal
from burdenshare.whatif.plan import Floats
from burdenshare.whatif.planning import Terms
from burdenshare.whatif.scenarios import Scenario, parse_scenario

DAY = date(2026, 10, 30)
YEARS = tuple(range(2026, 2036))
WALES = Goal("nato.wales-2014.share", 2.0, date(2014, 9, 5), 2024)
HAGUE = Goal("nato.hague-2025.core", 3.5, date(2025, 6, 25), 2035, {"ESP": 2.1})
TERMS = Terms(goals=(WALES, HAGUE), decimals=2, effects={("exit", "USA"): date(2028, 4, 28)})


def baseline(poland: float = 4.0, usa: float = 3.0) -> Baseline:
    """Return the two countries with shares of GDP in 2026, in %."""
    table = (len(YEARS), 2)
    share = np.full(table, np.nan)
    share[0] = poland, usa
    return Baseline(
        day=DAY,
        countries=("POL", "USA"),
        years=YEARS,
        share=share,
        base=np.zeros(2, dtype=np.int64),
        money=Money(
            growth=np.tile([0.1, 0.0], (len(YEARS), 1)),
            real=np.array([1e6, 30e6]),
            usd=np.ones(table),
            eur=np.full(table, 0.5),
            ncu=np.tile([4.0, 1.0], (len(YEARS), 1)),
        ),
        price_year=2026,
        members={"nato": frozenset({"POL", "USA"})},
        dollars={2025: 0.8},
        euros={2025: 0.5},
        gaps=(LeftOut("ISL", "no armed forces"),),
    )


def scenario(*changes: dict[str, Any], **more: Any) -> Scenario:
    """Return a scenario of NATO for 2026 to 2035 with changes, each of which is cited."""
    values = {
        "id": "made-up",
        "title": "Made up",
        "question": "What if?",
        "organisations": ["nato"],
        "as_of": DAY,
        "years": "2026..2035",
        "change": [{"id": "it", "citation": "made up", **change} for change in changes],
        **more,
    }
    return parse_scenario(values, "made up")


def column(table: Floats, country: str) -> list[float]:
    """Return the figures of one of the two by year."""
    found: list[float] = table[:, ("POL", "USA").index(country)].tolist()
    return found
