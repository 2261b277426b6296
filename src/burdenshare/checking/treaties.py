"""Questions about treaties: what a provision says, periods of notice, exit clauses, days."""

from __future__ import annotations

import re
from functools import lru_cache

from burdenshare.checking.answers import Answer, Reading
from burdenshare.checking.stating import apart, inside, reading
from burdenshare.checking.statutes import known_since, laws
from burdenshare.errors import UserError
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.clauses import Clause, Exits
from burdenshare.world.dates import Day
from burdenshare.world.exits import exits_of
from burdenshare.world.gates import Law
from burdenshare.world.load import World
from burdenshare.world.provisions import Provision, read_provisions

_ARTICLE = re.compile(r"\barticle (?:[45]|four|five|iv|v)\b")
_LAID_TO = re.compile(
    r"(?:says|say|states|reads|under|per|by|according to|of|(?<!the )in) article "
    r"(\d+|[ivx]+|[a-z]+)\b"
)
_NUMBERS = {"four": "4", "iv": "4", "five": "5", "v": "5", "six": "6", "three": "3", "ten": "10"}
_COUNCIL = re.compile(r"\bvot(?:e|es|ing)\b[^.;]{0,30}\bsecurity council\b")
_CONGRESS = re.compile(r"\b(?:congress\w*|committees?|lawmakers|senators?|president)\b")
_OF_TREATY = re.compile(r"\b(?:article|treaty|charter|constitution|member|members|clause)\b")
_AFTER = re.compile(r"\b(?:after|following|response|wake|because of|over)\b")
_SOON = 30  # days between an attack and what was decided about it
_DAYS = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}
_NOTICE = 30  # days by which two periods may differ and still be called the same: "12 months"


@lru_cache(maxsize=64)
def provisions(world: World, organisation: str) -> tuple[Provision, ...]:
    """Return the provisions held of an organisation."""
    folder = world.folders.get(organisation)
    return read_provisions(folder) if folder else ()


@lru_cache(maxsize=64)
def exits(world: World, organisation: str) -> Exits | None:
    """Return what is held about leaving an organisation, or None."""
    found = world.organisations.get(organisation)
    if found is None:
        return None
    try:
        return exits_of(world, found)
    except UserError:
        return None


