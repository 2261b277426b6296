"""Which shipped scenario answers which proposition: read without the machinery that runs them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from burdenshare.files import CONTENT, read_toml

FOLDER = CONTENT / "scenarios"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A shipped scenario: its name, the question it answers, the propositions it answers to."""

    id: str
    title: str
    question: str
    propositions: tuple[str, ...]


@cache
def proposals() -> tuple[Proposal, ...]:
    """Return the shipped scenarios by name."""
    found = []
    for path in sorted(FOLDER.glob("*.toml"), key=lambda path: path.stem):
        table = read_toml(path)
        slugs = table.texts("propositions")
        found.append(Proposal(path.stem, table.text("title"), table.text("question"), slugs))
    return tuple(found)


def scenarios_for(proposition: str) -> list[Proposal]:
    """Return the shipped scenarios that answer a proposition: first those that put it first.

    >>> [each.id for each in scenarios_for("us-leaves-un")]
    ['us-leaves-un', 'us-leaves-nato-and-un']
    >>> scenarios_for("us-tariffs-on-allies")
    []
    """
    found = [each for each in proposals() if proposition in each.propositions]
    return sorted(found, key=lambda each: each.propositions.index(proposition))
