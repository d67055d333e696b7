"""Which figures make a gap: for each measure, the group's and whom it is held against.

A gap is known by the measure and the pair: "ks2_rwm_expected-disadvantaged".
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from steward.analysis.comparison.groups import ALL, GroupDefinition
from steward.analysis.indicators.definition import SeriesBreak
from steward.definitions import FOLDER
from steward.definitions.reading import Definition, DefinitionFault, Part, read_definitions


class Stage(StrEnum):
    """The part of a child's education that a measure belongs to, in order of age."""

    EARLY_YEARS = "early_years"
    KEY_STAGE_1 = "key_stage_1"
    KEY_STAGE_2 = "key_stage_2"
    KEY_STAGE_4 = "key_stage_4"
    POST_16 = "post_16"
    ATTENDANCE = "attendance"

    @property
    def label(self) -> str:
        """The stage as a heading."""
        return _STAGES[self]


_STAGES = {
    Stage.EARLY_YEARS: "Early years",
    Stage.KEY_STAGE_1: "Year 1 and key stage 1",
    Stage.KEY_STAGE_2: "Key stage 2",
    Stage.KEY_STAGE_4: "Key stage 4",
    Stage.POST_16: "After 16",
    Stage.ATTENDANCE: "Attendance and suspensions",
}


class GapPair(Part):
    """A group and whom it is held against, with the measures of the series of authorities that say so.

    Without `value` and `other` the gap is made from pupil files only.
    """

    key: str = Field(pattern=r"^[a-z0-9-]+$")
    group: str
    """Id of a file in definitions/groups."""
    members: tuple[str, ...] = Field(min_length=1)
    against: str
    """Key of the member it is held against, or "all"; its own pupils are among them then."""
    value: str = ""
    other: str = ""
    """Codes of measures of the series of authorities."""
    name: str = ""
    """How several members together are called inside a sentence; else the name of the one member."""
    against_name: str = ""
    """How those it is held against are called, where the publication means others than the definition."""
    note: str = ""

    @model_validator(mode="after")
    def _has_both_sides(self) -> "GapPair":
        if bool(self.value) != bool(self.other):
            raise ValueError("give both value and other, or neither")
        if len(self.members) > 1 and not self.name:
            raise ValueError("say how several members together are called")
        return self


class SchoolPair(Part):
    """Two published figures of schools that make a gap."""

    pair: str
    """Key of one of the pairs."""
    value: str
    other: str
    """Ids of indicators."""
    against: str
    """Whom the other figure is of: a key of the group, or "all"."""


class GapMeasure(Definition):
    """A measure of pupils and the gaps in it that publications and pupil files let us see."""

    measure: str
    """What is measured, as it stands after "in": "reading, writing and mathematics at key stage 2"."""
    stage: Stage
    unit: Literal["percent", "points", "score"]
    decimals: int = Field(ge=0, le=3)
    polarity: Literal["high", "low"]
    least_change: float = Field(gt=0)
    """The smallest change of a gap, in its unit, that is called narrowing or widening."""
    all_pupils: str = ""
    """Code of the measure of all pupils in the series of authorities."""
    indicator: str = ""
    """Id of the indicator by which schools and pupil files give this measure."""
    breaks: tuple[SeriesBreak, ...] = ()
    pairs: tuple[GapPair, ...] = Field(min_length=1)
    schools: tuple[SchoolPair, ...] = ()
    source: str
    source_url: str = ""
    notes: str = ""

    @model_validator(mode="after")
    def _names_each_pair_once(self) -> "GapMeasure":
        keys = [pair.key for pair in self.pairs]
        if len(keys) != len(set(keys)):
            raise ValueError("two pairs have the same key")
        unknown = {one.pair for one in self.schools} - set(keys)
        if unknown:
            raise ValueError(f"schools names the pair {', '.join(sorted(unknown))}, which is not there")
        return self

    def break_in(self, year: int) -> SeriesBreak | None:
        """Return the break from which figures cannot be compared with the year before, or None."""
        return next((one for one in self.breaks if one.year == year), None)


class Gap(Part):
    """A gap that can be asked for: its measure, its pair, and the group the pair is of."""

    measure: GapMeasure
    pair: GapPair
    group: GroupDefinition

    @property
    def id(self) -> str:
        """The name of the gap in addresses."""
        return f"{self.measure.id}-{self.pair.key}"

    @property
    def name(self) -> str:
        """The group inside a sentence: "disadvantaged pupils"."""
        return self.pair.name or self.group.member(self.pair.members[0]).name

    @property
    def against_name(self) -> str:
        """Whom the group is held against inside a sentence: "other pupils", "all pupils"."""
        if self.pair.against_name:
            return self.pair.against_name
        return "all pupils" if self.pair.against == ALL else self.group.member(self.pair.against).name

    @property
    def title(self) -> str:
        """The gap as a heading: "Disadvantaged pupils: attainment 8"."""
        name = self.name
        return f"{name[0].upper()}{name[1:]}: {self.measure.title}"


def read_gap_measures(folders: Iterable[Path] = (FOLDER / "gaps",)) -> dict[str, GapMeasure]:
    """Return every measure with gaps by id; a later folder may replace an earlier one.

    Raises DefinitionFault naming the file and the key.
    """
    return read_definitions(folders, GapMeasure)


def gaps_of(measures: Mapping[str, GapMeasure], *, groups: Mapping[str, GroupDefinition]) -> dict[str, Gap]:
    """Return every gap by id, by stage and then in the order of the files.

    Raises DefinitionFault when a pair names a group or a member that is not defined.
    """
    found = {}
    stages = list(Stage)
    for measure in sorted(measures.values(), key=lambda one: (stages.index(one.stage), one.id)):
        for pair in measure.pairs:
            _refuse_unknown(measure, pair, groups=groups)
            gap = Gap(measure=measure, pair=pair, group=groups[pair.group])
            found[gap.id] = gap
    return found


def _refuse_unknown(measure: GapMeasure, pair: GapPair, *, groups: Mapping[str, GroupDefinition]) -> None:
    group = groups.get(pair.group)
    if group is None:
        raise DefinitionFault(f"{measure.id}.yaml: pairs.{pair.key} names the group '{pair.group}', unknown.")
    keys = {member.key for member in group.members}
    unknown = {*pair.members, pair.against} - keys - {ALL}
    if unknown and not group.open_members:
        raise DefinitionFault(
            f"{measure.id}.yaml: pairs.{pair.key} names {', '.join(sorted(unknown))}, "
            f"which {group.id}.yaml does not have."
        )
