"""Which scenarios the proposals of an article correspond to: "exit NATO" is us-leaves-nato."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from burdenshare.checking.loans import loans_named
from burdenshare.checking.matters import Matters
from burdenshare.checking.results import Proposed
from burdenshare.checking.runnable import first_day
from burdenshare.files import Table, read_toml
from burdenshare.reading.document import Document, Span, Statement
from burdenshare.reading.lexicon import Name
from burdenshare.reading.positions import Position, load_propositions, position
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.proposals import FOLDER, Proposal, proposals

# Who is for these wants to keep what is: only a condition on them proposes something.
_KEEPING = ("article-5-commitment", "us-pays-for-europe-defence")
_NAMES = {"UN": "United Nations"}


def proposed(
    world: World,
    document: Document,
    statements: Sequence[Statement],
    day: Day | None,
    matters: Matters,
) -> tuple[Proposed, ...]:
    """Return the shipped scenarios that an article proposes, in the order of its words.

    A statement proposes what it is for, on conditions or without; one that is against something
    proposes nothing. Where nobody is named, a sentence counts that demands something or names a
    sum of money. `day` is the article's, the day that the command is to be run as of.
    """
    found = _found(document, statements, matters)
    made = []
    for each in proposals():
        if not _known(world, each, day):
            continue
        spans = _spans(each, found, matters)
        for programme in _named(each.id, "programme"):
            spans |= loans_named(world, document, statements, programme)
        if spans:
            made.append(_proposed(world, each, spans, statements, day))
    order = {each.id: min(_starts(each, statements)) for each in made}
    return tuple(sorted(made, key=lambda each: order[each.id]))


def _found(
    document: Document, statements: Sequence[Statement], matters: Matters
) -> dict[str, list[Span]]:
    """Return the statements and sentences that propose something, by proposition."""
    text = document.text
    found: dict[str, list[Span]] = defaultdict(list)
    read: list[tuple[Span, Position]] = [(s, (s.proposition, s.stance)) for s in statements]
    for sentence in _outside(document.sentences, statements):
        if matters.demands(sentence):
            read.append((sentence, matters.position(sentence)))
    for span, first in read:
        for slug, stance in _readings(span.of(text), first, matters.names(span)):
            proposes = stance == "conditional" or (stance == "for" and slug not in _KEEPING)
            if proposes and matters.fits(span, slug):
                found[slug].append(span)
    return found


def _outside(sentences: Sequence[Span], statements: Sequence[Statement]) -> Iterator[Span]:
    """Yield the sentences that share no character with a statement."""
    spans = sorted((said.start, said.end) for said in statements)
    reached = list(itertools.accumulate((end for _, end in spans), max))
    for sentence in sentences:
        before = bisect_left(spans, (sentence.end, 0))
        if not before or reached[before - 1] <= sentence.start:
            yield sentence


def _readings(text: str, first: Position, names: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """Yield the positions of some words: the first, and what they say of another organisation.

    "Leave NATO and the UN" is read again without the name of the first; what is said of a body
    that has a scenario of its own, such as the World Food Programme, as said of the organisation
    that it belongs to.
    """
    organisation = load_propositions().organisations
    named = {name.id for name in names if name.kind == "organisation"}
    again = []
    if first[0] is not None:
        yield first[0], first[1]
        if (own := organisation[first[0]].lower()) in named:
            again.append(_with(text, own, "", names))
    for body, whole in _bodies().items():
        if body in named:
            again.append(_with(text, body, _NAMES.get(whole, whole), names))
    for words in again:
        slug, stance = position(words)
        if slug is None or (first[0] and organisation[slug] == organisation[first[0]]):
            continue
        if first[1] in (stance, "none"):
            yield slug, stance


def _with(text: str, organisation: str, words: str, names: Sequence[Name]) -> str:
    """Return a text with other words in place of an organisation's names."""
    for name in reversed(names):
        if name.kind == "organisation" and name.id == organisation:
            text = text[: name.start] + words + text[name.end :]
    return text


