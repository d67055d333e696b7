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
    cohort_sum: tuple[str, ...] = ()
    """Columns that add up to it, where no one column has it; unknown when any of them is."""
    series: str = ""
    """For series of area figures: the code of the measure in the publication."""
    area_phase: str = "all"
    """Phase under which area rows of this publication are filed."""

    @model_validator(mode="after")
    def _reads_one_way(self) -> "Reading":
        ways = bool(self.value) + bool(self.numerator and self.denominator) + bool(self.series)
        if ways != 1:
            raise ValueError("give either value, or numerator and denominator, or series")
        if self.cohort and self.cohort_sum:
            raise ValueError("give either cohort or cohort_sum")
        return self

    @property
    def cohort_columns(self) -> tuple[str, ...]:
        """The columns that add up to the number of pupils behind the figure; none where none is given."""
        return (self.cohort,) if self.cohort else self.cohort_sum


class SeriesBreak(Part):
    """A year from which figures cannot be compared with the year before, and why."""

    year: int
    why: str


class PupilSpread(Part):
    """How pupils across England differ in a score in one year: their standard deviation, and who says so."""

    year: int
    deviation: float = Field(gt=0)
    quantile: float = Field(gt=0)
    """How many standard errors each way the publisher's 95% interval reaches: 1.96, or 1.959964."""
    source: str


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
    share_of_pupils: bool = False
    """Whether it is a yes or no of each pupil of the cohort, so that the cohort gives its interval."""
    pupil_spreads: tuple[PupilSpread, ...] = ()
    """For a mean of pupils' scores: their spread by year, from which its interval is worked out."""
    group: str = ""
    """The group of pupils that it is about, by the id of a file in definitions/groups; empty for all pupils.
    Its figures pass the disclosure gate."""
    group_of: str = ""
    """The indicator of all pupils that it gives for the group; empty where it is the size of the group."""
    pupil_range: float | None = Field(default=None, gt=0)
    """For a mean of scores of a group: how far apart the scores of two pupils can lie, in its unit."""
    source_url: str = ""
    notes: str = ""

    def pupil_spread_in(self, period: int) -> PupilSpread | None:
        """Return the spread of pupils in the year that ends in `period`, or None."""
        return next((one for one in self.pupil_spreads if one.year == period), None)

    @model_validator(mode="after")
    def _is_a_share_in_percent(self) -> "IndicatorDefinition":
        if self.share_of_pupils and self.unit != "percent":
            raise ValueError("a share of pupils has the unit percent")
        if self.group_of and not self.group:
            raise ValueError("group_of stands only beside group")
        if self.group_of and not self.share_of_pupils and self.pupil_range is None:
            raise ValueError("a mean of a group needs pupil_range, by which its figures are protected")
        years = [one.year for one in self.pupil_spreads]
        if len(years) != len(set(years)):
            raise ValueError("pupil_spreads names a year twice")
        return self
