"""Inspections named in Ofsted's publications, each under the framework it was held under."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
from ibis.expr.types import DateValue, StringValue, Table

from steward.analysis import columns
from steward.analysis.sources import marks, rows
from steward.analysis.sources.definition import Layout
from steward.analysis.sources.recognition import Recognised
from steward.analysis.sources.tables import days, kinds
from steward.regimes.frameworks import InspectionFramework
from steward.vocabulary.phases import Phase

CATEGORIES: Mapping[str, str] = {
    "sm": "special_measures",
    "special measures": "special_measures",
    "sw": "serious_weaknesses",
    "swk": "serious_weaknesses",
    "serious weaknesses": "serious_weaknesses",
    "nti": "notice_to_improve",
    "notice to improve": "notice_to_improve",
}
"""Categories of concern as printed, to their names."""


def inspections(
    raw: Table,
    recognised: Recognised,
    *,
    release: str,
    frameworks: Mapping[str, InspectionFramework],
) -> Table:
    """Return the full inspections named in a release, in the shape columns.INSPECTIONS.

    One row for the latest and one for the previous full inspection where the file has both; a
    school of a snapshot that was not inspected has one row without date. The framework is the one in
    force on the day the inspection began. Marks that are no grade (9, 8, 0, blank, "-", "Not judged")
    leave the outcome null and are kept as printed. Visits under section 8 are not read.
    """
    layout = recognised.layout
    latest = _events(raw, layout, prefix="")
    if layout.snapshot:
        latest = latest.mutate(latest=ibis.literal(value=True))
    else:
        latest = _with_latest(latest.filter(latest["inspected_on"].notnull()))
    events = latest
    if "previous_inspected_on" in layout.fields:
        previous = _events(raw, layout, prefix="previous_").mutate(latest=ibis.literal(value=False))
        held = previous["inspected_on"].notnull()
        events = ibis.union(latest, previous.filter(held).select(*latest.columns))
    told = _with_outcome(events, frameworks=tuple(frameworks.values())).mutate(
        snapshot=ibis.literal(layout.snapshot),
        as_at=ibis.literal(recognised.as_at, type="date"),
        release=ibis.literal(release, type="string"),
    )
    return columns.cast(told, columns.INSPECTIONS)


def _events(raw: Table, layout: Layout, *, prefix: str) -> Table:
    phase = kinds.meaning_of(_printed(raw, layout, field="phase"), table=kinds.PHASE_OF_WORDS)
    events = raw.select(
        urn=rows.urn_of(raw, layout),
        urn_at_inspection=rows.whole_number(_printed(raw, layout, field=f"{prefix}urn_at_inspection")),
        authority=rows.authority_of(raw, layout),
        phase=phase.fill_null(Phase.UNKNOWN.value),
        pupils=marks.number_of(_printed(raw, layout, field="pupils")),
        inspected_on=_day(raw, layout, field=f"{prefix}inspected_on"),
        published_on=_day(raw, layout, field=f"{prefix}published_on"),
        mark=_printed(raw, layout, field=f"{prefix}outcome"),
        category=kinds.meaning_of(_printed(raw, layout, field=f"{prefix}category"), table=CATEGORIES),
        row=raw[columns.ROW],
    )
    return events.filter(events["urn"].notnull())


def _printed(raw: Table, layout: Layout, *, field: str) -> StringValue:
    name = layout.fields.get(field, "")
    return raw[name].strip() if name in raw.columns else ibis.null("string")


def _day(raw: Table, layout: Layout, *, field: str) -> DateValue:
    return days.day_of(_printed(raw, layout, field=field), written_as=layout.formats.get(field, ""))


def _with_latest(events: Table) -> Table:
    """Return a history with the newest inspection of each school marked, the last row where two tie."""
    newest_first = ibis.row_number().over(
        ibis.window(group_by="urn", order_by=[ibis.desc("inspected_on"), ibis.desc("row")])
    )
    numbered = events.mutate(place=newest_first)
    return numbered.mutate(latest=numbered["place"] == 0).drop("place")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A mark under a framework: when it is read so, and what it means."""

    framework: InspectionFramework
    outcome: str
    marks: tuple[str, ...]


def _with_outcome(events: Table, *, frameworks: Sequence[InspectionFramework]) -> Table:
    held_on = events["inspected_on"]
    printed = events["mark"].lower().fill_null("")
    readings = [
        _Reading(framework, point.key, tuple(mark.lower() for mark in point.marks))
        for framework in frameworks
        if framework.has_overall
        for point in framework.scale
    ]
    in_force = [
        (_in_force(held_on, framework=one.framework) & printed.isin(one.marks), one) for one in readings
    ]
    by_word = [
        ((held_on >= one.framework.in_force_from) & printed.isin(_words(one)), one)
        for one in sorted(readings, key=lambda one: one.framework.in_force_from, reverse=True)
        if _words(one)
    ]
    found = in_force + by_word
    held_under = ibis.cases(
        *((_in_force(held_on, framework=framework), framework.id) for framework in frameworks),
        else_=ibis.null("string"),
    )
    return events.mutate(
        framework=ibis.cases(*((when, one.framework.id) for when, one in found), else_=held_under),
        outcome=ibis.cases(*((when, one.outcome) for when, one in found), else_=ibis.null("string")),
    )


def _words(reading: _Reading) -> tuple[str, ...]:
    """Return the marks that are words: a word that the framework in force does not have is kept as printed.

    The history prints "Satisfactory" for 47 inspections dated after August 2012, when the word was
    given up; they are filed under the last framework that had it. A bare figure is never so moved.
    """
    return tuple(mark for mark in reading.marks if not mark.isdigit())


def _in_force(held_on: DateValue, *, framework: InspectionFramework) -> ibis.expr.types.BooleanValue:
    since = held_on >= framework.in_force_from
    return since if framework.in_force_to is None else since & (held_on <= framework.in_force_to)
