"""What is kept of events, concerns and scores."""

from steward.early_warning.models.concerns import Concern, ConcernStep
from steward.early_warning.models.events import LiveEvent
from steward.early_warning.models.scores import KeptScore, ScoreRun

__all__ = ["Concern", "ConcernStep", "KeptScore", "LiveEvent", "ScoreRun"]
