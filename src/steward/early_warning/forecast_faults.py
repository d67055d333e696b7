"""What may keep a forecast or a back-test from being made; each message is a sentence."""

from steward.analysis.forecasting.outcome_files import NoOutcomes
from steward.analysis.sources.reading import UnreadableFile

__all__ = ["NoOutcomes", "NothingToForecast", "UnreadableFile"]


class NothingToForecast(RuntimeError):
    """No forecast can be made; the message says why for each phase."""
