"""Outcomes are read from every layout of Ofsted that is known, and from plain lists."""

from datetime import date

import ibis
import numpy as np
import pytest

from steward.analysis.forecasting.outcome_cells import day_of
from steward.analysis.forecasting.outcome_files import NoOutcomes, read_outcomes
from steward.analysis.forecasting.outcomes import after
from steward.analysis.sources.catalogue import read_sources
from steward.analysis.sources.definition import Holds
from steward.regimes.frameworks import read_frameworks

SOURCES, FRAMEWORKS = read_sources(), read_frameworks()
LAYOUTS = [
    (source, layout)
    for source in SOURCES.values()
    if source.holds is Holds.INSPECTIONS
    for layout in source.layouts
]


def _read(path, *, schools=None, below_good=""):
    connection = ibis.duckdb.connect()
    return read_outcomes(
        path,
        connection=connection,
        sources=SOURCES,
        frameworks=FRAMEWORKS,
        schools=schools or {},
        below_good=below_good,
    )


def _list(folder, text):
    path = folder / "later.csv"
    path.write_text(text, encoding="utf-8")
    return path


def _file(folder, layout):
    """Write a file of the layout with one school that is inadequate and one that is good."""
    day = min(layout.covers_to, date(2020, 8, 31))
    header = list(dict.fromkeys((*layout.columns, *layout.requires, *layout.fields.values())))
    inspected = date(layout.covers_from.year, 3, 4) if layout.covers_from.year > 2012 else date(2012, 10, 4)
    rows = []
    for urn, grade in (("123456", "4"), ("123457", "2")):
        cells = dict.fromkeys(header, "")
        cells[layout.keys["urn"]] = urn
        cells[layout.fields["inspected_on"]] = inspected.strftime(layout.formats["inspected_on"])
        words = layout.period.place == "fixed"
        cells[layout.fields["outcome"]] = {"4": "Inadequate", "2": "Good"}[grade] if words else grade
        rows.append(",".join(f'"{cells[name]}"' for name in header))
    path = folder / f"list_asat_{day.isoformat()}.csv"
    path.write_text("\n".join([",".join(f'"{name}"' for name in header), *rows]), encoding="utf-8")
    return path, inspected


@pytest.mark.parametrize(("source", "layout"), LAYOUTS, ids=[f"{s.id}-{one.id}" for s, one in LAYOUTS])
def test_every_layout_of_inspections_is_read(tmp_path, source, layout):
    path, inspected = _file(tmp_path, layout)
    found = _read(path).outcomes
    assert found.school.tolist() == [123456, 123457]
    assert found.on.tolist() == [inspected.toordinal()] * 2
    assert found.rank.tolist() == [4, 2]
    assert found.concern.tolist() == [1, 0]


def test_a_plain_list_in_many_ways_of_writing(tmp_path):
    path = tmp_path / "later.csv"
    path.write_text(
        "Inspection date,URN,Overall_effectiveness\n"
        "04/03/2022,100001,Requires improvement\n"
        "2022-03-05,100002,2\n"
        "20220306,100003,Special Measures\n"
        "07-03-2022,100004,something else\n",
        encoding="utf-8",
    )
    found = _read(path)
    assert found.unread == 1
    assert found.outcomes.rank.tolist() == [3, 2, 4]
    assert found.outcomes.concern.tolist() == [0, 0, 1]


def test_after_grades_ended_only_a_category_of_concern_is_told(tmp_path):
    path = tmp_path / "cards.csv"
    path.write_text(
        "urn,date,outcome\n100001,2026-01-12,Special measures\n100002,2026-01-13,Expected standard\n"
        "100003,2026-01-14,4\n100004,2026-01-15,Needs attention\n100005,2026-01-16,Urgent improvement\n",
        encoding="utf-8",
    )
    found = _read(path)
    assert found.unread == 2
    assert np.isnan(found.outcomes.rank).all()
    assert found.outcomes.concern.tolist() == [1, 0, 0]
    window = {"cutoff": date(2025, 12, 31), "until": date(2026, 12, 31)}
    assert len(after(found.outcomes, graded=True, **window).school) == 0
    assert len(after(found.outcomes, graded=False, **window).school) == 3


def test_a_new_number_is_the_school_it_continues_and_the_first_inspection_counts(tmp_path):
    path = tmp_path / "later.csv"
    path.write_text("urn,date,outcome\n140000,2019-05-01,4\n100001,2018-05-01,2\n", encoding="utf-8")
    found = _read(path, schools={140000: 100001}).outcomes
    first = after(found, cutoff=date(2018, 1, 1), until=date(2020, 1, 1), graded=True)
    assert first.school.tolist() == [100001]
    assert first.rank.tolist() == [2]


def test_a_file_that_has_no_outcomes_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(NoOutcomes, match="needs a column URN"):
        _read(path)
    path.write_text("urn,date,outcome\nx,y,z\n", encoding="utf-8")
    with pytest.raises(NoOutcomes, match="none of its 1 rows"):
        _read(path)


