"""From readings to a verdict: supported, contradicted, superseded, depends or unchecked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from burdenshare.checking import (
    arithmetic,
    by_topic,
    cards_ask,
    changes,
    common_budgets,
    counts,
    departures,
    donors,
    dues,
    economy,
    europe,
    europe_budgets,
    europe_states,
    europe_terms,
    figures,
    groups,
    heads,
    joining,
    membership,
    named_asks,
    pacts,
    payer_ranks,
    promises,
    ranks,
    ratios,
    rollcalls,
    scales,
    statutes,
    treaties,
    troops,
)
from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.results import CheckedClaim, Evidence, VerdictWord
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day
from burdenshare.world.load import World

ASKS: dict[str, Callable[[World, Candidate, Day], list[Reading]]] = {
    "share": figures.share,
    "compare": figures.compare,
    "value": figures.amount,
    "count": counts.count,
    "spender-rank": ranks.rank,
    "spending-compared": ranks.above,
    "spending-times": ratios.many_times,
    "spending-change": changes.change,
    "spending-part": groups.part,
    "spending-together": groups.together,
    "spending-average": groups.average,
    "spending-per-head": heads.per_head,
    "spending-use": heads.use,
    "spending-troops": heads.troops,
    "spending-gap": heads.gap,
    "economy": economy.economy,
    "arithmetic-ratio": arithmetic.ratio,
    "arithmetic-total": arithmetic.total,
    "members": membership.members,
    "accession": membership.accession,
    "treaty": membership.treaty,
    "anniversary": membership.anniversary,
    "age": membership.age,
    "pledge-part": promises.part,
    "late": promises.late,
    "conversion": promises.conversion,
    "cost-share": scales.payer,
    "top-payers": payer_ranks.top,
    "payer-rank": payer_ranks.rank,
    "scale-limit": scales.limit,
    "donation": donors.donation,
    "donor-change": donors.change,
    "plan": donors.plan,
    "income": donors.income,
    "budget": common_budgets.budget,
    "budget-change": common_budgets.change,
    "assessed-amount": dues.assessed_amount,
    "owed": dues.owed,
    "paid": dues.paid,
    "equal": common_budgets.equal,
    "us-forces": troops.stationed,
    "gate": statutes.gate,
    "gate-words": statutes.by_words,
    "enacted": statutes.enacted,
    "order": statutes.order,
    "ordered": statutes.ordered,
    "sponsored": statutes.sponsored,
    "exit": departures.left,
    "return": departures.returned,
    "tally": rollcalls.tally,
    "party": rollcalls.party,
    "member-vote": rollcalls.member,
    "nth-year": membership.nth_year,
    "provision": treaties.provision,
    "lost-vote": treaties.lost_vote,
    "notice": treaties.notice,
    "exit-clause": treaties.exit_clause,
    "invoked": treaties.invoked,
    "in-force": treaties.in_force,
    "belongs": joining.belongs,
    "one-only": joining.one_only,
    "newest": joining.newest,
    "place": joining.place,
    "founder": joining.founder,
    "founders": joining.founders,
    "joiners": joining.joiners,
    "both": joining.both,
    "members-after": joining.after,
    "summit": pacts.summit,
    "pledged": pacts.agreed,
    "due": pacts.due,
    "exempt": pacts.exempt,
    "review": pacts.review,
    "topic": by_topic.topic,
    "given": by_topic.given,
    "received": by_topic.received,
    "owed-by": by_topic.owed_by,
    "peacekeeping-rate": by_topic.peacekeeping_rate,
    "topic-place": by_topic.place,
    "count-again": by_topic.again,
    "eu-plan": europe.plan,
    "eu-term": europe_terms.term,
    "eu-limit": europe_terms.limit,
    "eu-balance": europe_budgets.balance,
    "eu-debt": europe_budgets.debt,
    "eu-loan": europe_states.loan,
    "eu-borrowers": europe_states.borrowers,
    "eu-clause-count": europe_states.clause_count,
    "eu-clause-active": europe_states.active,
    "eu-clause-asked": europe_states.asked,
    "card": cards_ask.card,
    "votes": named_asks.voted,
    "vote-day": rollcalls.vote_day,
    "bill-names": named_asks.on_bill,
    "listed": named_asks.listed,
    "scale-place": named_asks.scale_place,
    "clause-states": named_asks.clause_states,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One reading with its answers on the article's day and now."""

    reading: Reading
    then: Answer
    agrees: bool | None
    now: Answer | None
    still: bool | None


