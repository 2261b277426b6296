"""Links between statements: who passes on, backs or condemns what somebody else said."""

from __future__ import annotations

from itertools import pairwise

from burdenshare.reading.document import Document, Stance
from burdenshare.reading.drafts import POINTERS, SIDING, Draft, agrees, plain
from burdenshare.reading.positions import FLIPPED, Position, Reader, on_topic, weigh
from burdenshare.reading.words import Unit

DECISIONS = frozenset(
    "decision move order step measure plan withdrawal cut cuts pullout package deal target figure"
    " goal".split()
)
REMARKS = frozenset(
    "remark remarks comment comments words claim suggestion threat threats call view stance"
    " position criticism warning warnings statement line".split()
)
POLICIES = frozenset(
    "us-leaves-nato us-leaves-un us-leaves-unesco us-leaves-international-bodies stop-un-funding"
    " cut-us-troops-in-europe pause-ukraine-aid us-tariffs-on-allies raise-target-5-percent"
    " raise-target-above-2-percent eu-rearmament eu-joint-borrowing"
    " eu-fiscal-room-for-defence".split()
)
SIGNS = frozenset(("sign", "co-sponsor", "cosponsor"))
VOTES = {"no": "against", "nay": "against", "against": "against", "yes": "for", "for": "for"}
AGREEING = (
    " had it right ",
    " has it right ",
    " got it right ",
    " was right ",
    " is right ",
    " were right ",
    " are right ",
    " had a point ",
    " has a point ",
)
POINTED = frozenset("it that this them".split())
CONDEMNING = ("mistake", "reject", "regret", "rebuke", "better", "bad")
DISSENTING = frozenset("disagree demur dissent object".split())
NAMED_BEFORE = POINTERS - {"it", "them", "that", "this"}
OPENING = ("it", "that", "this", "they", "such")
FEW = 6  # words
NOT_BEFORE = 3  # words
NEAR = 5  # units


class Topics:
    """What the narration around a statement is about."""

    def __init__(self, reader: Reader, units: list[Unit]) -> None:
        self.reader, self.units = reader, units

    def before(self, draft: Draft) -> Position:
        """Return the position told in the same paragraph before a statement, the nearest first."""
        paragraph = self.units[draft.unit].paragraph
        for number in range(draft.unit, max(-1, draft.unit - NEAR), -1):
            unit = self.units[number]
            if unit.paragraph < paragraph - 1:
                break
            end = min(unit.span.end, draft.start)
            if end <= unit.span.start:
                continue
            reading = self.reader.cut((unit.span.start, end))
            found = weigh(reading, set(), self.reader.known)[1]
            if found[0] in POLICIES:
                return found
        return None, "none"


def link(drafts: list[Draft], document: Document, topics: Topics) -> None:
    """Link drafts that pass on or answer others, and let them inherit a position."""
    of_unit: dict[int, list[int]] = {}
    for i, draft in enumerate(drafts):
        if _amplifies(draft, document):
            draft.amplifies = _target(drafts, i, of_unit.get(draft.unit, []))
        of_unit.setdefault(draft.unit, []).append(i)
        target = draft.amplifies
        if target is not None and (draft.proposition is None or _bare(draft, document)):
            draft.proposition, draft.stance = target.proposition, target.stance
            if draft.mode in ("direct", "indirect"):
                draft.mode = "endorsement"
        elif draft.proposition is None:
            _go_on(drafts, i, topics)
            if draft.proposition is None:
                _judge(drafts, i, topics)
    drafts[:] = [draft for draft in drafts if not draft.pending or _kept(draft)]


def _kept(draft: Draft) -> bool:
    """Say whether a verdict counts: one that has a position, or a person's welcome."""
    entity = draft.subject.entity
    person = entity is not None and entity.kind == "person"
    return draft.proposition is not None or (person and draft.lemma in SIDING)


def _bare(draft: Draft, document: Document) -> bool:
    """Say whether a draft quotes nothing but agreement."""
    return bool(draft.quotes) and all(agrees(span.of(document.raw)) for span in draft.quotes)


def _amplifies(draft: Draft, document: Document) -> bool:
    if "e" in draft.flags or draft.lemma in SIGNS or draft.mode == "endorsement":
        return True
    said = f" {plain(document.text[draft.start : draft.end])} "
    return any(phrase in said for phrase in AGREEING) or _bare(draft, document)


