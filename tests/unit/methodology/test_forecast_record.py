"""The document of the forecast prints the figures of the record that is kept, and no others."""

from pathlib import Path

import pytest

from steward.analysis.forecasting.asking import Kind
from steward.analysis.forecasting.record import chosen
from steward.analysis.forecasting.targets import Target
from steward.early_warning.forecast_methodology import forecast
from steward.early_warning.recorded_backtests import recorded
from steward.vocabulary.phases import Phase

PRINTED = Path(__file__).parents[3] / "docs" / "methodology" / "forecast.md"


def test_what_is_printed_belongs_to_the_record():
    assert PRINTED.read_text(encoding="utf-8") == forecast()


def test_every_figure_of_the_record_is_printed():
    text = PRINTED.read_text(encoding="utf-8")
    for one in recorded().backtests:
        for row in one.rows:
            auc = row.figures["auc"]
            assert f"{auc.value:.3f} ({auc.low:.3f} to {auc.high:.3f})" in text
        assert f"{one.inspected:,}" in text
        assert f"{100 * one.base_rate:.1f}%" in text
    assert all(one in text for one in recorded().refused)


@pytest.mark.parametrize("phase", [Phase.PRIMARY, Phase.SECONDARY])
def test_the_record_asks_of_both_phases_from_six_days_and_says_what_was_left_out(phase):
    mine = [
        one
        for one in recorded().backtests
        if one.phase == phase.value and one.target == Target.BELOW_GOOD.value
    ]
    assert len(mine) == 6
    for one in mine:
        assert 0 < one.came < one.inspected <= one.schools_on_the_day
        assert one.left_out
        assert set(one.versions) == {"python", "numpy", "scipy", "scikit-learn"}
        assert chosen(one)[1]
        for row in one.rows:
            for group in ("disadvantage", "size", "faith", "phase"):
                assert sum(each.schools for each in row.groups if each.dimension == group) == one.inspected


def test_no_release_published_after_a_cut_off_was_read():
    for one in recorded().backtests:
        late = {title for title, why in one.left_out if "after the day" in why}
        assert not late & set(one.used)


def test_the_simplest_model_that_no_richer_one_beats_is_chosen():
    for one in recorded().backtests:
        kind, _ = chosen(one)
        richer = [row for row in one.rows if list(Kind).index(Kind(row.kind)) > list(Kind).index(kind)]
        for row in richer:
            by = row.better_than_progress if kind is Kind.PROGRESS_ONLY else row.better_than_logistic
            assert by is None or by.low <= 0, (one.phase, one.cutoff, row.kind)
