"""What a claim about money speaks of: the words around its figure, the body, payer and years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.matching import agrees
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day

# Bodies of the United Nations that are no organisation here, by their words in lower case.
_BODIES = {
    "UNRWA": r"\bunrwa\b|relief and works agency|palestinian refugee(?:s'?|'s)? agency"
    r"|agency for palestin",
    "UNHCR": r"\bunhcr\b|(?<!palestinian )refugee agency|high commissioner for refugees",
    "UNICEF": r"\bunicef\b|children's (?:fund|agency)",
    "UNDP": r"\bundp\b|development program",
    "UNFPA": r"\bunfpa\b|population (?:fund|agency)",
    "IOM": r"\biom\b|organi[sz]ation for migration|migration agency",
    "UNAIDS": r"\bunaids\b",
    "UN-Women": r"\bun women\b",
    "UNEP": r"\bunep\b|environment program",
    "UNODC": r"\bunodc\b|office on drugs and crime",
    "PAHO": r"\bpaho\b|pan[- ]american health",
    "WMO": r"\bwmo\b|meteorological organi[sz]ation",
    "WIPO": r"\bwipo\b|intellectual property organi[sz]ation",
    "ITU": r"\bitu\b|telecommunication union",
    "OPCW": r"\bopcw\b|prohibition of chemical weapons",
    "WFP": r"(?:world )?food program|\bfood agency",
    "WHO": r"\bhealth (?:agency|body)",
    "UNESCO": r"\bcultur(?:al|e) (?:agency|body|organi[sz]ation)",
}
_WORDS = {name: re.compile(words) for name, words in _BODIES.items()}
_ORGANISATIONS = {
    name: name.upper()
    for name in ("un", "who", "wfp", "unesco", "fao", "iaea", "icao", "ilo", "unido", "upu", "nato")
}
_ASSEMBLY = re.compile(r"general assembly|fifth committee|guterres|world body|peacekeeping")
_AND = 6  # letters between "2022 and 2023"
_LINKED = re.compile(r"\b(?:budgets?|funding|share|rate|ceiling) (?:of|at|is|was|to|stands at) $")
_PART = re.compile(r" (?:share |each )?(?:of|towards?) ")
_FIGURE = re.compile("[\ue000-\ue5ff]")
_CLAUSE = re.compile("(?:(?! and | but | while | plus )[^.;:!?,\ue000-\ue5ff])*")
_TAIL = 60


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of a claim's match before and after its figure, and those of its clause behind."""

    before: str
    after: str
    tail: str

    @property
    def words(self) -> str:
        """The words of the match without its figure."""
        return f"{self.before} {self.after}"


def clause(words: str) -> str:
    """Return words up to the next figure, comma, "and" or the like.

    >>> clause(" for the current one and more for others")
    ' for the current one'
    """
    found = _CLAUSE.match(words)
    return found.group() if found else ""


def spoken(claim: Candidate) -> Spoken:
    """Return the words that the claim's own pattern matched, as rendered."""
    taken = sum(item.end - item.start - 1 for item in claim.slots.values())
    length = claim.end - claim.start - taken
    found = min(
        claim.pattern.form.finditer(claim.words), key=lambda each: abs(len(each.group()) - length)
    )
    at = found.start("stated")
    return Spoken(
        claim.words[found.start() : at],
        claim.words[at + 1 : found.end()],
        clause(claim.words[found.end() : found.end() + _TAIL]),
    )


def body_of(claim: Candidate, said: Spoken) -> str:
    """Return the body whose money a claim speaks of, in capitals, or "" where none is clear."""
    for words in (said.words, said.tail, claim.words):
        named = [name for name, form in _WORDS.items() if form.search(words)]
        if len(named) == 1:
            return named[0]
        if named:
            return ""
        if words is said.words and any("\ue900" <= sign < "\uea00" for sign in words):
            break
    known = _ORGANISATIONS.get(claim.organisation, "") or body_in(claim.before)
    return "UN" if not claim.organisation and _ASSEMBLY.search(claim.words) else known


def body_in(words: str) -> str:
    """Return the one body of the United Nations that some words name, or "".

    >>> body_in("the money for unrwa"), body_in("unesco and the who")
    ('UNRWA', '')
    """
    named = [name for name, form in _WORDS.items() if form.search(words)]
    return named[0] if len(named) == 1 else ""


_NEAREST = re.compile(
    "|".join(
        f"(?P<{name.replace('-', '_')}>{words})"
        for name, words in {
            **{name: words for name, words in _BODIES.items() if name != "WHO"},
            "WFP": r"\bwfp\b|food program|\bfood agency",
            "WHO": r"world health organi[sz]ation|\bthe who\b|\bwho's|\bhealth (?:agency|body)",
            "UNESCO": r"\bunesco\b|\bcultur(?:al|e) (?:agency|body|organi[sz]ation)",
            "UN": r"united nations(?! (?:agency|body|organi|relief|children|refugee))|\bthe un\b"
            r"(?! (?:agency|body|refugee|children|food|health))|\bun system",
        }.items()
    )
)


