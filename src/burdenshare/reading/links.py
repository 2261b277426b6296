"""Links between statements: who passes on, backs or condemns what somebody else said."""

from __future__ import annotations

import re

from burdenshare.reading.document import Document
from burdenshare.reading.drafts import POINTERS, SIDING, Draft
from burdenshare.reading.positions import FLIPPED, Reader

AGREEMENTS = frozenset(
    "i agree|agreed|agree|exactly|we really should|true|yes|yep|absolutely|100|well said|this"
    "|correct|right|precisely|he is right|she is right|totally agree|we should|good idea".split("|")
)
DECISIONS = frozenset(
    "decision move order step measure plan withdrawal cut cuts pullout package deal target figure"
    " goal".split()
)
POLICIES = frozenset(
    "us-leaves-nato us-leaves-un us-leaves-unesco us-leaves-international-bodies stop-un-funding"
    " cut-us-troops-in-europe pause-ukraine-aid us-tariffs-on-allies raise-target-5-percent"
    " raise-target-above-2-percent eu-rearmament eu-joint-borrowing"
    " eu-fiscal-room-for-defence".split()
)
SIGNS = frozenset(("sign", "co-sponsor", "cosponsor"))
CONDEMNING = ("mistake", "reject", "regret")
NEAR = 3  # units
PLAIN = re.compile(r"[\w']+")


def link(drafts: list[Draft], document: Document, reader: Reader) -> None:
    """Link drafts that pass on or answer others, and let them inherit a position."""
    for i, draft in enumerate(drafts):
        if _amplifies(draft, document):
            draft.amplifies = _target(drafts, i)
        target = draft.amplifies
        if target is not None and (draft.proposition is None or _bare(draft, document)):
            draft.proposition, draft.stance = target.proposition, target.stance
            if draft.mode == "direct":
                draft.mode = "endorsement"
        elif draft.proposition is None:
            _judge(drafts, i, reader)
    drafts[:] = [draft for draft in drafts if not draft.pending or draft.proposition is not None]


def _plain(text: str) -> str:
    return " ".join(PLAIN.findall(text.lower()))


def _bare(draft: Draft, document: Document) -> bool:
    """Say whether a draft quotes nothing but agreement."""
    quoted = [_plain(span.of(document.raw)) for span in draft.quotes]
    return bool(quoted) and all(each in AGREEMENTS for each in quoted)


def _amplifies(draft: Draft, document: Document) -> bool:
    if "e" in draft.flags or draft.lemma in SIGNS or draft.mode == "endorsement":
        return True
    return _bare(draft, document)


def _target(drafts: list[Draft], i: int) -> Draft | None:
    """Return the statement that a draft passes on: in its sentence, or the last before it."""
    draft = drafts[i]
    speaker = draft.subject.entity
    if draft.lemma in SIGNS:
        window = drafts[max(0, i - 6) : i + 7]
        near = [each for each in window if each is not draft and "a" in each.flags]
        near = [each for each in near if abs(each.unit - draft.unit) <= NEAR]
        return near[0] if near else None
    later = drafts[i + 1 : i + 4]
    for other in [*reversed([each for each in drafts[:i] if each.unit == draft.unit]), *later]:
        if other.unit == draft.unit and other.subject.entity is not speaker:
            return other
    for other in reversed(drafts[max(0, i - 6) : i]):
        if draft.unit - other.unit > NEAR + 2:
            break
        if other.subject.entity is not speaker:
            return other
    return None


def _points(draft: Draft, words: set[str], reader: Reader) -> bool:
    """Say whether a draft speaks of something said before: "the remarks", "It is a disaster"."""
    if draft.points or words & (POINTERS - {"it", "them", "that", "this"}):
        return True
    openings = [_plain(span.of(reader.text)).split()[:1] for span in draft.quotes]
    return any(
        each and each[0].split("'")[0] in ("it", "that", "this", "they") for each in openings
    )


def _judge(drafts: list[Draft], i: int, reader: Reader) -> None:
    """Let a verdict on an earlier statement take the side against it, or with it."""
    draft = drafts[i]
    words = set(_plain(reader.text[draft.start : draft.end]).split())
    sides = draft.lemma in SIDING
    if not draft.pending:
        places = reader.cut((draft.start, draft.end)).places
        condemns = "x" in draft.flags or any(name in places for name in CONDEMNING)
        if not condemns or not _points(draft, words, reader):
            return
    decided = bool(words & DECISIONS)
    for other in reversed(drafts[max(0, i - 6) : i]):
        if draft.unit - other.unit > NEAR:
            return
        if other.subject.entity is draft.subject.entity or other.proposition is None:
            continue
        if decided and other.proposition not in POLICIES:
            continue
        draft.proposition = other.proposition
        draft.base = other.base or other.stance
        draft.stance = draft.base if sides else FLIPPED.get(draft.base, "against")
        return
