"""How many officer days a policy promises to maintained schools, against the days there are."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from steward.analysis.rules.columnar.evaluating import NO_CATEGORY, Proposed
from steward.categorisation.models import OfficerDays
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Governance, Phase


@dataclass(slots=True)
class _Sum:
    schools: int = 0
    days: float = 0.0
    not_settled: int = 0
    without_days: int = 0


@dataclass(frozen=True, slots=True)
class PhaseLoad:
    """The days promised to the maintained schools of a phase in a year, and those there are."""

    phase: Phase | None
    """None for all phases together."""
    schools: int
    days: float
    """Of settled schools, and of those not settled by what is known so far."""
    not_settled: int
    without_days: int
    """Schools whose support category promises no number of days, or of which nothing is known."""
    available: float | None

    @property
    def left(self) -> float | None:
        """Days left over; below zero where more is promised than there is. None where it is not entered."""
        return None if self.available is None else self.available - self.days


@dataclass(frozen=True, slots=True)
class Workload:
    """The days of each phase, and together."""

    year: AcademicYear
    phases: tuple[PhaseLoad, ...] = field(default_factory=tuple)
    together: PhaseLoad | None = None


def days_available(authority: str, *, year: int) -> dict[Phase, float]:
    """Return the days officers have by phase in an academic year, where they are entered."""
    found = OfficerDays.objects.filter(authority_id=authority, year=year)
    return {Phase(phase): float(days) for phase, days in found.values_list("phase", "days")}


def workload(proposed: Proposed, *, authority: str, as_at: date) -> Workload:
    """Return the days that a policy promises a year, by phase, against those entered for the year."""
    year = AcademicYear.containing(as_at)
    sums: dict[Phase, _Sum] = defaultdict(_Sum)
    offered = [each.entitlement.days if each.entitlement else None for each in proposed.ruleset.categories]
    for place, school in enumerate(proposed.columns.schools):
        if proposed.covered[place] and school.governance is Governance.MAINTAINED:
            _add(sums[school.phase], offered=offered, proposed=proposed, place=place)
    available = days_available(authority, year=year.ends)
    loads = tuple(
        _load(phase, of=sums[phase], available=available.get(phase)) for phase in Phase if phase in sums
    )
    return Workload(year, loads, _together(loads))


def _add(to: _Sum, *, offered: list[float | None], proposed: Proposed, place: int) -> None:
    settled, known = int(proposed.concern[place]), int(proposed.known[place])
    concern = known if settled == NO_CATEGORY else settled
    days = None if concern == NO_CATEGORY else offered[concern]
    to.schools += 1
    to.not_settled += settled == NO_CATEGORY
    to.without_days += days is None
    to.days += days or 0.0


def _load(phase: Phase | None, *, of: _Sum, available: float | None) -> PhaseLoad:
    return PhaseLoad(phase, of.schools, of.days, of.not_settled, of.without_days, available)


def _together(loads: tuple[PhaseLoad, ...]) -> PhaseLoad | None:
    if not loads:
        return None
    entered = [each.available for each in loads if each.available is not None]
    return PhaseLoad(
        None,
        sum(each.schools for each in loads),
        sum(each.days for each in loads),
        sum(each.not_settled for each in loads),
        sum(each.without_days for each in loads),
        sum(entered) if len(entered) == len(loads) else None,
    )
