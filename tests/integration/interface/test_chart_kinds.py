"""Funnels, dot plots, distributions and maps: marks stand where the numbers say, and nothing is left out."""

import gzip
import math
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from steward.analysis.indicators.ward_outlines import rings_of
from steward.analysis.sources import outlines as outline_files
from steward.interface import gallery, gallery_charts
from steward.interface.charts import (
    crowding,
    distributions,
    drawing,
    funnels,
    labels,
    notes,
    outlines,
    twins,
    wardmaps,
)
from steward.interface.charts.figures import (
    Area,
    Beside,
    Distribution,
    Dot,
    DotPlot,
    DotRow,
    FunnelChart,
    Limits,
    Part,
    WardMap,
)
from steward.interface.charts.layout import Frame, Room, width_of, wrapped
from steward.interface.parts import Cell
from steward.vocabulary.values import Known, Missing, Reason

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = gallery.figures()
BOTH = pytest.mark.parametrize("room", list(Room))


def _drawn(figure, room=Room.WIDE):
    return ElementTree.fromstring(drawing.svg(figure, room=room))


def _of_class(picture, name):
    return [element for element in picture.iter() if name in element.get("class", "").split()]


def _words(picture):
    shown = [one for one in picture.iter(f"{SVG}text") if one.get("aria-hidden") != "true"]
    return ["".join(element.itertext()) for element in shown]


def _corners(course):
    return [tuple(map(float, corner.split())) for corner in course.strip("MZ").split("L")]


@BOTH
@pytest.mark.parametrize("figure", FIGURES, ids=[figure.id for figure in FIGURES])
def test_every_chart_is_named_described_deterministic_and_of_no_style(figure, room):
    first, second = (drawing.svg(figure, room=room) for _ in range(2))
    picture = ElementTree.fromstring(first)
    assert first == second
    assert (picture[0].text, picture[1].text) == (figure.title, figure.description)
    assert picture.get("role") == ("group" if list(picture.iter(f"{SVG}a")) else "img")
    assert not [element for element in picture.iter() if element.get("style") or element.tag == f"{SVG}style"]
    assert "<script" not in first
    width = float(picture.get("viewBox").split()[2])
    assert width == room.width
    for one in picture.iter(f"{SVG}text"):
        assert 0 <= float(one.get("x")) <= width


@BOTH
def test_text_is_kept_inside_the_picture(room):
    for figure in FIGURES:
        picture = _drawn(figure, room)
        for one in picture.iter(f"{SVG}text"):
            kinds = one.get("class").split()
            wide = width_of("".join(one.itertext()), letter=room.letter)
            left = float(one.get("x"))
            if "steward-axis--side" in kinds or "steward-name--end" in kinds:
                left -= wide
            elif {"steward-axis", "steward-inside", "steward-number"} & set(kinds):
                left -= wide / 2
            assert left >= -6, (figure.id, one.text)
            assert left + wide <= room.width + 12, (figure.id, one.text)


@pytest.mark.parametrize("figure", FIGURES, ids=[figure.id for figure in FIGURES])
def test_every_chart_escapes_what_it_is_told(figure):
    said = "<script>\"&'"
    picture = _drawn(replace(figure, title=said, description=said))
    assert picture[0].text == said
    assert picture[1].text == said
    assert picture.get("aria-label") == said


# Funnels


def _funnel(*dots, limits=(), crowd=(), target=50.0, unit="percent"):
    return FunnelChart("Finding", "What it shows", unit, 1, dots, target, limits, crowd)


