"""Gaps, bands and highlights."""

import ibis
import pyarrow as pa
import pytest

from factories.small_releases import indicator, rows_in
from steward.analysis import columns
from steward.analysis.accountability.progress8 import Band, band_of, bands
from steward.analysis.comparison.gaps import Side, gap
from steward.analysis.comparison.strengths import SchoolFigure, Spread, highlights, spreads
from steward.analysis.indicators.places import PLACES
from steward.vocabulary.values import Known, Missing, Reason


@pytest.mark.parametrize(
    ("value", "comparator", "measure", "words", "side"),
    [
        (61.0, 65.0, {"decimals": 0}, "4 percentage points below England", Side.WORSE),
        (66.0, 65.0, {"decimals": 0}, "1 percentage point above England", Side.BETTER),
        (5.5, 4.0, {"polarity": "low"}, "1.5 percentage points above England", Side.WORSE),
        (0.28, -0.03, {"unit": "score", "decimals": 2}, "0.31 points above England", Side.BETTER),
        (
            41000.0,
            39800.0,
            {"unit": "pounds", "decimals": 0, "polarity": "none"},
            "£1,200 above England",
            Side.NEITHER,
        ),
        (18.2, 20.7, {"unit": "ratio", "polarity": "none"}, "2.5 below England", Side.NEITHER),
        (65.04, 65.0, {}, "the same as England", Side.SAME),
        (64.95, 65.0, {}, "the same as England", Side.SAME),
    ],
)
def test_a_gap_says_which_way_is_good(
    value: float, comparator: float, measure: dict[str, object], words: str, side: Side
) -> None:
    found = gap(value, comparator=comparator, name="England", indicator=indicator(**measure))

    assert (found.words, found.side) == (words, side)


BANDS = [
    (0.5, 0.01, 0.99, Band.WELL_ABOVE),
    (0.49, 0.01, 0.97, Band.ABOVE),
    (0.6, 0.0, 1.2, Band.AVERAGE),
    (0.6, -0.1, 1.3, Band.AVERAGE),
    (-0.2, -0.4, 0.0, Band.AVERAGE),
    (-0.2, -0.39, -0.01, Band.BELOW),
    (-0.5, -0.9, -0.1, Band.BELOW),
    (-0.51, -0.9, -0.1, Band.WELL_BELOW),
    (-0.9, -2.0, 0.2, Band.AVERAGE),
]


@pytest.mark.parametrize(("score", "lower", "upper", "band"), BANDS)
def test_progress_8_bands(score: float, lower: float, upper: float, band: Band) -> None:
    assert band_of(score, lower=lower, upper=upper) is band


def test_bands_of_columns_agree_and_a_missing_limit_has_none() -> None:
    rows = [*[(s, low, high) for s, low, high, _ in BANDS], (0.6, None, 1.2), (None, None, None)]
    table = ibis.memtable(
        pa.table(
            {
                name: pa.array(cells, pa.float64())
                for name, cells in zip("slh", zip(*rows, strict=True), strict=True)
            }
        )
    )

    found = [row["band"] for row in rows_in(table.select(band=bands(table.s, lower=table.l, upper=table.h)))]

    assert found == [*[int(band) for *_, band in BANDS], None, None]


INDICATORS = {
    "good": indicator("good"),
    "low": indicator("low", polarity="low"),
    "none": indicator("none", polarity="none"),
}
SPREADS = {(name, 2019): Spread(50.0, 10.0, 100) for name in INDICATORS}


def _figures(*cells: tuple[str, int, float | None, float | None]) -> list[SchoolFigure]:
    return [
        SchoolFigure(name, year, Known(value, cohort) if value is not None else Missing(Reason.SUPPRESSED))
        for name, year, value, cohort in cells
    ]


def test_strong_and_weak_are_told_by_the_polarity() -> None:
    found = highlights(
        _figures(("good", 2019, 65.0, 60), ("low", 2019, 70.0, 60), ("none", 2019, 99.0, 60)),
        spreads_of_phase=SPREADS,
        indicators=INDICATORS,
        since=2017,
    )

    assert [(one.figure.indicator, one.score) for one in found.strongest] == [("good", 1.5)]
    assert [(one.figure.indicator, one.score) for one in found.weakest] == [("low", -2.0)]


@pytest.mark.parametrize(
    "figure",
    [
        ("good", 2019, None, None),
        ("good", 2019, 90.0, 10),
        ("good", 2016, 90.0, 60),
        ("good", 2018, 90.0, 60),
    ],
)
def test_missing_small_old_and_unmeasured_figures_are_no_highlight(
    figure: tuple[str, int, float | None, float | None],
) -> None:
    found = highlights(_figures(figure), spreads_of_phase=SPREADS, indicators=INDICATORS, since=2017)

    assert found.strongest == ()


def test_spreads_need_thirty_schools_and_leave_out_small_cohorts() -> None:
    def value(urn: int, name: str, cohort: float) -> dict[str, object]:
        row: dict[str, object] = dict.fromkeys(columns.VALUES)
        return row | {
            "urn": urn,
            "indicator": name,
            "period": 2019,
            "value": float(urn % 2),
            "status": "known",
            "cohort": cohort,
            "preferred": True,
        }

    rows = [value(urn, "good", 60) for urn in range(30)] + [value(30, "good", 10)]
    rows += [value(urn, "low", 60) for urn in range(29)]
    places = [
        {"urn": urn, "period": 2019, "authority": "383", "region": "", "phase": "primary", "pupils": 1.0}
        for urn in range(31)
    ]
    found = rows_in(
        spreads(
            ibis.memtable(pa.Table.from_pylist(rows, schema=columns.VALUES.to_pyarrow())),
            places=ibis.memtable(pa.Table.from_pylist(places, schema=PLACES.to_pyarrow())),
            indicators=INDICATORS,
        )
    )

    assert [(row["indicator"], row["mean"], row["deviation"], row["schools"]) for row in found] == [
        ("good", 0.5, 0.5, 30)
    ]
