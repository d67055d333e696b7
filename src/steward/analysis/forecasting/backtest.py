"""A back-test: how good forecasts made on a day would have been, as one record that is kept and printed."""

import platform

import numpy as np
import scipy
import sklearn

from steward.analysis.forecasting.asking import BANDS, Kind, band_of
from steward.analysis.forecasting.catalogue import FEATURES, NAMES
from steward.analysis.forecasting.fairness import flags, groups, opportunity_gap
from steward.analysis.forecasting.holdings import Holdings
from steward.analysis.forecasting.measures import MEASURES, Draws, Interval, auc, ceiling
from steward.analysis.forecasting.outcomes import Numbers
from steward.analysis.forecasting.protocol import Answers, Question, ask
from steward.analysis.forecasting.record import Backtest, Band, Row

DRAWS = 500


def backtest(question: Question, *, holdings: Holdings, draws: int = DRAWS) -> Backtest:
    """Return how each model would have done. Raises CannotBeAsked with a sentence that says why."""
    answers = ask(question, holdings=holdings)
    came, frame = answers.came, answers.frame
    good = frame.column("previous_grade") <= 2
    drawn = Draws(frame.authority, draws=draws, seed=question.seed)
    known = 1 - np.isnan(frame.matrix).mean(axis=0)
    return Backtest(
        phase=question.phase.value,
        target=question.target.value,
        asked=question.target.label,
        cutoff=question.cutoff.isoformat(),
        until=question.until.isoformat(),
        seed=question.seed,
        draws=draws,
        schools_on_the_day=answers.schools_on_the_day,
        inspected=len(came),
        came=int(came.sum()),
        good_before=int(good.sum()),
        good_before_came=int(came[good].sum()),
        ceilings={"recall_10": ceiling(came, share=0.1), "recall_20": ceiling(came, share=0.2)},
        past=tuple((day.isoformat(), count, share) for day, count, share in answers.past.days),
        known={one.id: float(known[NAMES.index(one.id)]) for one in FEATURES},
        rows=tuple(_row(kind, answers=answers, drawn=drawn) for kind in answers.said),
        notes=answers.notes,
        used=frame.used,
        left_out=frame.left_out,
        versions=versions(),
    )


def versions() -> dict[str, str]:
    """Return the versions of what the figures depend on."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    }


def _row(kind: Kind, *, answers: Answers, drawn: Draws) -> Row:
    came, said = answers.came, answers.said[kind]
    good = answers.frame.column("previous_grade") <= 2
    found = groups(answers.frame, came=came, said=said)
    return Row(
        kind.value,
        kind.label,
        {name: drawn.interval(measure, came=came, said=said) for name, measure in MEASURES.items()},
        _better(kind, than=Kind.PROGRESS_ONLY, answers=answers, drawn=drawn),
        _better(kind, than=Kind.LOGISTIC, answers=answers, drawn=drawn),
        auc(came[good], said[good], np.ones(int(good.sum()))),
        auc(came, said, 1 / answers.looked_at),
        _lead(came, said=said, days=answers.days_until),
        found,
        opportunity_gap(found),
        _bands(came, said=said),
    )


def _bands(came: Numbers, *, said: Numbers) -> tuple[Band, ...]:
    places = [band_of(float(one)) for one in said]
    found = []
    for words, _ in BANDS:
        mine = np.array([one == words for one in places])
        found.append(Band(words, int(mine.sum()), float(said[mine].sum()), int(came[mine].sum())))
    return tuple(found)


def _better(kind: Kind, *, than: Kind, answers: Answers, drawn: Draws) -> Interval | None:
    if kind is than or than not in answers.said:
        return None
    return drawn.better_by(auc, came=answers.came, said=answers.said[kind], other=answers.said[than])


def _lead(came: Numbers, *, said: Numbers, days: Numbers) -> float | None:
    caught = days[flags(said) & (came == 1)]
    return float(np.median(caught) / 30.44) if len(caught) else None
