"""An invented England in memory for forecasts: schools with figures, days of publication and inspections."""

from datetime import date

import numpy as np

from steward.analysis.forecasting.features import measures_read
from steward.analysis.forecasting.holdings import Figures, Holdings, Schools
from steward.analysis.forecasting.outcomes import Outcomes
from steward.analysis.forecasting.publication import Release

SCHOOLS = 700
YEARS = range(2012, 2020)
CUTOFF, UNTIL = date(2017, 8, 31), date(2019, 8, 31)
MEASURES = tuple(sorted(measures_read()))


def holdings(*, seed=1, leak=False, successors=0):
    """Return secondary schools inspected by their progress; `leak` plants what came, published late."""
    draw = np.random.default_rng(seed)
    urns = np.arange(100_000, 100_000 + SCHOOLS, dtype=np.int64)
    level = draw.normal(size=SCHOOLS)
    rows, releases = [], []
    for year in YEARS:
        releases.append(Release(f"ks4-{year}", f"Results of {year}", "ks4", "final", year, None))
        releases.append(Release(f"census-{year}", f"Census of {year}", "census", "2017", year, None))
        progress = level + draw.normal(scale=0.5, size=SCHOOLS)
        rows += _rows(
            urns, "progress_8", progress, year=year, day=date(year + 1, 1, 25), release=len(releases) - 2
        )
        rows += _rows(
            urns,
            "roll",
            draw.uniform(200, 1500, SCHOOLS),
            year=year,
            day=date(year, 7, 31),
            release=len(releases) - 1,
        )
        shares = np.clip(20 - 8 * level + draw.normal(scale=5, size=SCHOOLS), 0, 90)
        rows += _rows(
            urns, "free_school_meals", shares, year=year, day=date(year, 7, 31), release=len(releases) - 1
        )
    outcomes = _outcomes(urns, level=level, draw=draw)
    if leak:
        rows += _planted(urns, outcomes=outcomes, release=len(releases))
        releases.append(Release("leak", "Planted after the day", "absence", "2016", 2017, None))
    return Holdings(
        MEASURES,
        tuple(releases),
        _figures(rows),
        outcomes,
        Schools(
            urns,
            np.full(SCHOOLS, "secondary"),
            np.array([f"{300 + number % 20}" for number in range(SCHOOLS)]),
            np.arange(SCHOOLS) % 3 == 0,
        ),
        {200_000 + number: 100_000 + number for number in range(successors)},
        {},
        (("Gathered later", "it knows what came later"),),
    )


def _rows(urns, measure, values, *, year, day, release):
    number = MEASURES.index(measure)
    return [
        (int(urn), number, year, float(value), 100.0, day.toordinal(), release)
        for urn, value in zip(urns, values, strict=True)
    ]


def _planted(urns, *, outcomes, release):
    """Absence of 2017 that tells the inspection after the cut-off, published the day after the cut-off."""
    late = CUTOFF.toordinal() + 1
    came = {
        int(school): float(rank)
        for school, on, rank in zip(outcomes.school, outcomes.on, outcomes.rank, strict=True)
        if on > late
    }
    values = [came.get(int(urn), 2.0) for urn in urns]
    return _rows(urns, "absence", values, year=2017, day=date.fromordinal(late), release=release)


def _outcomes(urns, *, level, draw):
    found = []
    for urn, one in zip(urns, level, strict=True):
        on = date(2010, 1, 1).toordinal() + int(draw.integers(0, 900))
        while on < UNTIL.toordinal():
            score = one + draw.normal(scale=0.8)
            rank = 1 if score > 1.3 else 2 if score > -0.4 else 3 if score > -1.4 else 4
            found.append((int(urn), on, on + 60, float(rank), float(rank == 4)))
            on += int(draw.integers(600, 1100))
    columns = list(zip(*sorted(found), strict=True))
    whole = [np.array(column, dtype=np.int64) for column in columns[:3]]
    return Outcomes(*whole, *(np.array(column) for column in columns[3:]))


def _figures(rows):
    columns = list(zip(*sorted(rows), strict=True))
    kinds = (np.int64, np.int64, np.int64, np.float64, np.float64, np.int64, np.int64)
    return Figures(*(np.array(column, dtype=kind) for column, kind in zip(columns, kinds, strict=True)))