@BOTH
def test_a_funnel_draws_limits_and_target_where_the_numbers_say(room):
    lower = ((10.0, 30.0), (100.0, 45.0), (200.0, 48.0))
    upper = ((10.0, 70.0), (100.0, 55.0), (200.0, 52.0))
    dots = (Dot("A", 10, Known(0.0)), Dot("B", 200, Known(100.0)))
    figure = _funnel(*dots, limits=(Limits("95%", lower, upper),))
    picture, ground = _drawn(figure, room), funnels.ground_of(figure, room=room)
    curves = [_corners(one.get("d")) for one in _of_class(picture, "steward-limit")]
    for curve, given_curve in zip(curves, (lower, upper), strict=True):
        for drawn, point in zip(curve, given_curve, strict=True):
            assert drawn == pytest.approx(ground.place(*point), abs=0.06)
    (line,) = _of_class(picture, "steward-target")
    assert float(line.get("y1")) == pytest.approx(ground.place(1, 50.0)[1], abs=0.06)
    frame = ground.frame
    assert (ground.values.low, ground.values.high) == (0.0, 100.0)
    assert float(line.get("y1")) == pytest.approx((frame.top + frame.foot) / 2, abs=0.06)
    assert "England 50.0%" in " ".join(_words(picture))


def test_limits_beyond_the_frame_are_cut_at_its_edge():
    curve = ((1.0, -400.0), (100.0, 200.0))
    figure = _funnel(Dot("A", 100, Known(60.0)), limits=(Limits("95%", curve, curve),))
    ground = funnels.ground_of(figure, room=Room.WIDE)
    for one in _of_class(_drawn(figure), "steward-limit"):
        for x, y in _corners(one.get("d")):
            assert ground.frame.left - 0.1 <= x <= ground.frame.right + 0.1
            assert ground.frame.top - 0.1 <= y <= ground.frame.foot + 0.1


def test_a_funnel_of_20000_schools_is_small_and_names_only_the_authoritys():
    figure = gallery_charts.funnel_specimen(crowd=20_000)
    written = drawing.svg(figure)
    assert len(figure.crowd) == 20_000
    assert len(written.encode()) < 120_000
    picture = ElementTree.fromstring(written)
    assert len(_of_class(picture, "steward-mark")) == 65
    assert len(_of_class(picture, "steward-bin")) == crowding.SHADES
    links = list(picture.iter(f"{SVG}a"))
    assert [one.get("href") for one in links] == ["#charts"] * 5
    assert all(one.get("aria-label") for one in links)
    assert len(twins.table_of(figure).rows) == 66


def test_every_school_of_a_crowd_is_in_a_hexagon():
    frame = Frame(0, 400, 0, 300)
    places = [
        (4 * gallery_charts.even(n) * 100, 300 * gallery_charts.even(n, step=0.7548)) for n in range(3000)
    ]
    picture = ElementTree.fromstring(f"<g>{crowding.crowd(places, frame=frame)}</g>")
    middles = [
        (float(x), float(y) + crowding.RADIUS)
        for one in picture
        for x, y in (part.split("l")[0].split() for part in one.get("d").split("M")[1:])
    ]
    for x, y in places[::97]:
        assert min(math.dist((x, y), middle) for middle in middles) <= crowding.RADIUS + 0.1


def test_a_few_schools_of_a_crowd_are_dots_in_one_path():
    (path,) = _of_class(_drawn(gallery_charts.funnel_specimen(crowd=400)), "steward-crowd")
    assert 300 <= path.get("d").count("h0") <= 400


def test_other_schools_given_as_dots_join_the_crowd():
    others = tuple(Dot(f"S{n}", 10 + n, Known(40.0 + n), Part.OTHER, "/x/") for n in range(30))
    picture = _drawn(_funnel(Dot("Ours", 30, Known(50.0)), *others))
    assert len(_of_class(picture, "steward-mark")) == 1
    assert not list(picture.iter(f"{SVG}a"))


def test_a_school_without_a_value_is_in_the_table_and_counted():
    figure = _funnel(Dot("A", 20, Known(40.0)), Dot("B", 0, Missing(Reason.SUPPRESSED), href="/b/"))
    rows = twins.table_of(figure).rows
    assert rows[0] == (Cell("A"), "20", Cell("40.0%"), "Below")
    assert rows[1] == (Cell("B", "/b/"), "Not recorded", Missing(Reason.SUPPRESSED), "Not drawn")
    assert "Not drawn: 1 suppressed." in notes.notes_of(figure)
    assert len(_of_class(_drawn(figure), "steward-mark")) == 1


