"""From the verbs and quotes of each sentence to drafts of statements."""

from __future__ import annotations

from bisect import bisect_left

from burdenshare.reading.document import Document
from burdenshare.reading.drafts import BREAKS, SHORT, Draft, Making
from burdenshare.reading.loose import Loose
from burdenshare.reading.othercues import SPEECH_NOUNS, OtherCues
from burdenshare.reading.people import Cast
from burdenshare.reading.positions import Reader
from burdenshare.reading.speakers import Speakers
from burdenshare.reading.stances import Stances
from burdenshare.reading.verbs import Hit, Verbs
from burdenshare.reading.vocabulary import LINKS
from burdenshare.reading.words import MARK, Unit

TOLD_TO = frozenset("told tells telling interview by to with in".split())
REPORTING = ("that", "clause", "object", "for", "inf")


class Drafting:
    """Builds the drafts of a document."""

    def __init__(self, document: Document, cast: Cast, reader: Reader) -> None:
        self.cast, self.words, self.low = cast, cast.words, cast.words.low
        self.stances = Stances(cast.words, reader)
        speakers = Speakers(cast)
        self.verbs, self.others = Verbs(speakers), OtherCues(speakers)
        self.making = Making(document, speakers, self.stances)
        self.made: list[Draft] = []
        self.loose = Loose(speakers, self.stances, self.made)

    def drafts(self) -> list[Draft]:
        """Return the drafts of all units."""
        quoted = sorted(self.words.quotes)
        for number, unit in enumerate(self.words.units):
            low, high = bisect_left(quoted, unit.first), bisect_left(quoted, unit.last)
            marks = quoted[low:high]
            if (unit.heading and not marks) or number in self.loose.spoken:
                continue
            if self.loose.transcript(unit, number):
                continue
            hits = self.verbs.hits(unit, number)
            hits += self.others.hits(unit, number, hits)
            hits.sort(key=lambda hit: hit.at)
            if hits or marks:
                self._unit(unit, number, hits, marks)
        return self.made

    def _unit(self, unit: Unit, number: int, hits: list[Hit], marks: list[int]) -> None:
        reported = self._reporters(unit, hits) + self.others.sources
        left = self._assign(hits, marks)
        kept = self._kept(hits)
        drafts: list[Draft] = []
        for at, (hit, via) in enumerate(kept):
            passes = self.making.passes_on(hit)
            later = (each for each, _ in kept[at + 1 :] if passes or not each.aside)
            before = kept[at - 1][0] if at else None
            items = self.making.extent(hit, via, before, next(later, None), unit)
            draft = self.making.draft(hit, via, items, number)
            if draft is not None:
                draft.reported += reported
                drafts.append(draft)
        drafts = self._merged(drafts)
        drafts += self.loose.give(left, unit, number)
        for hit in hits:
            if hit.subject.entity is not None and not hit.aside:
                self.cast.spoke[number] = hit.subject.entity
        opening = self.low[unit.first : unit.first + 3]
        if reported and not drafts and any(word in SPEECH_NOUNS for word in opening):
            for last in self.made[-1:]:
                last.reported += reported if number - last.unit == 1 else []
        self.made += drafts

    def _reporters(self, unit: Unit, hits: list[Hit]) -> list[str]:
        """Return the media that a unit names as its source, and drop their verbs from the hits."""
        names: list[str] = []
        for hit in list(hits):
            entity = hit.subject.entity
            if entity is not None and entity.kind == "press":
                names.append(entity.name)
                hits.remove(hit)
        for mention in self.cast.between(unit.first + 1, unit.last):
            if mention.entity is not None and mention.entity.kind == "press":
                near = self.low[max(unit.first, mention.first - 5) : mention.first]
                if any(word in TOLD_TO for word in near):
                    names.append(mention.entity.name)
        return names

    # --- which verb a quote belongs to ----------------------------------------------------------

    def _assign(self, hits: list[Hit], marks: list[int]) -> list[int]:
        """Give each quote to its verb; return the quotes that no verb takes."""
        left: list[int] = []
        for mark in marks:
            before = (hit for hit in reversed(hits) if hit.at < mark and self._reaches(hit, mark))
            after = next((hit for hit in hits if hit.at > mark), None)
            chosen = next(before, None)
            free = chosen is None or (after is not None and after.frame == "none")
            if after is not None and free and self._follows(mark, after):
                chosen = after
            if chosen is None:
                left.append(mark)
            else:
                chosen.marks.append(mark)
        return left

    def _reaches(self, hit: Hit, mark: int) -> bool:
        """Say whether a quote lies within what a verb may govern to its right."""
        if hit.side == "left" and hit.frame == "none":
            return hit.inset or any(each < hit.at for each in hit.marks)
        near = hit.frame != "none" or mark - hit.at <= 8
        return near and ";" not in self.low[hit.at : mark]

    def _follows(self, mark: int, hit: Hit) -> bool:
        """Say whether a reporting clause stands right behind a quote."""
        if hit.first == mark + 2:
            return self.low[mark + 1] in (",", "–", "—", ":")
        return hit.first == mark + 1

    # --- which verbs make statements ------------------------------------------------------------

    def _kept(self, hits: list[Hit]) -> list[tuple[Hit, list[Hit]]]:
        """Return the verbs that make statements, each with the verbs that only report it."""
        kept: list[tuple[Hit, list[Hit]]] = []
        for hit in hits:
            outer = kept[-1][0] if kept else None
            if outer is not None and self._inside(outer, hit):
                self._nest(kept, outer, hit)
            elif not self._stands(hit):
                if outer is not None:
                    outer.marks += hit.marks
            elif outer is not None and self._sums_up(outer, hit):
                kept.pop()
                one = outer.subject.entity
                named = one is not None and one.kind in ("person", "body")
                told = named and hit.subject.entity is not one and not self._to_come(outer)
                kept.append((outer, [hit]) if told else (hit, []))
            else:
                kept.append((hit, []))
        return kept

    def _nest(self, kept: list[tuple[Hit, list[Hit]]], outer: Hit, hit: Hit) -> None:
        """Place a verb that stands within what another verb reports."""
        stands = self._stands(hit)
        other = hit.subject.entity is not outer.subject.entity
        if stands and other and (self.making.passes_on(outer) or hit.aside):
            kept.append((hit, []))
        elif self._own_voice(outer, hit) or not stands or {"d", "w"} & set(hit.verb.flags):
            outer.marks += hit.marks
        elif not outer.marks or min(outer.marks) >= hit.first:
            kept[-1] = (hit, [outer])

    def _sums_up(self, inner: Hit, hit: Hit) -> bool:
        """Say whether a verb at the end reports the one before: "Doe will go, aides said"."""
        if hit.side != "left" or hit.frame != "none" or hit.marks:
            return False
        return inner.side == "right" and not inner.marks

    def _to_come(self, hit: Hit) -> bool:
        """Say whether a deed is still to come: "the army will leave, Doe said"."""
        return any(word in ("will", "would") for word in self.low[max(0, hit.at - 3) : hit.at])

    def _stands(self, hit: Hit) -> bool:
        return bool(hit.marks) or hit.frame not in ("none", "quote") or hit.side == "left"

    def _inside(self, outer: Hit, hit: Hit) -> bool:
        """Say whether a verb lies within what another verb reports."""
        if outer.side != "right" or outer.frame not in REPORTING:
            return False
        if not hit.own_subject or hit.subject.first < outer.at:
            return False
        if hit.subject.first <= outer.content + 1:
            return True
        before = self.low[hit.first - 1]
        if hit.side == "left" or before in BREAKS or before == MARK:
            return False
        return not (before in LINKS and self.low[hit.first - 2] in (",", MARK))

    def _own_voice(self, outer: Hit, hit: Hit) -> bool:
        """Say whether a verb inside reported speech is only a part of it."""
        one, two = outer.subject.entity, hit.subject.entity
        if one is None or two is None or one.name == two.name:
            return True
        if hit.marks and two.kind == "person":
            return False
        flags = outer.verb.flags
        if outer.frame not in ("that", "clause", "for") or "x" in flags:
            return True
        if "n" in flags and "t" not in flags:
            return True
        return hit.subject.first > outer.content + 1 or two.kind != "person"

    # --- several statements of one speaker ------------------------------------------------------

    def _merged(self, drafts: list[Draft]) -> list[Draft]:
        """Join neighbours of one speaker that do not take different positions."""
        joined: list[Draft] = []
        for draft in drafts:
            last = next((each for each in reversed(joined) if self._joins(each, draft)), None)
            if last is None:
                joined.append(draft)
                continue
            last.quotes += draft.quotes
            last.start, last.end = min(last.start, draft.start), max(last.end, draft.end)
            if last.proposition is None:
                last.proposition, last.stance = draft.proposition, draft.stance
            if draft.quotes and last.mode == "indirect":
                last.mode = "direct"
            last.runs_on, last.date = draft.runs_on, last.date or draft.date
        return joined

    def _joins(self, one: Draft, two: Draft) -> bool:
        entity, other = one.subject.entity, two.subject.entity
        if entity is None or other is None or entity.name != other.name:
            return False
        if max(one.end, two.end) - min(one.start, two.start) > SHORT:
            return False
        if "a" in one.flags + two.flags:
            return False
        return None in (one.proposition, two.proposition) or one.proposition == two.proposition
