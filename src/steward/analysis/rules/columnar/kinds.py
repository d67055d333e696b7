"""Each kind of condition over all schools at once. An answer is a number: see `MET`, `UNKNOWN`, `NOT_MET`.

With not met below unknown below met, "and" is the least, "or" the greatest, and "not" counts from the other
end: Kleene's strong logic. Each function stands for the method `answer` of its condition.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from steward.analysis.comparison.decline import LEAST, SURE
from steward.analysis.rules.answers import Answer
from steward.analysis.rules.catalogue import Catalogue, Enquiry
from steward.analysis.rules.circumstances import FactInForce, GovernanceIn
from steward.analysis.rules.columnar.columns import NOTHING, Columns, Flags, Numbers, Years, rounded
from steward.analysis.rules.conditions import AllOf, AnyOf, Condition, NotOf, SignalsAtLeast, every_condition
from steward.analysis.rules.declines import SubstantialDecline, pupil_spread
from steward.analysis.rules.drifting import AttendanceDrifting, Tested
from steward.analysis.rules.inspections import (
    ConsecutiveOutcomesBelowGood,
    InspectionCategoryIn,
    InspectionOlderThan,
    InspectionOutcomeIn,
    is_below_good,
    months_after,
)
from steward.analysis.rules.measures import Above, Below, Falling, Measured, Rising, break_between
from steward.analysis.rules.school_evidence import Inspection
from steward.vocabulary.academic_year import AcademicYear

Answers = NDArray[np.int8]
NOT_MET, UNKNOWN, MET = np.int8(0), np.int8(1), np.int8(2)
NOT_ASKED = np.int8(-1)
WORDS = {0: Answer.NOT_MET, 1: Answer.UNKNOWN, 2: Answer.MET}
"""What each number stands for; a school not asked has no answer."""
_CODES = {answer: np.int8(code) for code, answer in WORDS.items()}


@dataclass(frozen=True, slots=True)
class Asking:
    """What a condition needs to know beside itself."""

    columns: Columns
    catalogue: Catalogue
    newest_years: int
    signals: Mapping[str, Answers] = field(default_factory=dict)
    """Signals already answered, NOT_ASKED where a school is not asked."""
    years: Years | None = None
    """The one year of each school named by a condition around; 0 where it names none."""

    @property
    def oldest_year(self) -> int:
        """The first academic year whose figures still count on the date."""
        return AcademicYear.containing(self.columns.as_at).ends - self.newest_years


def answers_to(condition: Condition, *, asking: Asking) -> Answers:
    """Return the answer of every school to a condition of any kind."""
    return _KINDS[type(condition)](condition, asking)


@dataclass(frozen=True, slots=True)
class _Read:
    """The figures of a year: which can be used, their values and pupils."""

    usable: Flags
    values: Numbers
    pupils: Numbers


def _answered(met: Flags, *, known: Flags) -> Answers:
    return np.where(known, np.where(met, MET, NOT_MET), UNKNOWN)


def _newest(condition: Measured, asking: Asking) -> tuple[Years, Flags]:
    """Return the year to read of each school, and whether it is published and not too old."""
    columns = asking.columns
    own = columns.newest(condition.indicator)
    if asking.years is None:
        return own, own >= asking.oldest_year
    newest = np.where(asking.years > 0, asking.years, own)
    published = columns.is_published(condition.indicator, years=newest)
    return newest, published & (newest >= asking.oldest_year)


def _read(condition: Measured, asking: Asking, *, years: Years) -> _Read:
    measure = asking.catalogue.indicators[condition.indicator]
    least = measure.minimum_cohort if condition.minimum_cohort is None else condition.minimum_cohort
    values = asking.columns.values(condition.indicator, years=years)
    sizes = asking.columns.sizes(measure, years=years, least=least)
    return _Read(~np.isnan(values) & sizes.enough, values, sizes.pupils)


def _broken(condition: Measured, asking: Asking, *, newest: Years, back: int) -> Flags:
    """Return whether the series breaks after so many years before the newest."""
    measure = asking.catalogue.indicators[condition.indicator]
    named = {
        int(year): bool(break_between(measure, first=int(year) - back, last=int(year)))
        for year in np.unique(newest)
    }
    broken = asking.columns.nobody()
    for year, breaks in named.items():
        broken |= (newest == year) & breaks
    return broken


def _threshold(condition: Below | Above, asking: Asking) -> Answers:
    newest, readable = _newest(condition, asking)
    each = [
        _one_year(condition, asking, years=np.where(readable, newest - back, 0))
        for back in range(condition.years)
    ]
    found = reduce(np.minimum, each)
    if condition.years > 1:
        broken = _broken(condition, asking, newest=newest, back=condition.years - 1)
        found = np.where((found == MET) & broken, UNKNOWN, found)
    return np.where(readable, found, UNKNOWN)


def _one_year(condition: Below | Above, asking: Asking, *, years: Years) -> Answers:
    read = _read(condition, asking, years=years)
    numbers = asking.columns.rounded(condition.indicator, years=years)
    below = isinstance(condition, Below)
    if isinstance(condition.than, float):
        bounds = np.full(len(asking.columns), round(condition.than, 6))
    else:
        margin = -condition.than.margin if below else condition.than.margin
        bounds = asking.columns.limits(
            condition.indicator, area=condition.than.area, years=years, margin=margin
        )
    with np.errstate(invalid="ignore"):
        met = numbers < bounds if below else numbers > bounds
    return _answered(met, known=read.usable & ~np.isnan(bounds))


def _change(condition: Falling | Rising, asking: Asking) -> Answers:
    newest, readable = _newest(condition, asking)
    over = condition.over_years
    each = [_read(condition, asking, years=np.where(readable, newest - back, 0)) for back in range(over)]
    known = reduce(np.logical_and, (read.usable for read in each)) & readable
    known &= ~_broken(condition, asking, newest=newest, back=over - 1)
    change = rounded(np.where(known, each[0].values - each[-1].values, 0.0))
    met = (-change if isinstance(condition, Falling) else change) >= condition.by
    return _answered(met, known=known)


def _decline(condition: SubstantialDecline, asking: Asking) -> Answers:
    newest, readable = _newest(condition, asking)
    now = _read(condition, asking, years=np.where(readable, newest, 0))
    known = readable & now.usable & (now.pupils > 0)
    known &= ~_broken(condition, asking, newest=newest, back=1)
    pupils, total = np.zeros(len(newest)), np.zeros(len(newest))
    for back in range(1, condition.years_before + 1):
        read = _read(condition, asking, years=np.where(readable, newest - back, 0))
        used = read.usable & (read.pupils > 0) & ~_broken(condition, asking, newest=newest, back=back)
        pupils += np.where(used, read.pupils, 0.0)
        total += np.where(used, read.values * read.pupils, 0.0)
    known &= pupils > 0
    spread = _spreads(condition, asking, newest=np.where(known, newest, 0))
    sure = _sure_of_a_fall(condition, now=now, before=(total, pupils), spread=spread, known=known)
    return _answered(sure, known=known)


def _spreads(condition: SubstantialDecline, asking: Asking, *, newest: Years) -> Numbers:
    measure = asking.catalogue.indicators[condition.indicator]
    found = np.ones(len(newest))
    for year in np.unique(newest[newest > 0]):
        found[newest == year] = pupil_spread(measure, period=int(year))
    return found


def _sure_of_a_fall(
    condition: SubstantialDecline,
    *,
    now: _Read,
    before: tuple[Numbers, Numbers],
    spread: Numbers,
    known: Flags,
) -> Flags:
    """Return whether a substantial fall is almost sure; `comparison.decline` has the same for one school."""
    total, pupils = (np.where(known, each, 1.0) for each in before)
    value, cohort = np.where(known, now.values, 0.0), np.where(known, now.pupils, 1.0)
    between, within = condition.school_spread**2, spread**2
    own_share = between / (between + within / pupils)
    believed = condition.middle + own_share * (total / pupils - condition.middle)
    deviation = np.sqrt(within / cohort + between * (1 - own_share))
    fall = (-LEAST * condition.school_spread - (value - believed)) / deviation
    likely = [0.5 * (1 + math.erf(one / math.sqrt(2))) for one in fall.tolist()]
    return np.array(likely, dtype=np.float64) > SURE


def _of_latest(asking: Asking, *, answer_of: Callable[[Inspection], Answer]) -> Answers:
    """Return the answer that depends only on framework, outcome and category of the latest inspection."""
    kinds = [_CODES[answer_of(one)] for one in asking.columns.kinds_of_inspection]
    return np.array([*kinds, UNKNOWN], dtype=np.int8)[asking.columns.inspected[:, 0]]


def _latest_says(condition: InspectionOutcomeIn | InspectionCategoryIn, asking: Asking) -> Answers:
    def answer_of(one: Inspection) -> Answer:
        sample = replace(asking.columns.schools[0], inspections=(one,))
        return condition.answer(Enquiry(sample, asking.catalogue, asking.newest_years)).answer

    return _of_latest(asking, answer_of=answer_of)


def _older(condition: InspectionOlderThan, asking: Asking) -> Answers:
    columns = asking.columns
    known = _of_latest(asking, answer_of=lambda one: _read_at_all(one, asking=asking)) == MET
    days, places = np.unique(np.where(known, columns.inspected_on, 1.0), return_inverse=True)
    from_ordinal = type(columns.as_at).fromordinal
    late = [columns.as_at > months_after(from_ordinal(int(day)), months=condition.months) for day in days]
    return _answered(np.array(late, dtype=np.bool_)[places], known=known)


def _read_at_all(one: Inspection, *, asking: Asking) -> Answer:
    return Answer.MET if one.framework in asking.catalogue.frameworks else Answer.UNKNOWN


def _consecutive(condition: ConsecutiveOutcomesBelowGood, asking: Asking) -> Answers:
    columns, frameworks = asking.columns, asking.catalogue.frameworks
    kinds = [
        _CODES[is_below_good(one, framework=frameworks.get(one.framework))]
        for one in columns.kinds_of_inspection
    ]
    codes = np.array([*kinds, MET], dtype=np.int8)  # an inspection that is not there decides nothing
    newest = columns.inspected[:, : condition.number]
    found = codes[newest].min(axis=1)
    short = (newest == NOTHING).any(axis=1)
    found = np.where((found == MET) & short, UNKNOWN, found)
    known = _of_latest(asking, answer_of=lambda one: _read_at_all(one, asking=asking)) == MET
    return np.where(known, found, UNKNOWN)


def _drifting(condition: AttendanceDrifting, asking: Asking) -> Answers:
    """Answer from scores kept for each school, so that a changed k or h reads nothing again."""
    rows, scores, resets = asking.columns.kept(
        ("attendance", condition.by, condition.first), work=lambda: _scores(condition, asking)
    )
    found = np.full(len(asking.columns), UNKNOWN)
    if not len(rows):
        return found
    level = np.zeros(len(rows))
    for place in range(scores.shape[1]):
        moved = np.maximum(0.0, np.where(resets[:, place], 0.0, level) + scores[:, place] - condition.k)
        level = np.where(np.isnan(scores[:, place]), level, moved)
    found[rows] = np.where(level > condition.h, MET, NOT_MET)
    return found


def _scores(condition: AttendanceDrifting, asking: Asking) -> tuple[NDArray[np.int64], Numbers, Flags]:
    """Return the places of the schools that can be told, their scores, and where a sum begins anew."""
    tested: dict[int, Tested] = {}
    for row, school in enumerate(asking.columns.schools):
        if school.attendance:
            found = condition.tested(Enquiry(school, asking.catalogue, asking.newest_years))
            if isinstance(found, Tested):
                tested[row] = found
    longest = max((len(one.scores) for one in tested.values()), default=0)
    scores = np.full((len(tested), longest), np.nan)
    resets = np.zeros((len(tested), longest), dtype=np.bool_)
    for row, one in enumerate(tested.values()):
        scores[row, : len(one.scores)] = one.scores
        resets[row, sorted(one.resets)] = True
    return np.array(list(tested), dtype=np.int64), scores, resets


def _fact(condition: FactInForce, asking: Asking) -> Answers:
    otherwise = _CODES[Answer(condition.if_not_recorded)]
    return np.where(asking.columns.in_force(condition.fact), MET, otherwise)


def _governance(condition: GovernanceIn, asking: Asking) -> Answers:
    return np.where(asking.columns.run_as(condition.governance), MET, NOT_MET)


def _signals(condition: SignalsAtLeast, asking: Asking) -> Answers:
    told = [asking.signals[name] for name in condition.signals if name in asking.signals]
    count = len(asking.columns)
    met = sum(((each == MET).astype(np.int64) for each in told), np.zeros(count, dtype=np.int64))
    open_ = sum(((each == UNKNOWN).astype(np.int64) for each in told), np.zeros(count, dtype=np.int64))
    reached, could = met >= condition.number, met + open_ >= condition.number
    return np.where(reached, MET, np.where(could, UNKNOWN, NOT_MET))


def _several(condition: AllOf | AnyOf, asking: Asking) -> Answers:
    inside = _in_one_year(condition, asking) if condition.same_year else asking
    each = [answers_to(one, asking=inside) for one in condition.of]
    return reduce(np.minimum if isinstance(condition, AllOf) else np.maximum, each)


def _in_one_year(condition: AllOf | AnyOf, asking: Asking) -> Asking:
    measures = (each for one in condition.of for each in every_condition(one))
    indicators = {each.indicator for each in measures if isinstance(each, (Below, Above))}
    shared = asking.columns.shared_year(indicators, oldest=asking.oldest_year)
    years = shared if asking.years is None else np.where(asking.years > 0, asking.years, shared)
    return replace(asking, years=years)


def _not(condition: NotOf, asking: Asking) -> Answers:
    return MET - answers_to(condition.of, asking=asking)


_KINDS: dict[type, Callable[[Any, Asking], Answers]] = {
    Below: _threshold,
    Above: _threshold,
    Falling: _change,
    Rising: _change,
    SubstantialDecline: _decline,
    InspectionOutcomeIn: _latest_says,
    InspectionCategoryIn: _latest_says,
    InspectionOlderThan: _older,
    ConsecutiveOutcomesBelowGood: _consecutive,
    AttendanceDrifting: _drifting,
    FactInForce: _fact,
    GovernanceIn: _governance,
    SignalsAtLeast: _signals,
    AllOf: _several,
    AnyOf: _several,
    NotOf: _not,
}
"""One function for each kind of the closed set; a test holds the two sets equal."""
