"""How well articles are read, against labelled passages (tests/articles/README.md)."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from burdenshare.checking.article import Checker

OWN = Path(__file__).parent / "articles" / "own.jsonl"
_DEFINITE = ("supported", "contradicted", "superseded")
Label = Mapping[str, Any]


@dataclass(slots=True)
class Scores:
    """Counts by name: how many were right of how many; and what went wrong in words."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, hit: bool, what: str = "") -> None:
        """Count one item."""
        self.right[name] += hit
        self.of[name] += 1
        if what and not hit:
            self.wrong.append(f"{name}: {what}")

    def rate(self, name: str) -> float:
        """Return the part that was right; 1 where there was nothing to count."""
        return self.right[name] / self.of[name] if self.of[name] else 1.0


def passages(path: Path = OWN) -> Iterator[tuple[str, datetime.date, str, Sequence[Label]]]:
    """Yield id, day, text and labels of each passage."""
    for line in path.read_text("utf-8").splitlines():
        article = json.loads(line)
        for each in article["passages"]:
            day = datetime.date.fromisoformat(article["date"])
            yield each["pid"], day, each["text"], each["labels"]


def scored(checker: Checker, path: Path = OWN) -> Scores:
    """Return the scores of a checker on all passages of a file."""
    scores = Scores()
    for name, day, text, labels in passages(path):
        found = checker.check(text, day, name, html=False).as_dict()
        _statements(scores, labels, found["statements"])
        _claims(scores, labels, found["claims"])
    return scores


def _statements(scores: Scores, labels: Sequence[Label], found: Sequence[Label]) -> None:
    wanted = [each for each in labels if each["type"] == "statement"]
    _quotes(scores, wanted, found)
    taken = []
    for each in wanted:
        size = each["end"] - each["start"]
        near = [
            one
            for one in found
            if _shared(each, one) > size / 2 and one["end"] - one["start"] <= max(5 * size, 250)
        ]
        scores.add("statements found", bool(near), each["text"])
        if near:
            best = max(near, key=lambda one: (_quoted_alike(each, one), _alike(each, one)))
            taken.append(best["id"])
            _said(scores, each, best)
    for one in found:
        scores.add("statements given are labelled", one["id"] in taken)


def _quotes(scores: Scores, wanted: Sequence[Label], found: Sequence[Label]) -> None:
    gold = [quote for each in wanted for quote in each["quotes"]]
    ours = {(q["start"], q["end"]): q for one in found for q in one["quotes"]}.values()
    for quote in gold:
        scores.add("quotes found", any(_alike(quote, one) > 0.5 for one in ours), quote["text"])
    for one in ours:
        scores.add("quotes right", any(_alike(quote, one) > 0.5 for quote in gold))


def _said(scores: Scores, label: Label, best: Label) -> None:
    name = _plain((best["speaker"] or {}).get("name") or "")
    who = any(_plain(word) in name for word in label["speaker"]["match"])
    who = who or (bool(label["speaker"].get("unnamed")) and not name)
    scores.add("speakers", who, f"{name!r} of {label['text'][:60]!r}")
    if label["weak"] or label["proposition"] is None:
        return
    choices = [(label["proposition"], label["stance"]), *map(tuple, label["accept"])]
    given = (best["proposition"], best["stance"])
    scores.add("positions", given in choices, f"{given} of {label['text'][:60]!r}")


def _claims(scores: Scores, labels: Sequence[Label], found: Sequence[Label]) -> None:
    for each in labels:
        if each["type"] != "claim":
            continue
        verdicts = [one["verdict"] for one in _owned(each, labels, found)]
        definite = [verdict for verdict in verdicts if verdict in _DEFINITE]
        if each["abstain"]:
            scores.add("kept silent", not definite, each["text"])
        elif each["scored"] and each["verdict"] in _DEFINITE:
            scores.add("answered", bool(definite), each["text"])
            if definite:
                allowed = {each["verdict"], *each["accept"]}
                text = f"{definite} of {each['text']!r}, not {each['verdict']}"
                scores.add("verdicts", bool(allowed.intersection(definite)), text)
                if "contradicted" not in allowed:
                    scores.add("true claims not called wrong", "contradicted" not in definite, text)


def _owned(label: Label, labels: Sequence[Label], found: Sequence[Label]) -> list[Label]:
    """Return the claims that touch a label's figure and state it, not another label's.

    A claim that states no label's figure is every label's that it touches.
    """
    touching = [one for one in found if _shared(label["key"], one)]
    own = _digits(_key(label))
    others = {
        _digits(_key(each))
        for each in labels
        if each["type"] == "claim" and each["key"] != label["key"]
    }
    return [one for one in touching if (said := _stated(one)) == own or said not in others - {""}]


def _key(label: Label) -> str:
    start = label["start"]
    return str(label["text"][label["key"]["start"] - start : label["key"]["end"] - start])


def _stated(claim: Label) -> str:
    value = (claim.get("stated") or {}).get("value")
    return _digits(f"{value:f}" if isinstance(value, (int, float)) else str(value))


def _digits(text: str) -> str:
    """Return the digits of the first number in a text: "$2.87 billion" is 287."""
    found = re.search(r"[0-9][0-9.,]*", text)
    return re.sub("[^0-9]", "", found.group()).strip("0") if found else ""


def _shared(one: Label, two: Label) -> int:
    return int(max(0, min(one["end"], two["end"]) - max(one["start"], two["start"])))


def _alike(one: Label, two: Label) -> float:
    both = _shared(one, two)
    size = one["end"] - one["start"] + two["end"] - two["start"] - both
    return both / size if size else 0.0


def _quoted_alike(one: Label, two: Label) -> bool:
    return any(_alike(a, b) > 0.5 for a in one["quotes"] for b in two["quotes"])


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def lines(scores: Scores, names: Iterable[str] = ()) -> list[str]:
    """Return the scores as lines of a table."""
    return [
        f"{name:32} {scores.rate(name):.3f}  {scores.right[name]} of {scores.of[name]}"
        for name in names or scores.of
    ]
