"""From a scenario and what was known on a day to a plan: the changes applied to the baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from burdenshare.errors import UserError
from burdenshare.whatif.asking import Thresholds, amounts, changed, pulled, thresholds
from burdenshare.whatif.baseline import Baseline, Wanted, pays_in_euros, read_baseline
from burdenshare.whatif.changes import Assumption, Condition, Join, Spend
from burdenshare.whatif.goals import Goal, pledging, read_goals
from burdenshare.whatif.growth_errors import GrowthErrors, Library, fit_growth_errors
from burdenshare.whatif.leaving import Move, belonging, effects_of, inside, moves, named
from burdenshare.whatif.outlook import read_outlook
from burdenshare.whatif.plan import Plan
from burdenshare.whatif.protection import guaranteed, readings
from burdenshare.whatif.scenarios import BASELINE, Scenario
from burdenshare.whatif.share_errors import ShareErrors, fit_share_errors
from burdenshare.whatif.spending import bounds
from burdenshare.whatif.stated import TESTED, assumptions, notes
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.readings import label
from burdenshare.world.studies import find_study


@dataclass(frozen=True, slots=True)
class Terms:
    """What a scenario names without saying: pledges, days of leaving, thresholds of readings.

    `decimals` are those to which shares are rounded before they are held against a threshold,
    None for no rounding; `effects` are days of leaving by change and country; `readings` are
    thresholds in % of GDP by name, such as nato.pay-or-no-protection.
    """

    goals: tuple[Goal, ...] = ()
    decimals: int | None = None
    effects: Mapping[tuple[str, str], Day] = field(default_factory=dict)
    readings: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with where it comes from, and what a reader must know of it."""

    scenario: Scenario
    plan: Plan
    baseline: Baseline
    share_errors: ShareErrors
    thresholds: Thresholds
    moves: tuple[Move, ...]
    assumptions: tuple[Assumption, ...]
    notes: tuple[str, ...]


def make_plan(world: World, scenario: Scenario, day: Day | None = None) -> Planned:
    """Return the plan of one scenario, as known on a day (its own as-of day without).

    Raises UserError for an organisation that pledges no share of GDP, and for changes that cannot
    be.

    >>> from burdenshare.whatif.scenarios import read_scenario
    >>> planned = make_plan(World(), read_scenario(None, "us-leaves-nato"))
    >>> planned.plan.needs
    ('keep', 'bruegel-kiel-2025', 'iiss-2025')
    """
    return make_plans(world, [scenario], day)[0]


def make_plans(
    world: World, scenarios: Sequence[Scenario], day: Day | None = None
) -> list[Planned]:
    """Return plans of the same countries and years, so that they share all random numbers.

    All are as known on one day: the one given, or the as-of day of the first. Each is taken to be
    sound, as `check_scenario` finds it.
    """
    day = day or scenarios[0].day(world)
    names = list(dict.fromkeys(name for each in scenarios for name in each.organisations))
    organisations = pledging(world, names)
    if not organisations:
        raise UserError(
            f"{', '.join(names)}: no pledge to spend a share of GDP is held, so that there is "
            "nothing to forecast: name an organisation such as nato"
        )
    outlook = read_outlook(world, day)
    wanted = Wanted(
        organisations,
        first=min(each.first for each in scenarios),
        last=max(each.last for each in scenarios),
        joiners=frozenset(
            code
            for each in scenarios
            for change in each.active()
            if isinstance(change, Join) and change.organisation in organisations
            for code in change.who
        ),
        others=tuple(name for name in names if name not in organisations),
    )
    baseline = read_baseline(world, outlook, wanted, day)
    share_errors = fit_share_errors(world, organisations, day)
    growth_errors = fit_growth_errors(outlook, pays_in_euros(world, day))
    paths = growth_errors.paths(baseline.countries, baseline.years, baseline.euro)
    found = []
    for each in scenarios:
        terms = read_terms(world, each, organisations, day)
        plan = plan_from(each, baseline, share_errors, growth_errors, terms, paths)
        when = moves(each, baseline, terms.effects)
        found.append(
            Planned(
                scenario=each,
                plan=plan,
                baseline=baseline,
                share_errors=share_errors,
                thresholds=thresholds_of(each, terms),
                moves=when,
                assumptions=assumptions(each, baseline, share_errors.weight, when),
                notes=notes(each, baseline, growth_errors),
            )
        )
    return found


