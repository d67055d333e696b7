"""What was known of each school on a day: the numbers a forecast learns from.

Only figures published before the day count, and only inspections whose report was out. Figures are told as
standard deviations from the schools of the phase in the same year, so that measures that changed can follow
each other; a good sign is positive where the measure has a good side. Disadvantage is no number of its own:
results are held against what schools with as many disadvantaged pupils reach. No characteristic of pupils
that the Equality Act protects, and no faith of a school, is among them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from steward.analysis.forecasting.catalogue import NAMES
from steward.analysis.forecasting.holdings import Holdings
from steward.analysis.forecasting.outcomes import Numbers, Outcomes, Whole
from steward.vocabulary.phases import Phase

_AGE_LIMIT = 5
"""Figures of a year that ended more than so many years before the day are not used."""
_COVERED = 0.25
"""A year counts as held when so large a share of schools has a figure in it."""
_MOST = 4.0
_DAYS_A_YEAR = 365.25
_NEW_WITHIN = 3 * 365
_RETIRED_AFTER = 16 * 365


PROGRESS: Mapping[Phase, tuple[tuple[str, ...], ...]] = {
    Phase.PRIMARY: (
        ("reading_progress", "writing_progress", "maths_progress"),
        ("reading_two_levels", "writing_two_levels", "maths_two_levels"),
    ),
    Phase.SECONDARY: (("progress_8",),),
}
"""Measures of progress that follow each other; of several, the mean is taken."""
ATTAINMENT: Mapping[Phase, tuple[tuple[str, ...], ...]] = {
    Phase.PRIMARY: (("rwm_expected",), ("ks2_average_points",)),
    Phase.SECONDARY: (("attainment_8",), ("five_good_gcses",)),
}
_DISADVANTAGE = (("free_school_meals_ever_six",), ("free_school_meals",))
OTHERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "absence": (("absence",),),
    "persistent_absence": (("persistent_absence",),),
    "pupil_teacher_ratio": (("pupil_teacher_ratio",),),
    "teacher_pay": (("teacher_pay",),),
    "balance": (("balance_share",),),
    "destinations": (("destinations_sustained",),),
}
ROLL = "roll"


def measures_read() -> frozenset[str]:
    """Return the codes of the indicators that are read."""
    groups = [*_DISADVANTAGE, *(group for one in OTHERS.values() for group in one)]
    groups += [group for table in (PROGRESS, ATTAINMENT) for one in table.values() for group in one]
    return frozenset((ROLL, *(code for group in groups for code in group)))


@dataclass(frozen=True, slots=True)
class Frame:
    """Schools on a day: one row a school, one column a feature; what is not known is not a number."""

    day: date
    phase: Phase
    schools: Whole
    matrix: Numbers
    authority: NDArray[np.str_]
    faith: NDArray[np.bool_]
    disadvantaged: Numbers
    """Percent of pupils; for reports on fairness alone."""
    roll: Numbers
    used: tuple[str, ...]
    """Titles of the releases read."""
    left_out: tuple[tuple[str, str], ...]
    """Titles of releases not read, and why."""

    def column(self, name: str) -> Numbers:
        """Return a feature by its id."""
        found: Numbers = self.matrix[:, NAMES.index(name)]
        return found

    def chosen(self, places: NDArray[np.int64]) -> "Frame":
        """Return the schools at `places`, in that order."""
        return Frame(
            self.day,
            self.phase,
            self.schools[places],
            self.matrix[places],
            self.authority[places],
            self.faith[places],
            self.disadvantaged[places],
            self.roll[places],
            self.used,
            self.left_out,
        )


def frame_on(day: date, *, phase: Phase, holdings: Holdings) -> Frame:
    """Return what was known of the mainstream schools of a phase when `day` ended."""
    reader = Reader(day, phase=phase, holdings=holdings)
    roll, _ = reader.newest(((ROLL,),))
    known = reader.restricted(~np.isnan(roll))
    return known.frame()


class Reader:
    """Reads figures of the schools of a phase as they were published on a day."""

    def __init__(self, day: date, *, phase: Phase, holdings: Holdings, among: Whole | None = None) -> None:
        self.day, self.phase, self.holdings = day, phase, holdings
        of_phase = holdings.schools.phase == phase.value
        self.schools = holdings.schools.school[of_phase] if among is None else among
        figures = holdings.figures
        self._visible = figures.published_on <= day.toordinal()
        self._recent = self._visible & (figures.period >= day.year - _AGE_LIMIT)
        self._seen: set[int] = set()

    def restricted(self, mask: NDArray[np.bool_]) -> "Reader":
        """Return a reader of fewer schools."""
        return Reader(self.day, phase=self.phase, holdings=self.holdings, among=self.schools[mask])

    def year_of(self, measure: str, *, period: int) -> Numbers:
        """Return the figures of a year by school; later versions take the place of earlier ones."""
        return self.printed(measure, period=period)[0]

    def printed(self, measure: str, *, period: int) -> tuple[Numbers, Whole]:
        """Return the figures of a year by school, and the release that each was printed in; -1 for none."""
        figures, found = self.holdings.figures, np.full(len(self.schools), np.nan)
        releases = np.full(len(self.schools), -1, dtype=np.int64)
        if measure not in self.holdings.measures or not len(self.schools):
            return found, releases
        number = self.holdings.measures.index(measure)
        chosen = np.flatnonzero(self._recent & (figures.measure == number) & (figures.period == period))
        places = np.searchsorted(self.schools, figures.school[chosen]).clip(max=len(self.schools) - 1)
        hit = self.schools[places] == figures.school[chosen]
        found[places[hit]] = figures.value[chosen[hit]]
        releases[places[hit]] = figures.release[chosen[hit]]
        self._seen.update(int(one) for one in np.unique(figures.release[chosen[hit]]))
        return found, releases

    def years(self, groups: Sequence[Sequence[str]]) -> list[tuple[int, Numbers]]:
        """Return the years that have figures, newest first, as deviations from the schools of the phase."""
        return [(period, values) for period, _, values in self.measured(groups)]

    def measured(self, groups: Sequence[Sequence[str]]) -> list[tuple[int, Sequence[str], Numbers]]:
        """Return the same with the measures that each year was told by."""
        found: list[tuple[int, Sequence[str], Numbers]] = []
        for period in range(self.day.year, self.day.year - _AGE_LIMIT - 1, -1):
            for group in groups:
                mean = _mean([_standard(self.year_of(code, period=period)) for code in group])
                if _is_held(mean):
                    found.append((period, group, _standard(mean)))
                    break
        return found

    def newest(self, groups: Sequence[Sequence[str]]) -> tuple[Numbers, int | None]:
        """Return the newest figures as printed (of several their mean); gaps are filled from years before."""
        result, newest = np.full(len(self.schools), np.nan), None
        for period in range(self.day.year, self.day.year - _AGE_LIMIT - 1, -1):
            for group in groups:
                mean = _mean([self.year_of(code, period=period) for code in group])
                if np.any(~np.isnan(mean)):
                    result = np.where(np.isnan(result), mean, result)
                    newest = newest or period
                    break
        return result, newest

    def frame(self) -> Frame:
        """Return every feature of the schools."""
        disadvantaged, _ = self.newest(_DISADVANTAGE)
        roll, _ = self.newest(((ROLL,),))
        columns = self._of_inspections() | self._of_results(disadvantaged) | self._of_the_rest(roll)
        about = self.holdings.schools
        places = np.searchsorted(about.school, self.schools)
        titles = [self.holdings.releases[number].title for number in sorted(self._seen)]
        return Frame(
            self.day,
            self.phase,
            self.schools,
            np.column_stack([columns[name] for name in NAMES])
            if len(self.schools)
            else np.empty((0, len(NAMES))),
            about.authority[places],
            about.faith[places],
            disadvantaged,
            roll,
            tuple(titles),
            self._not_read(),
        )

    def _of_inspections(self) -> dict[str, Numbers]:
        last, before = last_two(self.holdings.outcomes, day=self.day, schools=self.schools)
        rank, on = last
        since = (self.day.toordinal() - on) / _DAYS_A_YEAR
        return {
            "previous_grade": rank,
            "previous_inadequate": _flag(rank, when=rank == 4),
            "previous_outstanding": _flag(rank, when=rank == 1),
            "years_since": since,
            "earlier_grade": before[0],
        }

    def _of_results(self, disadvantaged: Numbers) -> dict[str, Numbers]:
        progress, attainment = self.years(PROGRESS[self.phase]), self.years(ATTAINMENT[self.phase])
        beyond = [
            (period, _standard(_beyond(values, disadvantaged=disadvantaged))) for period, values in attainment
        ]
        return {
            "progress": self._latest(progress),
            "progress_change": self._change(progress),
            "beyond_expected": self._latest(beyond),
            "attainment_change": self._change(attainment),
        }

    def _of_the_rest(self, roll: Numbers) -> dict[str, Numbers]:
        years = {name: self.years(groups) for name, groups in OTHERS.items()}
        found = {name: self._latest(one) for name, one in years.items()}
        rolls = [self.year_of(ROLL, period=period) for period in self._roll_years()]
        with np.errstate(divide="ignore", invalid="ignore"):
            change = np.log(rolls[0] / rolls[1]) if len(rolls) > 1 else np.full(len(roll), np.nan)
            size = np.log(np.where(roll > 0, roll, np.nan))
        change = np.where(np.isfinite(change), np.clip(change, -1, 1), np.nan)
        days = self.holdings.renumbered
        now = self.day.toordinal()
        new = [
            any(now - _NEW_WITHIN <= one <= now for one in days.get(int(school), ()))
            for school in self.schools
        ]
        return found | {
            "absence_change": self._change(years["absence"]),
            "size": size,
            "roll_change": change,
            "new_number": np.array(new, dtype=np.float64),
        }

    def _roll_years(self) -> list[int]:
        held = [
            period
            for period in range(self.day.year, self.day.year - _AGE_LIMIT - 1, -1)
            if _is_held(self.year_of(ROLL, period=period))
        ]
        return [held[0], held[min(2, len(held) - 1)]] if len(held) > 1 else held

    def _latest(self, years: Sequence[tuple[int, Numbers]]) -> Numbers:
        found = np.full(len(self.schools), np.nan)
        for _, values in years[:2]:
            found = np.where(np.isnan(found), values, found)
        return found

    def _change(self, years: Sequence[tuple[int, Numbers]]) -> Numbers:
        return years[0][1] - years[1][1] if len(years) > 1 else np.full(len(self.schools), np.nan)

    def _not_read(self) -> tuple[tuple[str, str], ...]:
        """Return the releases that were held and not read, with the reason."""
        later = []
        for number, release in enumerate(self.holdings.releases):
            mine = self.holdings.figures.release == number
            if np.any(mine) and not np.any(self._visible[mine]):
                first = date.fromordinal(int(self.holdings.figures.published_on[mine].min()))
                later.append((release.title, f"published on {first.day} {first:%B %Y}, after the day"))
        return (*self.holdings.left_out, *later)


def last_two(
    outcomes: Outcomes, *, day: date, schools: Whole
) -> tuple[tuple[Numbers, Numbers], tuple[Numbers, Numbers]]:
    """Return rank and day of the last graded inspection known on a day, and of the one before, by school."""
    known = outcomes.chosen(
        (outcomes.known_on <= day.toordinal()) & (outcomes.on <= day.toordinal()) & ~np.isnan(outcomes.rank)
    )
    ends = np.searchsorted(known.school, schools, side="right")
    starts = np.searchsorted(known.school, schools, side="left")
    found = []
    for back in (1, 2):
        place, there = ends - back, ends - back >= starts
        safe = np.where(there, place, 0)
        if not len(known.school):
            empty = np.full(len(schools), np.nan)
            found.append((empty, empty))
            continue
        found.append(
            (
                np.where(there, known.rank[safe], np.nan),
                np.where(there, known.on[safe].astype(np.float64), np.nan),
            )
        )
    return found[0], found[1]


def _is_held(figures: Numbers) -> bool:
    return len(figures) > 0 and float(np.mean(~np.isnan(figures))) >= _COVERED


def _flag(rank: Numbers, *, when: NDArray[np.bool_]) -> Numbers:
    return np.where(np.isnan(rank), np.nan, when.astype(np.float64))


def _mean(parts: Sequence[Numbers]) -> Numbers:
    """Return the mean of what is known of several figures; not a number where nothing is."""
    stack = np.vstack(parts)
    known = ~np.isnan(stack)
    total = np.where(known, stack, 0.0).sum(axis=0)
    count = known.sum(axis=0)
    found: Numbers = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return found


def _standard(values: Numbers) -> Numbers:
    """Return deviations from the mean of the schools in standard deviations, at most four either way."""
    known = values[~np.isnan(values)]
    if len(known) < 3:
        return np.full_like(values, np.nan)
    spread = float(known.std())
    if spread <= 0:
        return np.where(np.isnan(values), np.nan, 0.0)
    found: Numbers = np.clip((values - known.mean()) / spread, -_MOST, _MOST)
    return found


def _beyond(values: Numbers, *, disadvantaged: Numbers) -> Numbers:
    """Return results less what schools with as many disadvantaged pupils reach (a curve of second order)."""
    known = ~np.isnan(values) & ~np.isnan(disadvantaged)
    if known.sum() < 10:
        return np.full_like(values, np.nan)
    share = disadvantaged / 100
    design = np.column_stack([np.ones_like(share), share, share**2])
    fitted, *_ = np.linalg.lstsq(design[known], values[known], rcond=None)
    return np.where(known, values - design @ fitted, np.nan)