@settings(deadline=None)
@given(
    some.lists(
        some.tuples(some.floats(60, 500), some.floats(20, 300), some.floats(10, 160)), min_size=1, max_size=25
    )
)
def test_names_hide_no_name_and_stay_in_the_frame(found):
    frame = Frame(58, 556, 14, 330)
    places = [(x, y) for x, y, _ in found]
    boxes = labels.placed(places, widths=[wide for *_, wide in found], height=19, frame=frame)
    shown = [box for box in boxes if box is not None]
    assert all(box.inside(frame) for box in shown)
    assert not any(one.meets(other) for one, other in combinations(shown, 2))
    assert not any(box.left < x < box.right and box.top < y < box.foot for box in shown for x, y in places)


# Dot plots


def _plot(*rows, **named):
    return DotPlot("Finding", "What it shows", named.pop("unit", "points"), 1, rows, **named)


@BOTH
def test_a_dot_plot_draws_value_and_interval_where_the_numbers_say(room):
    row = DotRow("Group", Known(-20.0), interval=(-30.0, -10.0), cohort=40)
    picture = _drawn(_plot(row, DotRow("Edge", Known(-40.0)), reference=0.0, reference_name="No gap"), room)
    dot = next(one for one in _of_class(picture, "steward-mark--school") if one.get("r") == "6")
    line = next(one for one in _of_class(picture, "steward-interval") if one.get("y1") == one.get("y2"))
    zero, *rest = _of_class(picture, "steward-target")
    assert len(rest) == (room is Room.NARROW)
    low, high, middle = (float(one) for one in (line.get("x1"), line.get("x2"), dot.get("cx")))
    assert middle == pytest.approx((low + high) / 2, abs=0.1)
    assert float(zero.get("x1")) - middle == pytest.approx(high - low, abs=0.2)
    assert "No gap" in _words(picture)
    assert "\N{MINUS SIGN}20.0" in _words(picture)


def test_on_a_narrow_page_the_line_of_the_reference_leaves_the_names_out():
    long = "A name so long that on a telephone it needs a second line above its marks to stand in whole"
    rows = [DotRow(long, Known(-20.0)), DotRow("Edge", Known(20.0))]
    picture = _drawn(_plot(*rows, reference=0.0), Room.NARROW)
    names = [float(one.get("y")) for one in _of_class(picture, "steward-name")]
    for line in _of_class(picture, "steward-target"):
        top, foot = (float(line.get(end)) for end in ("y1", "y2"))
        beside = [y for y in names if top - 1 < y < foot + 12]
        assert len(beside) <= 1  # the number at the end of the row


def test_a_small_group_is_hollow_and_a_missing_one_a_word():
    figure = _plot(
        DotRow("Small", Known(5.0), small=True, cohort=7),
        DotRow("Hidden", Missing(Reason.SUPPRESSED), beside=(Beside("England", Part.ENGLAND, Known(4.0)),)),
    )
    picture = _drawn(figure)
    assert [one.get("r") for one in _of_class(picture, "steward-mark--small")] == ["5", "6"]  # key, mark
    assert "Suppressed" in _words(picture)
    assert "Few pupils" in _words(picture)
    assert len(_of_class(picture, "steward-mark--england")) == 2
    rows = twins.table_of(figure).rows
    assert rows[0][1:] == (Cell("5.0", note="few pupils"), "\N{EN DASH}", "7")
    assert rows[1][1:] == (Missing(Reason.SUPPRESSED), Cell("4.0"), "Not recorded")


def test_a_pair_of_values_is_joined():
    figure = gallery_charts.pairs_specimen()
    picture = _drawn(figure)
    assert len(_of_class(picture, "steward-join")) == 3
    assert [column.label for column in twins.table_of(figure).columns] == [
        "Group",
        "Disadvantaged",
        "Others",
        "Pupils",
    ]
    assert "0%" in _words(picture)


def test_a_dot_plot_of_no_rows_is_drawn():
    assert _drawn(_plot()).get("role") == "img"
    assert twins.table_of(_plot()).rows == ()


# Distributions


FIFTY = Known(50.0)


def _spread(values, own=FIFTY, **named):
    return Distribution("Finding", "What it shows", "percent", 1, tuple(values), own, **named)


