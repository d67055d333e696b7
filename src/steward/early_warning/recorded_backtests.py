"""The record of back-tests on the real published files that comes with Steward."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from steward.analysis.forecasting.record import Backtest, backtest_from

RECORDED = Path(__file__).parent / "backtests.json"


@dataclass(frozen=True, slots=True)
class RecordedBacktests:
    """Every back-test that was run, when, and the questions that could not be answered."""

    made_on: date
    seed: int
    backtests: tuple[Backtest, ...]
    refused: tuple[str, ...]


@lru_cache(maxsize=1)
def recorded(path: Path = RECORDED) -> RecordedBacktests:
    """Return the record as it was written by `steward backtest --record`."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return RecordedBacktests(
        date.fromisoformat(content["made_on"]),
        content["seed"],
        tuple(backtest_from(json.dumps(one)) for one in content["backtests"]),
        tuple(content["refused"]),
    )
