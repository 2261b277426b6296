"""Verdicts as schema.org ClaimReview, in JSON-LD that may stand in a page."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from burdenshare.checking.results import Check, CheckedClaim, Evidence, VerdictWord
from burdenshare.errors import UserError
from burdenshare.reading.document import Span, Statement
from burdenshare.reading.markup import meta_url
from burdenshare.reading.outlets import page_outlet
from burdenshare.showing.readable import shown_words
from burdenshare.showing.words import clean, shorten

BEST, WORST = 5, 1
_LONGEST = 500
# The scale is Google's: 1 is false, 5 is true. What a definition or the time decides is neither,
# and lies nowhere between: it has words and no number.
RATINGS: dict[VerdictWord, tuple[int | None, str]] = {
    "supported": (BEST, "Supported"),
    "contradicted": (WORST, "Contradicted"),
    "superseded": (None, "Superseded: held on its day, not by what is known now"),
    "depends": (None, "Depends on the definition or reading"),
}
_UNSAFE = re.compile("[<>&\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

Thing = dict[str, Any]


@dataclass(frozen=True)
class Review:
    """Who publishes the reviews, and on which page; `outlet` published the article.

    Without an address the reviews name themselves; without an outlet, the page may name it.
    """

    author: str = "burdenshare"
    url: str | None = None
    outlet: str | None = None

    def __post_init__(self) -> None:
        """Refuse an address that no browser opens."""
        if self.url is not None:
            try:
                parts = urlsplit(self.url)
                whole = parts.scheme in ("http", "https") and bool(parts.hostname)
            except ValueError:
                whole = False
            if not whole or self.url != clean(self.url).replace(" ", ""):
                raise UserError(
                    f"--review-url is {self.url[:80]!r}: write a whole address, such as "
                    "https://example.org/review"
                )


def claim_reviews(checks: Iterable[Check], review: Review | None = None) -> Thing:
    """Return the claims that have a verdict as one JSON-LD graph; unchecked ones are left out.

    Each `@id` is made from the article's text, the place of the claim and its query: it stays the
    same wherever and whenever the article is checked.
    """
    review = review or Review()
    found = [
        _review(check, claim, review)
        for check in checks
        for claim in check.claims
        if claim.verdict in RATINGS
    ]
    return {"@context": "https://schema.org", "@graph": found}


def script_json(found: Thing) -> str:
    r"""Return JSON that may stand between the tags of a script, whatever words are in it.

    >>> script_json({"claimReviewed": "</script>"})
    '{\n  "claimReviewed": "\\u003c/script\\u003e"\n}'
    """
    text = json.dumps(found, ensure_ascii=False, indent=2, default=str)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def claim_urn(check: Check, claim: CheckedClaim) -> str:
    """Return the name of a claim: a hash of the article, the span, and what is asked and stated."""
    parts = [_sha256(check.document.raw), claim.start, claim.end, claim.query, claim.stated]
    return f"urn:sha256:{_sha256(json.dumps(parts, sort_keys=True, default=str))}"


def _review(check: Check, claim: CheckedClaim, review: Review) -> Thing:
    urn = claim_urn(check, claim)
    return {
        "@type": "ClaimReview",
        "@id": urn,
        "url": f"{review.url.partition('#')[0]}#{_anchor(urn)}" if review.url else urn,
        "datePublished": check.now.isoformat(),
        "author": {"@type": "Organization", "name": clean(review.author)},
        "claimReviewed": _in_words(check, claim),
        "itemReviewed": _claim(check, claim, review),
        "reviewRating": _rating(claim),
        "reviewBody": clean(claim.why),
        "isBasedOn": list(_sources(claim)),
        "version": f"burdenshare {check.version}, world {check.world}",
    }


def _anchor(urn: str) -> str:
    """Return where a review stands on its page: the same for the same claim."""
    return f"claim-{urn.rpartition(':')[2][:12]}"


def _rating(claim: CheckedClaim) -> Thing:
    value, words = RATINGS[claim.verdict]
    rating: Thing = {"@type": "Rating", "alternateName": words}
    if value is not None:
        rating |= {"ratingValue": value, "bestRating": BEST, "worstRating": WORST}
    return rating


def _in_words(check: Check, claim: CheckedClaim) -> str:
    """Return the claim's own words, in their sentence where they are but a part of it.

    Two claims of one sentence may differ in their verdicts.
    """
    words = _shown(check, claim)
    holding = (each for each in check.document.sentences if each.holds(claim))
    sentence = next((_shown(check, each) for each in holding), words)
    return words if sentence.rstrip(".") == words.rstrip(".") else f"“{words}”, in: {sentence}"


def _shown(check: Check, span: Span) -> str:
    return shorten(clean(shown_words(check.document, span)), _LONGEST)


def _claim(check: Check, claim: CheckedClaim, review: Review) -> Thing:
    """Return the claim as it was made: by whom, where and when."""
    holding = [each for each in check.statements if each.holds(claim)]
    said = min(holding, key=lambda each: each.end - each.start, default=None)
    outlet = review.outlet or page_outlet(check.document.raw)
    found: Thing = {"@type": "Claim", "appearance": _article(check, outlet)}
    author = _author(said, outlet)
    if author:
        found["author"] = author
    day = (said.date if said else None) or check.document.date
    if day:
        found["datePublished"] = day.isoformat()
    return found


def _author(said: Statement | None, outlet: str | None) -> Thing | None:
    """Return who made a claim: the speaker, else the paper that says so itself."""
    if said is not None:
        if said.speaker is None:
            return None
        found: Thing = {"@type": "Person", "name": clean(said.speaker.name)}
        if said.speaker.office:
            found["jobTitle"] = clean(said.speaker.office)
        if said.speaker.id:
            found["identifier"] = said.speaker.id
        return found
    return {"@type": "Organization", "name": clean(outlet)} if outlet else None


def _article(check: Check, outlet: str | None) -> Thing:
    found: Thing = {
        "@type": "NewsArticle",
        "@id": f"urn:sha256:{_sha256(check.document.raw)}",
    }
    if url := meta_url(check.document.raw):
        found["url"] = url
    if check.document.date:
        found["datePublished"] = check.document.date.isoformat()
    if outlet:
        found["publisher"] = {"@type": "Organization", "name": clean(outlet)}
    return found


def _sources(claim: CheckedClaim) -> Iterator[Thing]:
    """Yield what the verdict rests on, once each."""
    seen: list[Evidence] = []
    for answer in (claim.then, claim.now):
        if answer is None or any(_same(answer, each) for each in seen):
            continue
        seen.append(answer)
        found = {"@type": "CreativeWork", "name": answer.source}
        found["datePublished"] = answer.published.isoformat()
        yield {**found, "url": answer.url} if answer.url else found


def _same(one: Evidence, other: Evidence) -> bool:
    return (one.source, one.published, one.url) == (other.source, other.published, other.url)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