def test_the_counts_of_a_distribution_add_up_and_are_drawn_to_scale():
    figure = gallery_charts.distribution_specimen()
    found = distributions.bins(figure)
    assert sum(one.count for one in found) == len(figure.values) == 3_102
    bars = _of_class(_drawn(figure), "steward-count")
    heights = [float(bar.get("height")) for bar in bars]
    most = max(one.count for one in found)
    assert heights == pytest.approx([distributions.HIGH * one.count / most for one in found], abs=0.06)
    (own,) = _of_class(_drawn(figure), "steward-count--own")
    line = _of_class(_drawn(figure), "steward-at--school")[0]
    left = float(own.get("x"))
    assert left - 0.1 <= float(line.get("x1")) <= left + float(own.get("width")) + 0.1


def test_where_a_school_stands_is_said_in_words():
    assert distributions.standing(_spread([10.0, 20.0, 30.0, 50.0])) == "Higher than 88% of 4 schools."
    assert distributions.standing(_spread([50.0, 60.0, 70.0, 80.0])) == "Lower than 88% of 4 schools."
    assert distributions.standing(_spread([50.0] * 10)) == "Higher than 50% of 10 schools."
    low = _spread([10.0, 20.0, 30.0, 50.0], polarity="low")
    assert distributions.standing(low) == "Higher than 88% of 4 schools; less is better here."
    hidden = _spread([1.0, 2.0], own=Missing(Reason.SUPPRESSED))
    assert distributions.standing(hidden) == "This school has no value here: suppressed."
    assert distributions.standing(_spread([50.0])) == "There are no schools to compare with."


def test_quartiles_are_those_of_linear_interpolation():
    assert distributions.quartiles((1.0, 2.0, 3.0, 4.0)) == distributions.Quartiles(1.75, 2.5, 3.25)
    assert distributions.quartiles((1.0, 2.0, 3.0)) is None


def test_the_table_of_a_distribution_has_quartiles_and_counts():
    figure = _spread([float(n) for n in range(100)], left_out=3)
    rows = {str(row[0]): row[1] for row in twins.table_of(figure).rows}
    assert rows["This school"] == Cell("50.0%")
    assert rows["Median"] == Cell("49.5%")
    assert rows["0% to below 5%"] == "5 schools"
    assert "3 schools without a value are left out." in notes.notes_of(figure)


@given(
    some.lists(some.floats(-1e4, 1e4), min_size=0, max_size=120),
    some.floats(-1e4, 1e4) | some.just(None),
)
def test_any_values_make_a_distribution(values, own):
    figure = _spread(
        [*values, *([own] if own is not None else [])],
        own=Missing(Reason.NOT_RECORDED) if own is None else Known(own),
    )
    assert _drawn(figure).get("role") == "img"
    assert sum(one.count for one in distributions.bins(figure)) == len(figure.values)


# Maps


SQUARE = ((-1.6, 53.8), (-1.5, 53.8), (-1.5, 53.9), (-1.6, 53.9), (-1.6, 53.8))
BESIDE_IT = tuple((longitude + 0.1, latitude) for longitude, latitude in SQUARE)


def _map(*areas, cuts=(50.0,)):
    return WardMap("Finding", "What it shows", "percent", 1, areas, cuts)


def test_north_is_up_east_is_right_and_proportions_are_true():
    north = tuple((longitude, latitude + 0.1) for longitude, latitude in SQUARE)
    on, high = outlines.projection([SQUARE, BESIDE_IT, north], width=640, most_high=520)
    x, y = on.place((-1.6, 53.8))
    assert on.place((-1.5, 53.8))[0] > x
    assert on.place((-1.6, 53.9))[1] < y
    across, up = on.place((-1.5, 53.8))[0] - x, y - on.place((-1.6, 53.9))[1]
    assert across / up == pytest.approx(math.cos(math.radians(53.9)), rel=0.001)
    assert high <= 520


