"""Full inspections of every state-funded site from 2005 to March 2020, and what they found."""

from dataclasses import dataclass

import numpy as np

from steward.sample.arrays import ALWAYS, NEVER, Chance, Flags, Floats, Ints, Texts, day, texts
from steward.sample.kinds import INSPECTED_KINDS, SPONSORED_TYPES, is_one_of
from steward.sample.sites import Sites
from steward.sample.stories import Stories, told_inspections
from steward.sample.timeline import Spells

LAST_DAY = day(2020, 3, 12)
"""The last day on which schools were inspected before the epidemic."""
_ROUNDS = 9
_FRAMEWORKS = np.array([day(2009, 9, 1), day(2012, 9, 1), day(2015, 9, 1)])
_SHARES = np.array([
    [0.17, 0.49, 0.30, 0.04],
    [0.16, 0.50, 0.285, 0.055],
    [0.12, 0.57, 0.25, 0.06],
    [0.12, 0.53, 0.25, 0.10],
])  # fmt: skip
"""Shares of outstanding, good, requires improvement or satisfactory, and inadequate by framework."""
SHORT_SINCE = day(2015, 9, 15)
"""The first day on which good schools had a short inspection in place of a full one."""
_SHORT_SHARE = 0.7
_GAPS = {1: (7.0, 2.0), 2: (3.8, 0.7), 3: (1.9, 0.4), 4: (1.35, 0.35)}
"""Years to the next inspection: mean and spread, by grade."""


