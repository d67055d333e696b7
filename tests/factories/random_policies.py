"""Random schools and random policies over the closed kinds, for laws that hold whatever they are."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from spec.rules.small_tables import AS_AT, CATALOGUE, DATES
from steward.analysis.indicators.definition import PupilSpread
from steward.analysis.rules.attendance_spells import Spell
from steward.analysis.rules.proposals import Rulebook, open_rulebook
from steward.analysis.rules.ruleset import Ruleset
from steward.analysis.rules.school_evidence import (
    ALL_PHASES,
    AreaFigures,
    Fact,
    Figure,
    Inspection,
    SchoolEvidence,
)
from steward.vocabulary.areas import ENGLAND, Level
from steward.vocabulary.facts import FactKind
from steward.vocabulary.identifiers import Urn
from steward.vocabulary.phases import Governance, Phase
from steward.vocabulary.values import Known, Missing, Reason

_SPREAD = PupilSpread(year=2019, deviation=6.0, quantile=1.96, source="s")
OURS = replace(
    CATALOGUE,
    indicators={
        key: each.model_copy(update={"pupil_spreads": (_SPREAD,)}) if key in {"progress", "broken"} else each
        for key, each in CATALOGUE.indicators.items()
    },
)
MEASURES = ("expected", "progress", "absence", "broken")
YEARS = range(2015, 2020)
FRAMEWORKS = {
    "older": ("outstanding", "good", "satisfactory", "inadequate"),
    "newer": ("outstanding", "good", "requires_improvement", "inadequate"),
}
CATEGORIES = ("strong", "secure", "support", "concern")
FACTS = (FactKind.NEW_HEAD, FactKind.NO_HEAD_IN_POST, FactKind.EXPECTED_GOOD_OR_BETTER)

_numbers = st.sampled_from([-1.0, 0.0, 3.0, 4.999999, 5.0, 5.0000001, 6.0, 60.0, 64.95, 65.0, 70.0])
_cohorts = st.sampled_from([None, None, 5.0, 10.0, 11.0, 30.0, 90.0])
_values = st.one_of(
    st.builds(Known, _numbers, _cohorts),
    st.builds(Known, _numbers, _cohorts),
    st.builds(Missing, st.just(Reason.SUPPRESSED), cohort=_cohorts),
)
_places = st.tuples(st.sampled_from((*MEASURES, "roll")), st.sampled_from(YEARS))
_figures = st.dictionaries(_places, st.builds(Figure, _values), max_size=20)
_outcomes = st.sampled_from(
    [(key, each) for key, scale in FRAMEWORKS.items() for each in (*scale, None)]
    + [("unread", None), ("unheard_of", "good")]
)
_category = st.sampled_from([None, None, "special_measures", "serious_weaknesses"])


@st.composite
def _inspections(draw: Any) -> tuple[Inspection, ...]:
    days = sorted(draw(st.sets(st.integers(1, 4000), max_size=5)))
    kinds = [(*draw(_outcomes), draw(_category)) for _ in days]
    return tuple(
        Inspection(AS_AT - timedelta(days=day), framework, outcome, category)
        for day, (framework, outcome, category) in zip(days, kinds, strict=True)
    )


@st.composite
def _facts(draw: Any) -> tuple[Fact, ...]:
    kinds = draw(st.lists(st.sampled_from((*FACTS, FactKind.ATTENDANCE_ACTION)), max_size=3))
    return tuple(
        Fact(each, AS_AT - timedelta(days=draw(st.integers(0, 200))), draw(st.sampled_from([None, AS_AT])))
        for each in kinds
    )


@st.composite
def _spells(draw: Any) -> tuple[Spell, ...]:
    rates = draw(st.lists(st.sampled_from([3.0, 4.0, 4.4, 5.5, 9.0]), max_size=18))
    beside = draw(st.sampled_from([None, 4.0]))
    last = AS_AT - timedelta(days=draw(st.sampled_from([10, 90])))
    firsts = [last - timedelta(days=7 * back) for back in reversed(range(len(rates)))]
    return tuple(
        Spell(first, first + timedelta(days=4), 1000.0, 10 * rate, beside)
        for first, rate in zip(firsts, rates, strict=True)
    )


@st.composite
def authorities(draw: Any) -> list[SchoolEvidence]:
    """Return schools that share years published and figures of areas, as those of one authority do."""
    count = draw(st.integers(1, 4))
    figures = [draw(_figures) for _ in range(count)]
    years = {
        name: tuple(sorted({year for each in figures for key, year in each if key == name}, reverse=True))
        for name in (*MEASURES, "roll")
    }
    places = [
        (level, area, phase, name, year)
        for level, area in ((Level.ENGLAND, ENGLAND), (Level.AUTHORITY, "999"))
        for phase in (Phase.PRIMARY, ALL_PHASES)
        for name in MEASURES
        for year in YEARS
    ]
    beside = draw(st.dictionaries(st.sampled_from(places), st.builds(Figure, _values), max_size=20))
    areas = AreaFigures({key: each for key, each in beside.items() if isinstance(each.value, Known)})
    return [
        SchoolEvidence(
            urn=Urn(100001 + place),
            as_at=AS_AT,
            phase=draw(st.sampled_from([Phase.PRIMARY, Phase.SECONDARY, Phase.SPECIAL, Phase.UNKNOWN])),
            governance=draw(st.sampled_from([Governance.MAINTAINED, Governance.ACADEMY, Governance.OTHER])),
            authority="999",
            age_low=draw(st.sampled_from([None, 3, 11])),
            age_high=draw(st.sampled_from([None, 11, 16])),
            figures=each,
            years=years,
            areas=areas,
            inspections=draw(_inspections()),
            facts=draw(_facts()),
            attendance=draw(_spells()),
        )
        for place, each in enumerate(figures)
    ]


_least = st.sampled_from([None, None, 0, 5, 20])
_than = st.one_of(
    _numbers,
    st.builds(
        lambda area, margin: {"area": area, "margin": margin},
        st.sampled_from(["england", "authority"]),
        st.sampled_from([0.0, 1.0, 5.0]),
    ),
)


def _kind(name: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(name), **fields})


_measure = st.sampled_from(MEASURES)
_single = _kind("below", indicator=_measure, than=_than, minimum_cohort=_least) | _kind(
    "above", indicator=_measure, than=_than, minimum_cohort=_least
)
_spread = st.sampled_from(["progress", "broken"])
LEAVES = st.one_of(
    _single,
    _kind("below", indicator=_measure, than=_than, years=st.integers(2, 3)),
    _kind("falling", indicator=_measure, by=st.sampled_from([1.0, 5.0]), over_years=st.integers(2, 4)),
    _kind("rising", indicator=_measure, by=st.sampled_from([1.0, 5.0]), over_years=st.integers(2, 4)),
    _kind(
        "substantial_decline",
        indicator=_spread,
        school_spread=st.sampled_from([0.5, 2.1]),
        years_before=st.integers(1, 3),
    ),
    _kind(
        "inspection_outcome_in",
        outcomes=st.dictionaries(
            st.sampled_from(list(FRAMEWORKS)), st.just(["good", "outstanding"]), min_size=1
        ),
    ),
    _kind("inspection_category_in", categories=st.just(["special_measures"])),
    _kind("inspection_older_than", months=st.sampled_from([12, 60])),
    _kind("consecutive_outcomes_below_good", number=st.integers(2, 4)),
    _kind("attendance_drifting", h=st.sampled_from([2.0, 4.0])),
    _kind(
        "fact_in_force",
        fact=st.sampled_from([each.value for each in FACTS]),
        if_not_recorded=st.sampled_from(["not_met", "unknown"]),
    ),
    _kind("governance_in", governance=st.just(["maintained"])),
)
"""One condition of each kind that reads evidence."""


def _group(inside: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inside, min_size=1, max_size=3)
    return _kind("all_of", of=several) | _kind("any_of", of=several) | _kind("not_of", of=inside)


_one_year = st.tuples(_single, _single, st.sampled_from(["all_of", "any_of"])).map(
    lambda found: {
        "kind": found[2],
        "same_year": True,
        "of": [found[0] | {"indicator": "expected"}, found[1] | {"indicator": "progress"}],
    }
)
CONDITIONS = st.recursive(LEAVES | _one_year, _group, max_leaves=4)
_counting = _kind("signals_at_least", number=st.integers(1, 2), signals=st.just(["S1", "S2"]))
_asked_of = st.fixed_dictionaries(
    {},
    optional={
        "phases": st.just(["primary"]),
        "governance": st.just(["maintained"]),
        "oldest_pupils_at_least": st.just(16),
        "youngest_pupils_at_most": st.just(10),
        "since": st.just(date(2020, 1, 1)),
        "until": st.just(date(2019, 12, 31)),
    },
)


@st.composite
def policies(draw: Any) -> Rulebook:
    """Return a policy of random rules that keeps every promise a ruleset must keep."""

    def item(name: str, when: Any, **more: Any) -> dict[str, Any]:
        return {
            "id": name,
            "title": name,
            "source": "test",
            "when": when,
            "asked_of": draw(_asked_of),
            **more,
        }

    gives = draw(st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=4))
    rules = [
        item(f"R{place}", draw(CONDITIONS | _counting), gives=key)
        for place, key in enumerate([*gives, "strong"])
    ]
    raises = draw(st.lists(st.tuples(st.integers(1, 2), st.sampled_from(CATEGORIES)), max_size=2))
    content = {
        **DATES,
        "id": "random",
        "title": "A random policy",
        "version": "1",
        "effective_from": date(2019, 9, 1),
        "agreed_by": "Nobody",
        "source": "test",
        "about": "Random.",
        "phases": ["primary", "secondary"],
        "governance": ["maintained", "academy"],
        "newest_years": draw(st.integers(1, 3)),
        "decides": draw(st.sampled_from(["most_concern", "first_match"])),
        "categories": [{"key": key, "label": key.capitalize(), "meaning": key} for key in CATEGORIES],
        "default": draw(st.sampled_from([None, "secure", "concern"])),
        "councils_view": {"prefix": "Council's view:", "note": "None."},
        "signals": [item(name, draw(CONDITIONS)) for name in ("S1", "S2")],
        "rules": draw(st.permutations(rules)),
        "adjusters": [
            item(f"A{place}", draw(CONDITIONS), raises=by, at_most=most)
            for place, (by, most) in enumerate(raises)
        ],
    }
    return open_rulebook(Ruleset.model_validate(content), catalogue=OURS)
