"""From which publication, layout and column an indicator is read in each year."""

from collections.abc import Iterator, Mapping

from steward.analysis.indicators.definition import IndicatorDefinition, Reading
from steward.analysis.sources.definition import Layout, SourceDefinition
from steward.evidence import wording
from steward.evidence.methodology import years
from steward.interface import markdown
from steward.vocabulary.academic_year import AcademicYear

_COLUMNS = ("School years", "Publication", "Layouts", "Read from", "Number of pupils from")


def readings_table(indicator: IndicatorDefinition, *, sources: Mapping[str, SourceDefinition]) -> str:
    """Return the readings in the order in which they are tried, each with the layouts it fits."""
    rows = (_row(reading, source=sources[reading.source]) for reading in indicator.readings)
    return markdown.table(_COLUMNS, rows)


def layouts_of(reading: Reading, *, source: SourceDefinition) -> tuple[Layout, ...]:
    """Return the layouts of the publication that may hold the years and columns of the reading."""
    return tuple(layout for layout in source.layouts if _fits(layout, reading=reading))


def _fits(layout: Layout, *, reading: Reading) -> bool:
    named = not reading.layouts or layout.id in reading.layouts
    columns = {reading.value, reading.numerator, reading.denominator, *reading.cohort_columns} - {""}
    return (
        named
        and (layout.more_columns or columns <= set(layout.columns))
        and _in_time(layout, reading=reading)
    )


def _in_time(layout: Layout, *, reading: Reading) -> bool:
    if layout.period.place == "columns":
        return True
    first = AcademicYear.containing(layout.covers_from).ends
    last = AcademicYear.containing(layout.covers_to).ends
    return first <= reading.to_year and reading.from_year <= last


def _row(reading: Reading, *, source: SourceDefinition) -> tuple[str, ...]:
    layouts = layouts_of(reading, source=source)
    return (
        years.run(reading.from_year, last=reading.to_year),
        markdown.link(source.title, to=f"publications.md#{source.id}"),
        ", ".join(layout.id for layout in layouts) or "None",
        " ".join(_how(reading)),
        " + ".join(map(markdown.code, reading.cohort_columns)) or "Not in the file",
    )


def _how(reading: Reading) -> Iterator[str]:
    if reading.series:
        yield f"Series {markdown.code(reading.series)}, areas only"
        yield f"({wording.phase(reading.area_phase).lower()})"
    elif reading.value:
        yield f"Column {markdown.code(reading.value)}"
    else:
        yield f"Column {markdown.code(reading.numerator)} divided by"
        yield f"column {markdown.code(reading.denominator)}"
    if reading.times != 1:
        yield f"times {reading.times:g}"
