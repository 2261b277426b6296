"""NATO's rules, in the order of the treaty, then proposals in the order of their days."""

from collections.abc import Collection, Mapping, Sequence

from burdenshare.world.rules import Finding, rule

# --- Guarantee -----------------------------------------------------------------------------------

_TREATY = (
    "North Atlantic Treaty, Washington, 4 April 1949, Arts 5 and 6 (34 UNTS 243; 63 Stat. 2241)"
)
_TRUMP = "Donald Trump, 6 March 2025, as reported by AFP and Bloomberg"
_KELLOGG = "Keith Kellogg, as reported by Reuters, 13 February 2024"


@rule(
    kind="guarantee",
    provision="Arts 5 and 6",
    in_force="1949-08-24",
    known_from="1949-04-04",
    citation=_TREATY,
    confidence="seen",
)
def treaty(place: str) -> Finding:
    """Art. 5: an attack on one in Europe or North America is "an attack against them all".

    Each Party then takes "such action as it deems necessary, including the use of armed force":
    that an attack on a member counts is settled, what is done about it is not. Art. 6 gives the
    area: territory in Europe or North America, that of Türkiye, islands in the North Atlantic
    area north of the Tropic of Cancer, and forces, vessels or aircraft there. No word of either
    article asks what a member spends.
    """
    if place == "outside":
        reason = "Art. 6: an attack outside the area does not count as an attack on all"
        return Finding("treaty", "unprotected", reason, _TREATY)
    reason = "Art. 5: an armed attack on it counts as an attack on all, whatever it spends"
    question = 'what each ally then does is "such action as it deems necessary"'
    return Finding("treaty", "protected", reason, _TREATY, open=question)


@rule(
    kind="guarantee",
    provision="proposal: tiers of protection",
    in_force="2024-02-13",
    known_from="2024-02-13",
    citation=_KELLOGG,
    confidence="seen",
)
def tiers(
    share: float | None, forces: bool, threshold: float, without_forces: str, sanction: str
) -> Finding:
    """Full for a member that reaches 2 % of GDP; below it, less, or no Article 5.

    The report names two sanctions side by side: the loss of Article 5, or of training and shared
    equipment. Which one is the reading taken.
    """
    if not forces:
        return _without_forces("tiers", without_forces, _KELLOGG)
    if share is None:
        return Finding("tiers", None, "no figure", _KELLOGG, open="whether it reaches the share")
    if share >= threshold:
        return Finding("tiers", "full", _reached(share, threshold), _KELLOGG)
    if sanction == "article-5":
        reason = f"{_missed(share, threshold)}: no Article 5"
        return Finding("tiers", "none", reason, _KELLOGG)
    reason = f"{_missed(share, threshold)}: Article 5, but no training or shared equipment"
    return Finding("tiers", "reduced", reason, _KELLOGG)


@rule(
    kind="guarantee",
    provision="statement: no payment, no protection",
    in_force="2025-03-06",
    known_from="2025-03-06",
    citation=_TRUMP,
    confidence="seen",
)
def pay_or_no_protection(
    share: float | None,
    earlier: Sequence[float | None],
    forces: bool,
    threshold: float,
    grace_years: int,
    without_forces: str,
) -> Finding:
    """No defence for those that "don't pay".

    What paying means is not said: no threshold, no year, no grace and no word on a member without
    forces. Each of these is a parameter here.
    """
    if not forces:
        return _without_forces("pay_or_no_protection", without_forces, _TRUMP)
    if share is None:
        question = "whether it pays enough"
        return Finding("pay_or_no_protection", None, "no figure", _TRUMP, open=question)
    if share >= threshold:
        return Finding("pay_or_no_protection", "protected", _reached(share, threshold), _TRUMP)
    before = list(earlier)[:grace_years]
    missed = _missed(share, threshold)
    reached = any(each is not None and each >= threshold for each in before)
    if None in before and not reached:
        question = f"whether it was reached in the {grace_years} years before: a figure is missing"
        return Finding("pay_or_no_protection", None, missed, _TRUMP, open=question)
    if reached or len(before) < grace_years:
        reason = f"{missed}, within {grace_years} years of grace"
        return Finding("pay_or_no_protection", "protected", reason, _TRUMP)
    return Finding("pay_or_no_protection", "unprotected", missed, _TRUMP)


def _without_forces(name: str, taken: str, citation: str) -> Finding:
    """Return what was taken for granted for a member without armed forces."""
    if taken == "open":
        question = "what is asked of a member without armed forces"
        return Finding(name, None, "no armed forces", citation, "inference", question)
    return Finding(name, taken, f"no armed forces: taken as {taken}", citation, "inference")


def _reached(share: float, threshold: float) -> str:
    return f"{share:g} reaches {threshold:g}"


def _missed(share: float, threshold: float) -> str:
    return f"{share:g} is below {threshold:g}"


# --- Cost shares of common funding ---------------------------------------------------------------

_COST = (
    "NATO releases of 16 December 2020 and 14 December 2021: a negotiated formula based on gross "
    "national income, reviewed every two years; CRS RL30150: a new arrangement in 2005"
)


@rule(
    kind="contribution",
    provision="cost-sharing formula: gross national income, and agreed shares",
    in_force="2005-01-01",
    known_from="2005-12-31",
    citation=f"{_COST}; that the others divide the rest by income alone is an estimate",
    confidence="inference",
)
def common_funding_shares(
    income: Mapping[str, Mapping[int | str, float]],
    members: Collection[str],
    years: Sequence[int],
    agreed: Mapping[str, float],
) -> dict[str, float]:
    """Cost shares based on gross national income, where none is agreed.

    An estimate: the United States and Germany have their agreed shares (16.35 each from 2021), and
    the others divide the rest in proportion to their mean income. The formula itself is negotiated
    and not published. Rates in percent; a member without income in one of the years has none.
    """
    rows = {c: {int(y): own for y, own in row.items()} for c, row in income.items() if c in members}
    known = {c: [row[y] for y in years] for c, row in rows.items() if all(y in row for y in years)}
    means = {country: sum(own) / len(own) for country, own in known.items()}
    kept = {country: share for country, share in agreed.items() if country in means}
    others = {country: own for country, own in means.items() if country not in kept}
    if not others:
        total = sum(kept.values())
        return {country: 100 * share / total for country, share in kept.items()}
    rest, total = 100 - sum(kept.values()), sum(others.values())
    return kept | {country: rest * own / total for country, own in others.items()}
