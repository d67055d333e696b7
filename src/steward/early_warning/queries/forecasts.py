"""Reads of forecasts, of the models behind them and of their record."""

from dataclasses import dataclass

from django.db.models import QuerySet

from steward.access.permissions import Reach
from steward.analysis.forecasting.asking import BANDS, Kind, Target, model_from
from steward.analysis.forecasting.record import Backtest, Band, Row, backtest_from, chosen
from steward.analysis.forecasting.record import text_of as record_text
from steward.early_warning.models import Forecast, ForecastModel, ForecastRun

__all__ = ["Backtest", "Fitted", "Target", "chosen", "record_text"]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model of a run with its record, read for a page."""

    phase: str
    kind: Kind
    chosen_because: str
    record: Backtest
    row: Row
    """How the model in use did in the back-test."""
    weights: tuple[tuple[str, float], ...]
    """Of a logistic model the weight of each number, per standard deviation; empty for trees."""
    used: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def current_run(authority: str) -> ForecastRun | None:
    """Return the run in force of an authority, or None when none was made yet."""
    return ForecastRun.objects.filter(authority=authority, current=True).select_related("authority").first()


def fitted_in(run: ForecastRun) -> list[Fitted]:
    """Return the models of a run, one a phase, secondary first."""
    return [read(one) for one in run.fitted.order_by("-phase")]


def phases_in(run: ForecastRun) -> frozenset[str]:
    """Return the phases of which a run has a model."""
    return frozenset(run.fitted.values_list("phase", flat=True))


def read(one: ForecastModel) -> Fitted:
    """Return a kept model with its record."""
    record, kind = backtest_from(one.record), Kind(one.kind)
    row = record.row(kind)
    if row is None:
        raise LookupError(f"The record of {one} has no row of its model.")
    model = model_from(one.model)
    weights = tuple(zip(model.features, getattr(model, "weights", ()), strict=False))
    left_out = tuple((title, why) for title, why in one.left_out)
    return Fitted(one.phase, kind, one.chosen_because, record, row, weights, tuple(one.used), left_out)


def forecasts_in(run: ForecastRun, *, within: Reach) -> QuerySet[Forecast]:
    """Return the forecasts of a run within reach, the most likely first."""
    found = Forecast.objects.filter(fitted__run=run).select_related("school", "fitted")
    return found if within.everywhere else found.filter(school_id__in=within.urns)


def forecast_of(urn: int, *, run: ForecastRun, within: Reach) -> Forecast | None:
    """Return the forecast of one school in a run, or None."""
    return forecasts_in(run, within=within).filter(school_id=urn).first() if within.covers(urn) else None


def bands_of(fitted: Fitted, *, forecasts: list[Forecast]) -> list[tuple[str, int, float, Band]]:
    """Return by band how many schools it has here, how many are expected, and its record."""
    mine = [one for one in forecasts if one.fitted.phase == fitted.phase]
    records = {one.words: one for one in fitted.row.bands}
    found = []
    for words, _ in reversed(BANDS):
        inside = [one for one in mine if one.band == words]
        found.append((words, len(inside), sum(one.likely for one in inside), records[words]))
    return found


def count_of(run: ForecastRun, *, phase: str) -> int:
    """Return how many schools of a phase have a forecast in a run."""
    return Forecast.objects.filter(fitted__run=run, fitted__phase=phase).count()