def provision(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask what a treaty says on the question that a phrase puts."""
    stated = claim.stated
    if not isinstance(stated, Name) or not _members(world, claim, day):
        return []
    meant = claim.pattern.options["organisation"]
    name = meant if meant == "nato" and _ARTICLE.search(claim.words) else claim.organisation
    for each in provisions(world, name or meant):
        if stated.id in each.asks:
            answer = _answer(each)
            query = {"ask": "provision", "organisation": name or meant, "question": stated.id}
            caveat = "the text leaves it open" if each.answer == "contested" else ""
            right = each.answer != "no" and not _misplaced(claim.words, each)
            return [reading(each.provision, query, answer, right, caveat=caveat)]
    return []


def _misplaced(words: str, each: Provision) -> bool:
    """Say whether a text is laid to another article than the one that holds it."""
    own = each.provision.removeprefix("Art. ")
    said = [_NUMBERS.get(number, number) for number in _LAID_TO.findall(words)]
    return own.isdigit() and bool(said) and own not in said


def _members(world: World, claim: Candidate, day: Day) -> bool:
    """Say whether the countries that a claim itself names are members, where members are held."""
    organisation = world.organisations.get(claim.organisation)
    if organisation is None or not organisation.memberships:
        return True
    slots = claim.slots.values()
    named = {slot.id for slot in slots if isinstance(slot, Name) and slot.kind == "country"}
    return named <= {m.country for m in organisation.members(day)}


def _answer(each: Provision, value: str | float = "") -> Answer:
    return Answer(
        value or each.provision, each.unit or "rule", each.known_from, each.citation, each.says
    )


def lost_vote(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask after how many years of arrears a member loses its vote."""
    stated = claim.stated
    name = claim.organisation or "un"
    if not isinstance(stated, Quantity) or stated.unit not in ("", "year"):
        return []
    for each in provisions(world, name):
        if "lose-vote" in each.asks and each.value is not None:
            council = _COUNCIL.search(claim.words) is not None  # Art. 19 leaves that vote alone
            agrees = float(stated.value) == each.value and not council
            query = {"ask": "provision", "organisation": name, "question": "lose-vote"}
            return [reading(each.provision, query, _answer(each, each.value), agrees)]
    return []


def notice(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how long before leaving notice must be given, by the treaty or by a country's own law."""
    stated = claim.stated
    if isinstance(stated, Quantity):
        if stated.unit not in _DAYS:
            return []
        asked = float(stated.value) * _DAYS[stated.unit]
    else:
        asked = _DAYS["year"]
    name = claim.pattern.options.get("organisation") or claim.organisation
    name = name or ("nato" if _CONGRESS.search(claim.words) else "")
    law = _notified(name) if _CONGRESS.search(claim.words) else None
    if law is not None and isinstance(stated, Quantity) and stated.unit == "day":
        early = "deliberat" in claim.words or "consider" in claim.words
        return [_by_law(law, name, stated, early=early)]
    held = exits(world, name)
    if held is None:
        return []
    clauses = [c for c in held.clauses if not c.beside and c.in_force <= day]
    if len(clauses) > 1:
        clauses = [c for c in clauses if c.until is None and not c.others]
    sure = _OF_TREATY.search(claim.words) is not None
    return [_by_clause(clauses[0], name, asked, sure=sure)] if len(clauses) == 1 else []


def _by_clause(clause: Clause, name: str, asked: float, *, sure: bool) -> Reading:
    period = clause.timing.notice
    says = f"{clause.instrument}, {clause.provision}: {clause.effect}"
    answer = Answer(str(period or clause.effect), "rule", clause.known_from, clause.citation, says)
    query = {"ask": "notice", "organisation": name, "clause": clause.id}
    if period is None:
        return reading(clause.provision, query, answer, None)
    days = (period.after(Day(2025, 1, 1)) - Day(2025, 1, 1)).days
    agrees = abs(days - asked) <= min(_NOTICE, days / 10)
    return reading(clause.provision, query, answer, agrees, sure=sure)


@lru_cache
def _notified(organisation: str) -> Law | None:
    found = [law for law in laws() if law.kind == "notice" and organisation in law.organisations]
    return found[0] if found else None


def _by_law(law: Law, name: str, stated: Quantity, *, early: bool) -> Reading:
    days = re.search(r"(\d+) days", law.text)
    answer = Answer(
        f"{days[1]} days" if days else law.text,
        "rule",
        known_since(law),
        law.citation,
        f"{law.provision}: {law.text}",
    )
    query = {"ask": "notice", "organisation": name, "law": law.id}
    agrees = bool(days and int(days[1]) == stated.value)
    caveat = "they run to the act itself, not to the deliberation" if early else ""
    return reading(law.provision, query, answer, agrees, caveat=caveat)


def exit_clause(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask whether a treaty says how it is left."""
    held = exits(world, claim.organisation)
    if held is None:
        return []
    clause = next(c for c in held.clauses if not c.beside)
    none = clause.timing.type == "no-clause"
    if clause.timing.type not in ("no-clause", "notice-plus", "year-end-next", "immediate"):
        return []
    if clause.countries:  # a right of some members alone
        return []
    agrees = none == (claim.pattern.options["side"] == "no")
    says = f"{clause.instrument}, {clause.provision}: {clause.effect}"
    answer = Answer(clause.provision, "rule", clause.known_from, clause.citation, says)
    query = {"ask": "exit-clause", "organisation": claim.organisation}
    return [reading(clause.provision, query, answer, agrees)]


def invoked(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask when Article 5 was invoked; a date behind "after" may be that of the attack."""
    stated = claim.stated
    if not isinstance(stated, DateMention):
        return []
    for each in provisions(world, "nato"):
        if "after-9-11" in each.asks:
            held = each.known_from
            before = _AFTER.search(claim.words) and 0 <= (held - stated.last).days <= _SOON
            query = {"ask": "provision", "organisation": "nato", "question": "article-5-invoked"}
            answer = Answer(held.isoformat(), "date", held, each.citation, each.says)
            agrees = inside(stated, held) or bool(before) or _near(stated, held)
            return [reading("Art. 5 invoked", query, answer, agrees, sure=_whole(stated))]
    return []


def _near(stated: DateMention, held: Day) -> bool | None:
    """Return None where a date lies close to a day, for which it may stand."""
    return None if 0 < apart(stated, held) <= _SOON else False


def _whole(stated: DateMention) -> bool:
    """Say whether a date names its year itself: one taken from the article's day is unsure."""
    return stated.explicit and stated.grain != "period"


def in_force(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask when an organisation's treaty came into force."""
    stated = claim.stated
    organisation = world.organisations.get(claim.organisation)
    if organisation is None or not isinstance(stated, DateMention):
        return []
    query = {"ask": "treaty", "organisation": organisation.id, "fact": "in force"}
    facts = [f for f in organisation.facts if f.id.endswith("_in_force")]
    found = [
        Answer(f.value.isoformat(), "date", f.value, f.citation, f"{f.title}: {f.value}")
        for f in facts
        if isinstance(f.value, Day)
    ]
    held = exits(world, organisation.id)
    if not found and held is not None:
        clause = held.clauses[0]
        says = f"{clause.instrument} in force since {clause.in_force}"
        found = [
            Answer(clause.in_force.isoformat(), "date", clause.in_force, clause.citation, says)
        ]
    if not found:
        return []
    hits = [a for a in found if inside(stated, Day.fromisoformat(str(a.value)))]
    answer = (hits or found)[0]
    sure = len(found) == 1 and _whole(stated)
    return [reading("in force", query, answer, bool(hits), sure=sure)]