def test_a_map_tells_classes_by_pattern_number_and_word():
    figure = _map(
        Area("Low", Known(49.9), (SQUARE,), href="/low/"),
        Area("At the cut", Known(50.0), (BESIDE_IT,), small=True, cohort=6),
        Area("Hidden", Missing(Reason.SUPPRESSED), (tuple((a, b + 0.1) for a, b in SQUARE),)),
        Area("No outline", Known(70.0), ()),
    )
    picture = _drawn(figure)
    areas = [one for one in _of_class(picture, "steward-area") if one.tag == f"{SVG}path"]
    assert len({one.get("fill") for one in areas}) == 3
    ids = {one.get("id") for one in picture.iter(f"{SVG}pattern")}
    assert {one.get("fill")[5:-1] for one in areas} <= ids
    assert [one.text for one in _of_class(picture, "steward-number")] == ["1", "2", "3"]
    assert {"Below 50%", "50% and above", "No value"} <= set(_words(picture))
    (link,) = picture.iter(f"{SVG}a")
    assert link.get("aria-label") == "Low: 49.9%, below 50%"
    assert picture.get("role") == "group"
    rows = twins.table_of(figure).rows
    assert rows[0][:4] == (Cell("Low", "/low/"), "1", Cell("49.9%"), "Below 50%")
    assert rows[1][2:] == (Cell("50.0%", note="few pupils"), "50% and above", "6")
    assert rows[2][2:4] == (Missing(Reason.SUPPRESSED), "No value")
    assert "Without an outline, so only in the list: No outline." in notes.notes_of(figure)


def test_two_maps_of_a_page_share_no_pattern():
    one, other = (replace(gallery_charts.map_specimen(), id=name) for name in ("one", "other"))
    found = [
        {pattern.get("id") for pattern in _drawn(figure, room).iter(f"{SVG}pattern")}
        for figure in (one, other)
        for room in Room
    ]
    assert all(not first & second for first, second in combinations(found, 2))


def test_a_map_of_nothing_is_drawn():
    assert _drawn(_map()).get("role") == "img"
    assert notes.notes_of(_map()) == ("There is no area to draw.",)
    assert wardmaps.words_of(_map(cuts=())) == ("All values",)


def test_needless_corners_are_left_out_and_needed_ones_kept():
    ring = ((0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 10.0), (5.0, 14.0), (0.0, 10.0), (0.0, 0.0))
    assert outlines.simplified(ring) == (ring[0], *ring[2:])


def test_a_label_stands_inside_its_shape():
    inner = ((20.0, 30.0), (20.0, 5.0), (10.0, 5.0), (10.0, 30.0))
    horseshoe = ((0.0, 0.0), (30.0, 0.0), (30.0, 30.0), *inner, (0.0, 30.0), (0.0, 0.0))
    x, y = outlines.middle((horseshoe,))
    assert y < 5 or x < 10 or x > 20


@pytest.mark.real
@BOTH
def test_the_wards_of_leeds_are_drawn(published_data, room):
    file = published_data / "geography" / "leeds_wards.geojson.gz"
    with gzip.open(file, "rt", encoding="utf-8") as opened:
        read = outline_files.features(opened.read(), properties=("WARD_NAME",), name=file.name)
    found = {name: tuple(map(tuple, rings_of(shape))) for name, shape in read}
    assert len(found) == 33
    areas = tuple(Area(name, Known(float(n)), rings) for n, (name, rings) in enumerate(sorted(found.items())))
    figure = _map(*areas, cuts=(10.0, 20.0))
    written = drawing.svg(figure, room=room)
    assert len(written) < 40_000
    picture = ElementTree.fromstring(written)
    assert len(_of_class(picture, "steward-number")) == 33
    spots = [(float(one.get("cx")), float(one.get("cy"))) for one in _of_class(picture, "steward-disc")]
    assert all(0 <= x <= room.width and 0 <= y <= wardmaps.MOST_HIGH for x, y in spots)


# Words


@given(some.text(alphabet="aimW .1", max_size=80), some.floats(30, 300))
def test_wrapped_words_keep_to_their_lines(words, width):
    lines = wrapped(words, width=width, letter=16)
    assert len(lines) <= 2
    assert all(width_of(line, letter=16) <= width or len(line) <= 2 for line in lines)