@cache
def _bodies() -> dict[str, str]:
    """Return the organisations whose scenario answers a proposition about another one."""
    named = load_propositions().organisations
    found: dict[str, str] = {}
    for each in proposals():
        wholes = {named[slug] for slug in each.propositions}
        own = _file(each.id).texts("organisations")
        if len(wholes) == 1 and not {whole.lower() for whole in wholes} & set(own):
            found |= dict.fromkeys(own, min(wholes))
    return found


def _spans(proposal: Proposal, found: Mapping[str, list[Span]], matters: Matters) -> set[Span]:
    """Return what proposes a scenario; of one that joins others, all parts must be proposed.

    What proposes all parts at once is then enough.
    """
    parts: dict[str, set[Span]] = {}
    organisation = load_propositions().organisations
    for slug in proposal.propositions:
        own = {s for s in found.get(slug, ()) if _about(proposal, slug, s, matters)}
        parts.setdefault(organisation[slug], set()).update(own)
    if not _joins(proposal):
        return set().union(*parts.values())
    if not all(parts.values()):
        return set()
    return set.intersection(*parts.values()) or set.union(*parts.values())


@cache
def _joins(proposal: Proposal) -> bool:
    """Say whether each organisation's part of a scenario is answered by another scenario alone."""
    organisation = load_propositions().organisations
    every = set(proposal.propositions)
    parts = [
        {slug for slug in every if organisation[slug] == name}
        for name in {organisation[slug] for slug in every}
    ]
    return len(parts) > 1 and all(
        any(
            own & set(other.propositions) and not (every - own) & set(other.propositions)
            for other in proposals()
        )
        for own in parts
    )


def _about(proposal: Proposal, slug: str, span: Span, matters: Matters) -> bool:
    """Say whether words speak of an organisation that a scenario is about."""
    own = _file(proposal.id).texts("organisations")
    if load_propositions().organisations[slug].lower() in own:
        return True
    names = matters.names(span)
    return any(name.kind == "organisation" and name.id in own for name in names)


def _known(world: World, proposal: Proposal, day: Day | None) -> bool:
    """Say whether a scenario can be what an article of a day proposes.

    It supposes a change; and if that is a pledge kept, the pledge had been given.
    """
    names = _named(proposal.id, "proposal")
    pledges = [world.pledges[name] for name in names if name in world.pledges]
    given = day or world.latest
    changes = bool(_file(proposal.id).tables("change"))
    return changes and all(p.kind != "pledge" or p.known_from <= given for p in pledges)


def _proposed(
    world: World,
    proposal: Proposal,
    spans: Collection[Span],
    statements: Sequence[Statement],
    day: Day | None,
) -> Proposed:
    """Return a scenario with its command, run as of the article's day where that can be."""
    own = tuple(number for number, said in enumerate(statements) if said in spans)
    others = [Span(s.start, s.end) for s in spans if not isinstance(s, Statement)]
    file = _file(proposal.id)
    command, note = f"burdenshare run {proposal.id}", ""
    as_of = day if day is not None and "as_of" not in file.values else None
    if as_of is not None and as_of < (first := first_day(world, file)):
        note = f"on the newest figures: what it needs was published from {first} on"
        as_of = None
    return Proposed(
        id=proposal.id,
        title=proposal.title,
        question=proposal.question,
        statements=own,
        passages=tuple(sorted(others, key=lambda span: span.start)),
        command=f"{command} --as-of {as_of}" if as_of else command,
        as_of=as_of,
        note=note,
    )


def _starts(each: Proposed, statements: Sequence[Statement]) -> list[int]:
    spans: list[Span] = [*each.passages, *(statements[number] for number in each.statements)]
    return [span.start for span in spans]


@cache
def _named(name: str, key: str) -> tuple[str, ...]:
    """Return what the changes of a scenario name under a key, such as "programme"."""
    changes = _file(name).tables("change")
    return tuple(str(change.values[key]) for change in changes if change.values.get(key))


@cache
def _file(name: str) -> Table:
    return read_toml(FOLDER / f"{name}.toml")
