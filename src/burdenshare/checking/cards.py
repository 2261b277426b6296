"""Cards: single dated facts of the world, found by the words around a figure.

A card is one fact with its value and the groups of words that a sentence about it holds. Cards are
written in `content/cards/*.toml`; a value that the world holds elsewhere is named there and not
typed again. What other modules know by heart of the world they make into cards themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from burdenshare.checking.cards_held import Basis, Value, held
from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import CONTENT, Table, read_toml
from burdenshare.world.dates import Day
from burdenshare.world.load import World

FOLDER = CONTENT / "cards"
WORDS = FOLDER / "words.toml"
CONFIDENCE = ("seen", "general knowledge", "to verify", "inference")
KINDS = ("value", "share", "count", "rank", "date", "membership", "legal")
DIMENSIONS = ("percent", "money", "number", "ordinal", "date")
_WITHIN = 6  # words between a figure and the words that tie it to its card
_AROUND = "~"


@dataclass(frozen=True, slots=True)
class Group:
    """Words of which a sentence must hold one: whole words, beginnings, several words, names.

    `around` lets the sentences before and the article's opening hold it instead.
    """

    exact: frozenset[str]
    starts: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    names: frozenset[str]
    around: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One fact: its values (any of them is right), the words about it, and where it comes from.

    A value is a number, a day or a span of years. `near` are words of which one stands within
    `within` words of the figure, on its `side` where one is given. `firm` says that another figure
    in those words is wrong, where they stand in one clause, or with `carries` in the sentences
    just before too; `wished` that the fact is itself a wish. `after` names the card whose
    value this one replaces. `ask` names a question of checking that works the value out, with
    `options` for it.
    """

    id: str
    title: str
    kind: str
    dimension: str
    unit: str
    values: tuple[Value, ...]
    about: tuple[Group, ...]
    near: Group
    without: Group
    basis: Basis
    within: int = _WITHIN
    side: str = ""
    until: Day | None = None
    firm: bool = False
    carries: bool = False
    wished: bool = False
    after: str = ""
    caveat: str = ""
    ask: str = ""
    options: dict[str, str] = field(default_factory=dict)

    def open_on(self, day: Day) -> bool:
        """Say whether an article of a day may speak of it: from when it is known on."""
        return self.basis.day <= day and (self.until is None or day <= self.until)


def group(*words: str, around: bool = False) -> Group:
    """Return a group of words: "troop*" stands for beginnings, "country:USA" for a name.

    >>> sorted(group("troop*", "forces", "country:USA", "act of congress").names)
    ['country:USA']
    """
    low = [word for word in words if ":" not in word]
    return Group(
        frozenset(w for w in low if " " not in w and not w.endswith("*")),
        tuple(w[:-1] for w in low if w.endswith("*") and " " not in w),
        tuple(tuple(w.split()) for w in low if " " in w),
        frozenset(w for w in words if ":" in w),
        around,
    )


NOTHING = group()


def written(world: World, folder: Path = FOLDER) -> Iterator[Card]:
    """Yield the cards of the files, their values taken from where the world holds them."""
    shared = {name: table.texts("any") for name, table in read_toml(WORDS).named("words")}
    for path in sorted(folder.glob("*.toml")):
        if path.name != WORDS.name:
            table = read_toml(path)
            for each in table.tables("card"):
                yield _card(world, each, shared)
            table.done()


@dataclass(frozen=True, slots=True)
class Guards:
    """Words that silence a figure, conditions before it, and what leaves a difference unsure.

    `denied` does so for every fact, `unsure` for those that are no text of a law or treaty.
    """

    silent: Group
    condition: Group
    unsure: Group
    denied: Group


def guards() -> Guards:
    """Return the words that guard figures."""
    found = {name: group(*each.texts("any")) for name, each in read_toml(WORDS).named("guard")}
    return Guards(**found)


def _card(world: World, table: Table, shared: dict[str, tuple[str, ...]]) -> Card:
    values, basis = held(world, table)
    day = table.day("known_from", basis.day if basis else ...)
    citation = table.text("citation", basis.citation if basis else ...)
    confidence = table.choice("confidence", CONFIDENCE, basis.confidence if basis else ...)
    about = _about(table, shared)
    near = _group(table.texts("near"), shared, table.where)
    firm = table.flag("firm")
    if firm and confidence == "general knowledge":
        raise table.fail("firm", "false: what rests on general knowledge contradicts nothing")
    card = Card(
        id=table.text("id"),
        title=table.text("title"),
        kind=table.choice("kind", KINDS),
        dimension=table.choice("dimension", DIMENSIONS),
        unit=table.text("unit", ""),
        values=values,
        about=about,
        near=near if near != NOTHING else about[0],
        without=_group(table.texts("without"), shared, table.where),
        basis=Basis(citation, day, confidence),
        within=table.whole("within", _WITHIN),
        side=table.choice("side", ("before", "after"), ""),
        until=table.day("until", None),
        firm=firm,
        carries=table.flag("carries"),
        wished=table.flag("wished"),
        after=table.text("after", ""),
        caveat=basis.caveat if basis else "",
        ask=table.text("ask", ""),
        options={key: str(value) for key, value in table.table("options").values.items()},
    )
    table.done()
    return card


def _about(table: Table, shared: dict[str, tuple[str, ...]]) -> tuple[Group, ...]:
    lists = table.get("about", list, 'a list of lists of words, such as [["troop*"], ["europe*"]]')
    found = []
    for words in lists:
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise table.fail("about", 'a list of lists of words, such as [["troop*"]]')
        found.append(_group(tuple(words), shared, table.where))
    if not found or found[0].around:
        raise table.fail("about", 'at first a list of words of the sentence itself, without "~"')
    return tuple(found)


def _group(words: tuple[str, ...], shared: dict[str, tuple[str, ...]], where: str) -> Group:
    """Return a group as written: "~" first means around, "<list>" the words of words.toml."""
    around = bool(words) and words[0] == _AROUND
    spread: list[str] = []
    for word in words[1:] if around else words:
        if word.startswith("<"):
            name = word.strip("<>")
            if name not in shared:
                raise UserError(f"{where}: {word}: {did_you_mean(name, shared)}")
            spread += shared[name]
        else:
            spread.append(word)
    return group(*spread, around=around)
