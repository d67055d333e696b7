"""Outcomes of an authority as files for a spreadsheet."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.text import slugify

from steward.evidence.queries import series
from steward.evidence.queries.series import Measure, SeriesPoint
from steward.interface import csv_files
from steward.pages.queries.area_measure import MeasureOfArea
from steward.pages.queries.area_outcomes import AreaOutcome, Company, TopicOutcomes
from steward.vocabulary.values import KNOWN, Known, Value

_TOPIC_HEADER = (
    "measure", "title", "year", "value", "status", "unit", "polarity", "england", "region",
    "statistical_neighbours_mean", "statistical_neighbours_known", "rank_in_newest_year",
    "rank_low", "rank_high", "of", "quartile", "release", "row",
)  # fmt: skip
_MEASURE_HEADER = (
    "level", "area", "name", "measure", "title", "year", "value", "status", "unit", "release", "row",
)  # fmt: skip


def topic_file(topic: TopicOutcomes, *, company: Company) -> HttpResponse:
    """Return every year of every measure of a topic beside England, the region and the neighbours."""
    rows = (row for one in topic.outcomes for row in _topic_rows(one))
    return csv_files.csv_file(f"authority-{company.area}-{topic.id}.csv", header=_TOPIC_HEADER, rows=rows)


def measure_file(found: MeasureOfArea) -> HttpResponse:
    """Return a measure of every area in every year as published."""
    code = found.measure.code
    points = series.series_of([code])
    rows = (_row(point, measure=found.measure) for listed in points.values() for point in listed)
    return csv_files.csv_file(f"measure-{slugify(code)}.csv", header=_MEASURE_HEADER, rows=rows)


def _topic_rows(one: AreaOutcome) -> Iterable[tuple[object, ...]]:
    for year in one.years:
        newest = one.newest is not None and year.label == one.newest.label
        rank = one.rank if newest else None
        yield (
            one.measure.code,
            one.title,
            year.label,
            *_value(year.value),
            one.measure.unit,
            one.measure.polarity,
            _value(year.england)[0],
            _value(year.region)[0],
            "" if year.neighbours is None else year.neighbours,
            year.neighbours_known,
            rank.place if rank else "",
            rank.low if rank else "",
            rank.high if rank else "",
            rank.of if rank else "",
            one.band.value if newest and one.band else "",
            year.point.release if year.point else "",
            year.point.row if year.point else "",
        )


def _row(point: SeriesPoint, *, measure: Measure) -> tuple[object, ...]:
    place = series.places().get(point.area)
    return (
        place.level.value if place else "",
        point.area,
        place.name if place else "",
        point.measure,
        measure.title,
        point.label,
        *_value(point.value),
        measure.unit,
        point.release,
        point.row,
    )


def _value(value: Value) -> tuple[object, str]:
    """Return a value as published and its status; an empty number with the reason where it is missing."""
    return (value.value, KNOWN) if isinstance(value, Known) else ("", value.reason.value)
