"""What a definition of an accountability measure holds: its tables, limits and dates, with their source."""

import datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from steward.definitions.reading import Definition, Part

FIRST_PRIOR, LAST_PRIOR = 59.0, 120.0
"""Least and greatest average scaled score at the end of primary school in the tables of Progress 8."""


class DatedRule(Definition):
    """A rule or table of one publication of the Department for Education, with the dates it was in force."""

    in_force_from: datetime.date
    in_force_to: datetime.date | None = None
    source: str
    source_url: str = ""
    notes: str = ""

    def in_force_on(self, day: datetime.date) -> bool:
        """Return whether it was in force on `day`."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "DatedRule":
        if self.in_force_to is not None and self.in_force_to < self.in_force_from:
            raise ValueError("in_force_to is before in_force_from")
        return self


class ElementScores(Part):
    """A number for Attainment 8 as a whole and one for each of its four elements, in points."""

    attainment_8: float
    english: float
    maths: float
    ebacc: float
    open: float


class PriorGroup(ElementScores):
    """Pupils with like results at the end of primary school, and what they achieve at 16 on average."""

    number: int
    lowest: float
    highest: float
    """Average scaled score in reading and mathematics, in halves, both ends within the group."""
    lowest_progress: float | None = None
    """The score below which a pupil's Progress 8 is held, from 2018; None where it is not known."""


class PupilDeviations(Part):
    """The spread (standard deviation) of pupils' scores in mainstream schools of England."""

    version: Literal["provisional", "revised"]
    progress_8: float = Field(gt=0)
    english: float = Field(gt=0)
    maths: float = Field(gt=0)
    ebacc: float = Field(gt=0)
    open: float = Field(gt=0)
    commit: str
    """Of the publisher's repository, where the numbers stand."""


class PriorMark(Part):
    """What stands in for a scaled score where a pupil was not tested; `test_year` 0 is every year."""

    mark: str
    test_year: int = 0
    score: float


class Progress8Tables(DatedRule):
    """What Progress 8 of one year is worked out from: 34 groups, their averages, and the spread of pupils."""

    year: int
    groups: tuple[PriorGroup, ...]
    deviations: tuple[PupilDeviations, ...]
    subject_deviations: dict[str, float] = Field(default_factory=dict)
    """Spread of pupils in the value added of a subject of the English Baccalaureate."""
    marks: tuple[PriorMark, ...] = ()
    quantile: float = Field(default=1.96, gt=0)
    """How many standard errors each way the 95% interval reaches."""

    @model_validator(mode="after")
    def _groups_follow_one_another(self) -> "Progress8Tables":
        ends = [(FIRST_PRIOR - 0.5), *(group.highest for group in self.groups)]
        for before, group in zip(ends, self.groups, strict=False):
            if group.lowest != before + 0.5 or group.highest < group.lowest:
                raise ValueError(f"group {group.number} does not begin half a point above the one before it")
        if [group.number for group in self.groups] != list(range(1, len(self.groups) + 1)):
            raise ValueError("groups are not numbered from 1 upwards")
        if ends[-1] != LAST_PRIOR:
            raise ValueError(f"the last group does not end at {LAST_PRIOR}")
        return self

    def group_of(self, prior: float | None) -> PriorGroup | None:
        """Return the group of an average scaled score: the first whose upper end is not below it.

        None where the score is not known or lies outside 59 to 120, which no pupil can have.
        """
        if prior is None or not FIRST_PRIOR <= prior <= LAST_PRIOR:
            return None
        return next(group for group in self.groups if prior <= group.highest)

    def deviation(self, version: str = "revised") -> PupilDeviations:
        """Return the spread of pupils in a version of the tables, the last one given where it has none."""
        return next((one for one in self.deviations if one.version == version), self.deviations[-1])

    def prior_score(self, mark: str, *, test_year: int = 0) -> float | None:
        """Return the score that stands for a mark of a pupil who was not tested, or None where none does."""
        found = {(one.mark, one.test_year): one.score for one in self.marks}
        return found.get((mark, test_year), found.get((mark, 0)))


