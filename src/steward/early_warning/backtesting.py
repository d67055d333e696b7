"""Back-tests on what is held: one question, or all of the record that is printed in the documents.

Fitting a model takes scikit-learn; no page of the site imports this module.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from steward.analysis.forecasting.backtest import DRAWS, backtest
from steward.analysis.forecasting.holdings import Holdings
from steward.analysis.forecasting.outcome_files import OutcomeFile
from steward.analysis.forecasting.protocol import SEED, CannotBeAsked, Question, told_by
from steward.analysis.forecasting.record import Backtest, text_of
from steward.analysis.forecasting.targets import Target
from steward.early_warning.recorded_backtests import RECORDED
from steward.vocabulary.phases import Phase

__all__ = ["CannotBeAsked", "Question", "answers_from", "record_all", "run"]

WINDOWS = (
    (date(2013, 12, 31), date(2015, 5, 31)),
    (date(2014, 12, 31), date(2018, 7, 31)),
    (date(2015, 5, 31), date(2018, 7, 31)),
    (date(2017, 8, 31), date(2018, 7, 31)),
    (date(2017, 8, 31), date(2020, 3, 12)),
    (date(2019, 1, 31), date(2020, 3, 12)),
)
"""Cut-offs of the record, each with the last day on which an inspection counts."""
_CONCERNS = WINDOWS[4:]
_DECLINES = ((date(2017, 1, 31), date(2020, 3, 12)),)


def run(
    phases: tuple[Phase, ...],
    *,
    target: Target,
    days: tuple[date, date],
    holdings: Holdings,
    draws: int = DRAWS,
) -> tuple[list[Backtest], list[str]]:
    """Return the back-tests of the phases, and a sentence for each that cannot be answered."""
    found, refused = [], []
    for phase in phases:
        question = Question(phase, target, *days)
        try:
            found.append(backtest(question, holdings=holdings, draws=draws))
        except CannotBeAsked as fault:
            refused.append(f"{phase.label} schools, {target.label}, from {days[0]}: {fault}")
    return found, refused


def answers_from(file: OutcomeFile, *, asked: Backtest, store: Holdings, holdings: Holdings) -> str:
    """Return in a sentence how many answers of a back-test came from a file, and how many from the store."""
    cutoff, until = date.fromisoformat(asked.cutoff), date.fromisoformat(asked.until)
    question = Question(Phase(asked.phase), Target(asked.target), cutoff, until)
    alone, added, both = told_by(question, holdings=holdings, store=store.outcomes, file=file.outcomes)
    return (
        f"{Phase(asked.phase).label} schools: {alone + both:,} answers are in the store ({both:,} of them in "
        f"the file too), {added:,} came from the file alone."
    )


def record_all(
    holdings: Holdings, *, made_on: date, path: Path = RECORDED, progress: Callable[[str], None]
) -> None:
    """Run every back-test of the record and write it to `path`; `progress` is told of each."""
    found: list[Backtest] = []
    refused: list[str] = []
    for target, days in _questions():
        done, said = run((Phase.SECONDARY, Phase.PRIMARY), target=target, days=days, holdings=holdings)
        found += done
        refused += said
        progress(f"{target.label}: {days[0]} to {days[1]}")
    content = {
        "made_on": made_on.isoformat(),
        "seed": SEED,
        "refused": refused,
        "backtests": [json.loads(text_of(one)) for one in found],
    }
    path.write_text(json.dumps(content, sort_keys=True, indent=1) + "\n", encoding="utf-8")


def _questions() -> Iterator[tuple[Target, tuple[date, date]]]:
    for target, windows in (
        (Target.BELOW_GOOD, WINDOWS),
        (Target.CONCERN, _CONCERNS),
        (Target.DECLINE, _DECLINES),
    ):
        for days in windows:
            yield target, days
