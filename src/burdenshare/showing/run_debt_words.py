"""Debt in a run: the words and roundings that its text, its charts and its page share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from burdenshare.showing import debt_words
from burdenshare.showing import run_words as say
from burdenshare.showing.words import clean

Answer = Mapping[str, Any]
_LIMITS = {"deficit_2028_as_counted": "3", "debt_2041": "60"}
ALL_MET = " ".join(_LIMITS.values())


def block(answer: Answer) -> Answer:
    """Return what a run holds on debt; where it holds nothing, all that it may hold is empty."""
    empty = dict.fromkeys(("cases", "covers", "assumptions", "notes", "sources"), ())
    return answer.get("debt") or empty


def met(told: Answer) -> str:
    """Return which reference values are met: the deficit of 3 %, as counted, and debt of 60 %.

    >>> met({"reference_values": {"deficit_2028_as_counted": True, "debt_2041": False}})
    '3 –'
    """
    return " ".join(
        short if told["reference_values"][name] else "–" for name, short in _LIMITS.items()
    )


def extra(row: Answer, case: str) -> str:
    """Return how many points a year the spending adds to the adjustment after 2028.

    >>> extra({"extra_adjustment": {"with": 0.0, "kept": None}}, "with")
    '0.00'
    >>> extra({"extra_adjustment": {"with": 0.0, "kept": None}}, "kept")
    '–'
    """
    return debt_words.balance(row["extra_adjustment"][case])


def decides(told: Answer) -> str:
    """Return which criterion asks for the most after 2028.

    >>> decides({"binding_after_2028": "nothing"}), decides({"binding_after_2028": "edp"})
    ('nothing', 'excessive deficit procedure')
    """
    return debt_words.criterion(told["binding_after_2028"])


def span(points: Iterable[float | None]) -> str:
    """Return the least and the most of what there is in some years, in % of GDP.

    >>> span([0.375, 1.5, 0.0]), span([1.5, 1.5, None]), span([0.0])
    ('0.38 to 1.50', '1.50', '–')
    """
    sizes = [each for each in points if each]
    if not sizes:
        return "–"
    return " to ".join(dict.fromkeys(map(say.percent, (min(sizes), max(sizes)))))


def spent(effects: Answer) -> str:
    """Return how much is spent on top in all, and how much of it the escape clause covers.

    >>> spent({"room": {"title": "on top", "spent_eur": 2e11, "covered_eur": 1e11}})
    'On top: EUR 200 billion; under the escape clause EUR 100 billion.'
    """
    room = effects["room"]
    return (
        f"{say.heading(room['title'])}: EUR {say.money(room['spent_eur'])}; under the escape "
        f"clause EUR {say.money(room['covered_eur'])}."
    )


def asked(cover: Answer) -> str:
    """Return what a study asks for, of whom and when, as a heading."""
    return (
        f"{say.heading(cover['title'])} ({clean(cover['publisher'])}), EUR "
        f"{say.money(cover['per_year_eur'])} a year, {cover['first']} to {cover['last']}: "
        f"{clean(cover['split_title'])}"
    )


def answers(answer: Answer) -> Iterator[str]:
    """Yield for each study and way of sharing whether the money covers it."""
    for cover in block(answer)["covers"]:
        yield clean(cover["says"])


def held(cover: Answer) -> str:
    """Return which money there is, and how much.

    >>> held({"money": {"title": "SAFE and room", "loans_eur": 1.5e11, "room_eur": 5e11}})
    'SAFE and room: loans EUR 150 billion, room EUR 500 billion'
    """
    money = cover["money"]
    return (
        f"{say.heading(money['title'])}: loans EUR {say.money(money['loans_eur'])}, room EUR "
        f"{say.money(money['room_eur'])}"
    )


def total(row: Answer, name: str) -> float:
    """Return a sum of a state over all years, what is not known left out.

    >>> total({"loans_eur": {"2026": 2.0, "2027": None, "2028": 1.5}}, "loans_eur")
    3.5
    """
    return sum((each for each in row[name].values() if each is not None), start=0.0)


def doubts(answer: Answer) -> list[str]:
    """Return gaps, and what is said of all cases alike."""
    found = block(answer)
    gaps = [each for case in found["cases"] for each in case["effects"]["gaps"]]
    gaps += [each for cover in found["covers"] for each in cover["gaps"]]
    pairs = dict.fromkeys((clean(each["country"]), clean(each["reason"])) for each in gaps)
    return [*debt_words.grouped(pairs), *debt_words.said(_alike(answer))]


def remarks(answer: Answer, case: Answer) -> list[str]:
    """Return what is said of one case and not of all."""
    alike = _alike(answer)
    return debt_words.said(text for text in case["effects"]["said"] if text not in alike)


def all_doubts(answer: Answer) -> list[str]:
    """Return gaps, what is said of all cases, and what is said of one with its title."""
    return doubts(answer) + [
        f"{say.heading(case['title'])}: {text}"
        for case in block(answer)["cases"]
        for text in remarks(answer, case)
    ]


def _alike(answer: Answer) -> list[str]:
    texts = [case["effects"]["said"] for case in block(answer)["cases"]]
    return [text for text in texts[0] if all(text in each for each in texts)] if texts else []


def assumptions(answer: Answer) -> list[str]:
    """Return what is assumed, for the run and in the model of debt, each once."""
    found = block(answer)
    own = [text for case in found["cases"] for text in case["effects"]["assumptions"]]
    return _once((*found["assumptions"], *own))


def notes(answer: Answer) -> list[str]:
    """Return the notes, for the run and on the inputs of the model of debt, each once."""
    found = block(answer)
    own = [text for case in found["cases"] for text in case["effects"]["notes"]]
    return _once((*found["notes"], *own))


def sources(answer: Answer) -> list[str]:
    """Return the documents that debt rests on, each once."""
    return _once(_source(each) for each in block(answer)["sources"])


def _source(each: Answer) -> str:
    told = [clean(each[name]) for name in ("document", "source", "published") if each[name]]
    return f"{say.heading(each['what'])}: {', '.join(told)}"


def _once(texts: Iterable[object]) -> list[str]:
    return list(dict.fromkeys(clean(text) for text in texts))


def cited(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield cases, studies and the money with what they rest on."""
    found = block(answer)
    for each in (*found["cases"], *found["covers"], *(one["money"] for one in found["covers"])):
        yield say.heading(each["title"]), clean(each["citation"])
