"""Quotes of documents held against their words: right, altered, or cut so that they mislead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from burdenshare.checking.results import CheckedClaim, Evidence, VerdictWord
from burdenshare.reading.document import Document as Article
from burdenshare.reading.document import Quote, Span
from burdenshare.reading.lexicon import within
from burdenshare.world.dates import Day
from burdenshare.world.documents import Passage, passages, words_of

_LEAST = 4  # words in a row that make a quote one of a document
_LONG = 7  # words in a row that nobody says by chance
_ALTERED = 0.6  # the part of a quote's words that must stand in a passage to be called altered
# Words in which a quote may differ without being another text.
_SMALL = frozenset("a an the of to and that in on any its their this these be is it".split())
_CLOSE = 0.85  # words as like each other as "member" and "members"
_PARTS = re.compile(r"…|\.\.\.|\[[^\]]{0,60}\]|\(\.\.\.\)")


@dataclass(frozen=True, slots=True)
class Match:
    """A passage, the share of a quote's words that stand in it, and those that do not."""

    passage: Passage
    share: float
    others: tuple[str, ...]
    whole: bool
    longest: int

    @property
    def altered(self) -> bool:
        """Say whether most of a quote is of the passage, and words that matter are not."""
        told = {word for word in self.others if word not in _SMALL}
        known = set(self.passage.words)
        told = {word for word in told if not get_close_matches(word, known, 1, _CLOSE)}
        return not self.whole and self.share >= _ALTERED and bool(told)


@lru_cache
def _index() -> dict[tuple[str, ...], tuple[Passage, ...]]:
    """Return the passages by each run of words that makes a quote one of them."""
    found: dict[tuple[str, ...], list[Passage]] = {}
    for passage in passages():
        for run in set(_runs(passage.words)):
            found.setdefault(run, []).append(passage)
    return {run: tuple(held) for run, held in found.items()}


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[i : i + _LEAST]) for i in range(len(words) - _LEAST + 1))


def quotations(article: Article, day: Day | None) -> list[CheckedClaim]:
    """Return the quotes of an article that are, or claim to be, words of a document."""
    found = []
    for quote in article.quotes:
        checked = _checked(article, quote, day) if quote.depth == 0 else None
        if checked is not None:
            found.append(checked)
    return found


def _checked(article: Article, quote: Quote, day: Day | None) -> CheckedClaim | None:
    parts = [words_of(part) for part in _PARTS.split(quote.of(article.text))]
    parts = [part for part in parts if part]
    if sum(map(len, parts)) < _LEAST:
        return None
    match = _best(parts)
    if match is None or (day is not None and match.passage.document.day > day):
        return None
    named = _named(article, quote, match.passage)
    if match.whole and (named or match.longest >= _LONG):
        return _claim(article, quote, match.passage, *_right(match.passage, parts))
    if named and match.altered:
        return _claim(article, quote, match.passage, "contradicted", "the words differ")
    return None


def _best(parts: Sequence[tuple[str, ...]]) -> Match | None:
    """Return the passage that holds most of a quote's runs of words, or None."""
    runs = [run for part in parts for run in _runs(part)]
    index = _index()
    held: dict[int, tuple[Passage, int]] = {}
    for run in runs:
        for passage in index.get(run, ()):
            held[id(passage)] = (passage, held.get(id(passage), (passage, 0))[1] + 1)
    if not held:
        return None
    passage, hits = max(held.values(), key=lambda each: each[1])
    longest = max(map(len, parts))
    if hits == len(runs) and _holds(passage.words, parts):
        return Match(passage, 1.0, (), whole=True, longest=longest)
    said = [word for part in parts for word in part]
    blocks = SequenceMatcher(None, said, passage.words, autojunk=False).get_matching_blocks()
    kept = {place for block in blocks for place in range(block.a, block.a + block.size)}
    others = tuple(word for place, word in enumerate(said) if place not in kept)
    return Match(passage, len(kept) / len(said), others, whole=False, longest=longest)


def _holds(words: Sequence[str], parts: Sequence[tuple[str, ...]]) -> bool:
    """Say whether the parts of a quote stand in a passage, one after the other."""
    here = 0
    for part in parts:
        last = len(words) - len(part)
        place = next(
            (i for i in range(here, last + 1) if tuple(words[i : i + len(part)]) == part), None
        )
        if place is None:
            return False
        here = place + len(part)
    return True


def _named(article: Article, quote: Quote, passage: Passage) -> bool:
    """Say whether the sentence of a quote, outside of it, calls the document by a word for it."""
    inside = within(article.sentences, Span(0, quote.start + 1))
    sentence = article.sentences[inside[-1]] if inside else Span(quote.start, quote.end)
    end = max(sentence.end, quote.outer.end)
    around = article.text[sentence.start : quote.start] + article.text[quote.end : end]
    words = set(words_of(around))
    return any(called in words for called in passage.document.called)


def _right(passage: Passage, parts: Sequence[tuple[str, ...]]) -> tuple[VerdictWord, str]:
    said = " ".join(" ".join(part) for part in parts)
    for cut in passage.cuts:
        words, without = (" ".join(words_of(each)) for each in (cut.words, cut.without))
        if words in said and without not in said:
            return "depends", cut.why
    return "supported", "the words are those of the text"


def _claim(
    article: Article, quote: Quote, passage: Passage, verdict: VerdictWord, why: str
) -> CheckedClaim:
    document = passage.document
    evidence = Evidence(passage.text, "text", document.day, document.source)
    text = f"{document.title}, {passage.provision}: {why}"
    if verdict == "contradicted":
        text += f"; it reads: “{passage.text}”"
    return CheckedClaim(
        start=quote.outer.start,
        end=quote.outer.end,
        id="",
        text=article.raw[quote.outer.start : quote.outer.end],
        kind="quotation",
        query={"ask": "quotation", "document": document.id, "provision": passage.provision},
        stated={"comparator": "=", "value": quote.of(article.raw), "unit": "words"},
        verdict=verdict,
        why=text if text.endswith(".") else text + ".",
        then=evidence,
        now=evidence,
    )
