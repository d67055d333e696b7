"""Outcomes are read from every layout of Ofsted that is known, and from plain lists."""

from datetime import date

import ibis
import numpy as np
import pytest

from steward.analysis.forecasting.outcome_files import NoOutcomes, day_of, read_outcomes
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


def _read(path, *, schools=None):
    connection = ibis.duckdb.connect()
    return read_outcomes(
        path, connection=connection, sources=SOURCES, frameworks=FRAMEWORKS, schools=schools or {}
    )


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


@pytest.mark.parametrize(
    "text", ["2015-05-31", "20150531", "31/05/2015", "31.05.2015", "31-05-2015", "2015-05-31T00:00"]
)
def test_days_are_read_as_written(text):
    assert day_of(text) == date(2015, 5, 31)
    assert day_of("32/05/2015") is None
    assert day_of("") is None
