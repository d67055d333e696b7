"""Charts: well-formed pictures with a name, and a table that says the same."""

import math
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from steward.interface import gallery
from steward.interface.charts import drawing, twins
from steward.interface.charts.figures import Break, LineChart, Part, Point, Series, Sparkline, StackedBars
from steward.interface.charts.scales import apart, axis_for
from steward.interface.parts import Cell
from steward.vocabulary.values import Known, Missing, Reason

SVG = "{http://www.w3.org/2000/svg}"
YEARS = ("2015 to 2016", "2016 to 2017", "2017 to 2018", "2018 to 2019")


def _chart(*amounts, unit="percent", breaks=(), small=(), from_zero=None, title="A finding", name="Old Mill"):
    points = tuple(
        Point(period, Missing(amount) if isinstance(amount, Reason) else Known(amount), small=number in small)
        for number, (period, amount) in enumerate(zip(YEARS, amounts, strict=False))
    )
    series = (Series(name, Part.SCHOOL, points),)
    return LineChart(title, "What it shows", unit, 1, series, breaks, from_zero)


def _drawn(figure):
    return ElementTree.fromstring(drawing.svg(figure))


def _of_class(picture, name):
    return [element for element in picture.iter() if name in element.get("class", "").split()]


def _words(picture):
    return ["".join(element.itertext()) for element in picture.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    "figure",
    [gallery.line_specimen(), gallery.progress_specimen(), gallery.bars_specimen()],
    ids=["shares", "scores", "bars"],
)
def test_a_chart_is_an_image_with_a_name_and_a_description(figure):
    picture = _drawn(figure)
    assert picture.get("role") == "img"
    assert picture[0].tag == f"{SVG}title"
    assert picture[0].text == figure.title
    assert picture[1].text == figure.description
    assert picture.get("width") is None
    assert not [element for element in picture.iter() if element.get("style") or element.get("fill")]


def test_text_is_escaped():
    picture = _drawn(_chart(1.0, 2.0, title='<script>"&', name="St Mary & St John's <Infants>"))
    assert picture[0].text == '<script>"&'
    assert " ".join(_words(picture)[-2:]) == "St Mary & St John's <Infants>"


def test_shares_begin_at_zero_and_scores_need_not():
    assert "0%" in _words(_drawn(_chart(61.0, 64.0)))
    assert "0" not in _words(_drawn(_chart(101.0, 102.0, unit="score")))
    assert "0.0" in _words(_drawn(_chart(-0.2, 0.4, unit="score")))


def test_a_missing_value_is_a_gap():
    lines = _of_class(_drawn(_chart(50.0, 52.0, Reason.SUPPRESSED, 58.0)), "steward-line")
    assert [line.get("d").count("L") for line in lines] == [1]
    assert len(_of_class(_drawn(_chart(50.0, 52.0, Reason.SUPPRESSED, 58.0)), "steward-mark")) == 3


def test_a_break_is_a_gap_with_a_word():
    picture = _drawn(_chart(50.0, 52.0, 54.0, 58.0, breaks=(Break(YEARS[2], "New tests"),)))
    assert len(_of_class(picture, "steward-line")) == 2
    assert "New tests" in _words(picture)


def test_a_small_cohort_is_a_hollow_mark_and_said_in_the_table():
    figure = _chart(50.0, 52.0, small={1})
    assert len(_of_class(_drawn(figure), "steward-mark--small")) == 1
    assert twins.table_of(figure).rows[1][1] == Cell("52.0%", note="few pupils")


def test_an_interval_is_a_thin_line_within_the_axis_and_said_in_the_table():
    points = (
        Point(YEARS[0], Known(52.0), interval=(33.4, 70.1)),
        Point(YEARS[1], Known(55.0), small=True),
        Point(YEARS[2], Known(0.0), interval=(0.0, 25.9)),
    )
    figure = LineChart("A finding", "What it shows", "percent", 0, (Series("Old Mill", Part.SCHOOL, points),))
    picture = _drawn(figure)
    lines = _of_class(picture, "steward-interval--school")
    assert len(lines) == 2
    assert all(line.get("x1") == line.get("x2") for line in lines)
    assert all(16 <= float(line.get("y2")) < float(line.get("y1")) <= 252 for line in lines)
    assert "80%" in _words(picture)
    assert figure.has_intervals
    assert not _chart(50.0, 52.0).has_intervals
    cells = [row[1] for row in twins.table_of(figure).rows]
    assert cells == [
        Cell("52%", note="95% interval 33.4% to 70.1%"),
        Cell("55%", note="few pupils"),
        Cell("0%", note="95% interval 0.0% to 25.9%"),
    ]


