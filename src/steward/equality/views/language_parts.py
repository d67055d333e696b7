"""The part of pages of gaps about pupils whose first language is not English, as it is printed."""

from collections.abc import Sequence

from django.urls import reverse

from steward.analysis.comparison.gap_measures import Gap
from steward.analysis.comparison.group_gaps import Side
from steward.analysis.comparison.school_gaps import SchoolGap
from steward.equality import wording
from steward.equality.queries.first_language import LanguageGap, first_language
from steward.equality.views.area_parts import tag_of
from steward.interface import words
from steward.interface.parts import Cell, Column, Table
from steward.vocabulary.values import Missing, Value


def context(area: str, *, name: str, of_pupils: Sequence[tuple[Gap, SchoolGap]]) -> dict[str, object]:
    """Return the finding, the table of gaps (None where no file has any) and what else is known."""
    found = first_language(area, name=name, of_pupils=of_pupils)
    return {
        "finding": found.finding,
        "table": _table(found.gaps, area=area) if found.gaps else None,
        "further": found.further,
    }


def _table(gaps: Sequence[LanguageGap], *, area: str) -> Table:
    columns = (
        Column("In"),
        Column("Another first language", numeric=True),
        Column("Held against", numeric=True),
        Column("Gap", numeric=True),
        Column("Since the year before"),
        Column("England's gap", numeric=True),
        Column("Mean gap of authorities most alike", numeric=True),
    )
    return Table(
        "Results by first language", columns, tuple(_row(one, area=area) for one in gaps), hide_caption=True
    )


def _row(one: LanguageGap, *, area: str) -> tuple[object, ...]:
    places = one.newest.decimals
    href = reverse("equality:gap", args=(area, one.gap.id))
    return (
        Cell(one.gap.measure.title, href=href, note=one.newest.label),
        _figure(one.newest.group, one=one),
        Cell(_figure(one.newest.other, one=one), note=one.others),
        wording.signed(one.newest.amount, decimals=places),
        tag_of(one.movement),
        _signed(one.england, decimals=places),
        _signed(one.beside, decimals=max(places, 1)),
    )


def _figure(side: Side, *, one: LanguageGap) -> str:
    text = wording.figure(side.value, measure=one.gap.measure, decimals=side.decimals)
    if isinstance(side.value, Missing) or not side.value.cohort:
        return text
    return f"{text} ({words.counted(round(side.value.cohort), one='pupil')})"


def _signed(value: Value, *, decimals: int) -> object:
    return value if isinstance(value, Missing) else words.signed(value.value, decimals=decimals)