class AttainmentRules(DatedRule):
    """Points of grades in Attainment 8 and the most that each element can have, from a year on."""

    grades: dict[str, float]
    """Points of each grade of a GCSE."""
    most: ElementScores


class ProgressSubject(Part):
    """Progress at key stage 2 in one subject: the spread of pupils, and where the bands begin."""

    deviation: float | None = Field(default=None, gt=0)
    """Standard deviation of pupils' scores across England; None where it is not known."""
    well_above: float
    above: float
    below: float
    well_below: float
    """Least and greatest scores seen in the bands, in points, as published with one decimal. Only
    `well_above` and `well_below` decide a band; the two others come of the intervals."""
    lowest_progress: dict[int, float] = Field(default_factory=dict)
    """By group of prior attainment: the score below which a pupil's progress is held."""
    verified: bool = True


class KeyStage2Tables(DatedRule):
    """What results and progress at the end of primary school of one year are worked out from."""

    year: int
    expected: float = 100
    higher: float = 110
    """Scaled scores of the two standards in the tests of reading and mathematics."""
    expected_writing: tuple[str, ...] = ("EXS", "GDS")
    higher_writing: tuple[str, ...] = ("GDS",)
    writing_points: dict[str, float] = Field(default_factory=dict)
    """Points that stand for a teacher's assessment of writing in the progress score."""
    prior_points: dict[str, float] = Field(default_factory=dict)
    """Points that stand for a teacher's assessment at the age of 7."""
    prior_groups: int
    quantile: float = Field(default=1.96, gt=0)
    progress: dict[str, ProgressSubject] = Field(default_factory=dict)
    """By subject: reading, writing, maths."""

    @model_validator(mode="after")
    def _names_subjects(self) -> "KeyStage2Tables":
        if not set(self.progress) <= {"reading", "writing", "maths"}:
            raise ValueError("progress has a subject other than reading, writing, maths")
        return self


class LevelTables(DatedRule):
    """Points of levels at key stages 1 and 2 until 2015, and what counted as expected progress."""

    points: dict[str, float]
    prior_points: dict[str, float]
    bands: dict[Literal["low", "middle", "high"], float]
    """Least average points at key stage 1 of each band."""
    expected: dict[str, str]
    """The least level at key stage 2 that is expected progress, by level at key stage 1."""


class Below(Part):
    """A clause that is met where a figure is below a limit; at the limit it is not met."""

    kind: Literal["below"]
    indicator: str = ""
    """Code of the indicator; empty where no publication at hand prints the figure."""
    what: str
    """The figure in words, in the middle of a sentence."""
    unit: Literal["percent", "score"]
    limit: float
    limit_is: str = ""
    """What the limit is, such as the median of England in that year."""
    verified: bool = True


class AllOf(Part):
    """Met where every part is."""

    kind: Literal["all_of"]
    of: tuple["Clause", ...]


class AnyOf(Part):
    """Met where one part is."""

    kind: Literal["any_of"]
    of: tuple["Clause", ...]


Clause = Annotated[Below | AllOf | AnyOf, Field(discriminator="kind")]
AllOf.model_rebuild()
AnyOf.model_rebuild()


class YearOfResults(Part):
    """The clause that the results of one year are held against."""

    year: int
    clause: Clause


class Standard(DatedRule):
    """A standard below which a school was a cause for concern: the floor, or coasting over three years."""

    measure: Literal["floor", "coasting"]
    phase: Literal["primary", "secondary"]
    year: int
    minimum_pupils: int
    minimum_verified: bool = True
    pupils_of: str
    """Code of the indicator whose number of pupils is held against the minimum."""
    years: tuple[YearOfResults, ...]
    """Met where the clause of every year is."""
    in_words: str
    """The rule in one or two sentences."""

    @model_validator(mode="after")
    def _ends_with_its_year(self) -> "Standard":
        years = [one.year for one in self.years]
        if years != list(range(self.year - len(years) + 1, self.year + 1)):
            raise ValueError("years are not consecutive years that end with the year of the standard")
        return self