def test_a_chart_of_nothing_known_still_names_its_periods():
    picture = _drawn(_chart(Reason.SUPPRESSED, Reason.NOT_PUBLISHED))
    assert "2015" in _words(picture)
    assert not _of_class(picture, "steward-mark")


@pytest.mark.parametrize(
    "figure", [gallery.line_specimen(), gallery.progress_specimen()], ids=["shares", "scores"]
)
def test_the_table_twin_has_every_value_of_a_line_chart(figure):
    table = twins.table_of(figure)
    assert [column.label for column in table.columns] == ["Year", *(series.name for series in figure.series)]
    assert [row[0].content for row in table.rows] == list(figure.periods)
    for number, series in enumerate(figure.series, start=1):
        for point, row in zip(series.points, table.rows, strict=True):
            if isinstance(point.value, Missing):
                assert row[number] is point.value
            else:
                shown = row[number].content.rstrip("%").replace("\N{MINUS SIGN}", "-")
                assert math.isclose(float(shown), point.value.value, abs_tol=0.05)


def test_the_table_twin_has_every_share_of_stacked_bars():
    figure = gallery.bars_specimen()
    table = twins.table_of(figure)
    for bar, row in zip(figure.bars, table.rows, strict=True):
        assert row[0] == bar.label
        printed = [float(cell.content.rstrip("%")) for cell in row[1:-1]]
        assert math.isclose(sum(printed), 100.0)
        for share, number in zip(bar.shares, printed, strict=True):
            assert abs(share.percent - number) < 0.1
        assert [cell.note for cell in row[1:-1]] == [str(share.count) for share in bar.shares]
        assert row[-1] == str(bar.total)
    assert twins.table_of(figure).rows[0][-1] == "256"


def test_bars_fill_the_whole_width():
    picture = _drawn(gallery.bars_specimen())
    widths = [
        float(bar.get("width")) for bar in _of_class(picture, "steward-share") if bar.get("height") == "30"
    ]
    assert math.isclose(sum(widths), 3 * 480, abs_tol=1)


def test_a_sparkline_marks_its_last_known_value_and_has_a_table():
    series = _chart(50.0, 52.0, Reason.SUPPRESSED).series[0]
    figure = Sparkline("Title", "Description", "percent", 1, series)
    assert len(_of_class(_drawn(figure), "steward-mark")) == 1
    assert len(twins.table_of(figure).rows) == 3


def test_no_bars_are_drawn_of_nothing():
    assert _drawn(StackedBars("Title", "Description", ())).get("role") == "img"
    assert twins.table_of(StackedBars("Title", "Description", ())).rows == ()


NUMBERS = some.floats(-1e6, 1e6, allow_nan=False)


@given(some.lists(NUMBERS | some.sampled_from(list(Reason)), min_size=1, max_size=4), some.booleans())
def test_any_values_make_a_picture_with_all_marks_inside_it(amounts, from_zero):
    picture = _drawn(_chart(*amounts, unit="score", from_zero=from_zero))
    for mark in _of_class(picture, "steward-mark"):
        assert 58 <= float(mark.get("cx")) <= 470
        assert 15.9 <= float(mark.get("cy")) <= 252.1


@given(some.lists(NUMBERS, min_size=1, max_size=30), some.booleans())
def test_an_axis_holds_all_values_with_few_round_marks(values, from_zero):
    axis = axis_for(values, from_zero=from_zero)
    slack = 1e-6 * max(1.0, abs(axis.low), abs(axis.high))
    assert axis.low - slack <= min(values)
    assert max(values) <= axis.high + slack
    assert 1 <= len(axis.ticks) - 1 <= 8


@given(some.lists(some.floats(0, 200), min_size=1, max_size=8))
def test_labels_never_overlap_nor_leave_the_picture(places):
    moved = apart(places, gap=20, low=0, high=200)
    ordered = sorted(moved)
    assert all(below - above >= 20 - 1e-6 for above, below in pairwise(ordered))
    assert ordered[0] >= -1e-6
    assert ordered[-1] <= 200 + 1e-6
    assert sorted(range(len(places)), key=lambda n: (places[n], n)) == sorted(
        range(len(places)), key=lambda n: (moved[n], n)
    )
