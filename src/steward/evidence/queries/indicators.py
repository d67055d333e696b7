"""Reads of the indicator catalogue: definitions, the years held, and the releases that feed each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ibis.expr.types import Table

from steward.analysis.indicators.definition import IndicatorDefinition, Reading
from steward.evidence import catalogues, engine
from steward.evidence.queries import releases
from steward.vocabulary.phases import Phase


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator as the catalogue lists it, with the years (by their ends) for which a figure is held."""

    definition: IndicatorDefinition
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """What a live release gives an indicator: a year, and how many rows of schools and of areas."""

    release: str
    title: str
    period: int
    schools: int
    areas: int


@dataclass(frozen=True, slots=True)
class ReadingInWords:
    """How an indicator is read from a publication over a run of years (by their ends)."""

    publication: str
    from_year: int
    to_year: int
    how: str
    cohort: str


def catalogue(*, phase: str = "", source: str = "", text: str = "") -> list[Entry]:
    """Return the indicators of a phase, read from a publication, with the words of `text`; all when empty."""
    held = years_held()
    wanted = text.casefold().split()
    return [
        Entry(definition, held.get(definition.id, ()))
        for definition in sorted(catalogues.indicators().values(), key=lambda one: one.title)
        if (not phase or Phase(phase) in definition.phases)
        and (not source or any(reading.source == source for reading in definition.readings))
        and all(word in _searched(definition) for word in wanted)
    ]


def definition_of(code: str) -> IndicatorDefinition | None:
    """Return the indicator with this code, or None."""
    return catalogues.indicators().get(code)


def publications_read() -> dict[str, str]:
    """Return the title of each publication that an indicator is read from, by id, in order of title."""
    named = {reading.source for one in catalogues.indicators().values() for reading in one.readings}
    titles = {name: _title_of(name) for name in named}
    return dict(sorted(titles.items(), key=lambda item: item[1]))


def readings_of(definition: IndicatorDefinition) -> list[ReadingInWords]:
    """Return how the indicator is read, newest years first."""
    ordered = sorted(definition.readings, key=lambda one: (-one.to_year, one.source))
    return [
        ReadingInWords(
            publication=_title_of(reading.source),
            from_year=reading.from_year,
            to_year=reading.to_year,
            how=_how(reading),
            cohort=" + ".join(reading.cohort_columns) or "Not given",
        )
        for reading in ordered
    ]


def years_held() -> dict[str, tuple[int, ...]]:
    """Return the years with a figure of a school or an area, by indicator; nothing before the first load."""
    found: dict[str, set[int]] = {}
    for feed_of, period in _feeds_by_indicator():
        found.setdefault(feed_of, set()).add(period)
    return {name: tuple(sorted(years)) for name, years in found.items()}


def feeds_of(code: str) -> list[Feed]:
    """Return what each live release gives the indicator, newest year first."""
    folder = _folder_or_none()
    counts = [(key, pair) for key, pair in _feeds(folder).items() if key[0] == code] if folder else []
    titles = releases.titles([key[2] for key, _ in counts])
    feeds = [
        Feed(release, titles.get(release, release), period, schools, areas)
        for (_, period, release), (schools, areas) in counts
    ]
    return sorted(feeds, key=lambda feed: (-feed.period, feed.title))


def _feeds_by_indicator() -> Iterable[tuple[str, int]]:
    folder = _folder_or_none()
    return [(indicator, period) for indicator, period, _ in _feeds(folder)] if folder else []


def _folder_or_none() -> Path | None:
    try:
        return releases.current_folder()
    except releases.NothingLoaded:
        return None


@lru_cache(maxsize=4)
def _feeds(folder: Path) -> dict[tuple[str, int, str], tuple[int, int]]:
    """Rows of schools and of published areas by indicator, year and release."""
    schools = _counted(engine.table(folder / "values.parquet"))
    areas = engine.table(folder / "areas.parquet")
    published = _counted(areas.filter(areas.basis == "published"))
    keys = schools.keys() | published.keys()
    return {key: (schools.get(key, 0), published.get(key, 0)) for key in sorted(keys)}


def _counted(rows: Table) -> dict[tuple[str, int, str], int]:
    counts = rows.group_by("indicator", "period", "release").agg(rows=rows.count())
    found = engine.connection().to_pyarrow(counts).to_pylist()
    return {(row["indicator"], row["period"], row["release"]): row["rows"] for row in found}


def _searched(definition: IndicatorDefinition) -> str:
    return f"{definition.title} {definition.meaning} {definition.id}".casefold()


def _title_of(source: str) -> str:
    known = catalogues.sources().get(source)
    return known.title if known else source


def _how(reading: Reading) -> str:
    if reading.series:
        return f"Series {reading.series}"
    if reading.value:
        return f"Column {reading.value}"
    times = f" times {reading.times:g}" if reading.times != 1 else ""
    return f"Column {reading.numerator} divided by column {reading.denominator}{times}"
