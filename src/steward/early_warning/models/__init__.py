"""What is kept of events, concerns, scores and forecasts."""

from steward.early_warning.models.concerns import Concern, ConcernStep
from steward.early_warning.models.events import LiveEvent
from steward.early_warning.models.forecasts import Forecast, ForecastModel, ForecastRun
from steward.early_warning.models.scores import KeptScore, ScoreRun

__all__ = [
    "Concern",
    "ConcernStep",
    "Forecast",
    "ForecastModel",
    "ForecastRun",
    "KeptScore",
    "LiveEvent",
    "ScoreRun",
]
