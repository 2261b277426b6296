"""HTML in, text of equal length out: markup becomes white space, and offsets stay the file's."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from burdenshare.reading.document import Span
from burdenshare.reading.sentences import trimmed

NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)")
STEP = re.compile(r"[<>]|=\s*+[\"']")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
BREAK = re.compile(r"[\n\r\u2028\u2029]")

# What holds no words of the article; a `header` counts only outside an article or main part.
RAW = frozenset({"script", "style"})
ASIDE = frozenset(
    "head nav aside footer header button select template svg iframe noscript object textarea "
    "dialog menu audio video canvas".split()
)
BLOCK = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe legend li main nav "
    "ol option p pre script section select style summary table tbody td tfoot th thead title tr "
    "ul".split()
)
END_OF_RAW = {name: re.compile(rf"</{name}[^<>]*+>?", re.I) for name in RAW}

LOOKS = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
TAG = re.compile(
    r"</?(?:p|div|span|a|br|h[1-6]|li|ul|article|section|meta|script|em|strong)\b[^<>]*+>"
)
META = re.compile(r"<meta\b([^<>]*+)>", re.I)
TIME = re.compile(r"<time\b([^<>]*+)>", re.I)
ATTRIBUTE = re.compile(r"(?<![a-zA-Z:-])([a-zA-Z:-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
JSON_DATE = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"(\d{4}-\d\d-\d\d)')
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LINK = re.compile(r"<link\b([^<>]*+)>", re.I)
WEB = re.compile(r"https?://[^\s\x00-\x20\x7f\"'<>\\^`{|}]+", re.I)
DATE_NAMES = frozenset(
    "article:published_time og:published_time datepublished date pubdate publishdate publish-date "
    "dc.date dc.date.issued dcterms.created parsely-pub-date sailthru.date".split()
)


@dataclass(frozen=True, slots=True)
class Tag:
    """One piece of markup; a comment or a script has the name of nothing or of itself."""

    start: int
    end: int
    name: str = ""
    closing: bool = False


def end_of_tag(raw: str, pos: int) -> tuple[int, bool]:
    """Return where a tag ends, looking past quoted attributes; false where text goes on there."""
    while step := STEP.search(raw, pos):
        if step[0] == ">":
            return step.end(), True
        if step[0] == "<":
            return step.start(), False
        close = raw.find(step[0][-1], step.end())
        pos = step.end() if close < 0 else close + 1
    return len(raw), False


def declaration_end(raw: str, start: int) -> int:
    """Return where a comment, doctype or processing instruction ends, or 0."""
    if raw.startswith("<!--", start):
        end = raw.find("-->", start + 4)
        return end + 3 if end >= 0 else len(raw)
    return raw.find(">", start) + 1


def tags(raw: str) -> Iterator[Tag]:
    """Yield the markup in order; each character is looked at a bounded number of times."""
    pos = 0
    while (start := raw.find("<", pos)) >= 0:
        if raw[start + 1 : start + 2] in ("!", "?"):
            end = declaration_end(raw, start)
            if not end:
                return
            yield Tag(start, end)
            pos = end
            continue
        name = NAME.match(raw, start)
        if name is None:
            pos = start + 1
            continue
        pos, whole = end_of_tag(raw, name.end())
        if not whole:
            continue
        kind = name[2].lower()
        if kind in RAW and not name[1]:
            close = END_OF_RAW[kind].search(raw, pos)
            pos = close.end() if close else len(raw)
        yield Tag(start, pos, kind, bool(name[1]))


def decode(match: re.Match[str]) -> str:
    """Return the character of an entity and spaces up to its length.

    An apostrophe inside a word becomes the letter ʼ, so that nobody takes it, with the spaces
    behind it, for a closing quotation mark.
    """
    text, (start, end) = match.string, match.span()
    character = html.unescape(match[0])
    if (
        character in ("’", "'")
        and text[start - 1 : start].isalnum()
        and text[end : end + 1].isalnum()
    ):
        character = "ʼ"
    character = "".join(" " if each.isspace() else each for each in character)
    return character.ljust(end - start)[: end - start]


def plain(piece: str) -> str:
    """Return the words between two tags: entities decoded, line breaks as spaces.

    >>> plain("R&amp;D\\nat 5&nbsp;%")
    'R&    D at 5      %'
    """
    if "&" in piece:
        piece = ENTITY.sub(decode, piece)
    return BREAK.sub(" ", piece)


@dataclass(slots=True)
class Page:
    """What the tags say about the parts of a page while it is read."""

    opened: dict[str, list[tuple[int, bool]]] = field(default_factory=dict)
    articles: int = 0
    cuts: list[tuple[int, int]] = field(default_factory=list)
    captions: list[tuple[int, int]] = field(default_factory=list)

    def take(self, tag: Tag) -> None:
        """Note where a part opens, and keep its place once it closes."""
        if tag.name in ("article", "main"):
            self.articles = max(0, self.articles + (-1 if tag.closing else 1))
        elif tag.name in ASIDE or tag.name == "figcaption":
            if not tag.closing:
                self.opened.setdefault(tag.name, []).append((tag.start, self.articles > 0))
            elif self.opened.get(tag.name):
                start, inside = self.opened[tag.name].pop()
                if tag.name == "figcaption":
                    self.captions.append((start, tag.end))
                elif tag.name != "header" or not inside:
                    self.cuts.append((start, tag.end))


def blanked(text: str, cuts: list[tuple[int, int]]) -> str:
    """Return the text with spaces in place of the cuts, and a line break where each one starts."""
    pieces, pos = [], 0
    for start, end in sorted(cuts):
        if end > pos:
            begin = max(start, pos)
            pieces += [text[pos:begin], "\n", " " * (end - begin - 1)]
            pos = end
    return "".join([*pieces, text[pos:]])


def read_markup(raw: str) -> tuple[str, list[Span]]:
    """Return the text of equal length, and where it holds the captions of figures."""
    pieces, pos, page, pre = [], 0, Page(), 0
    for tag in tags(raw):
        words = raw[pos : tag.start]
        pieces.append(plain(words) if not pre else ENTITY.sub(decode, words))
        blank = " " * (tag.end - tag.start)
        pieces.append("\n" + blank[1:] if tag.name in BLOCK else blank)
        pre = max(0, pre + (-1 if tag.closing else 1)) if tag.name == "pre" else pre
        page.take(tag)
        pos = tag.end
    pieces.append(plain(raw[pos:]))
    whole = "".join(pieces)
    text = blanked(whole, page.cuts)
    if not text.strip():
        text = whole
    spans = (trimmed(text, *each) for each in sorted(page.captions))
    return text, [span for span in spans if span.start < span.end]


def blank_markup(raw: str) -> str:
    """Return the text of a page, of equal length: tags, scripts, menus and footers are blank.

    >>> blank_markup("<p>A<br>B &lt; C</p>")
    '\\n  A\\n   B <    C\\n   '
    """
    return read_markup(raw)[0]


def looks_like_html(raw: str) -> bool:
    """Say whether a text is a page of HTML or a good part of one.

    >>> looks_like_html("<!DOCTYPE html><title>x</title>"), looks_like_html("2 < 3 and 5 > 4")
    (True, False)
    """
    head = raw[:5000]
    return LOOKS.search(head) is not None or sum(1 for _ in TAG.finditer(head)) >= 3


def as_date(text: str) -> datetime.date | None:
    """Return the day that a text begins with, or None.

    >>> as_date("2025-03-02T10:00:00Z"), as_date("2025-02-30")
    (datetime.date(2025, 3, 2), None)
    """
    found = DAY.match(text.strip())
    try:
        return datetime.date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def attributes(inside: str) -> dict[str, str]:
    """Return the attributes of a tag.

    >>> attributes(' name="date" content=\\'2025-03-02\\'')
    {'name': 'date', 'content': '2025-03-02'}
    """
    return {m[1].lower(): m[2] or m[3] or "" for m in ATTRIBUTE.finditer(inside)}


def meta_dates(raw: str) -> Iterator[str]:
    """Yield what a page says about its day, the surest first."""
    metas = [attributes(m[1]) for m in META.finditer(raw)]
    named = [(m.get("property") or m.get("name") or m.get("itemprop") or "", m) for m in metas]
    yield from (
        m.get("content", "") for name, m in named if name.lower() == "article:published_time"
    )
    yield from (m[1] for m in JSON_DATE.finditer(raw))
    yield from (m.get("content", "") for name, m in named if name.lower() in DATE_NAMES)
    yield from (attributes(m[1]).get("datetime", "") for m in TIME.finditer(raw))


def meta_date(raw: str) -> datetime.date | None:
    """Return the day on which a page says it was published, or None.

    >>> meta_date('<meta property="article:published_time" content="2025-03-02T08:00:00Z">')
    datetime.date(2025, 3, 2)
    """
    return next((day for text in meta_dates(raw) if (day := as_date(text)) is not None), None)


def meta_url(raw: str) -> str | None:
    """Return the address that a page gives for itself, or None.

    >>> meta_url('<link rel="canonical" href="https://example.org/a">')
    'https://example.org/a'
    """
    links = [attributes(m[1]) for m in LINK.finditer(raw)]
    metas = [attributes(m[1]) for m in META.finditer(raw)]
    found = [each.get("href", "") for each in links if each.get("rel", "").lower() == "canonical"]
    found += [each.get("content", "") for each in metas if each.get("property") == "og:url"]
    return next((url for each in found if WEB.fullmatch(url := html.unescape(each.strip()))), None)
