"""The article with its claims and statements marked in place, as markup that never overlaps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from burdenshare.checking.results import Check, CheckedClaim
from burdenshare.reading.document import Document, Removed, Span, Statement
from burdenshare.showing.readable import readable
from burdenshare.showing.words import MODES, REASONS, VERDICTS, who

_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class _Run(Span):
    """A piece of text in which no mark begins or ends, and the marks that cover it."""

    claims: tuple[int, ...]
    statements: tuple[int, ...]
    removed: tuple[int, ...]


def marked_article(check: Check) -> Markup:
    """Return the article's words as paragraphs, with marks and notes at their places.

    The text of the result is the raw text, without the markup that an HTML page has around it.
    Notes are empty elements which the style sheet fills, so they add nothing to the text. Marks
    are flat: where claims overlap, each piece leads to the shortest claim that covers it, and
    each claim has its number at its end. Claims and statements are numbered as `check` has them.
    """
    blocks = list(_blocks(check.document))
    runs = list(_runs(check, {edge for block, _ in blocks for edge in (block.start, block.end)}))
    raw, text = check.document.raw, check.document.text
    page = any(run.of(raw) != run.of(text) for run in runs if not run.removed)
    starts = [run.start for run in runs]
    parts = []
    for block, is_text in blocks:
        inside = runs[bisect_left(starts, block.start) : bisect_right(starts, block.end - 1)]
        shown = [(run, readable(check.document, run, bool(run.removed), page)) for run in inside]
        if is_text and any(words.strip() for _, words in shown):
            body = _NOTHING.join(_marked(check, run, words) for run, words in shown)
            parts.append(Markup('<p dir="auto">{}</p>').format(body))
        else:
            parts.append(escape("".join(words for _, words in shown)))
    kind = "words flowing" if page else "words"
    return Markup('<div class="{}" id="article-words">{}</div>').format(kind, _NOTHING.join(parts))


def _blocks(document: Document) -> Iterator[tuple[Span, bool]]:
    """Yield the text in order: each paragraph, what stands between, and the blanks around."""
    edges = [0]
    for paragraph in sorted(document.paragraphs, key=lambda each: each.start):
        edges += [max(edges[-1], paragraph.start), max(edges[-1], paragraph.end)]
    for start, end in pairwise([*edges, len(document.raw)]):
        words = document.raw[start:end]
        first = start + len(words) - len(words.lstrip())
        last = max(first, start + len(words.rstrip()))
        for block, is_text in (
            (Span(start, first), False),
            (Span(first, last), True),
            (Span(last, end), False),
        ):
            if block.start < block.end:
                yield block, is_text


def _runs(check: Check, cuts: set[int]) -> Iterator[_Run]:
    """Yield the whole text as pieces, cut where anything begins or ends."""
    size = len(check.document.raw)
    layers: tuple[Sequence[Span], ...] = (check.claims, check.statements, check.document.removed)
    opening: dict[int, list[tuple[int, int]]] = defaultdict(list)
    closing: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for layer, spans in enumerate(layers):
        for index, span in enumerate(spans):
            if 0 <= span.start < span.end <= size:
                opening[span.start].append((layer, index))
                closing[span.end].append((layer, index))
    active: tuple[dict[int, None], ...] = ({}, {}, {})
    for start, end in pairwise(sorted({0, size} | cuts | opening.keys() | closing.keys())):
        for layer, index in closing.get(start, ()):
            del active[layer][index]
        for layer, index in opening.get(start, ()):
            active[layer][index] = None
        yield _Run(start, end, *(tuple(layer) for layer in active))


def _marked(check: Check, run: _Run, words: str) -> Markup:
    """Return one piece with its marks, the notes that open here and the numbers that end here."""
    claims, statements, removed = check.claims, check.statements, check.document.removed
    body = escape(words)
    if run.claims:
        inner = min(run.claims, key=lambda index: claims[index].end - claims[index].start)
        body = Markup('<mark class="v-{}"><a href="#claim-{}" tabindex="-1">{}</a></mark>').format(
            claims[inner].verdict, inner + 1, body
        )
    if run.statements:
        body = Markup('<span class="said">{}</span>').format(body)
    if run.removed:
        body = Markup('<span class="removed">{}</span>').format(body)
    reasons = [_reason(removed[i]) for i in run.removed if removed[i].start == run.start]
    speakers = [
        _speaker(statements[i], i + 1) for i in run.statements if statements[i].start == run.start
    ]
    numbers = [_number(claims[i], i + 1) for i in run.claims if claims[i].end == run.end]
    return _NOTHING.join([*reasons, *speakers, body, *numbers])


def _reason(removed: Removed) -> Markup:
    note = REASONS[removed.reason]
    return Markup('<span class="reason" data-note="left out: {}"></span>').format(note)


def _speaker(said: Statement, number: int) -> Markup:
    note = f"{who(said)}, {MODES[said.mode]}"
    return Markup(
        '<a class="who" id="at-statement-{0}" href="#statement-{0}" data-note="{1}"'
        ' aria-label="Statement {0}: {1}"></a>'
    ).format(number, note)


def _number(claim: CheckedClaim, number: int) -> Markup:
    label = VERDICTS[claim.verdict]
    return Markup(
        '<a class="number v-{1}" id="at-claim-{0}" href="#claim-{0}" data-note="{0}{2}"'
        ' aria-label="Claim {0}: {3}"></a>'
    ).format(number, claim.verdict, label.sign, label.word)
