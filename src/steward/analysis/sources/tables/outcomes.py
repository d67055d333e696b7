"""Inspections named in Ofsted's publications, each under the framework it was held under."""

from collections.abc import Mapping, Sequence
from datetime import date

import ibis
import pyarrow as pa
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


_FOR_NOW = date(9999, 12, 31)


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
    told = _with_outcome(_with_meanings(events), frameworks=tuple(frameworks.values()))
    told = told.mutate(
        phase=told["known_phase"].fill_null(Phase.UNKNOWN.value),
        snapshot=ibis.literal(layout.snapshot),
        as_at=ibis.literal(recognised.as_at, type="date"),
        release=ibis.literal(release, type="string"),
    )
    return columns.cast(told, columns.INSPECTIONS)


def _events(raw: Table, layout: Layout, *, prefix: str) -> Table:
    events = raw.select(
        urn=rows.urn_of(raw, layout),
        urn_at_inspection=rows.whole_number(_printed(raw, layout, field=f"{prefix}urn_at_inspection")),
        authority=rows.authority_of(raw, layout),
        phase_words=_printed(raw, layout, field="phase"),
        pupils=marks.number_of(_printed(raw, layout, field="pupils")),
        inspected_on=_day(raw, layout, field=f"{prefix}inspected_on"),
        published_on=_day(raw, layout, field=f"{prefix}published_on"),
        mark=_printed(raw, layout, field=f"{prefix}outcome"),
        category_words=_printed(raw, layout, field=f"{prefix}category"),
        row=raw[columns.ROW],
    )
    return events.filter(events["urn"].notnull())


def _with_meanings(events: Table) -> Table:
    told = kinds.with_meaning(events, words="phase_words", meanings=kinds.PHASE_OF_WORDS, into="known_phase")
    return kinds.with_meaning(told, words="category_words", meanings=CATEGORIES, into="category")


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


def _with_outcome(events: Table, *, frameworks: Sequence[InspectionFramework]) -> Table:
    """Return the events with framework and outcome, looked up in two small tables.

    Joined rather than spelt out as cases, so that no engine reads the day of a row once for each case.
    """
    spans = ibis.memtable(_spans(frameworks))
    meanings = ibis.memtable(_meanings(frameworks))
    dated = events.left_join(
        spans, [events["inspected_on"] >= spans["since"], events["inspected_on"] <= spans["until"]]
    )
    dated = dated.mutate(mark_in_small_letters=dated["mark"].lower())
    read = dated.left_join(
        meanings,
        [
            dated["in_force"] == meanings["held_under"],
            dated["mark_in_small_letters"] == meanings["printed"],
        ],
    )
    return read.mutate(framework=read["filed_under"].fill_null(read["in_force"]))


def _spans(frameworks: Sequence[InspectionFramework]) -> pa.Table:
    """Return the days on which each framework was in force."""
    return pa.table(
        {
            "in_force": pa.array([one.id for one in frameworks], pa.string()),
            "since": pa.array([one.in_force_from for one in frameworks], pa.date32()),
            "until": pa.array([one.in_force_to or _FOR_NOW for one in frameworks], pa.date32()),
        }
    )


def _meanings(frameworks: Sequence[InspectionFramework]) -> pa.Table:
    """Return what each printed mark means for an inspection held under each framework."""
    found = [
        (held_under.id, mark, filed_under.id, outcome)
        for held_under in frameworks
        if held_under.has_overall
        for mark, (filed_under, outcome) in _marks_read_under(held_under, frameworks=frameworks).items()
    ]
    names = ("held_under", "printed", "filed_under", "outcome")
    return pa.table(
        {name: pa.array([row[place] for row in found], pa.string()) for place, name in enumerate(names)}
    )


def _marks_read_under(
    held_under: InspectionFramework, *, frameworks: Sequence[InspectionFramework]
) -> dict[str, tuple[InspectionFramework, str]]:
    """Return what each mark means; a word the framework does not have is kept as published.

    The history prints "Satisfactory" for 47 inspections dated after August 2012, when the word was
    given up; they are filed under the last framework that had it. A bare figure is never so moved.
    """
    earlier_first = sorted(frameworks, key=lambda one: one.in_force_from)
    before = [
        one for one in earlier_first if one.in_force_from < held_under.in_force_from and one.has_overall
    ]
    found = {
        mark.lower(): (framework, point.key)
        for framework in before
        for point in framework.scale
        for mark in point.marks
        if not mark.isdigit()
    }
    own = {mark.lower(): (held_under, point.key) for point in held_under.scale for mark in point.marks}
    return found | own
