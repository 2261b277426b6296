"""Who speaks: the subject of a reporting verb, before it, behind it, or further up the sentence."""

from __future__ import annotations

from burdenshare.reading.names import Mention
from burdenshare.reading.phrases import Phrases, Subject, together
from burdenshare.reading.register import Entity
from burdenshare.reading.vocabulary import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    HUMANS,
    LINKS,
    ONCE,
    PAPERS,
    PAUSES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    STATES,
    TIMES,
    TITLES,
    adverbial,
)
from burdenshare.reading.words import MARK, Unit

STROKES = frozenset((",", "–", "—", "-", "--"))
ASIDES = (
    DETERMINERS
    | ONCE
    | TITLES
    | HUMANS
    | STATES
    | frozenset(
        "who which whose whom where now formerly himself herself like including such along in at on"
        " for after before during while when as with from of too however meanwhile although though"
        " also both still already long speaking writing asked like-minded".split()
    )
)
SPEAKING = HUMANS | PRONOUNS | PAPERS
STOPS = PAUSES | PREPOSITIONS | LINKS | AUXILIARIES


class Speakers(Phrases):
    """Finds the subject of a verb."""

    def before(self, i: int, unit: Unit, number: int) -> Subject | str | None:
        """Return the subject of a verb, "same" where it shares the one of the verb before it."""
        first = unit.first
        k = self.skip_back(i - 1, first)
        if k < first:
            return None
        word = self.low[k]
        if word in LINKS:
            return "same"
        if word in STROKES or word == ")":
            return self.over_asides(k, first, number) or "same"
        if word in RELATIVES and self.words.raw[k] != "WHO":
            return self._relative(k, first, number)
        return self.ending_at(k + 1, first, number)

    def skip_back(self, k: int, first: int) -> int:
        """Step back over adverbs, auxiliaries and times between a subject and its verb."""
        low = self.low
        while k >= first:
            word = low[k]
            named = word[-2:] == "ly" and k + 1 in self.cast.ending  # "John Kelly said"
            if word in AUXILIARIES or (adverbial(word) and not named):
                k -= 1
            elif word in TIMES or word.isdigit():
                back = self._over_times(k, first)
                if back == k:
                    break
                k = back
            else:
                break
        return k

    def _over_times(self, k: int, first: int) -> int:
        """Step back over "on Tuesday", "last month", "in 2018"."""
        low, back = self.low, k
        while back >= first and (low[back] in TIMES or low[back].isdigit()):
            back -= 1
        if back >= first and low[back] in ("on", "in", "at", "since", "the"):
            return back - 1
        return k if low[k].isdigit() else back

    # --- relative clauses and asides ------------------------------------------------------------

    def _relative(self, k: int, first: int, number: int) -> Subject | None:
        """Return what "who", "which" or "that" stands for, in the place of the pronoun."""
        found = None
        if k > first:
            found = (
                self._who(k, first, number)
                if self.low[k] == "who"
                else (self._which(k, first, number))
            )
        return Subject(k, k + 1, found.entity, found.mention) if found else None

    def _who(self, k: int, first: int, number: int) -> Subject | None:
        comma = self.low[k - 1] == ","
        found = self.over_asides(k - 1, first, number) if comma else None
        if found is not None and (found.entity is None or found.entity.kind != "place"):
            return found
        end = k - 1 if comma else k
        return self.ending_at(end, first, number) if end > first else None

    def _which(self, k: int, first: int, number: int) -> Subject | None:
        low, comma = self.low, self.low[k - 1] == ","
        named = self.cast.ending.get(k - comma)
        if named is not None and named.entity is not None and named.first - 2 >= first:
            by = self.phrase_start(named.first, first) - 1
            if by - 1 >= first and low[by] in ("by", "from") and low[by - 1] in PAPERS:
                span = self.words.span(named.first, named.last)
                return Subject(by - 1, k, named.entity, span)
        for back in range(k - 1, max(first - 1, k - 1 - (40 if comma else 2)), -1):
            if low[back] in PAPERS or (low[back] in HUMANS and not comma):
                return self.noun_phrase(back, first, number)
        return None

    def over_asides(self, k: int, first: int, number: int) -> Subject | None:
        """Return the subject in front of the asides that end at a comma."""
        low = self.low
        best = self._name_aside(k, first)
        stop = k if best is None else first
        while stop > first and k - stop < 60:
            q = stop - 1
            while q > first and low[q] not in STROKES and low[q] not in ("(", ":", ";"):
                q -= 1
            if q <= first or low[q] in (":", ";") or not self._aside(q + 1, stop):
                break
            named = q in self.cast.ending
            if named or low[q - 1] in SPEAKING:
                best = self.ending_at(q, first, number) or best
            stop = q
        return best

    def _name_aside(self, k: int, first: int) -> Subject | None:
        """Read a name set off by commas: "Germany's foreign minister, Jo Roe, said"."""
        low = self.low
        named = self.cast.ending.get(k)
        if named is None or named.entity is None or named.entity.kind != "person":
            return None
        start = self.phrase_start(named.first, first)
        if start - 2 < first or low[start - 1] != ",":
            return None
        begin = start - 1
        while begin > first and low[begin - 1] not in PAUSES and start - begin < 14:
            begin -= 1
        if not any(word in HUMANS or word in TITLES for word in low[begin : start - 1]):
            return None
        return Subject(begin, k, named.entity, self.words.span(named.first, named.last))

    def _aside(self, start: int, stop: int) -> bool:
        """Say whether the words between two commas only describe what stands before them."""
        word = self.low[start] if start < stop else ""
        if not word or word in ASIDES or word in ADVERBS or word[0].isdigit():
            return True
        if word[-3:] == "ing" or (word[-2:] in ("ed", "en") and start + 1 < stop):
            return True
        if word[:2] in ("r-", "d-"):
            return True
        mention = self.cast.starting.get(start)
        if mention is None:
            return "-" in word or stop - start <= 2 or self.low[stop - 1] in HUMANS
        kind = mention.entity.kind if mention.entity else "body"
        if mention.last - 1 in self.words.own:
            return True
        return kind == "place" or (mention.last < stop and kind != "person")

    def paper_by(self, k: int, unit: Unit) -> Subject | None:
        """Return who wrote a paper: "an amendment from Doe stating …"."""
        named = self.cast.ending.get(k + 1)
        if named is None or named.entity is None or k in self.words.own:
            return None
        start = self.phrase_start(named.first, unit.first)
        if start - 2 < unit.first or self.low[start - 1] not in ("by", "from"):
            return None
        if self.low[start - 2] not in PAPERS:
            return None
        span = self.words.span(named.first, named.last)
        return Subject(start - 2, k + 1, named.entity, span)

    # --- subjects behind a verb, and of a whole sentence ----------------------------------------

    def after(self, i: int, unit: Unit, number: int) -> Subject | None:
        """Return the subject that follows an item: "said Rep. Kim Doe", "by the minister"."""
        low = self.low
        start = i + 1
        if start < unit.last and low[start] in PRONOUNS:
            entity = self.cast.pronoun(low[start], start, number)
            return Subject(start, start + 1, entity, self.words.span(start, start + 1))
        for at in range(start, min(start + 9, unit.last)):
            mention = self.cast.starting.get(at)
            if mention is not None and mention.last - 1 not in self.words.own:
                if self._stands_alone(mention, unit):
                    return self._joined(start, mention, unit)
            elif low[at] in STOPS:
                beside = self.cast.starting.get(at + 1) if low[at] == "," else None
                if beside is not None and self._sets_off(start, at, beside, unit):
                    return self._joined(start, beside, unit)
                return self._common(start, at, unit, number)
        if 0 < unit.last - start < 9:
            return self._common(start, unit.last, unit, number)
        return None

    def _sets_off(self, start: int, comma: int, name: Mention, unit: Unit) -> bool:
        """Say whether a name behind a comma is that of the phrase before: "the author, Jo Roe"."""
        person = name.entity is not None and name.entity.kind == "person"
        ends = name.last >= unit.last or self.low[name.last] in PAUSES
        singular = self.low[start] in DETERMINERS and self.low[comma - 1] in HUMANS
        return person and ends and singular and name.last - 1 not in self.words.own

    def _common(self, start: int, last: int, unit: Unit, number: int) -> Subject | None:
        """Return a phrase without a name as a speaker: "the minister", "Article 4"."""
        low = self.low
        if any(each in HUMANS for each in low[start:last]):
            return self._phrase(start, last, number)
        paper = next((k for k in range(start, last) if low[k] in PAPERS), None)
        if paper is None or last - start > 6:
            return None
        found = self.noun_phrase(paper, start, number)
        if found is None:
            return None
        end = last
        while end < unit.last and low[end] not in PAUSES and low[end] != MARK:
            end += 1
        return Subject(found.first, end, found.entity, found.mention)

    def _stands_alone(self, mention: Mention, unit: Unit) -> bool:
        """Say whether a name is the speaker, and no part of "Trump officials"."""
        following = self.low[mention.last] if mention.last < unit.last else ""
        if following in HUMANS:
            return False
        kind = mention.entity.kind if mention.entity else "body"
        return kind != "place" or following not in TITLES

    def _joined(self, start: int, mention: Mention, unit: Unit) -> Subject:
        """Add the names that follow "and": "by Ann Doe, Jim Roe and Kim Poe"."""
        low, last = self.low, mention.last
        entity = mention.entity or self.unknown(mention)
        span = self.words.span(mention.first, last)
        names = [entity.name]
        while entity.kind == "person" and last + 1 < unit.last and low[last] in ("and", ","):
            at = last + 1
            while at < unit.last and low[at] in TITLES and at not in self.cast.starting:
                at += 1
            other = self.cast.starting.get(at)
            if not self._like(other, entity) or other is None or other.entity is None:
                break
            names.append(other.entity.name)
            ended, last = low[last] == "and", other.last
            if ended:
                return Subject(start, last, together(names), self.words.span(mention.first, last))
        return Subject(start, mention.last, entity, span)

    def _phrase(self, start: int, last: int, number: int) -> Subject:
        entity = self.cast.described(start, last)
        entity = entity or Entity(self.text(start, last, number), "group")
        return Subject(start, last, entity, self.words.span(start, last))

    def main(self, i: int, unit: Unit, number: int) -> Subject | None:
        """Return the subject of a sentence: the first that speaks or acts before an item."""
        for at in range(unit.first, i):
            word = self.low[at]
            if word in ("he", "she"):
                return self.ending_at(at + 1, unit.first, number)
            found = None
            if at in self.cast.starting:
                found = self._acting(self.cast.starting[at], unit, number)
            elif word in HUMANS and self._is_head(at):
                found = self.noun_phrase(at, unit.first, number)
            if found is not None and not self._governed(found.first, unit.first):
                return found
        return None

    def _acting(self, mention: Mention, unit: Unit, number: int) -> Subject | None:
        """Return a name as a subject, unless it only describes the noun behind it."""
        kind = mention.entity.kind if mention.entity else ""
        follows = self.low[mention.last] if mention.last < len(self.low) else ""
        if kind not in ("person", "body", "press") or self.cast.modifies(mention):
            return None
        if kind != "person" and (follows in HUMANS or follows in TITLES):
            return None
        start = self.phrase_start(mention.first, unit.first)
        if self._governed(start, unit.first):
            return None
        return self.named(mention, unit.first, number)

    def _is_head(self, at: int) -> bool:
        """Say whether a noun stands for itself, and not in front of another noun or name."""
        if at + 1 >= len(self.low) or at in self.words.own:
            return False
        return self.low[at + 1] not in HUMANS and at + 1 not in self.cast.starting

    def _governed(self, start: int, first: int) -> bool:
        return start > first and self.low[start - 1] in PREPOSITIONS
