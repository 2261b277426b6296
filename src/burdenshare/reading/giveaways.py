"""Words that give a line away as an advert, a notice or a caption."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from burdenshare.reading.document import Reason, Removed, Span
from burdenshare.reading.places import lowered


def alternatives(*words: str) -> str:
    """Return a pattern that fits any of the words."""
    return "(?:" + "|".join(words) + ")"


ADVERT_LINE = re.compile(
    r"[\W_]{0,6}"
    + alternatives(
        r"advertisements?\s*[:·|–-]",
        r"advertisements?\b(?!\W+\w+\W+\w+\W+\w+\W+\w+\W+\w+)",
        r"(?:sponsored|promoted)(?: content| links?| by\b.*)?\W*$",
        r"(?:story|article) continues (?:below|after)",
        r"scroll (?:down )?(?:to|for) (?:continue|read|more|the)",
        r"(?:continue reading|read (?:more|also|next|the full)|also read|see also)\b",
        r"more (?:from|on this|stories)\b",
        r"(?:related|recommended)(?: \w+){0,2}\s*(?::|$)",
        r"you (?:may|might) also (?:like|be interested|enjoy)",
        r"(?:most (?:read|popular|viewed)|trending)(?: \w+){0,2}\s*(?::|$)",
        r"don[’']t miss\b",
        r"sign[ -]?up\b",
        r"subscribe\b",
        r"follow (?:us|our|@)",
        r"follow (?:[\w.’-]+ ){1,6}on (?:x|twitter|facebook|instagram|threads|bluesky|google)\b",
        r"(?:join|like|find) us on\b",
        r"join our\b",
        r"download (?:our|the) (?:\w+ ){0,3}app\b",
        r"get (?:the latest|our|unlimited|daily|breaking)\b",
        r"(?:click|tap) (?:here|to|on)\b",
        r"(?:watch|listen)(?: now| live| here| below)?\s*:",
        r"listen to (?:this|our)\b",
        r"share (?:this|on|via)\b",
        r"support (?:our|independent) (?:journalism|work|reporting|news)",
        r"(?:enter your email|enable notifications|skip to|view comments|leave a comment)\b",
        r"(?:comments?|share|menu|search|log in|loading|donate)\W*$",
        r"stay (?:up to date|updated|informed)\b",
        r"for more (?:news|stories)\b",
    ),
    re.IGNORECASE,
)
ADVERT_INSIDE = re.compile(
    alternatives(
        r"\bADVERTISEMENT\b",
        r"\bAdvertisement\s{0,3}[·|:–-]\s{0,3}Scroll to continue(?: with content| reading)?",
        r"\b(?:Story|Article) continues (?:below|after) (?:this )?ad(?:vertisement)?\b",
        r"\bScroll to continue(?: with content| reading)?\b",
        r"\[(?:Advertisement|ad)\]",
        r"\((?:Read|See) (?:more|also)\s?:[^()\n]{0,200}\)",
    )
)
PIECE = "(?:article|story|post|piece|report|column|essay|commentary|op-ed|content|item|text)"
NOTICE_INSIDE = re.compile(
    alternatives(
        rf"\bThis {PIECE} (?:\w+ ){{0,3}}(?:originally|first) "
        r"(?:published|appeared|ran|posted)",
        rf"\bThis {PIECE} (?:is|was|has been) (?:re-?published|reprinted|reproduced|syndicated)",
        rf"\bThis {PIECE} has not been edited",
        r"\b(?-i:Originally|First) published (?:by|in|on|at)\b",
        r"\b(?-i:Re-?published|Reprinted|Reproduced) (?:from|with|by|under|here)\b",
        r"(?:©|\([cC]\)|\bCopyright\b)(?: ©| \([cC]\))? ?(?:of )?(?:19|20)\d\d",
        r"\bAll rights reserved\b",
        r"\bThe post .{1,200} appeared first on\b",
        r"\bRead the original (?:article|story|piece|here)\b",
    ),
    re.IGNORECASE,
)
NOTICE_LINE = re.compile(
    alternatives(
        r"\W{0,6}(?:©|copyright\b)",
        r"\(?reporting by\b(?=.*\bediting by\b)",
        r"\W{0,6}(?:with )?inputs from\b",
        r"our standards\s*:",
    ),
    re.IGNORECASE,
)
NOTICE_ANYWHERE = re.compile(
    alternatives(
        r"\bsyndicated feed\b",
        r"\bmay not be published, broadcast\b",
        r"\bunder a creative commons\b",
    ),
    re.IGNORECASE,
)
AGENCY = (
    "(?:Getty Images|AFP|AP Photo|AP|Reuters|REUTERS|EPA(?:-EFE)?|Shutterstock|PA|DPA|TASS|"
    "Bloomberg)"
)
CAPTION_LINE = re.compile(
    alternatives(
        r"\W{0,6}(?:pictured|photos?|photograph|images?|pictures?|file(?: photo)?|caption|credits?)"
        r"(?: credit| source| caption)?\s*(?::|,? (?:by|courtesy)\b)",
        r"\W{0,6}(?:image|media|photo|figure) caption\b",
        r"\W{0,6}image source\b",
        r"\W{0,6}FILE\s?[-–—]",
    ),
    re.IGNORECASE,
)
CAPTION_INSIDE = re.compile(
    alternatives(
        r"\bPictured:",
        r"\((?:(?:far|top|bottom|second from|second) )?(?:left|right|centre|center|above|below)\)",
        rf"\((?:Photo|Image|Picture|Photograph|{AGENCY})\b[^()\n]{{0,80}}\)\W{{0,3}}$",
        r"\b(?:Photo|Photograph|Image|Picture|Illustration)(?: credit)?(?: by|:) [^.\n]{2,80}\.?$",
        rf"(?:/ ?|\bvia ){AGENCY}\W{{0,3}}$",
        r"\bREUTERS/\w",
    )
)
PICTURED = re.compile(r"\(pictured\b[^()\n]{0,60}\)", re.IGNORECASE)

# A pattern sought inside lines is tried only where one of its words stands, in small letters.
WORDS_OF = {
    ADVERT_INSIDE: "advertisement|continues |scroll to|[ad]|(read |(see ",
    NOTICE_INSIDE: "published|appeared|originally|printed|reproduced|syndicated|not been edited|©|"
    "(c)|copyright|all rights|the original",
    NOTICE_ANYWHERE: "syndicated|may not be published|creative commons",
    CAPTION_INSIDE: "pictured:|left)|right)|entre)|enter)|above)|below)|photo|image|picture|afp|"
    "illustration|reuters|epa|shutterstock|tass|/ap|(ap|/pa|(pa|/ ap|/ pa|via ap|via pa|dpa|"
    "bloomberg|getty",
    PICTURED: "(pictured",
}


class Seeker:
    """Looks for patterns inside lines, after a cheap look for their words in the whole text."""

    def __init__(self, text: str, rows: Sequence[Span]) -> None:
        small = lowered(text)
        starts = [row.start for row in rows]
        self.hits: dict[re.Pattern[str], set[int]] = {}
        for pattern, words in WORDS_OF.items():
            hits = self.hits[pattern] = set()
            for word in words.split("|"):
                at = small.find(word)
                while at >= 0:
                    i = bisect_right(starts, at)
                    hits.add(i - 1)
                    at = small.find(word, starts[i]) if i < len(starts) else -1
        self.hit = set().union(*self.hits.values())

    def seek(self, pattern: re.Pattern[str], i: int, line: str) -> Iterator[re.Match[str]]:
        """Return where a pattern fits in the i-th line."""
        return pattern.finditer(line) if i in self.hits[pattern] else iter(())

    def reason(self, i: int, line: str) -> Reason | None:
        """Return why the whole i-th line is no part of the article, from its own words, or None."""
        if len(line) > 700:
            return None
        if len(line) < 300 and ADVERT_LINE.match(line):
            return "advertisement"
        if NOTICE_LINE.match(line) or (i in self.hit and any(self.seek(NOTICE_ANYWHERE, i, line))):
            return "syndication"
        if CAPTION_LINE.match(line) or (i in self.hit and any(self.seek(CAPTION_INSIDE, i, line))):
            return "caption"
        return None

    def notice(self, i: int, line: str) -> re.Match[str] | None:
        """Return the first notice of syndication within the i-th line, or None."""
        return next(self.seek(NOTICE_INSIDE, i, line), None)

    def inside(self, i: int, line: str, start: int) -> Iterator[Removed]:
        """Yield the advert phrases and notices within a line; a notice goes on to its end."""
        if i not in self.hit:
            return
        for match in self.seek(ADVERT_INSIDE, i, line):
            yield Removed(start + match.start(), start + match.end(), "advertisement")
        for match in self.seek(PICTURED, i, line):
            yield Removed(start + match.start(), start + match.end(), "caption")
        notice = self.notice(i, line)
        if notice and len(line) - notice.start() <= 600:
            yield Removed(start + notice.start(), start + len(line), "syndication")
