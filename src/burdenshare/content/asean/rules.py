"""ASEAN's rules, in the order of its Charter."""

from collections.abc import Sequence

from burdenshare.world.rules import rule


@rule(
    kind="contribution",
    provision="Art. 30(2)",
    in_force="2008-12-15",
    known_from="2007-11-20",
    citation=(
        "ASEAN Charter, Art. 30(2); wording from general knowledge, the equal amounts as the "
        "Secretary-General told them to The Brunei Times, 29 November 2014"
    ),
    confidence="general knowledge",
)
def equal_dues(members: Sequence[str]) -> dict[str, float]:
    """Art. 30(2): the Secretariat's budget is met "through equal annual contributions".

    Shares in percent of the budget; they add up to 100.
    """
    return {member: 100 / len(members) for member in members}