def baseline_scenario(scenario: Scenario) -> Scenario:
    """Return a scenario without its changes: what is compared with it.

    >>> from burdenshare.whatif.scenarios import read_scenario
    >>> same = baseline_scenario(read_scenario(None, "us-leaves-nato"))
    >>> same.id, same.changes, same.years
    ('nothing-changes', (), '2026..2035')
    """
    nothing = {
        "id": BASELINE,
        "title": "Nothing changes",
        "changes": (),
        "switches": {},
        "assumptions": (),
        "propositions": (),
        "studies": (),
    }
    return scenario.model_copy(update=nothing)


def plan_from(
    scenario: Scenario,
    baseline: Baseline,
    share_errors: ShareErrors,
    growth_errors: GrowthErrors,
    terms: Terms,
    paths: Library | None = None,
) -> Plan:
    """Apply a scenario's changes to a baseline; the world is not asked.

    `paths` are those of the errors of growth, where they are made already.

    Raises UserError for a leaver that is no member and for changes that contradict each other.
    """
    when = moves(scenario, baseline, terms.effects)
    groups, within = inside(when, baseline)
    active = scenario.active()
    goals, weight = changed(terms.goals, share_errors.weight, active)
    pull, target = pulled(goals, weight, baseline, belonging(when, baseline), within[0])
    floor = bounds(
        [
            (change, named(change, scenario.organisations[0], baseline))
            for change in active
            if isinstance(change, Spend)
        ],
        baseline,
    )
    asked = thresholds_of(scenario, terms)
    known = [
        study for name in scenario.studies if (study := find_study(name)).published <= baseline.day
    ]
    needs, amount = amounts(baseline, when, known)
    money = baseline.money
    if paths is None:
        paths = growth_errors.paths(baseline.countries, baseline.years, baseline.euro)
    return Plan(
        countries=baseline.countries,
        years=baseline.years,
        base=baseline.base,
        share=baseline.share,
        revision=share_errors.revision,
        pull=pull,
        target=target,
        residual=share_errors.residual,
        starts=share_errors.starts,
        chances=share_errors.chances,
        smooth_share=share_errors.smooth,
        growth=money.growth,
        real=money.real,
        growth_error=paths.growth,
        smooth_growth=paths.smooth,
        usd=money.usd,
        eur=money.eur,
        ncu=money.ncu,
        usd_error=paths.usd,
        eur_error=paths.eur,
        ncu_error=paths.ncu,
        lower=floor.lower,
        upper=floor.upper,
        groups=groups,
        inside=within,
        thresholds=asked.names,
        threshold=asked.table(baseline.share.shape),
        needs=needs,
        amount=amount,
        reach=scenario.targets,
        price_year=baseline.price_year,
        trend=share_errors.trend([year <= baseline.price_year + TESTED for year in baseline.years]),
        extra=floor.extra,
    )


def thresholds_of(scenario: Scenario, terms: Terms) -> Thresholds:
    """Return the thresholds of a plan: pledges as changed, readings, and targets, by name."""
    goals, _ = changed(terms.goals, 0.0, scenario.active())
    named_values = [(goal.id, goal.value) for goal in goals]
    named_values += terms.readings
    named_values += [(f"target.{value:g}", value) for value in scenario.targets]
    return thresholds(named_values, terms.decimals)


def read_terms(world: World, scenario: Scenario, organisations: Sequence[str], day: Day) -> Terms:
    """Return what the world says of a scenario's names on a day."""
    found = []
    for name in organisations:
        if not guaranteed(world, name):
            continue
        conditions = {
            change.reading: change.threshold
            for change in scenario.active()
            if isinstance(change, Condition) and change.organisation == name
        }
        found += [
            (f"{name}.{label(each.rule.id)}", each.threshold)
            for each in readings(world, name, day, conditions)
            if each.threshold is not None
        ]
    rounding = world.organisations[organisations[0]].parameter("count-decimals", day, day)
    return Terms(
        goals=read_goals(world, organisations, day),
        decimals=int(rounding.value) if rounding and not isinstance(rounding.value, Day) else None,
        effects=effects_of(world, scenario, day),
        readings=tuple(found),
    )