@dataclass(frozen=True, slots=True)
class Inspections:
    """Rounds of inspection, sites down and rounds across, oldest first.

    Where a site had fewer rounds the day is NEVER and the grade 0.
    """

    days: Ints
    grades: Ints
    categories: Texts
    """SM, SWK, NTI or blank."""
    lean: Ints
    """Which way the lesser judgements differ from the grade: a number to draw from."""

    def latest(self, on: int, *, back: int = 0) -> Ints:
        """Return for each site the round latest on a day, or `back` rounds before it; -1 where none."""
        done = (self.days <= on).sum(axis=1)
        rounds: Ints = np.maximum(done - 1 - back, -1)
        return rounds

    def at(self, rounds: Ints) -> "Found":
        """Return what was found in one round of each site."""
        rows, none = np.arange(len(rounds)), rounds < 0
        return Found(
            day=np.where(none, NEVER, self.days[rows, rounds]),
            grade=np.where(none, 0, self.grades[rows, rounds]),
            category=np.where(none, texts([""]), self.categories[rows, rounds]),
            lean=self.lean[rows, rounds],
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One inspection of each site; grade 0 where there was none."""

    day: Ints
    grade: Ints
    category: Texts
    lean: Ints

    def take(self, rows: Ints) -> "Found":
        """Return the inspections of some sites."""
        return Found(self.day[rows], self.grade[rows], self.category[rows], self.lean[rows])

    def judgement(self, number: int) -> Ints:
        """Return a lesser judgement, near the grade: `number` says which."""
        turn = (self.lean >> (2 * number)) & 7
        moved = self.grade + np.where(turn == 0, -1, np.where(turn == 1, 1, 0))
        return np.where(self.grade == 0, 0, np.clip(moved, 1, 4))


def inspect(chance: Chance, *, sites: Sites, course: Spells, stories: Stories) -> Inspections:
    """Return the inspections of every site; the three schools of the story have those told of them."""
    draw, rows = chance.of("inspections"), len(sites)
    calendar = _inspection_days()
    inspected = is_one_of(sites.kind, INSPECTED_KINDS)
    on = np.where(course.opened == ALWAYS, day(2005, 9, 12), course.opened + 200)
    on = on + draw.integers(0, 4 * 365, rows) * np.where(course.opened == ALWAYS, 1.0, 0.4)
    grade = np.full(rows, 2)
    days, grades = np.full((rows, _ROUNDS), NEVER), np.zeros((rows, _ROUNDS), dtype=np.int64)
    for each in range(_ROUNDS):
        held = _held(calendar, on.astype(np.int64))
        done = inspected & (held <= LAST_DAY) & (held < course.closed)
        grade = _grade(draw, sites=sites, course=course, held=held, before=np.where(each > 0, grade, 2))
        days[:, each] = np.where(done, held, NEVER)
        grades[:, each] = np.where(done, grade, 0)
        on = _due(draw, course=course, held=held, grade=grade)
    days, grades = _as_told(days, grades=grades, stories=stories)
    return Inspections(
        days=days,
        grades=grades,
        categories=_categories(draw, days=days, grades=grades, stories=stories),
        lean=draw.integers(0, 1 << 24, days.shape),
    )


def _grade(draw: np.random.Generator, *, sites: Sites, course: Spells, held: Ints, before: Ints) -> Ints:
    years = (held - day(2014, 1, 1)) / 365.25
    taken_over = is_one_of(course.second, SPONSORED_TYPES) & (held >= course.converted)
    score = sites.quality + sites.trend * np.clip(years, -6, 6) + 0.25 * sites.selective
    score = score + np.select([before >= 3, before == 1], [0.42, 0.25], -0.1) + 0.35 * taken_over
    score = (score + draw.normal(0.0, 0.75, len(held))) / 1.32
    cuts = _cuts()[np.searchsorted(_FRAMEWORKS, held, side="right")]
    grade: Ints = 1 + (score[:, None] < cuts).sum(axis=1)
    return grade


def _cuts() -> Floats:
    """Return the scores below which a grade is not reached, by framework: outstanding, good, and so on."""
    normal = np.sort(np.random.default_rng(0).normal(size=200_001))
    below = 1.0 - np.cumsum(_SHARES, axis=1)[:, :3]
    return normal[(below * 200_000).astype(np.int64)]


def _due(draw: np.random.Generator, *, course: Spells, held: Ints, grade: Ints) -> Floats:
    means = np.array([0.0, *(mean for mean, _ in _GAPS.values())])[grade]
    spreads = np.array([0.0, *(spread for _, spread in _GAPS.values())])[grade]
    due = held + np.maximum(draw.normal(means, spreads), 0.5) * 365.25
    short_instead = (grade == 2) & (due > SHORT_SINCE) & (draw.random(len(held)) < _SHORT_SHARE)
    exempt = (grade == 1) & (held > _FRAMEWORKS[1] - 700) & (draw.random(len(held)) < 0.6)
    due = due + np.where(short_instead | exempt, 4.0 * 365.25, 0.0)
    fresh_start = is_one_of(course.second, SPONSORED_TYPES) & (held < course.converted)
    honeymoon = course.converted + 400 + draw.integers(0, 400, len(held))
    near = fresh_start & (due > course.converted - 150)
    return np.where(near, honeymoon, due)


def _held(calendar: Ints, on: Ints) -> Ints:
    return np.append(calendar, NEVER)[np.searchsorted(calendar, on)]


def _inspection_days() -> Ints:
    """Return the Tuesdays to Thursdays of term time from September 2005."""
    every = np.arange(day(2005, 9, 1), LAST_DAY + 1)
    weekday = (every + 3) % 7
    dates = every.astype("datetime64[D]")
    month = dates.astype("datetime64[M]").astype(np.int64) % 12 + 1
    of_month = (dates - dates.astype("datetime64[M]")).astype(np.int64) + 1
    holiday = (month == 8) | ((month == 7) & (of_month > 17)) | ((month == 9) & (of_month < 6))
    holiday |= ((month == 12) & (of_month > 17)) | ((month == 1) & (of_month < 7))
    holiday |= ((month == 4) & (of_month < 14)) | ((month == 10) & (of_month > 22))
    holiday |= ((month == 2) & (of_month > 13) & (of_month < 22)) | ((month == 5) & (of_month > 24))
    term: Ints = every[(weekday >= 1) & (weekday <= 3) & ~holiday]
    return term


def _as_told(days: Ints, *, grades: Ints, stories: Stories) -> tuple[Ints, Ints]:
    days[stories.sites], grades[stories.sites] = NEVER, 0
    placed: dict[int, int] = {}
    for told in told_inspections(stories):
        each = placed.get(told.site, 0)
        days[told.site, each], grades[told.site, each] = told.on, told.grade
        placed[told.site] = each + 1
    return days, grades


def _categories(draw: np.random.Generator, *, days: Ints, grades: Ints, stories: Stories) -> Texts:
    special: Flags = draw.random(days.shape) < 0.7
    early = days < _FRAMEWORKS[1]
    words = np.where(special, texts(["SM"]), np.where(early, texts(["NTI"]), texts(["SWK"])))
    words = np.where(grades == 4, words, texts([""]))
    for told in told_inspections(stories):
        if told.category:
            words[told.site, np.flatnonzero(days[told.site] == told.on)] = told.category
    return words
