"""Pupils who are in two groups at once, of an authority: only what the disclosure gate released.

For those who may see it. Figures of so few pupils are not released for schools at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from steward.analysis.comparison import school_gaps as within
from steward.analysis.comparison.groups import ALL, GroupDefinition
from steward.analysis.comparison.school_gaps import GroupOfSchool, SchoolGap
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.equality.queries.school_gaps import spread_of
from steward.evidence import catalogues
from steward.evidence.queries import pupil_groups
from steward.evidence.queries.pupil_groups import Crossing
from steward.vocabulary.values import Known, Missing, Reason, Value

_NONE = Missing(Reason.NOT_AVAILABLE)
_JOINED = "+"
_NOT_RECORDED = "Not recorded"
_OF_AUTHORITY = 0
"""In the place of a URN: pupils of the authority as a whole."""


@dataclass(frozen=True, slots=True)
class TwoGroups:
    """Pupils who are in a member of one characteristic and in one of another, beside all others."""

    first: str
    second: str
    """Titles of the two members."""
    gap: SchoolGap

    @property
    def value(self) -> Value:
        """Their figure, with the number of pupils, or why it is not shown."""
        return self.gap.of.group


@dataclass(frozen=True, slots=True)
class TwoCharacteristics:
    """A measure of each pair of members of two characteristics; `rows` is None until the gate released it."""

    crossing: Crossing
    definition: IndicatorDefinition
    first: GroupDefinition
    second: GroupDefinition
    everybody: Value
    rows: tuple[TwoGroups, ...] | None

    @property
    def told(self) -> tuple[TwoGroups, ...]:
        """The pairs whose gap may be shown, the furthest behind first."""
        known = [one for one in self.rows or () if isinstance(one.gap.amount, Known)]
        return tuple(sorted(known, key=lambda one: behind_by(one, definition=self.definition), reverse=True))

    @property
    def withheld(self) -> int:
        """How many pairs have no figure that may be shown."""
        return len(self.rows or ()) - len(self.told)


def behind_by(one: TwoGroups, *, definition: IndicatorDefinition) -> float:
    """Return how far pupils of two groups are behind all others, in the unit; minus infinity if not shown."""
    amount = one.gap.amount
    if isinstance(amount, Missing):
        return float("-inf")
    return amount.value if definition.polarity == "low" else -amount.value


def held(authority: str) -> list[Crossing]:
    """Return of which measures figures of two groups are held, of an authority, the newest year first."""
    measured = [
        one for one in pupil_groups.crossings_of(authority) if one.indicator in catalogues.indicators()
    ]
    return sorted(measured, key=lambda one: (-one.period, one))


def of_two(crossing: Crossing, *, authority: str) -> TwoCharacteristics:
    """Return what may be shown of a measure of two characteristics at once."""
    first, second = (catalogues.groups()[one] for one in crossing.characteristics)
    definition = catalogues.indicators()[crossing.indicator]
    released = pupil_groups.released_groups(authority, period=crossing.period, dimension=crossing.dimension)
    shown = {
        (one.dimension, one.member): one.value
        for one in released or ()
        if (one.area, one.indicator) == (authority, crossing.indicator)
    }
    everybody = shown.get((ALL, ALL), _NONE)
    rows = _rows(shown, crossing=crossing, definition=definition)
    return TwoCharacteristics(
        crossing, definition, first, second, everybody, None if released is None else rows
    )


def _rows(
    shown: Mapping[tuple[str, str], Value], *, crossing: Crossing, definition: IndicatorDefinition
) -> tuple[TwoGroups, ...]:
    everybody = shown.get((ALL, ALL), _NONE)
    groups = [catalogues.groups()[one] for one in crossing.characteristics]
    rows = []
    for (dimension, member), value in shown.items():
        if dimension != crossing.dimension:
            continue
        names = [_title(group, key) for group, key in zip(groups, member.split(_JOINED), strict=True)]
        other = within.others_of(value, every=everybody)
        of = GroupOfSchool(_OF_AUTHORITY, value, other, (crossing.period,))
        gap = within.gap_within(
            of,
            is_share=definition.share_of_pupils,
            least=definition.minimum_cohort,
            spread=spread_of(definition, years=of.years),
        )
        rows.append(TwoGroups(names[0], names[1], gap))
    return tuple(sorted(rows, key=lambda one: (_last(one.first), _last(one.second))))


def _title(group: GroupDefinition, key: str) -> str:
    return next((one.title for one in group.members if one.key == key), _NOT_RECORDED)


def _last(title: str) -> tuple[bool, str]:
    """Sort those of whom nothing is recorded after the others."""
    return title == _NOT_RECORDED, title
