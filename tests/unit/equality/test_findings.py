"""The answer to whether a gap closes goes by the direction it moved in and never contradicts itself."""

from dataclasses import replace

import pytest

from steward.analysis.comparison import group_gaps
from steward.analysis.comparison.gap_measures import gaps_of, read_gap_measures
from steward.analysis.comparison.group_gaps import GapYear, Movement, Side
from steward.analysis.comparison.groups import read_groups
from steward.equality.queries import findings
from steward.equality.queries.area_gaps import AreaGap, AreaGaps
from steward.vocabulary.values import Known, Missing, Reason

GAP = gaps_of(read_gap_measures(), groups=read_groups())["attainment_8-disadvantaged"]
NONE = Missing(Reason.NOT_AVAILABLE)


def gap_of(*widths: float, usual: float | None, first: int = 2023) -> AreaGap:
    """Return a gap that had these widths in years that follow each other."""
    years = [
        GapYear(year, str(year), Side(Known(50.0 - wide), 1), Side(Known(50.0), 1))
        for year, wide in enumerate(widths, start=first)
    ]
    return AreaGap(
        gap=GAP,
        newest=years[-1],
        wide=widths[-1],
        change=group_gaps.latest_change(years, gap=GAP),
        run=group_gaps.run_change(years, gap=GAP),
        england=NONE,
        region=NONE,
        beside=NONE,
        national_others=NONE,
        usual=usual,
    )


def area_of(*gaps: AreaGap) -> AreaGaps:
    return AreaGaps("383", "Leeds", "", gaps, (), None)


SMALL = "within what is usual (up to 1.9 points a year)"
WIDER = "over the years since 2023, no, it has widened by 2.0 points"
NARROWER = "over the years since 2023, yes, by 2.0 points"
LARGE = "more than is usual (up to 1.9 points a year)"


@pytest.mark.parametrize(
    ("widths", "usual", "answer"),
    [
        (
            (12.0, 13.5, 14.0),
            1.9,
            f"No: it has widened by 0.5 points since the year before, {SMALL}; {WIDER}.",
        ),
        ((16.0, 15.4, 14.0), 1.9, f"By 1.4 points since the year before, {SMALL}; {NARROWER}."),
        ((12.0, 15.4, 14.0), 1.9, f"By 1.4 points since the year before, {SMALL}; {WIDER}."),
        ((14.0, 17.0), 1.9, f"No: it has widened by 3.0 points since the year before, {LARGE}."),
        ((17.0, 14.0), 1.9, f"Yes, by 3.0 points since the year before, {LARGE}."),
        (
            (17.0, 14.0),
            None,
            "By 3.0 points since the year before, but how far such gaps usually move in a year is not known.",
        ),
        (
            (14.0, 14.1),
            1.9,
            "Not clearly: 0.1 points wider than in the year before, too little to tell.",
        ),
    ],
)
def test_the_answer_goes_by_the_direction(widths, usual, answer):
    assert findings.answer(gap_of(*widths, usual=usual)) == answer


def test_a_year_that_cannot_be_compared_says_why():
    alone = gap_of(14.0, usual=None)
    assert findings.answer(alone).startswith(
        "That cannot be said of the newest year (there is no year before"
    )
    assert findings.answer(replace(alone, wide=-1.0)) == "They are not behind."


def test_changes_of_which_the_usual_is_not_known_are_counted_by_themselves():
    found = area_of(gap_of(14.0, 17.0, usual=1.9), gap_of(14.0, 17.0, usual=None))

    assert found.movements == {Movement.WIDENING: 1, Movement.UNJUDGED: 1}
    assert len(found.moving(Movement.WIDENING)) == 1
    first = findings.findings(found)[0]
    assert first.startswith("Of 1 gap in which a group is behind")
    assert first.endswith(
        "1 more gap changed; how far such gaps usually move in a year is not known, so it is not called "
        "wider or narrower."
    )


def test_nothing_is_called_wider_where_the_usual_is_known_of_none():
    (first,) = findings.findings(area_of(gap_of(14.0, 17.0, usual=None)))[:1]
    assert first.startswith("1 gap changed; how far such gaps usually move in a year is not known")
