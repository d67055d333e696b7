"""The publications Steward knows as a document: who publishes each, whether it is used, and its layouts."""

from collections.abc import Iterator, Mapping

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.sources.definition import Holds, Layout, SourceDefinition
from steward.evidence import wording
from steward.evidence.methodology import upkeep, years
from steward.interface import markdown

_INTRODUCTION = (
    "A publication is a series of files that a publisher issues. Steward recognises a file by its columns, "
    "and by its name only where two publications have the same columns. A file of a year that no layout "
    "covers is refused. A publication that is recognised and not used is listed too, with the reason."
)
_VERSIONS = (
    "The same figure is often published more than once. The strongest version is shown, and the others "
    "can be opened beside it. From the weakest to the strongest:"
)
_HOLDS = {
    Holds.REGISTER: "Which schools there are",
    Holds.LINKS: "Which school followed which",
    Holds.INSPECTIONS: "Outcomes of inspections",
    Holds.RESULTS: "Figures of schools",
    Holds.SERIES: "Figures of authorities, regions and England over years",
    Holds.ATTENDANCE: "Attendance of schools by week or half term",
    Holds.LOOKUP: "What codes and areas mean, to look up",
    Holds.UNUSED: "Not used",
}
_BY_YEAR = (Holds.RESULTS, Holds.SERIES, Holds.LOOKUP, Holds.UNUSED)
"""What may be of school years; the others say how things stood on a day."""
_PLACES = {
    "path": "name of file or folder",
    "column": "a column",
    "fixed": "set in the definition",
    "columns": "many years in one file",
}


def publications(
    sources: Mapping[str, SourceDefinition], *, indicators: Mapping[str, IndicatorDefinition]
) -> str:
    """Return every publication by what it holds and by title, with the indicators read from it."""
    order = list(Holds)
    ordered = sorted(sources.values(), key=lambda one: (order.index(one.holds), one.title, one.id))
    overview = (
        (markdown.link(one.title, to=f"#{one.id}"), one.publisher, _HOLDS[one.holds]) for one in ordered
    )
    return markdown.document(
        (
            markdown.heading("Publications", level=1),
            _INTRODUCTION,
            markdown.table(("Publication", "Publisher", "What it holds"), overview),
            markdown.heading("Versions", level=2),
            _VERSIONS,
            markdown.table(("Version", "What it is"), wording.versions()),
            *(block for one in ordered for block in _publication(one, indicators=indicators)),
        )
    )


def _publication(one: SourceDefinition, *, indicators: Mapping[str, IndicatorDefinition]) -> Iterator[str]:
    yield markdown.heading(one.title, level=2, anchor=one.id)
    yield one.about
    yield markdown.notice("Recognised and not used.", text=one.not_used_because)
    yield upkeep.unchecked(one)
    yield markdown.facts(
        (
            ("Publisher", one.publisher),
            ("Licence", one.licence),
            ("What it holds", "" if one.holds is Holds.UNUSED else _HOLDS[one.holds]),
            ("Published at", upkeep.source(one.source_url)),
            ("Indicators read from it", _read_for(one, indicators=indicators)),
            ("Columns about people, dropped before anything is kept", _personal(one)),
            ("Looked after by", upkeep.kept(one)),
        )
    )
    yield markdown.table(
        ("Layout", "Covers", "Version", "Where its year or day is written"),
        (_layout(each, of=one) for each in one.layouts),
    )


def _read_for(one: SourceDefinition, *, indicators: Mapping[str, IndicatorDefinition]) -> str:
    found = [
        each for each in indicators.values() if any(reading.source == one.id for reading in each.readings)
    ]
    ordered = sorted(found, key=lambda each: (each.title, each.id))
    linked = ", ".join(markdown.link(each.title, to=f"indicators.md#{each.id}") for each in ordered)
    return linked or ("none" if one.holds in (Holds.RESULTS, Holds.SERIES) else "")


def _personal(one: SourceDefinition) -> str:
    named = dict.fromkeys(column for layout in one.layouts for column in layout.personal)
    return ", ".join(markdown.code(column) for column in named)


def _layout(layout: Layout, *, of: SourceDefinition) -> tuple[str, ...]:
    place = layout.period.place
    covered = years.school_years if of.holds in _BY_YEAR else years.days
    written = f"column {markdown.code(layout.period.column)}" if place == "column" else _PLACES[place]
    return (
        layout.id,
        covered(layout.covers_from, last=layout.covers_to),
        _version(layout, of=of),
        written,
    )


def _version(layout: Layout, *, of: SourceDefinition) -> str:
    if layout.version == "final" and of.holds not in (Holds.RESULTS, Holds.SERIES):
        return "As published"
    return wording.version(layout.version)
