"""What an indicator is: one reviewed YAML file each, from which page, catalogue and number come."""

from typing import Literal

from pydantic import Field, model_validator

from steward.definitions.reading import Definition, Part
from steward.vocabulary.phases import Phase


class Reading(Part):
    """How an indicator is read from one publication over a run of years."""

    source: str
    """Id of a source definition."""
    layouts: tuple[str, ...] = ()
    """Ids of layouts; all layouts of the source that have the columns when empty."""
    from_year: int
    to_year: int
    value: str = ""
    """Column that holds the figure as published."""
    numerator: str = ""
    denominator: str = ""
    """Columns whose ratio (times `times`) is the figure, where it is not published."""
    times: float = 1.0
    cohort: str = ""
    """Column with the number of pupils behind the figure."""
    series: str = ""
    """For series of area figures: the code of the measure in the publication."""
    area_phase: str = "all"
    """Phase under which area rows of this publication are filed."""

    @model_validator(mode="after")
    def _reads_one_way(self) -> "Reading":
        ways = bool(self.value) + bool(self.numerator and self.denominator) + bool(self.series)
        if ways != 1:
            raise ValueError("give either value, or numerator and denominator, or series")
        return self


class SeriesBreak(Part):
    """A year from which figures cannot be compared with the year before, and why."""

    year: int
    why: str


class IndicatorDefinition(Definition):
    """A measure of schools: its meaning, unit, polarity, sources by year, breaks and smallest cohort."""

    meaning: str
    theme: Literal["attainment", "progress", "attendance", "pupils", "workforce", "money", "destinations"]
    unit: Literal["percent", "points", "score", "ratio", "pounds", "pupils"]
    decimals: int = Field(ge=0, le=3)
    polarity: Literal["high", "low", "none"]
    phases: tuple[Phase, ...]
    numerator_meaning: str
    denominator_meaning: str
    minimum_cohort: int = 11
    readings: tuple[Reading, ...]
    breaks: tuple[SeriesBreak, ...] = ()
    area: Literal["cohort_mean", "ratio", "sum", "none"] = "cohort_mean"
    """How an area figure is worked out from schools where none is published."""
    source_url: str = ""
    notes: str = ""
