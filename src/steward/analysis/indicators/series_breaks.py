"""Years from which a series of areas cannot be compared with those before, and years without figures."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Literal

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, read_definitions


class BreachOfSeries(Definition):
    """A dated breach in some measures of the series, or years for which nothing was collected."""

    measures: tuple[str, ...]
    """Codes of measures; "*" stands for any letters."""
    kind: Literal["breach", "not_collected"]
    years: tuple[int, ...]
    """Calendar years in which the affected school years end: the first comparable one of a breach."""
    word: str
    """Two or three words for the place in a chart."""
    why: str
    source: str

    def concerns(self, measure: str) -> bool:
        """Return whether it is about a measure."""
        return any(fnmatchcase(measure, pattern) for pattern in self.measures)


def read_breaches(folders: Iterable[Path] = (FOLDER / "series_breaks",)) -> dict[str, BreachOfSeries]:
    """Return every breach by id, the definitions of later folders in place of earlier ones."""
    return read_definitions(folders, BreachOfSeries)


@cache
def _shipped() -> Mapping[str, BreachOfSeries]:
    return read_breaches()


def breaches_of(
    measure: str, *, among: Mapping[str, BreachOfSeries] | None = None
) -> tuple[BreachOfSeries, ...]:
    """Return the breaches of a measure, oldest first."""
    every = _shipped() if among is None else among
    found = (one for one in every.values() if one.concerns(measure))
    return tuple(sorted(found, key=lambda one: (one.years, one.id)))


def why_broken(since: int, until: int, *, breaches: Iterable[BreachOfSeries]) -> str:
    """Return why figures of two years cannot be compared, or an empty text where they can."""
    return next(
        (
            one.why
            for one in breaches
            if one.kind == "breach" and any(since < year <= until for year in one.years)
        ),
        "",
    )
