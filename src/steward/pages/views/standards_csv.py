"""The annual standards of an authority as a file for a spreadsheet: every table beneath the other."""

from collections.abc import Iterator

from django.http import HttpResponse

from steward.analysis.comparison.standing_of_areas import AreaChange
from steward.evidence import catalogues
from steward.interface import csv_files
from steward.pages.queries.area_outcomes import AreaOutcome
from steward.pages.queries.standards import Section, Standards
from steward.vocabulary.values import KNOWN, Known, Value

_HEADER = (
    "section", "kind", "measure", "title", "year", "value", "status", "unit", "england", "region",
    "statistical_neighbours_mean", "rank", "rank_low", "rank_high", "of", "quarter", "change",
    "change_in_words", "why_no_change", "others", "gap", "gap_year_before", "gap_england", "release", "row",
)  # fmt: skip
Row = dict[str, object]  # a record by column


def standards_file(found: Standards) -> HttpResponse:
    """Return every measure, gap and count of inspections of the standards, one a row."""
    rows = (row for section in found.sections for row in _rows(section))
    return csv_files.csv_file(
        f"authority-{found.authority.code}-standards-{found.year}.csv",
        header=_HEADER,
        rows=([row.get(key, "") for key in _HEADER] for row in rows),
    )


def _rows(section: Section) -> Iterator[Row]:
    named: Row = {"section": section.title, "kind": section.kind}
    for one in section.outcomes:
        yield named | _outcome(one)
    for gap in section.gaps:
        yield named | {
            "measure": gap.measure.code,
            "title": gap.title,
            "year": gap.label,
            "value": _value(gap.group_value),
            "status": KNOWN,
            "unit": gap.measure.unit,
            "others": _value(gap.others_value),
            "gap": gap.gap,
            "gap_year_before": "" if gap.before is None else gap.before,
            "gap_england": "" if gap.england is None else gap.england,
            "release": gap.measure.release,
        }
    yield from _inspections(section, named=named)


def _inspections(section: Section, *, named: Row) -> Iterator[Row]:
    if section.inspections is None:
        return
    for standing in section.inspections.phases:
        for count in standing.own.outcomes:
            framework = catalogues.frameworks()[count.framework].title if count.framework else ""
            yield named | {
                "measure": framework,
                "title": f"{standing.phase_label}: {count.label}",
                "year": section.inspections.as_at.isoformat(),
                "value": count.schools,
                "status": KNOWN,
                "unit": "schools",
                "release": section.inspections.release,
            }


def _outcome(one: AreaOutcome) -> Row:
    newest = one.newest
    if newest is None:
        return {"measure": one.measure.code, "title": one.title}
    change = one.change
    return {
        "measure": one.measure.code,
        "title": one.title,
        "year": newest.label,
        "value": _value(newest.value),
        "status": KNOWN if isinstance(newest.value, Known) else newest.value.reason.value,
        "unit": one.measure.unit,
        "england": _value(newest.england),
        "region": _value(newest.region),
        "statistical_neighbours_mean": "" if newest.neighbours is None else newest.neighbours,
        "rank": one.rank.place if one.rank else "",
        "rank_low": one.rank.low if one.rank else "",
        "rank_high": one.rank.high if one.rank else "",
        "of": one.rank.of if one.rank else "",
        "quarter": one.band.value if one.band else "",
        "change": change.amount if isinstance(change, AreaChange) else "",
        "change_in_words": change.word if isinstance(change, AreaChange) else "",
        "why_no_change": "" if isinstance(change, AreaChange) else change.why,
        "release": newest.point.release if newest.point else "",
        "row": newest.point.row if newest.point else "",
    }


def _value(value: Value) -> object:
    return value.value if isinstance(value, Known) else ""