def _target(drafts: list[Draft], i: int, before: list[int]) -> Draft | None:
    """Return the statement that a draft passes on: in its sentence, or the last before it.

    `before` are the places of the drafts of its sentence that stand before it.
    """
    draft = drafts[i]
    speaker = draft.subject.entity
    if draft.lemma in SIGNS:
        window = drafts[max(0, i - 6) : i + 7]
        near = [each for each in window if each is not draft and "a" in each.flags]
        near = [each for each in near if abs(each.unit - draft.unit) <= NEAR]
        return near[0] if near else None
    later = drafts[i + 1 : i + 4]
    for other in [*(drafts[at] for at in reversed(before)), *later]:
        if other.unit == draft.unit and other.subject.entity is not speaker:
            return other
    far: Draft | None = None
    for other in reversed(drafts[max(0, i - 6) : i]):
        if draft.unit - other.unit > NEAR + 2:
            break
        if other.subject.entity is not speaker:
            if other.proposition is not None:
                return other
            far = far or other
    return far


def _points(draft: Draft, words: set[str], reader: Reader) -> bool:
    """Say whether a draft speaks of something said before: "the remarks", "It is a disaster"."""
    if draft.points or draft.lemma in DISSENTING or words & NAMED_BEFORE:
        return True
    quoted = [plain(span.of(reader.text)).split() for span in draft.quotes]
    if len(quoted) == 1 and len(quoted[0]) <= FEW:
        return True
    return any(each and each[0].split("'")[0] in OPENING for each in quoted)


def _go_on(drafts: list[Draft], i: int, topics: Topics) -> None:
    """Read a statement that goes on about what the one before was about."""
    draft = drafts[i]
    for other in reversed(drafts[max(0, i - 3) : i]):
        if draft.unit - other.unit > NEAR + 2:
            break
        if other.proposition is None:
            continue
        reading = topics.reader.cut((draft.start, draft.end))
        found = on_topic(reading, other.proposition, topics.reader.known)
        if found[0] is not None:
            draft.proposition, draft.stance = found
        return


def _judge(drafts: list[Draft], i: int, topics: Topics) -> None:
    """Let a verdict on what was said or done before take the side against it, or with it."""
    draft, reader = drafts[i], topics.reader
    spoken = plain(reader.text[draft.start : draft.end]).split()
    words = set(spoken)
    places = reader.cut((draft.start, draft.end)).places
    takes = _takes_side(spoken)
    against = "x" in draft.flags or any(name in places for name in CONDEMNING) or takes == "against"
    sides = draft.lemma in SIDING or (not against and ("good" in places or takes == "for"))
    points = takes or "better" in places or _points(draft, words, reader)
    if not (draft.pending or against or sides) or not points:
        return
    draft.proposition, draft.base = _matter(drafts, i, words) or topics.before(draft)
    if draft.proposition is not None:
        draft.stance = _side(draft.base, with_it=sides != _denied(places))


def _matter(drafts: list[Draft], i: int, words: set[str]) -> Position | None:
    """Return what a verdict judges: the matter of the last statement, or that very statement."""
    draft = drafts[i]
    decided = bool(words & DECISIONS)
    for other in reversed(drafts[max(0, i - 6) : i]):
        if draft.unit - other.unit > NEAR:
            break
        if other.subject.entity is draft.subject.entity or other.proposition is None:
            continue
        if decided and other.proposition not in POLICIES:
            continue
        remarks = words & REMARKS or draft.lemma in DISSENTING or draft.lemma == "vote"
        if remarks or other.stance == "conditional":
            return other.proposition, other.base or other.stance
        return other.proposition, "for"
    return None


def _denied(places: dict[str, list[tuple[int, int]]]) -> bool:
    """Say whether "not" stands right before the word that judges: "no mistake", "not good"."""
    judged = [first for name in ("mistake", "good") for first, _ in places.get(name, ())]
    return any(0 < at - first <= NOT_BEFORE for at in judged for first, _ in places.get("not", ()))


def _takes_side(words: list[str]) -> str:
    """Return "for" or "against" where it is said outright: "I voted for it", "against that"."""
    for side, what in pairwise(words):
        if side in ("voted", "votes") and what in VOTES:
            return VOTES[what]
        if side in ("for", "against", "with", "behind") and what in POINTED:
            return "against" if side == "against" else "for"
    return ""


def _side(base: Stance, *, with_it: bool) -> Stance:
    """Return the stance of whoever sides with a stance, or against it."""
    return base if with_it else FLIPPED.get(base, "against")
