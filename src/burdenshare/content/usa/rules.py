"""Counts and days of United States law that stand between a decision to leave and its notice.

The first word of a rule that counts votes is its chamber. Which law asks for which count, and for
which organisation, stands in gates.toml.
"""

from __future__ import annotations

from datetime import date, timedelta

from burdenshare.world.rules import rule

_QUORUM = "U.S. Const. art. I s.5 cl.1"
_RULE_22 = "Standing Rules of the Senate, Rule XXII(2)"
_VETO = "U.S. Const. art. I s.7 cl.2"
_NDAA_24 = "22 USC 1928f; Pub. L. 118-31 s.1250A; 137 Stat. 464"
_NDAA_20 = "Pub. L. 116-92 s.1234"
_FIRST = "1789-03-04"


@rule(
    kind="exit",
    provision="art. I s.5; Senate Rule VI",
    in_force=_FIRST,
    known_from=_FIRST,
    citation=_QUORUM,
    confidence="general knowledge",
)
def senate_quorum(sworn: int) -> int:
    """Art. I s.5: "a Majority of each shall constitute a Quorum to do Business"."""
    return sworn // 2 + 1


@rule(
    kind="exit",
    provision="art. I s.5",
    in_force=_FIRST,
    known_from=_FIRST,
    citation=_QUORUM,
    confidence="general knowledge",
)
def house_quorum(sworn: int) -> int:
    """Art. I s.5: "a Majority of each shall constitute a Quorum to do Business"."""
    return sworn // 2 + 1


@rule(
    kind="exit",
    provision="art. I s.7",
    in_force=_FIRST,
    known_from=_FIRST,
    citation=_VETO,
    confidence="general knowledge",
)
def senate_passage(voting: int) -> int:
    """Art. I s.7: a bill passes by a majority of the votes cast; a tie is the Vice President's."""
    return voting // 2 + 1


@rule(
    kind="exit",
    provision="art. I s.7",
    in_force=_FIRST,
    known_from=_FIRST,
    citation=_VETO,
    confidence="general knowledge",
)
def house_passage(voting: int) -> int:
    """Art. I s.7: a bill passes by a majority of the votes cast."""
    return voting // 2 + 1


@rule(
    kind="exit",
    provision="art. I s.7",
    in_force=_FIRST,
    known_from=_FIRST,
    citation=_VETO,
    confidence="general knowledge",
)
def senate_override(present: int) -> int:
    """Art. I s.7: a vetoed bill becomes law by "two thirds of that House", a quorum present."""
    return _two_thirds(present)


@rule(
    kind="exit",
    provision="art. I s.7",
    in_force=_FIRST,
    known_from=_FIRST,
    citation=_VETO,
    confidence="general knowledge",
)
def house_override(present: int) -> int:
    """Art. I s.7: a vetoed bill becomes law by "two thirds of that House", a quorum present."""
    return _two_thirds(present)


@rule(
    kind="exit",
    provision="Senate Rule XXII",
    in_force="1975-03-07",
    known_from="1975-03-07",
    citation=_RULE_22,
    confidence="general knowledge",
)
def senate_cloture(sworn: int) -> int:
    """Rule XXII: debate is closed by "three-fifths of the Senators duly chosen and sworn"."""
    return -(-3 * sworn // 5)


@rule(
    kind="exit",
    provision="FY2020 NDAA s.1234",
    in_force="2019-12-20",
    known_from="2019-12-20",
    citation=_NDAA_20,
    confidence="to verify",
)
def open_skies_notice(decided: date) -> date:
    """S.1234: 120 days before a notice under Art. XV of the Open Skies Treaty, Congress is told."""
    return decided + timedelta(days=120)


@rule(
    kind="exit",
    provision="22 USC 1928f(a)",
    in_force="2023-12-22",
    known_from="2023-12-22",
    citation=_NDAA_24,
)
def senate_consent(present: int) -> int:
    """22 USC 1928f(a): "two-thirds of the Senators present" concur, not two-thirds of all."""
    return _two_thirds(present)


@rule(
    kind="exit",
    provision="22 USC 1928f(a)",
    in_force="2023-12-22",
    known_from="2023-12-22",
    citation=_NDAA_24,
)
def senate_block(present: int) -> int:
    """22 USC 1928f(a): as many as leave fewer than two-thirds of those present to concur."""
    return present - _two_thirds(present) + 1


@rule(
    kind="exit",
    provision="22 USC 1928f(c)(2)",
    in_force="2023-12-22",
    known_from="2023-12-22",
    citation=_NDAA_24,
)
def committee_notice(decided: date) -> date:
    """22 USC 1928f(c)(2): the committees are told 180 days or more before the act itself."""
    return decided + timedelta(days=180)


def _two_thirds(number: int) -> int:
    return -(-2 * number // 3)
