"""Forecasting the next inspection of the schools of an authority, and keeping model, record and reasons.

Fitting a model takes scikit-learn; no page of the site imports this module.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import transaction
from django.utils import timezone

from steward.analysis.forecasting import asking
from steward.analysis.forecasting.asking import Kind
from steward.analysis.forecasting.backtest import backtest
from steward.analysis.forecasting.features import Frame, frame_on
from steward.analysis.forecasting.holdings import Holdings
from steward.analysis.forecasting.models import TooLittleToLearn
from steward.analysis.forecasting.printed import printed_behind
from steward.analysis.forecasting.protocol import (
    SEED,
    CannotBeAsked,
    Question,
    learnt,
    months_before,
    past_of,
)
from steward.analysis.forecasting.reasons import said_of
from steward.analysis.forecasting.record import Backtest, chosen, text_of
from steward.analysis.forecasting.targets import Target
from steward.audit import operations as audit
from steward.early_warning.forecast_faults import NothingToForecast
from steward.early_warning.forecast_sources import figure_words, holdings
from steward.early_warning.models import Forecast, ForecastModel, ForecastRun
from steward.evidence.queries import releases, tables
from steward.register import queries as register
from steward.vocabulary.phases import Phase, Standing

__all__ = ["NothingToForecast", "run"]

PHASES = (Phase.SECONDARY, Phase.PRIMARY)
RECORD_MONTHS = 24
"""The record beside a forecast is a back-test from so many months before its day, up to its day."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class _Fitted:
    phase: Phase
    kind: Kind
    because: str
    model: asking.Model
    record: Backtest
    frame: Frame


def run(
    *, actor: audit.Actor, authority: str, as_at: date | None = None, draws: int = 500
) -> tuple[ForecastRun, tuple[str, ...]]:
    """Fit a model a phase, forecast the open schools of the authority, and return the run with what failed.

    As at the newest list of inspection outcomes when no day is given. The earlier run is kept and no longer
    current. Raises NothingToForecast when no phase can be forecast, or NothingLoaded.
    """
    generation, held = releases.current(), holdings()
    day = as_at or tables.newest_snapshot() or timezone.localdate()
    fitted, failed = [], []
    for phase in PHASES:
        try:
            fitted.append(_fitted(phase, day=day, held=held, draws=draws))
        except (CannotBeAsked, TooLittleToLearn) as fault:
            failed.append(f"{phase.label} schools: {fault}")
    if not fitted:
        raise NothingToForecast(" ".join(("No forecast can be made.", *failed)))
    made = ForecastRun(authority_id=authority, as_at=day, generation=generation, seed=SEED, current=True)
    _keep_run(made, fitted=fitted, held=held, actor=actor)
    return made, tuple(failed)


def _keep_run(made: ForecastRun, *, fitted: list[_Fitted], held: Holdings, actor: audit.Actor) -> None:
    """Keep the run with its models and forecasts in place of the one before."""
    made.run_at, made.run_by_id, made.run_by_name = timezone.now(), actor.pk, actor.name
    with transaction.atomic():
        before = ForecastRun.objects.select_for_update().filter(authority=made.authority, current=True)
        before.update(current=False)
        made.save()
        counts = {one.phase.value: _keep(one, run=made, held=held) for one in fitted}
        audit.record(
            "early_warning.forecast.run",
            actor=actor,
            subject_kind="forecast_run",
            subject_id=made.pk,
            authority=made.authority_id,
            details={"schools": counts, "models": {one.phase.value: one.kind.value for one in fitted}},
        )


def _fitted(phase: Phase, *, day: date, held: Holdings, draws: int) -> _Fitted:
    before = months_before(day, months=RECORD_MONTHS)
    record = backtest(Question(phase, Target.BELOW_GOOD, before, day), holdings=held, draws=draws)
    kind, because = chosen(record)
    question = Question(phase, Target.BELOW_GOOD, day, date.max)
    model = learnt(kind, past=past_of(question, holdings=held), seed=SEED)
    return _Fitted(phase, kind, because, model, record, frame_on(day, phase=phase, holdings=held))


def _keep(fitted: _Fitted, *, run: ForecastRun, held: Holdings) -> int:
    kept = ForecastModel.objects.create(
        run=run,
        phase=fitted.phase.value,
        kind=fitted.kind.value,
        chosen_because=fitted.because,
        model=asking.text_of(fitted.model),
        record=text_of(fitted.record),
        used=list(fitted.frame.used),
        left_out=[list(one) for one in fitted.frame.left_out],
    )
    mine = {
        held.first_urn.get(school.urn, school.urn): school.urn
        for school in register.schools_of(run.authority_id, standings=(Standing.OPEN,))
    }
    places = np.flatnonzero(np.isin(fitted.frame.schools, list(mine)))
    behind = figure_words(printed_behind(fitted.frame, holdings=held, among=places))
    said = said_of(fitted.model, frame=fitted.frame, among=places, behind=behind)
    Forecast.objects.bulk_create(
        [
            Forecast(
                fitted=kept,
                school_id=mine[one.school],
                likely=one.likely,
                band=asking.band_of(one.likely),
                reasons=[[reason.sentence, round(reason.adds, 4)] for reason in one.reasons],
                unknown=list(one.unknown),
            )
            for one in said
        ],
        batch_size=_BATCH,
    )
    return len(said)