FLAGS = "URN,InspectionDate,{heading}\n100001,2018-05-01,{yes}\n100002,2018-05-02,{no}\n"


@pytest.mark.parametrize("pair", [("1", "0"), ("True", "False"), ("yes", "no"), ("1.0", "0.0"), ("2", "1")])
@pytest.mark.parametrize("heading", ["Outcome", "result"])
def test_two_values_are_refused_until_it_is_said_which_means_below_good(tmp_path, heading, pair):
    path = _list(tmp_path, FLAGS.format(heading=heading, yes=pair[0], no=pair[1]))
    with pytest.raises(NoOutcomes, match="--below-good"):
        _read(path)
    assert _read(path, below_good=pair[0]).outcomes.rank.tolist() == [3, 2]
    assert _read(path, below_good=pair[1]).outcomes.rank.tolist() == [2, 3]


def test_nought_is_no_grade_whatever_the_heading_and_other_words_do_not_hide_it(tmp_path):
    for heading in ("Overall effectiveness", "Grade"):
        with pytest.raises(NoOutcomes, match="below good"):
            _read(_list(tmp_path, FLAGS.format(heading=heading, yes="1", no="0")))
    with pytest.raises(NoOutcomes, match="below good"):
        _read(_list(tmp_path, FLAGS.format(heading="Outcome", yes="1", no="0") + "100003,2018-05-03,n/a\n"))


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("below_good", [3, 2]), ("Not good", [3, 2]), ("BelowGood", [3, 2]), ("Good or better", [2, 3])],
)
@pytest.mark.parametrize("pair", [("1", "0"), ("TRUE", "FALSE"), ("Yes", "No")])
def test_a_heading_may_say_what_two_values_mean(tmp_path, heading, expected, pair):
    path = _list(tmp_path, FLAGS.format(heading=heading, yes=pair[0], no=pair[1]))
    assert _read(path).outcomes.rank.tolist() == expected


def test_a_heading_of_concern_says_nothing_of_the_grade_of_others(tmp_path):
    found = _read(_list(tmp_path, FLAGS.format(heading="Category of concern", yes="Yes", no="No"))).outcomes
    assert found.concern.tolist() == [1, 0]
    assert np.isnan(found.rank[1])


def test_a_value_that_is_not_there_or_is_one_of_many_grades_is_refused(tmp_path):
    flags = _list(tmp_path, FLAGS.format(heading="Outcome", yes="1", no="0"))
    with pytest.raises(NoOutcomes, match="no outcome is '7'"):
        _read(flags, below_good="7")
    grades = _list(
        tmp_path, "urn,date,grade\n100001,2018-05-01,1\n100002,2018-05-01,2\n100003,2018-05-01,3\n"
    )
    with pytest.raises(NoOutcomes, match="3 values"):
        _read(grades, below_good="3")


@pytest.mark.parametrize(
    ("word", "rank"),
    [
        ("RI", 3), ("Grade 3", 3), ("3.0", 3), ("3 - Requires improvement", 3), ("Below good", 3),
        ("Not good", 3), ("Good or better", 2), ("Grade: 1", 1), ("OUTSTANDING", 1), ("Special measures", 4),
    ],
)  # fmt: skip
def test_outcomes_are_read_in_many_words(tmp_path, word, rank):
    path = _list(tmp_path, f"URN,OfstedLastInsp,OverallEffectiveness\n100001,2 May 2019,{word}\n")
    assert _read(path).outcomes.rank.tolist() == [rank]


def test_rows_not_read_are_named_with_the_reason_the_first_ten(tmp_path):
    bad = "".join(f"10000{number},yesterday,2\n" for number in range(2, 10))
    more = "100020,2018-05-01,none such\nabc,2018-05-01,2\n100021,,2\n100022,2018-05-01,\n"
    found = _read(_list(tmp_path, f"urn,date,outcome\n100001,2018-05-01,4\n{bad}{more}"))
    assert found.unread == 12
    assert len(found.faults) == 10
    assert found.faults[0] == "Row 3: 'yesterday' is no day."
    assert found.faults[8] == "Row 11: 'none such' is no outcome that is known."
    assert found.faults[9] == "Row 12: 'abc' is no URN."


@pytest.mark.parametrize(
    "text",
    [
        "2015-05-31", "20150531", "31/05/2015", "31.05.2015", "31-05-2015", "2015-05-31T00:00", "2015/05/31",
        "2015/5/31", "31 May 2015", "31-May-2015", "31-May-15", "31st May 2015", "Sunday 31 May 2015",
        "31/05/2015 00:00", "31/05/15", "42155", "42155.0",
    ],
)  # fmt: skip
def test_days_are_read_as_written(text):
    assert day_of(text) == date(2015, 5, 31)


@pytest.mark.parametrize("text", ["32/05/2015", "", "31 Mai 2015", "99999", "4", "05/31/2015", "May 2015"])
def test_what_is_no_day_is_not_guessed(text):
    assert day_of(text) is None