def check_claim(
    world: World, claim: Candidate, text: str, day: Day | None, *, charts: bool = True
) -> CheckedClaim | None:
    """Return a claim with its verdict, or None where no question can be made of it.

    With `charts` it carries the figure through all releases. Without the article's day the claim is
    held against what is known now, and never called wrong.
    """
    on = day or world.latest
    readings = ASKS[claim.pattern.ask](world, claim, on)
    if not readings:
        other = claim.other
        return check_claim(world, other, text, day, charts=charts) if other else None
    outcomes: list[Outcome] = []
    reasons: list[str] = []
    for reading in sorted(readings, key=lambda each: not each.main):
        if not reading.main and outcomes and all(each.agrees for each in outcomes):
            break
        then = reading.ask(on)
        if isinstance(then, Missing):
            reasons.append(then.reason)
        else:
            outcomes.append(_outcome(world, reading, then))
    verdict, why, chosen = _decide(outcomes, reasons, claim, on, dated=day is not None)
    reading = chosen.reading if chosen else readings[0]
    drawn = charts and chosen and reading.history
    history, title, unit = reading.history() if drawn and reading.history else ((), "", "")
    return CheckedClaim(
        start=claim.start,
        end=claim.end,
        id="",
        text=text[claim.start : claim.end],
        kind=claim.pattern.kind,
        query=reading.query,
        stated=_stated(claim.stated),
        verdict=verdict,
        why=why,
        then=_evidence(chosen.then) if chosen else None,
        now=_evidence(chosen.now) if chosen and chosen.now else None,
        history=history,
        history_title=title,
        history_unit=unit,
    )


def _outcome(world: World, reading: Reading, then: Answer) -> Outcome:
    now = reading.ask(world.latest)
    known = None if isinstance(now, Missing) else now
    still = None if known is None else reading.agrees(known)
    return Outcome(reading, then, reading.agrees(then), known, still)


def _decide(
    outcomes: Sequence[Outcome],
    reasons: Sequence[str],
    claim: Candidate,
    on: Day,
    *,
    dated: bool,
) -> tuple[VerdictWord, str, Outcome | None]:
    """Return the verdict, its reason, and the outcome that is shown."""
    main = [each for each in outcomes if each.reading.main]
    if not main:
        return "unchecked", _sentence(reasons[0] if reasons else "nothing answers it"), None
    first = main[0]
    if all(each.agrees for each in main):
        return _held(first)
    other = next((each for each in outcomes if each.agrees), None)
    if other is not None:
        sides = [first, other] if len(main) == 1 else main
        return "depends", _side_by_side(sides), first
    before = _earlier(first, on)
    if before:
        return "depends", _sentence(f"{first.then.says}; before it, {before}"), first
    doubt = _doubt(outcomes, claim, dated=dated)
    if doubt:
        return "unchecked", _sentence(doubt), first
    return "contradicted", _sentence(first.then.says), first


def _earlier(first: Outcome, on: Day) -> str:
    """Return which earlier release would support a claim that the newest does not."""
    if first.agrees is not False or first.reading.earlier is None:
        return ""
    return first.reading.earlier(on)


def _doubt(outcomes: Sequence[Outcome], claim: Candidate, *, dated: bool) -> str:
    """Return why a claim that nothing supports must not be called wrong, or an empty text."""
    then = next(each.then for each in outcomes if each.reading.main)
    if any(each.agrees is None for each in outcomes):
        return f"too close to call: {then.says}"
    if then.newer:
        return f"{then.says}, but {then.newer[-1]} is not held here"
    if claim.pattern.weak or not all(each.reading.sure(each.then) for each in outcomes):
        return f"it may be meant otherwise: {then.says}"
    if not dated:
        return f"the article's day is unknown, so that it is not called wrong: {then.says}"
    return ""


def _held(first: Outcome) -> tuple[VerdictWord, str, Outcome]:
    if first.reading.caveat:
        return "depends", _sentence(f"{first.then.says}; {first.reading.caveat}"), first
    if first.still is False and first.now is not None:
        return "superseded", _sentence(f"{first.then.says}; now {first.now.says}"), first
    why = first.then.says
    if first.then.newer:
        why += f"; {first.then.newer[-1]} is not held here"
    return "supported", _sentence(why), first


def _side_by_side(outcomes: Sequence[Outcome]) -> str:
    parts = [f"{'agrees' if e.agrees else 'does not agree'}: {e.then.says}" for e in outcomes]
    return _sentence("; ".join(dict.fromkeys(parts)))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _evidence(answer: Answer) -> Evidence:
    return Evidence(answer.value, answer.unit, answer.published, answer.source, answer.url)


def _stated(item: Quantity | DateMention | Name) -> dict[str, object]:
    if isinstance(item, DateMention):
        same = item.first == item.last
        value = item.first.isoformat() if same else f"{item.first}..{item.last}"
        return {"comparator": "=", "value": value, "unit": "date"}
    if isinstance(item, Name):
        return {"comparator": "=", "value": item.id, "unit": item.kind}
    stated: dict[str, object] = {
        "comparator": item.comparator,
        "value": float(item.value),
        "unit": item.unit,
    }
    if item.upper is not None:
        stated["upper"] = float(item.upper)
    return stated
