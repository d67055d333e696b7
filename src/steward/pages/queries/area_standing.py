"""How the schools of an authority stand in inspection as at a day, beside England, and over time."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from steward.evidence import catalogues
from steward.evidence.queries import standing
from steward.evidence.queries.standing import AreaStanding, OutcomeCount
from steward.interface import words
from steward.pages.queries.comparators import ALL_PHASES
from steward.vocabulary.areas import ENGLAND, Level
from steward.vocabulary.phases import Phase
from steward.vocabulary.rounding import round_half_away

NO_OUTCOME = "no_overall_outcome"


class NothingSoEarly(LookupError):
    """No list of inspection outcomes is as old as the day asked for; the message names the earliest."""


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many schools hold an outcome printed with the same words, whatever the framework."""

    key: str
    label: str
    schools: int
    frameworks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingBeside:
    """The standing of a phase in the authority, England's of the same day, and the outcomes by word."""

    own: AreaStanding
    england: AreaStanding | None
    grades: tuple[GradeCount, ...]

    @property
    def phase_label(self) -> str:
        """The phase in words."""
        return "All schools" if self.own.phase == ALL_PHASES else Phase(self.own.phase).label


@dataclass(frozen=True, slots=True)
class InspectionStanding:
    """An authority in inspection as at the newest snapshot on or before the day asked for.

    `phases` begins with all schools. `over_time` is every snapshot up to it, for all schools.
    """

    as_at: datetime.date
    release: str
    phases: tuple[StandingBeside, ...]
    over_time: tuple[StandingBeside, ...]

    @property
    def every(self) -> StandingBeside:
        """All schools together."""
        return self.phases[0]

    @property
    def frameworks(self) -> tuple[str, ...]:
        """The titles of the frameworks under which the outcomes were reached, newest first."""
        found = (one.framework_title for one in self.every.own.outcomes if one.framework)
        return tuple(dict.fromkeys(found))


def inspection_standing(authority: str, *, as_at: datetime.date) -> InspectionStanding | None:
    """Return how an authority stood on a day; None where no snapshot has a school of it.

    Raises NothingSoEarly when the snapshots with it are all later, or NothingLoaded.
    """
    own = standing.standings_of(Level.AUTHORITY, authority)
    if not own:
        return None
    until = [one for one in own if one.as_at <= as_at]
    if not until:
        raise NothingSoEarly(
            f"No list of inspection outcomes is as old as {words.day(as_at)}: "
            f"the earliest that has been loaded is of {words.day(own[0].as_at)}."
        )
    newest = until[-1].as_at
    national = {(one.as_at, one.phase): one for one in standing.standings_of(Level.ENGLAND, ENGLAND)}
    beside = [StandingBeside(one, national.get((one.as_at, one.phase)), grades_of(one)) for one in until]
    order = [ALL_PHASES, *(phase.value for phase in Phase)]
    phases = [one for one in beside if one.own.as_at == newest]
    return InspectionStanding(
        as_at=newest,
        release=until[-1].release,
        phases=tuple(sorted(phases, key=lambda one: order.index(one.own.phase))),
        over_time=tuple(one for one in beside if one.own.phase == ALL_PHASES),
    )


def grades_of(found: AreaStanding) -> tuple[GradeCount, ...]:
    """Return the schools by the word of their outcome, best first; words of different scales stay apart."""
    counts: Counter[tuple[int, str, str]] = Counter()
    frameworks: dict[str, list[str]] = {}
    for one in found.outcomes:
        if one.framework is None:
            continue
        key = one.outcome or NO_OUTCOME
        counts[_rank(one.framework, one.outcome), key, one.label] += one.schools
        frameworks.setdefault(key, []).append(one.framework_title)
    return tuple(
        GradeCount(key, label, count, tuple(frameworks[key]))
        for (_, key, label), count in sorted(counts.items())
    )


def _rank(framework: str, outcome: str | None) -> int:
    ranks = {point.key: point.rank for point in catalogues.frameworks()[framework].scale}
    return ranks.get(outcome or "", 99)


def rank_of(count: OutcomeCount) -> int | None:
    """Return the place of an outcome on its own framework's scale, 1 is best; None without an outcome."""
    if count.framework is None or count.outcome is None:
        return None
    return _rank(count.framework, count.outcome)


def sentence(found: InspectionStanding, *, name: str) -> str:
    """Return the one sentence about the inspection of an authority's schools."""
    every = found.every
    own = every.own
    if own.share_good is None:
        return (
            f"On {words.day(found.as_at)} no school of {name} had an outcome with a rule for good or better."
        )
    share = words.number(own.share_good, decimals=1)
    counted = f"{words.number(own.good)} of {words.number(own.judged)}"
    said = f"On {words.day(found.as_at)}, {share}% of inspected schools in {name} "
    said += f"were good or better ({counted})"
    if every.england is not None and every.england.share_good is not None:
        said += f", {_against(own.share_good, every.england.share_good)}"
    return f"{said}.{_apart(own)}"


def _against(share: float, england: float) -> str:
    gap = round_half_away(round_half_away(share, 1) - round_half_away(england, 1), 1)
    if gap == 0:
        return "the same as England"
    points = "percentage point" if abs(gap) == 1 else "percentage points"
    return f"{words.number(abs(gap), decimals=1)} {points} {'above' if gap > 0 else 'below'} England"


def _apart(own: AreaStanding) -> str:
    parts = []
    if own.not_inspected:
        parts.append(f"{words.counted(own.not_inspected, one='school')} had not been inspected")
    if own.other:
        parts.append(f"{words.counted(own.other, one='school')} had no overall outcome")
    return f" {' and '.join(parts)}." if parts else ""


def grade_keys(standings: Iterable[StandingBeside]) -> Sequence[tuple[str, str]]:
    """Return the keys and words of all outcomes in some standings, best first, for columns of a table."""
    found: dict[str, str] = {}
    ordered = sorted(
        (
            (_rank(one.framework, one.outcome), one.outcome or NO_OUTCOME, one.label)
            for each in standings
            for one in each.own.outcomes
            if one.framework is not None
        ),
    )
    for _, key, label in ordered:
        found.setdefault(key, label)
    return list(found.items())