def last_body(words: str) -> str:
    """Return the body of the United Nations that some words name last, or "".

    >>> last_body("the united nations, and unrwa"), last_body("money for the un")
    ('UNRWA', 'UN')
    """
    found = ""
    for each in _NEAREST.finditer(words):
        found = each.lastgroup or ""
    return found.replace("_", "-")


def organisation_body(claim: Candidate) -> str:
    """Return the body that the organisation of a claim is, in capitals, or ""."""
    return _ORGANISATIONS.get(claim.organisation, "")


def nearest(said: Spoken, forms: Mapping[str, re.Pattern[str]]) -> str:
    """Return the name of the form found nearest to the figure, or "" where none is found.

    Where the figure is joined to the words before it, "a civil budget of", those alone count, and
    those behind it where it is a part of something: "22 per cent of the regular budget".
    """
    behind, front = _own(said.after + said.tail), said.before
    if _LINKED.search(front) and any(form.search(front) for form in forms.values()):
        behind = ""
    elif _PART.match(behind) and (
        _FIGURE.search(front) or any(form.search(behind) for form in forms.values())
    ):
        front = ""
    found: list[tuple[int, str]] = []
    for name, form in forms.items():
        after = form.search(behind)
        before = list(form.finditer(front))
        if after:
            found.append((after.start(), name))
        if before:
            found.append((len(front) - before[-1].end(), name))
    return min(found)[1] if found else ""


def _own(behind: str) -> str:
    """Return the words behind a figure up to the mark before the next figure: a list goes on there.

    >>> _own(", the military one \ue201")
    ''
    """
    following = _FIGURE.search(behind)
    if following is None:
        return behind
    mark = re.search(r"[,;]| and | plus ", behind[: following.start()])
    return behind[: mark.start()] if mark else behind


def payer_of(claim: Candidate, role: str = "subject") -> str:
    """Return the code of the country in a slot, or ""."""
    named = claim.slots.get(role)
    return named.id if isinstance(named, Name) and named.kind == "country" else ""


def payers_of(claim: Candidate) -> list[str]:
    """Return the codes of all countries in the slots, in the order of the roles."""
    codes = [payer_of(claim, role) for role in ("subject", "other", "third")]
    return list(dict.fromkeys(code for code in codes if code))


def named_years(claim: Candidate, day: Day, ahead: int = 0) -> list[tuple[int, ...]]:
    """Return the years that a claim names, the nearest first, each one year or a span of years."""
    slot = claim.slots.get("year")
    dates = [slot] if isinstance(slot, DateMention) else list(claim.dates)
    fit = [
        d
        for d in dates
        if d.grain in ("year", "period")
        and d.last.year <= day.year + ahead
        and d.last.year - d.first.year <= 3
    ]
    joined = [
        (one.first.year, other.last.year)
        for one, other in pairwise(sorted(fit, key=lambda d: d.start))
        if 0 < other.start - one.end <= _AND and other.first.year == one.last.year + 1
    ]
    fit.sort(key=lambda d: max(d.start - claim.end, claim.start - d.end, 0))
    spans = [*joined, *((d.first.year, d.last.year) for d in fit)]
    return [tuple(range(first, last + 1)) for first, last in spans]


def quantity_of(claim: Candidate, *dimensions: str) -> Quantity | None:
    """Return the stated quantity where it has one of the dimensions."""
    stated = claim.stated
    return stated if isinstance(stated, Quantity) and stated.dimension in dimensions else None


def fits(stated: Quantity, answer: Answer) -> bool | None:
    """Say whether an answer with a figure agrees with a stated quantity."""
    assert isinstance(answer.value, (int, float))
    return agrees(stated, answer.value, answer.step)


def with_causes(main: Reading, others: Sequence[Reading]) -> Reading:
    """Return a reading whose answer names the others that agree where it does not itself."""

    def ask(as_of: Day) -> Answer | Missing:
        answer = main.ask(as_of)
        if isinstance(answer, Missing) or main.agrees(answer) is not False:
            return answer
        for other in others:
            found = other.ask(as_of)
            if not isinstance(found, Missing) and other.agrees(found):
                return replace(answer, says=f"{answer.says}; but {found.says}")
        return answer

    return replace(main, ask=ask)


def dollars(value: float) -> str:
    """Return an amount of dollars in words.

    >>> dollars(422_004_945), dollars(12_380_000_000)
    ('$422.0 million', '$12.38 billion')
    """
    if abs(value) >= 1e9:
        return f"${value / 1e9:,.2f} billion"
    return f"${value / 1e6:,.1f} million" if abs(value) >= 1e6 else f"${value:,.0f}"
