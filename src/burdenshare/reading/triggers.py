"""Words and slots without which a pattern cannot fit, found in its form.

Most patterns fit no part of most sentences. A form such as "(?:since|after) the {stated:date}"
needs "since" or "after", " the " and a date; where they do not stand, it need not be tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

Words = frozenset[str]
Needed = tuple[Words, ...]  # of each set one at least; "{date}" stands for a slot of that type

_RUN = re.compile(r"[^\\()\[{<>.?*+|^$]+")
_GROUP = re.compile(r"\((\?:|\?P<\w+>|(?!\?))?(?:\?<?[=!])?")
_OTHER = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\.\.\.|\\.|.", re.DOTALL)
_NAMED = re.compile(r"<(\w+)>|\{\w+:(\w+)\}")
_COUNT = re.compile(r"(?:([?*]|\{0?,\d*\}|\{0\})|\+|\{\d+(?:,\d*)?\})[?+]?")


def triggers(form: str, lists: Mapping[str, Needed]) -> Needed:
    """Return sets of words and slots: every text that a form fits holds one of each set.

    `lists` are the triggers of the lists of words that the form may name in angle brackets. Sets
    with a word of two letters are left out: such a word stands nearly everywhere.

    >>> triggers("met {stated:date}(?: or so)?", {})
    (frozenset({'met '}), frozenset({'{date}'}))
    >>> sorted(*triggers("(?:now|soon) ?|{stated:date} once", {}))
    [' once', 'now', 'soon']
    """
    return tuple(each for each in _Form(form, lists).alternatives() if _tells(each))


class Index:
    """Words of three letters or more, found in a text faster than one by one.

    >>> sorted(Index(["since", "sink", "soon after"]).within("it was since then"))
    ['since']
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for word in words:
            self._by_start.setdefault(word[:3], []).append(word)

    def within(self, text: str) -> set[str]:
        """Return the words that stand in a text, if only as parts of longer ones."""
        threes = {text[at : at + 3] for at in range(len(text) - 2)}
        starts = self._by_start.keys() & threes
        return {word for start in starts for word in self._by_start[start] if word in text}


class _Form:
    """A form that is read from left to right."""

    def __init__(self, form: str, lists: Mapping[str, Needed]) -> None:
        self.form = form
        self.lists = lists
        self.at = 0

    def alternatives(self) -> Needed:
        """Read up to the end of a group: each of several alternatives must need a word."""
        found = [self._alternative()]
        while self.form[self.at : self.at + 1] == "|":
            self.at += 1
            found.append(self._alternative())
        if len(found) == 1:
            return found[0]
        return (Words().union(*map(_best, found)),) if all(found) else ()

    def _alternative(self) -> Needed:
        """Return what the parts of one alternative need."""
        needed: list[Words] = []
        while self.at < len(self.form) and self.form[self.at] not in "|)":
            run = _RUN.match(self.form, self.at)
            found = self._letters(run[0]) if run else self._part()
            needed += found
        return tuple(dict.fromkeys(needed))

    def _letters(self, run: str) -> Needed:
        """Read letters; the last one may be left out where a count follows."""
        self.at += len(run)
        if self._left_out():
            run = run[:-1]
        return (frozenset([run]),) if run.strip() else ()

    def _part(self) -> Needed:
        """Read a group, a list of words, a slot, or what is no word."""
        group = _GROUP.match(self.form, self.at)
        named = _NAMED.match(self.form, self.at)
        needed: Needed = ()
        if group:
            self.at = group.end()
            inside = self.alternatives()
            needed = inside if group[1] is not None else ()
            self.at += 1
        elif named:
            self.at = named.end()
            slot = (frozenset([f"{{{named[2]}}}"]),)
            needed = slot if named[2] else self.lists.get(named[1], ())
        else:
            other = _OTHER.match(self.form, self.at)
            self.at = other.end() if other else len(self.form)
        return () if self._left_out() else needed

    def _left_out(self) -> bool:
        """Step over how often a part stands, and say whether it may be left out."""
        count = _COUNT.match(self.form, self.at)
        self.at = count.end() if count else self.at
        return count is not None and count[1] is not None


def _tells(words: Words) -> bool:
    return all(len(word.strip()) > 2 for word in words)


def _best(needed: Needed) -> Words:
    """Return the set whose shortest word is longest: fewer sentences hold one of it."""
    return max(needed, key=lambda words: min(0 if "{" in each else len(each) for each in words))
