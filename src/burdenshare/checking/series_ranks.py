"""Places in a series of one release: who was allocated the most, the second-most, the least."""

from __future__ import annotations

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World

_YEAR = 2025  # under which loans stand


def series_rank(world: World, series: str, country: str, place: int, *, low: bool) -> Reading:
    """Return the question for a country's place among all that a series gives."""
    history = world.history(series)
    who = world.countries.spoken(country)

    def ask(as_of: Day) -> Answer | Missing:
        facts = {code: history.on(code, _YEAR, as_of) for code in history.countries(as_of)}
        known = {code: fact for code, fact in facts.items() if isinstance(fact, Fact)}
        if country not in known:
            return Missing(f"{history.series.title}: none for {who} is known on {as_of}")
        own = known[country]
        ahead = [f for f in known.values() if (f.value < own.value) == low and f.value != own.value]
        end = "smallest" if low else "largest"
        says = f"{who} is number {len(ahead) + 1} of {len(known)} from the {end}"
        document = own.release.document
        return Answer(len(ahead) + 1, "rank", own.release.published, document, says)

    query = {"ask": "rank", "series": series, "country": country, "order": "low" if low else "high"}
    return Reading("rank", query, ask, lambda answer: answer.value == place)
