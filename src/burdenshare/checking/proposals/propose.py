"""An article's check with what a model adds to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from burdenshare.checking.article import Checker
from burdenshare.checking.proposals.answer import Answer, read_answer
from burdenshare.checking.proposals.ask import SECONDS, Endpoint, NoAnswer, ask
from burdenshare.checking.proposals.places import LONGEST, Sent
from burdenshare.checking.proposals.prompt import messages
from burdenshare.checking.proposals.said import Screen, screen_statements
from burdenshare.checking.proposals.screen import Ground, screen_claims, still_unread
from burdenshare.checking.results import Check


def with_proposals(
    checker: Checker, check: Check, to: Endpoint, seconds: float = SECONDS
) -> tuple[Check, str]:
    """Return a check with the proposals that pass, and a line about those that do not.

    What the check held before stands as it was, ids and verdicts included; what is added comes
    behind it. Whatever the endpoint does, the check is returned.
    """
    sent = Sent(check.document)
    try:
        answer = read_answer(ask(to, messages(check.document, sent), seconds))
    except NoAnswer as reason:
        return check, f"no proposals: {reason}"
    added, refused = _screened(checker, check, answer, sent)
    return added, _note(check, added, refused, sent)


def _screened(
    checker: Checker, check: Check, answer: Answer, sent: Sent
) -> tuple[Check, Counter[str]]:
    """Return the check with what passes, and the reasons of what does not."""
    document, refused = check.document, Counter(answer.refused)
    ground = Ground(
        document, sent, checker.world, checker.lexicon, checker.patterns, checker.charts
    )
    claims = screen_claims(answer.claims, check.claims, ground, refused)
    said = screen_statements(answer.statements, check.statements, Screen(document, sent), refused)
    count = len(check.claims)
    added = replace(
        check,
        claims=(
            *check.claims,
            *(replace(each, id=f"c{i}") for i, each in enumerate(claims, start=count + 1)),
        ),
        statements=(*check.statements, *said),
        unread=still_unread(check.unread, claims, document),
    )
    return added, refused


def _note(check: Check, added: Check, refused: Counter[str], sent: Sent) -> str:
    """Return what was taken and what was left out, with the reasons."""
    claims = len(added.claims) - len(check.claims)
    statements = len(added.statements) - len(check.statements)
    note = f"a model's proposals: {claims} claims and {statements} statements taken"
    if refused.total():
        reasons = [f"{reason} ({count})" for reason, count in sorted((+refused).items())]
        note += f", {refused.total()} left out: {', '.join(reasons)}"
    if sent.cut:
        note += f"; only the first {LONGEST:,} characters were sent"
    return note
