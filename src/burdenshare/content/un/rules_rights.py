"""Arts 5, 6, 18 and 19 of the Charter: suspension, expulsion, votes, and the vote of who owes."""

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

from burdenshare.world.rules import Finding, rule

_CHARTER = "Charter of the United Nations, 1 UNTS XVI"


def _article(
    provision: str, citation: str, confidence: str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark an article of the Charter."""
    return rule(
        kind="right",
        provision=provision,
        in_force="1945-10-24",
        known_from="1945-06-26",
        citation=f"{_CHARTER}, {citation}",
        confidence=confidence,
    )


@_article("Art. 5", "Art. 5", "general knowledge")
def suspension(enforcement_action: bool | None, recommended: bool | None) -> Finding:
    """Art. 5: a member under enforcement action of the Security Council "may be suspended".

    By the General Assembly, on the recommendation of the Council, which may restore the rights.
    Unpaid dues are no ground.
    """
    citation = f"{_CHARTER}, Art. 5"
    if enforcement_action is False or recommended is False:
        missing = "action against it" if enforcement_action is False else "a recommendation"
        reason = f"Art. 5 asks for {missing} by the Security Council; unpaid dues are no ground"
        return Finding("suspension", False, reason, citation, "general knowledge")
    if enforcement_action is None or recommended is None:
        reason = "unpaid dues are no ground"
        question = "whether the Security Council has acted against it and recommends it: not held"
        return Finding("suspension", None, reason, citation, "general knowledge", question)
    question = "the Assembly may suspend, by two-thirds (Art. 18); it need not"
    reason = "enforcement action and recommendation are there"
    return Finding("suspension", None, reason, citation, "general knowledge", question)


@_article("Art. 6", "Art. 6 (uncharter.org/article/6)", "seen")
def expulsion(persistent_violation: bool | None, recommended: bool | None) -> Finding:
    """Art. 6: a member that has persistently violated the Principles "may be expelled".

    By the General Assembly, on the recommendation of the Security Council, where each permanent
    member has a veto (Art. 27).
    """
    citation = f"{_CHARTER}, Art. 6"
    if recommended is False:
        reason = "Art. 6 asks for a recommendation of the Security Council"
        return Finding("expulsion", False, reason, citation)
    if recommended is None:
        question = "whether the Security Council recommends it: not held here"
        return Finding("expulsion", None, "unpaid dues are not named", citation, open=question)
    question = "whether the violation is persistent, and whether the Assembly expels"
    said = "" if persistent_violation is None else "; a persistent violation is taken as given"
    return Finding("expulsion", None, f"recommended{said}", citation, open=question)


_IMPORTANT = (
    "peace and security",
    "elections to the councils",
    "admission",
    "suspension",
    "expulsion",
    "trusteeship",
    "budget",
)


@_article("Art. 18 (2), (3)", "Art. 18", "seen")
def votes_needed(question: str, present_and_voting: int) -> int:
    """Art. 18: each member has one vote; important questions need two-thirds of those present.

    Among them suspension, expulsion and budgetary questions. Others need a majority, by which the
    Assembly may also add to the list.
    """
    if question in _IMPORTANT:
        return ceil(present_and_voting * 2 / 3)
    return present_and_voting // 2 + 1


@_article("Art. 19, first sentence", "Art. 19 (static.un.org/en/ga/about/art19.shtml)", "seen")
def vote_lost(arrears: float, due: Sequence[float]) -> bool:
    """Art. 19: no vote in the Assembly if arrears reach the dues of "the preceding two full years".

    `due` are the contributions due for each of the two years. The vote in the Security Council is
    untouched.
    """
    return arrears >= sum(due)


@_article("Art. 19, second sentence", "Art. 19 (static.un.org/en/ga/about/art19.shtml)", "seen")
def assembly_permission(vote_lost: bool | None) -> Finding:
    """Art. 19: the Assembly "may, nevertheless, permit" a vote where payment was out of reach."""
    citation = f"{_CHARTER}, Art. 19"
    if vote_lost is False:
        return Finding("assembly_permission", "not needed", "the vote is not lost", citation)
    question = 'whether the failure to pay is due to "conditions beyond the control of the Member"'
    reason = "the Assembly may permit the vote" + ("" if vote_lost else ", should it be lost")
    return Finding("assembly_permission", None, reason, citation, open=question)
