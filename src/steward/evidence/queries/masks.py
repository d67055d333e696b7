"""Which cells of a record of a published file are shown, so that a record tells no more than a figure.

A column is shown only where it is the source of a figure that is released for that record, or is read for
all pupils, or stands in the closed list of the policy. Where any figure about a group of pupils is withheld,
no column of that group is shown, since one could tell another.
"""

from collections.abc import Iterable, Mapping

from steward.analysis.indicators.catalogue import ReleaseShape, Use, school_uses
from steward.analysis.sources.definition import Layout
from steward.evidence import catalogues
from steward.evidence.models import DataRelease
from steward.evidence.queries import releases, withholding
from steward.evidence.queries.withholding import RowFigure
from steward.vocabulary.values import PUBLISHED_MARKS

NOT_SHOWN = "Not shown here: it may tell a small group"
_SCHOOL = "school"


def hidden_columns(
    chosen: DataRelease, *, row: int, layout: Layout, cells: Mapping[str, str]
) -> frozenset[str]:
    """Return the columns of a record whose printed text is not shown.

    The mark of a missing value, and a blank, is shown where a figure is read from the column.
    """
    uses = _uses(chosen, layout=layout, columns=cells)
    read = {column for use in uses for column in _all_columns_of(use)}
    shown = open_columns(chosen, layout=layout, columns=cells) | _released(
        uses, figures=_figures_of(chosen, row=row), cells=cells
    )
    hidden = cells.keys() - shown
    return frozenset(name for name in hidden if name not in read or _may_be_a_count(cells[name]))


def open_columns(chosen: DataRelease, *, layout: Layout, columns: Iterable[str]) -> frozenset[str]:
    """Return the columns of a file that are shown whosever record it is, since none is about a group."""
    names = frozenset(columns)
    named = {layout.period.column, *layout.keys.values(), *layout.fields.values()}
    if layout.levels is not None:
        named |= {layout.levels.column, layout.levels.phase_column}
    for use in _uses(chosen, layout=layout, columns=names):
        if not use.indicator.group:
            named |= _all_columns_of(use)
    policy = catalogues.disclosure_policy()
    return frozenset(name for name in names if name in named or policy.is_plain(name, source=chosen.source))


def _figures_of(chosen: DataRelease, *, row: int) -> dict[tuple[str, int], RowFigure]:
    """What was read from the record of groups of which none of whom it is about is withheld in its years."""
    folder, known = releases.current_folder(), catalogues.indicators()
    read = withholding.figures_of_row(chosen.id, row=row, folder=folder)
    years = {one.period for one in read}
    closed = {
        group
        for level, area in {(one.level, one.area) for one in read}
        for group, year in withholding.groups_withheld(level, area, folder=folder)
        if year in years
    }
    return {
        (one.indicator, one.period): one
        for one in read
        if one.figure and known[one.indicator].group not in closed
    }


def _released(
    uses: Iterable[Use], *, figures: Mapping[tuple[str, int], RowFigure], cells: Mapping[str, str]
) -> set[str]:
    """The columns from which released figures about groups are read."""
    found: set[str] = set()
    for use in uses:
        figure = figures.get((use.indicator.id, use.period))
        if figure is not None and use.indicator.group:
            found |= _columns_of_group(use, figure=figure, cells=cells)
    return found


def _columns_of_group(use: Use, *, figure: RowFigure, cells: Mapping[str, str]) -> set[str]:
    """The columns of a figure about a group; the pupils of a share of the whole roll are no group.

    Of an area no count is shown, and no more digits than its figure is given with.
    """
    reading = use.reading
    of_the_group = reading.cohort_columns if use.indicator.group_of and figure.pupils else ()
    if figure.level == _SCHOOL:
        return {name for name in (reading.value, reading.numerator, *of_the_group) if name}
    rough = _decimals(cells.get(reading.value, "")) <= use.indicator.decimals
    return {name for name in (reading.value if rough else "", *of_the_group) if name}


def _all_columns_of(use: Use) -> set[str]:
    reading = use.reading
    named = (reading.value, reading.numerator, reading.denominator, *reading.cohort_columns)
    return {name for name in named if name}


def _uses(chosen: DataRelease, *, layout: Layout, columns: Iterable[str]) -> tuple[Use, ...]:
    shape = ReleaseShape(chosen.source, layout, chosen.period, frozenset(columns))
    return school_uses(shape, indicators=catalogues.indicators())


def _decimals(text: str) -> int:
    return len(text.strip().rstrip("%").partition(".")[2])


def _may_be_a_count(text: str) -> bool:
    stripped = text.strip().upper()
    return any(sign.isdigit() for sign in stripped) and stripped not in PUBLISHED_MARKS
